//! What forms look back at: kept with the site, sent to phones, and what a visit went by.

use super::{
    asker::at_desk,
    evidence::{actor, clean},
    growth::unseal,
    office::{
        Phone, TestOffice, answers_in, answers_of, id, outcome_of, passing_visit, passing_visit_of,
        reason_of, refusal_of,
    },
    pages::Desk,
};
use domain::{
    form::{Answer, Form, LastAnswers},
    id::{FormId, VisitId},
    role::Role,
    site::Site,
};
use serde_json::{Value, json};
use server::{service::visits, verify::verify};
use std::sync::Arc;

/// Asks for `again` where `clear` was answered so the last time, as whoever passes through answers everything.
async fn looking_back(office: &TestOffice) -> Arc<Form> {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let question = |id: &str| {
        let criterion = json!({ "finding": { "what": text(id), "days": 7 } });
        json!({ "id": id, "text": text(id), "kind": "pass_fail", "criterion": criterion,
            "basis": { "good_practice": true } })
    };
    let mut again = question("again");
    again["relevant"] =
        json!([{ "text": "clear" }, { "call": ["last", 1] }, { "text": "na" }, { "operator": "equal" }]);
    let entries = json!([{ "question": question("clear") }, { "question": again }]);
    let form = json!({ "id": "looking-back", "version": 1, "title": text("回看"), "layer": "inspection",
        "sector": "fire", "entries": [{ "group": { "id": "all", "title": text("全部"), "entries": entries } }] });
    let form: Form = serde_json::from_value(form).unwrap();
    assert!(form.check().is_empty());
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_form(office.office.id, &form).await.unwrap();
    tx.commit().await.unwrap();
    Arc::new(form)
}

async fn sent(phone: &Phone<'_>, visit: &Value) -> Value {
    phone.sync(std::slice::from_ref(visit)).await.remove(0)
}

fn visit_id(visit: &Value) -> VisitId {
    serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap()
}

fn last_in(visit: &mut Value) -> &mut Value {
    &mut visit["payload"]["submit_visit"]["site_seen"]["last"]
}

/// As a phone has it that has just pulled.
async fn site_on(phone: &Phone<'_>, site: &Site) -> Site {
    let (changes, _) = phone.pull(None).await;
    let mut bodies = changes.into_iter().filter(|change| change["kind"] == "site");
    let body = bodies.find(|change| change["id"] == json!(site.id)).unwrap()["body"].clone();
    serde_json::from_value(body).unwrap()
}

/// Of which forms the office marked that a visit went by something else.
async fn marked(office: &TestOffice, visit: &Value) -> Vec<FormId> {
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), visit_id(visit)).await.unwrap();
    file.site.unfounded_last
}

#[tokio::test]
async fn what_is_asked_for_the_visit_before_is_asked_of_the_next() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = looking_back(&office).await;
    let mut first = passing_visit(&phone, &office.site, &form);
    assert_eq!(answers_in(&mut first).len(), 1, "nobody was there before");
    assert_eq!(outcome_of(&sent(&phone, &first).await), "received");

    let site = site_on(&phone, &office.site).await;
    let [LastAnswers { form: of, visit, answers, .. }] = &site.last_answers[..] else {
        panic!("of one form: {site:?}");
    };
    assert_eq!((of, *visit), (&form.id, visit_id(&first)));
    assert_eq!(answers.iter().map(|given| &given.answer).collect::<Vec<_>>(), [&Answer::NotApplicable]);
    let mut second = passing_visit(&phone, &site, &form);
    assert_eq!(answers_in(&mut second).len(), 2, "asked only for what was answered last");
    let mut skipped = second.clone();
    answers_in(&mut skipped).pop();
    let answer = sent(&phone, &skipped).await;
    let detail = &refusal_of(&answer)["reason"]["invalid_visit"]["detail"];
    assert!(detail.as_str().unwrap().contains("`again` was asked and not answered"), "{answer}");
    assert_eq!(outcome_of(&sent(&phone, &second).await), "received");
    assert_eq!(marked(&office, &second).await, []);
    let site = site_on(&phone, &site).await;
    assert_eq!(site.last_answers[0].visit, visit_id(&second));
    clean(&office).await;
}

/// The site's own people hear that somebody was there, and not what was answered.
#[tokio::test]
async fn what_was_answered_last_is_told_to_whoever_inspects_and_to_nobody_else() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = looking_back(&office).await;
    assert_eq!(outcome_of(&sent(&phone, &passing_visit(&phone, &office.site, &form)).await), "received");
    for role in [Role::Inspector, Role::Officer, Role::Enterprise, Role::School] {
        let phone = office.phone(role).await;
        let site = site_on(&phone, &office.site).await;
        let path = format!("/api/v1/records/site/{}", site.id);
        let asked = phone.request("GET", &path, "").await.json()["body"].clone();
        let is_told = !site.last_answers.is_empty();
        assert_eq!(is_told, !role.is_contact(), "{role:?}");
        assert_eq!(is_told, asked.get("last_answers").is_some(), "{role:?}: {asked}");
        assert!(site.last_visit.is_some(), "{role:?}");
    }
}

/// The phone was away while somebody else was there: what it was asked, it answered.
#[tokio::test]
async fn a_visit_that_came_in_between_loses_nobodys_work() {
    let office = TestOffice::open().await;
    let (phone, another) = (office.phone(Role::Inspector).await, office.phone(Role::Inspector).await);
    let form = looking_back(&office).await;
    let mut away = passing_visit(&phone, &office.site, &form);
    assert_eq!(outcome_of(&sent(&another, &passing_visit(&another, &office.site, &form)).await), "received");
    assert_eq!(outcome_of(&sent(&phone, &away).await), "received");
    assert_eq!((answers_in(&mut away).len(), marked(&office, &away).await), (1, vec![]));
    clean(&office).await;
}

/// Both wait on the phone, and travel together.
#[tokio::test]
async fn a_visit_that_went_by_one_of_the_same_phone_is_sent_with_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = looking_back(&office).await;
    let first = passing_visit(&phone, &office.site, &form);
    let made: domain::visit::Visit =
        serde_json::from_value(first["payload"]["submit_visit"].clone()).unwrap();
    let last = made.last_answers(&form, made.submitted_at).unwrap();
    let known = Site { last_answers: vec![last], ..office.site.clone() };
    // The form stands second, and only what is its own is said.
    let forms = [office.form("ebike-charging"), form];
    let mut second = passing_visit_of(&phone, &known, &forms);
    assert_eq!(answers_of(&mut second, 1).len(), 2);
    let answers = phone.sync(&[first, second.clone()]).await;
    assert_eq!(answers.iter().map(outcome_of).collect::<Vec<_>>(), ["received", "received"]);
    assert_eq!(marked(&office, &second).await, []);
    clean(&office).await;
}

#[tokio::test]
async fn what_the_office_does_not_find_so_is_taken_and_marked() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = looking_back(&office).await;
    let first = passing_visit(&phone, &office.site, &form);
    assert_eq!(outcome_of(&sent(&phone, &first).await), "received");
    let site = site_on(&phone, &office.site).await;
    let mut unknown = passing_visit(&phone, &site, &form);
    last_in(&mut unknown)[0]["visit"] = json!(id::<VisitId>());
    assert_eq!(outcome_of(&sent(&phone, &unknown).await), "received", "it may have been refused");
    assert_eq!(marked(&office, &unknown).await, std::slice::from_ref(&form.id));
    // As if it had been answered otherwise, so that less is asked.
    let mut other = passing_visit(&phone, &office.site, &form);
    *last_in(&mut other) = json!(site.last_answers);
    last_in(&mut other)[0]["answers"][0]["answer"] = json!("pass");
    assert_eq!(outcome_of(&sent(&phone, &other).await), "received");
    assert_eq!(marked(&office, &other).await, std::slice::from_ref(&form.id));
    // The desk is told on the page of the visit, and of what is so it is not.
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    for (visit, is_doubted) in [(&other, true), (&first, false)] {
        let page = seat.page(&format!("/office/visits/{}", visit_id(visit))).await.text();
        assert!(page.contains("回看"), "{page}");
        assert_eq!(page.contains("请核对上次答案"), is_doubted, "{page}");
    }
    let mut much = passing_visit(&phone, &office.site, &form);
    *last_in(&mut much) = json!(vec![site.last_answers[0].clone(); 11]);
    assert_eq!(reason_of(&sent(&phone, &much).await), "incomplete");
    clean(&office).await;
}

/// What it went by cannot be looked up any more; its inspector was there all the same.
#[tokio::test]
async fn a_visit_before_that_cannot_be_read_holds_up_nobody() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = looking_back(&office).await;
    assert_eq!(outcome_of(&sent(&phone, &passing_visit(&phone, &office.site, &form)).await), "received");
    let site = site_on(&phone, &office.site).await;
    office.database.execute(unseal(&office)).await;
    office.database.execute("UPDATE visit SET body = '{' || body").await;
    let second = passing_visit(&phone, &site, &form);
    assert_eq!(outcome_of(&sent(&phone, &second).await), "received");
    assert_eq!(marked(&office, &second).await, std::slice::from_ref(&form.id));
}

/// Damaged, or with an answer of a kind that a newer server beside this one knows.
#[tokio::test]
async fn last_answers_that_cannot_be_read_cost_nobody_the_site() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = looking_back(&office).await;
    for spoilt in ["'{' || last_answers", "replace(last_answers, 'not_applicable', 'hologram')"] {
        let first = passing_visit(&phone, &office.site, &form);
        assert_eq!(outcome_of(&sent(&phone, &first).await), "received");
        let of_it = format!("code = '{}'", office.site.code);
        office.database.execute(&format!("UPDATE site SET last_answers = {spoilt} WHERE {of_it}")).await;
        let site = site_on(&phone, &office.site).await;
        assert_eq!(site.last_answers, [], "{spoilt}");
        let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
        let is_told = report.told.iter().any(|words| words.contains("last_answers cannot be read"));
        assert!(is_told, "{spoilt}: {report}");
        let second = passing_visit(&phone, &site, &form);
        assert_eq!(outcome_of(&sent(&phone, &second).await), "received", "{spoilt}");
        let site = site_on(&phone, &office.site).await;
        assert_eq!(site.last_answers[0].visit, visit_id(&second), "made anew");
        clean(&office).await;
    }
}
