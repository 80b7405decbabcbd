//! Versions of forms, and drafts of those to come.

use super::{announced, founded, id, now, office};
use chrono::{Duration, NaiveDate};
use domain::{
    audience::Audience,
    form::{Form, FormSheets, SheetEdit, SheetName, Validity},
    id::FormId,
    sync::RecordKind,
};
use serde_json::json;
use storage::{ChangeQuery, FormDraft, Live, PublishedForm, Record, Store};

fn lane() -> FormId {
    "fire-lane".into()
}

fn form(version: u32, from: Option<NaiveDate>) -> Form {
    let form = json!({ "id": lane(), "version": version, "sector": "fire", "layer": "patrol",
        "title": { "zh": "消防车通道", "en": "Fire lane" }, "entries": [] });
    let form: Form = serde_json::from_value(form).unwrap();
    Form { validity: Validity { from, until: None }, ..form }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

/// Versions that a phone without records would be told of.
async fn told(store: &impl Store) -> Vec<String> {
    let live = Live { until: i64::MAX, hazards_since: now(), visits_since: now() };
    let query = ChangeQuery { audiences: vec![Audience::Everybody], after: 0, live: Some(live), limit: 100 };
    let all = store.changes(office(), &query).await.unwrap().rows.into_iter();
    all.filter(|one| one.kind == RecordKind::Form.as_str()).map(|one| one.id).collect()
}

pub async fn a_version_takes_the_place_of_those_before_it_once_it_is_asked(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1, None)).await.unwrap();
    assert!(tx.publish_form(office(), &form(2, Some(day()))).await.unwrap());
    assert!(!tx.publish_form(office(), &form(2, None)).await.unwrap(), "there is one");
    tx.commit().await.unwrap();
    assert_eq!(told(store).await, ["fire-lane@1", "fire-lane@2"], "until the day comes both are needed");
    let mut tx = store.write().await.unwrap();
    assert!(tx.publish_form(office(), &form(3, None)).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(told(store).await, ["fire-lane@3"]);
    let asked = [Record::Form(lane(), 2), Record::Form(lane(), 3)];
    let loaded = store.load_records(office(), &asked).await.unwrap();
    assert_eq!(loaded.keys().collect::<Vec<_>>(), [&asked[1]], "gone to a phone that had it");
    assert_eq!(store.form(office(), &lane(), 1).await.unwrap(), Some(form(1, None)), "drafts go on with it");
    let own = |form| PublishedForm { form, own: true };
    let built_in = PublishedForm { form: form(1, None), own: false };
    let editions = store.editions(office(), &lane()).await.unwrap();
    assert_eq!(editions, [own(form(3, None)), own(form(2, Some(day()))), built_in]);
    assert_eq!(store.newest_editions(office()).await.unwrap(), [own(form(3, None))]);
    assert_eq!(store.newest_edition(office(), &lane()).await.unwrap(), Some(own(form(3, None))));
    assert_eq!(store.newest_edition(id(2), &lane()).await.unwrap(), None);
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.editions(office(), &lane()).await.unwrap(), editions);
    drop(tx);
    assert!(store.editions(id(2), &lane()).await.unwrap().is_empty(), "another office's");
}

pub async fn what_is_built_in_does_not_overtake_what_the_office_wrote(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1, None)).await.unwrap();
    tx.publish_form(office(), &form(2, None)).await.unwrap();
    tx.put_form(office(), &form(3, None)).await.unwrap();
    let newest = tx.newest_edition(office(), &lane()).await.unwrap();
    assert_eq!(newest, Some(PublishedForm { form: form(2, None), own: true }));
    assert_eq!(tx.newest_edition(office(), &"other".into()).await.unwrap(), None);
    tx.commit().await.unwrap();
}

pub async fn an_upgrade_does_not_bring_back_what_was_withdrawn(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1, None)).await.unwrap();
    let ended = Validity { from: None, until: Some(day()) };
    tx.set_validity(office(), &lane(), 1, ended).await.unwrap();
    let other = Form { id: "other".into(), ..form(2, None) };
    tx.put_forms(office(), &[form(2, None), other.clone()]).await.unwrap();
    tx.commit().await.unwrap();
    let newest = store.newest_edition(office(), &lane()).await.unwrap().unwrap();
    assert_eq!(newest.form, Form { validity: ended, ..form(2, None) });
    assert_eq!(store.form(office(), &other.id, 2).await.unwrap(), Some(other), "of no other form");
    // Whoever publishes it anew says so.
    let mut tx = store.write().await.unwrap();
    tx.publish_form(office(), &form(3, None)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.form(office(), &lane(), 3).await.unwrap(), Some(form(3, None)));
}

pub async fn how_long_a_version_is_asked_may_change_and_phones_hear_of_it(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1, None)).await.unwrap();
    tx.commit().await.unwrap();
    let start = announced(store, Audience::Everybody, 0, 100).await.last().unwrap().seq;
    let mut tx = store.write().await.unwrap();
    let ended = Validity { from: None, until: Some(day()) };
    assert!(tx.set_validity(office(), &lane(), 1, ended).await.unwrap());
    assert!(!tx.set_validity(office(), &lane(), 7, ended).await.unwrap(), "there is none");
    tx.commit().await.unwrap();
    let told = announced(store, Audience::Everybody, start, 100).await;
    assert_eq!(told.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["fire-lane@1"]);
    let form = store.form(office(), &lane(), 1).await.unwrap().unwrap();
    assert_eq!(form.validity, ended);
}

pub async fn a_form_has_one_draft_which_the_last_writing_makes(store: &impl Store) {
    let draft = |minutes, name: &str| {
        let mut sheets = FormSheets::default();
        let cells = [("form_id".to_owned(), name.to_owned())].into();
        sheets.apply(&SheetEdit::Write { sheet: SheetName::Settings, row: 0, cells }).unwrap();
        let saved_at = now() + Duration::minutes(minutes);
        FormDraft { id: lane(), saved_at, saved_by: "王芳".to_owned(), faults: 3, sheets }
    };
    let mut tx = founded(store).await;
    tx.put_form_draft(office(), &draft(1, "a")).await.unwrap();
    tx.put_form_draft(office(), &draft(2, "b")).await.unwrap();
    assert_eq!(tx.form_draft(office(), &lane()).await.unwrap(), Some(draft(2, "b")));
    tx.commit().await.unwrap();
    assert_eq!(store.form_drafts(office()).await.unwrap(), [draft(2, "b")]);
    assert_eq!(store.form_draft(office(), &lane()).await.unwrap(), Some(draft(2, "b")));
    assert_eq!(store.form_draft(id(2), &lane()).await.unwrap(), None, "another office's");
    assert!(told(store).await.is_empty(), "no phone hears of a draft");
    let mut tx = store.write().await.unwrap();
    tx.delete_form_draft(office(), &lane()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.form_drafts(office()).await.unwrap().is_empty());
}
