//! 常用说法: what an office writes often, from its records to its phones.

use super::{
    evidence::{actor, clean},
    office::{Phone, TestOffice, command_in, found, id, outcome_of},
};
use domain::{
    id::{HazardId, OfficeId},
    person::Person,
    place::Office,
    quick_report::office::OfficePhrase,
    role::Role,
    search::Query,
};
use serde_json::Value;
use server::service::jobs::learn_phrases::learn;

/// What a phone is told of it in these changes; None: nothing of the office.
fn told(changes: &[Value]) -> Option<Vec<OfficePhrase>> {
    let directory = changes.iter().find(|change| change["kind"] == "directory")?;
    let phrases = directory["body"].get("phrases").cloned().unwrap_or_else(|| Value::Array(vec![]));
    Some(serde_json::from_value(phrases).unwrap())
}

async fn report(office: &TestOffice, phone: &Phone<'_>, sentences: &[&str]) {
    for words in sentences {
        let mut report = found(id::<HazardId>(), office.site.id, words);
        command_in(&mut report).as_object_mut().unwrap().remove("due");
        assert_eq!(outcome_of(&phone.sync(&[report]).await[0]), "received", "{words}");
    }
}

#[tokio::test]
async fn phrases_are_learned_from_the_offices_own_records_and_told_to_its_phones() {
    let office = TestOffice::open().await;
    let (phone, own) = (office.phone(Role::Inspector).await, office.office.id);
    let other = Office { id: id::<OfficeId>(), name: "另一街道".to_owned(), demo: false };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_office(&other).await.unwrap();
    tx.commit().await.unwrap();
    let (changes, cursor) = phone.pull(None).await;
    assert_eq!(told(&changes), Some(vec![]));
    assert_eq!(learn(&office.state).await.unwrap(), 0, "an office with nothing");

    let named = format!("{}看过，没有改", actor(&phone).await.name);
    let number = "联系 138 0000 6412 清走";
    let place = format!("{}门口堆物", office.site.name);
    let sentences = [
        "消防通道堆放杂物",
        "消防通道堆放杂物。",
        "消防通道 堆放杂物",
        "重物压在电线上",
        "重物压在电线上",
        "只写过一次",
        number,
        number,
        named.as_str(),
        named.as_str(),
        place.as_str(),
        place.as_str(),
    ];
    report(&office, &phone, &sentences).await;
    assert_eq!(learn(&office.state).await.unwrap(), 1);
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    let phrases = told(&changes).expect("the directory is told anew");
    // Of what was written at one moment, any may be the last.
    let plain = |phrase: &OfficePhrase| phrase.words.replace(' ', "");
    let words: Vec<_> = phrases.iter().map(|phrase| (plain(phrase), phrase.times)).collect();
    let expected =
        [("消防通道堆放杂物", 3), ("重物压在电线上", 2)].map(|(words, times)| (words.to_owned(), times));
    assert_eq!(words, expected, "nobody's name or number, and no site's");
    let found_by = |typed: &str| -> Vec<String> {
        let finds = phrases.iter().filter(|phrase| Query::new(typed).finds(&phrase.sounds, &[]));
        finds.map(plain).collect()
    };
    assert_eq!(found_by("xftd"), ["消防通道堆放杂物"]);
    for polyphone in ["zwy", "cwy"] {
        assert_eq!(found_by(polyphone), ["重物压在电线上"], "{polyphone}");
    }
    assert_eq!(office.state.store.phrases(own).await.unwrap(), phrases);
    assert_eq!(office.state.store.phrases(other.id).await.unwrap(), [], "another office's");

    assert_eq!(learn(&office.state).await.unwrap(), 0, "nothing else was written");
    assert_eq!(told(&phone.pull(Some(cursor)).await.0), None);
    for contact in [Role::Enterprise, Role::School] {
        let contact = office.phone(contact).await;
        assert_eq!(told(&contact.pull(None).await.0), Some(vec![]), "what is written of others");
    }
    clean(&office).await;
}

#[tokio::test]
async fn an_office_of_which_a_row_cannot_be_read_stops_no_other() {
    let office = TestOffice::open().await;
    let (phone, own) = (office.phone(Role::Inspector).await, office.office.id);
    // Looked at before this one.
    let other = Office { id: id::<OfficeId>(), name: "0 号街道".to_owned(), demo: false };
    let people = office.state.store.people(own).await.unwrap();
    let inspector = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
    let stranger = Person { id: id(), username: "elsewhere".to_owned(), grids: vec![], ..inspector };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_office(&other).await.unwrap();
    tx.put_person(other.id, &stranger, None).await.unwrap();
    tx.commit().await.unwrap();
    report(&office, &phone, &["消防通道堆放杂物", "消防通道堆放杂物"]).await;
    office.database.execute("UPDATE person SET body = '{' || body WHERE username = 'elsewhere'").await;
    assert!(learn(&office.state).await.is_err(), "somebody has to look");
    let phrases = office.state.store.phrases(own).await.unwrap();
    assert_eq!(phrases.iter().map(|phrase| phrase.times).collect::<Vec<_>>(), [2]);
}
