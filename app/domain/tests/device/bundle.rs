//! Unsent work as one file.

use super::{ME, now, photo};
use domain::{
    device::bundle::{Carried, Contents, NotABundle},
    id::{DeviceId, OfficeId, OperationId},
    photo::{PhotoFacts, PhotoHash},
};
use serde_json::json;
use uuid::Uuid;

#[test]
fn a_file_of_unsent_work_reads_back_and_a_cut_one_says_so() {
    let raw = json!({ "id": Uuid::from_u128(9), "payload": { "photo": { "hash": photo(3).facts.hash } } });
    let untold = PhotoFacts { hash: PhotoHash::of(b"untold"), ..photo(2).facts };
    let contents = Contents {
        office: OfficeId(Uuid::from_u128(1)),
        person: ME,
        name: "李敏".into(),
        device: DeviceId(Uuid::from_u128(2)),
        made_at: now(),
        operations: vec![Carried { submission: OperationId(Uuid::from_u128(9)), raw }],
        submissions: vec![],
        drafts: vec![json!({ "of": "a later app", "pictures": [untold.hash, photo(3).facts.hash] })],
        actions: vec![json!(7)],
        sites: vec![json!(8)],
        tasks: vec![],
        photos: vec![photo(3).facts, untold.clone()],
    };
    let file = [contents.head().unwrap().as_bytes(), b"abcde"].concat();
    let (read, begin) = Contents::read(&file).unwrap();
    assert_eq!(read, contents);
    let places: Vec<_> = read.places(begin).map(|(_, place)| &file[place]).collect();
    assert_eq!(places, [b"abc".as_slice(), b"de"]);
    assert!(read.announces(&photo(3).facts.hash));
    assert_eq!(read.carried_drafts(), [], "a draft that cannot be read holds up nothing else");
    let held: Vec<_> = read.of_drafts_only().into_iter().collect();
    assert_eq!(held, [untold.hash], "and its photos wait with it");
    assert_eq!((read.begun_sites(), read.begun_tasks()), (vec![], vec![]));
    assert_eq!(Contents::read(&file[..begin - 1]), Err(NotABundle::Damaged));
    assert_eq!(Contents::read(b"PK\x03\x04"), Err(NotABundle::Unknown));
}

#[test]
fn a_file_of_unsent_work_weighs_no_more_than_it_may_once_it_is_read() {
    let head = |drafts: &str| {
        let about = json!({ "office": Uuid::from_u128(1), "person": ME, "name": "李敏", "device": Uuid::from_u128(2),
            "made_at": now(), "operations": [], "submissions": [], "photos": [] });
        let about = about.to_string();
        let about = about.strip_suffix('}').unwrap();
        format!("xunan outbox 1\n{about},\"drafts\":[{drafts}]}}\n")
    };
    let many = |one: &str, count: usize| vec![one; count].join(",");
    // Half of what a head may hold, and gigabytes once it is read.
    let numbers = format!("[{}]", many("0", 4_000_000));
    for hostile in [numbers, many("{\"a\":0}", 1_000_000), many("[0]", 2_000_000)] {
        assert_eq!(Contents::read(head(&hostile).as_bytes()), Err(NotABundle::Damaged));
    }
    // Long texts weigh what they are, whatever stands in them.
    let long = json!({ "note": "{[\\\",".repeat(1_000_000) }).to_string();
    let (read, _) = Contents::read(head(&long).as_bytes()).unwrap();
    assert_eq!(read.drafts.len(), 1);
    // A month of a busy inspector.
    let answers = many("{\"item\":\"exit-1\",\"answer\":\"pass\",\"note\":\"\",\"photos\":[]}", 100);
    let draft = format!("{{\"answers\":[{answers}]}}");
    assert!(Contents::read(head(&many(&draft, 1_000)).as_bytes()).is_ok());
}
