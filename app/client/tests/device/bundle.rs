//! Unsent work as a file, from one phone to another.

use crate::support::*;
use client::{
    DeviceError, Host,
    action_drafts::ActionDraft,
    bundle::{Came, pack, unpack},
    db, drafts, new_sites, quick_reports, session, tasks,
};
use domain::{
    device::{
        StoreName,
        bundle::{Carried, Contents},
        given_task::BegunTask,
    },
    id::{HazardId, OperationId},
    quick_report::QuickReport,
    role::{Actor, Scope},
    site::ProposedSite,
    sync::SignedIn,
    task::TaskSubject,
};
use serde_json::{Value, json};
use std::rc::Rc;
use uuid::Uuid;

/// The file, whole.
async fn packed(phone: &Phone) -> Vec<u8> {
    let mut photos = vec![];
    let packed = pack(phone, |photo| photos.extend(photo)).await.unwrap().unwrap();
    assert!(packed.name.ends_with(".xunan"), "{}", packed.name);
    [packed.head.as_bytes(), &photos].concat()
}

/// The same person on a phone that has none of it.
async fn elsewhere(phone: &Phone) -> Phone {
    let other = Phone::on(Host::new(2), Rc::default());
    other.sign_in_as(session::current(phone).unwrap()).await;
    other
}

#[test]
fn unsent_work_travels_in_a_file_and_comes_in_once() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a", "b"]);
        beside(&mut draft, &[phone.photo(1_000).await]);
        phone.submit(draft).await.unwrap();
        let (before, file) = (phone.submissions().await, packed(&phone).await);
        assert_eq!(unpack(&phone, &file).await.unwrap(), Came::default(), "it is all here already");

        let other = elsewhere(&phone).await;
        // The visit and the facts of its photo; the photo.
        let came = Came { operations: 2, photos: 1, ..Came::default() };
        assert_eq!(unpack(&other, &file).await.unwrap(), came);
        assert_eq!(unpack(&other, &file).await.unwrap(), Came::default());
        assert_eq!(other.submissions().await, before);
        other.start().await;
        assert_eq!((other.office.ids().len(), other.office.photos.borrow().len()), (2, 1));
        assert_eq!(other.queued().await, 0);
    });
}

#[test]
fn what_is_unfinished_travels_too_and_goes_on_elsewhere() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a"]);
        drafts::save(&phone, &draft).await.unwrap();
        let file = packed(&phone).await;
        assert_eq!(drafts::all(&phone).await.unwrap(), [draft.clone()], "packing takes nothing away");
        let other = elsewhere(&phone).await;
        assert_eq!(unpack(&other, &file).await.unwrap(), Came { drafts: 1, ..Came::default() });
        let copies = drafts::copies(&other, draft.id).await.unwrap().unwrap();
        assert_eq!((copies.site, copies.forms), (site(), vec![form()]));
        pass_questions(&mut draft, &["b"]);
        other.submit(draft).await.unwrap();
        assert_eq!(unpack(&other, &file).await.unwrap(), Came::default(), "submitted is submitted");
    });
}

#[test]
fn a_report_that_was_begun_goes_on_elsewhere_with_its_photo() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let id: HazardId = phone.clock.new_id();
        let report = QuickReport { site: Some(site()), ..QuickReport::default() };
        let draft = ActionDraft {
            words: "飞线充电".into(),
            photos: vec![phone.photo(1_000).await],
            report: Some(Box::new(report)),
            ..ActionDraft::default()
        };
        assert!(quick_reports::save(&phone, id, &draft));
        let file = packed(&phone).await;
        let other = elsewhere(&phone).await;
        let came = Came { photos: 1, drafts: 1, ..Came::default() };
        assert_eq!(unpack(&other, &file).await.unwrap(), came);
        assert_eq!((quick_reports::begun(&other, None), quick_reports::load(&other, id)), (Some(id), draft));
    });
}

#[test]
fn a_new_site_and_work_that_were_begun_go_on_elsewhere() {
    day(async |phone| {
        let known = person("李敏");
        let actor = Actor { scope: Scope::Grids(vec![site().grid]), ..known.actor };
        phone.sign_in_as(SignedIn { actor, ..known }).await;
        let door = phone.photo(1_000).await;
        let begun = ProposedSite {
            id: phone.clock.new_id(),
            grid: site().grid,
            name: "金河饺子馆".into(),
            kind: "charging-shed".into(),
            sector: site().sector,
            address: String::new(),
            location: None,
            photos: vec![door],
        };
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let given =
            BegunTask { about: about.clone(), person: None, note: "节前看一看".into(), until: None };
        assert!(new_sites::save(&phone, &begun) && tasks::keep(&phone, &given));
        let file = packed(&phone).await;
        let other = elsewhere(&phone).await;
        let came = Came { photos: 1, drafts: 2, ..Came::default() };
        assert_eq!(unpack(&other, &file).await.unwrap(), came);
        assert_eq!(new_sites::load(&other), Some(begun.clone()));
        assert_eq!(tasks::begun(&other, &about), Some(given));
        // What is written there stays, and what was made meanwhile is not begun again.
        assert_eq!(unpack(&other, &file).await.unwrap(), Came::default());
        new_sites::make(&other, begun, "新开的店".into()).await.unwrap();
        assert_eq!(unpack(&other, &file).await.unwrap(), Came::default());
        assert_eq!(new_sites::load(&other), None);
    });
}

#[test]
fn what_a_newer_app_made_comes_in_as_it_was_made_and_what_cannot_be_read_is_counted() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        let file = packed(&phone).await;
        let (mut contents, _) = Contents::read(&file).unwrap();
        let id = OperationId(Uuid::from_u128(77));
        let newer = json!({ "id": id, "schema": 9, "at": "2026-11-25T01:00:00Z", "payload": { "draw": { "sites": 3 } } });
        contents.operations.push(Carried { submission: id, raw: newer.clone() });
        contents.operations.push(Carried { submission: id, raw: json!({ "of": "nobody knows what" }) });
        contents.drafts = vec![json!({ "draft": "of a later app" })];
        contents.actions = vec![json!(7)];
        let file = contents.head().unwrap();
        let other = elsewhere(&phone).await;
        let came = Came { operations: 2, left: 3, ..Came::default() };
        assert_eq!(unpack(&other, file.as_bytes()).await.unwrap(), came);
        let kept = db::read(&other.db, &[StoreName::Operations], async |tx| {
            tx.all::<Value>(StoreName::Operations).await
        });
        assert!(kept.await.unwrap().contains(&newer), "not a word of it is lost");
        // A second time it is here; what cannot be read is told of again.
        assert_eq!(unpack(&other, file.as_bytes()).await.unwrap(), Came { left: 3, ..Came::default() });
    });
}

#[test]
fn another_persons_file_and_a_broken_one_are_refused() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        assert_eq!(pack(&phone, |_| ()).await.unwrap(), None, "there is nothing to take along");
        phone.inspect().await;
        let file = packed(&phone).await;
        assert_eq!(unpack(&phone, b"xunan outbox 1\n{}").await, Err(DeviceError::NotABundle));
        phone.sign_in("王芳").await;
        assert_eq!(unpack(&phone, &file).await, Err(DeviceError::SomebodyElses));
    });
}
