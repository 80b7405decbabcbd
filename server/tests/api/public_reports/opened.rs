//! 举报人电话: in the clear nowhere, and opened by two people.

use super::{
    super::{
        office::{TestOffice, now},
        upkeep::xunan,
    },
    desk, field, ids, in_grid, placed, said, sent_from, solved,
};
use chrono::Duration;
use domain::{
    audit::{Act, AuditFilter},
    public_report::NewReport,
    role::Role,
};
use server::service::public_reports::{self, contacts};
use std::{fs, io::Read};

const PHONE: &str = "138 1234 5678";
const WORDS: [&str; 2] = ["马路边的石榴树开花", "老城墙根下三只白猫"];

#[tokio::test]
async fn a_number_is_nowhere_in_the_clear_and_is_opened_by_two() {
    let office = placed().await;
    let with_phone = || NewReport { phone: PHONE.to_owned(), ..said("占着消防通道摆摊") };
    let early = solved(&office, with_phone()).await;
    let error = sent_from(&office, "192.0.2.1", early).await.unwrap_err();
    assert_eq!(field(&error), "phone", "nobody could open it yet");
    let (one, other) = (desk(&office, Role::Supervisor).await, in_grid(&office).await);
    for (holder, words) in [(&one, WORDS[0]), (&other, WORDS[1])] {
        let long = format!("{words}，真好看");
        assert_eq!(field(&contacts::hold(&office.state, holder, "短", "短").await.unwrap_err()), "words");
        contacts::hold(&office.state, holder, &long, &long).await.unwrap();
    }
    let [one_words, other_words] = WORDS.map(|words| format!("{words}，真好看"));
    let third = desk(&office, Role::Officer).await;
    let full = contacts::hold(&office.state, &third, &one_words, &one_words).await.unwrap_err();
    assert_eq!(field(&full), "words", "there are two");
    let sent = solved(&office, with_phone()).await;
    let received = sent_from(&office, "192.0.2.1", sent).await.unwrap();
    let [(id, 1)] = ids(&office, &one).await[..] else { panic!("one report") };
    is_nowhere(&office).await;

    // One alone opens nothing, not even by asking twice.
    assert_eq!(field(&contacts::open(&office.state, &one, id, &one_words).await.unwrap_err()), "words");
    let wrong = contacts::ask(&office.state, &one, id, "不是这一句话呀不是", "回话").await.unwrap_err();
    assert_eq!(field(&wrong), "words");
    contacts::ask(&office.state, &one, id, &one_words, "问几点钟堵").await.unwrap();
    assert_eq!(field(&contacts::open(&office.state, &one, id, &one_words).await.unwrap_err()), "words");
    let not_theirs = contacts::open(&office.state, &other, id, &one_words).await.unwrap_err();
    assert_eq!(field(&not_theirs), "words", "with the first one's words");
    is_nowhere(&office).await;
    let phone = contacts::open(&office.state, &other, id, &other_words).await.unwrap();
    assert_eq!(phone, PHONE);
    let again = contacts::open(&office.state, &other, id, &other_words).await.unwrap_err();
    assert_eq!(field(&again), "words", "each opening is asked for anew");
    is_nowhere(&office).await;
    for (act, count) in [(Act::ContactAsked, 1), (Act::ContactOpened, 1), (Act::ContactKeyMade, 2)] {
        let filter = AuditFilter { act: Some(act), page: 1, ..AuditFilter::default() };
        let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
        assert_eq!(rows.len(), count, "{act:?}");
    }
    let code = received.code.to_string();
    let told = public_reports::follow(&office.state, office.office.id, None, &received.number, &code);
    assert_eq!(told.await.unwrap().opened, Some(1), "who left it is told");

    // What one asked long ago, or before their key was taken away, opens nothing for the other alone.
    contacts::ask(&office.state, &one, id, &one_words, "问几点钟堵").await.unwrap();
    office.clock.set(now() + Duration::days(4));
    let late = contacts::open(&office.state, &other, id, &other_words).await.unwrap_err();
    assert_eq!(field(&late), "words");
    let file = public_reports::file(&office.state, &other, id).await.unwrap();
    assert_eq!(file.opening, None);
    contacts::ask(&office.state, &one, id, &one_words, "问几点钟堵").await.unwrap();
    contacts::release(&office.state, &one, one.actor.person).await.unwrap();
    let left = contacts::open(&office.state, &other, id, &other_words).await.unwrap_err();
    assert_eq!(field(&left), "words");
}

/// In no row, no backup and no file of the database.
async fn is_nowhere(office: &TestOffice) {
    let file = office.folder.path().join("backup.jsonl.gz");
    let photos = office.folder.path().join("photos");
    let _ = fs::remove_file(&file);
    xunan(&office.database, &photos, &["backup", file.to_str().unwrap()]).await.unwrap();
    let mut backup = vec![];
    flate2::read::GzDecoder::new(fs::File::open(&file).unwrap()).read_to_end(&mut backup).unwrap();
    let mut held = vec![backup];
    for entry in fs::read_dir(office.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            held.push(fs::read(path).unwrap());
        }
    }
    let plain: String = PHONE.chars().filter(char::is_ascii_digit).collect();
    for text in [PHONE.to_owned(), plain.clone(), hex::encode(PHONE), hex::encode(&plain)] {
        let text = text.as_bytes();
        assert!(held.iter().all(|bytes| !bytes.windows(text.len()).any(|window| window == text)));
    }
}
