//! What a visit says, and what the server asks of it.

mod believed;
mod sign_off;

use super::{
    asker::at_desk,
    evidence::{actor, clean},
    office::{
        Phone, TestOffice, answers_in, answers_of, begun, id, now, opened, operation, outcome_of,
        passing_visit, passing_visit_of, reason_of, refusal_of,
    },
    photos::{announce, jpeg},
};
use chrono::Duration;
use domain::{
    form::Form,
    id::{FormId, OperationId, SiteKind, VisitId},
    party::{CreditCode, Party, PartyKind},
    quarantine::QuarantineFilter,
    role::Role,
    sector::Sector,
    site::Site,
    sync::Operation,
    visit::{Draft, Participant, VisitFilter, VisitOutcome},
};
use serde_json::{Value, json};
use server::{
    service::{sync::quarantine, visits},
    verify::verify,
};
use std::sync::Arc;

/// One thing is asked everywhere, another at schools alone.
async fn by_kind(office: &TestOffice) -> Arc<Form> {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let question = |id: &str| {
        let criterion = json!({ "finding": { "what": text(id), "days": 7 } });
        json!({ "id": id, "text": text(id), "kind": "pass_fail", "criterion": criterion,
            "basis": { "good_practice": true } })
    };
    let mut guard = question("guard");
    guard["relevant"] = json!([{ "text": "school" }, { "call": ["site-kind", 1] }]);
    let entries = json!([{ "question": question("clear") }, { "question": guard }]);
    let form = json!({ "id": "by-kind", "version": 1, "title": text("按类别"), "layer": "inspection",
        "sector": "fire", "entries": [{ "group": { "id": "all", "title": text("全部"), "entries": entries } }] });
    let form: Form = serde_json::from_value(form).unwrap();
    assert!(form.check().is_empty());
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_form(office.office.id, &form).await.unwrap();
    tx.commit().await.unwrap();
    Arc::new(form)
}

/// Takes an answer out, as if nobody had been asked.
fn skip(visit: &mut Value, form: usize, question: &str) {
    let answers = answers_of(visit, form);
    let before = answers.len();
    answers.retain(|answer| answer["key"]["question"] != question);
    assert_eq!(answers.len() + 1, before);
}

async fn keep(office: &TestOffice, site: &Site) {
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, site).await.unwrap();
    tx.commit().await.unwrap();
}

async fn of_kinds(office: &TestOffice, kinds: &[&str]) -> Site {
    let kinds = kinds.iter().map(|kind| SiteKind::from(*kind)).collect();
    let site = Site { kinds, ..office.site.clone() };
    keep(office, &site).await;
    site
}

async fn sent(phone: &Phone<'_>, visit: &Value) -> Value {
    phone.sync(std::slice::from_ref(visit)).await.remove(0)
}

fn visit_id(visit: &Value) -> VisitId {
    serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap()
}

#[track_caller]
fn is_invalid(answer: &Value, why: &str) {
    assert_eq!(reason_of(answer), "invalid_visit", "{answer}");
    let detail = refusal_of(answer)["reason"]["invalid_visit"]["detail"].as_str().unwrap();
    assert!(detail.contains(why), "{detail}");
    assert!(refusal_of(answer)["kept"].is_null(), "a mended app may send it again: {answer}");
}

#[tokio::test]
async fn a_question_that_was_skipped_is_asked_for() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (form, school) = (by_kind(&office).await, of_kinds(&office, &["school"]).await);
    let mut visit = passing_visit(&phone, &school, &form);
    skip(&mut visit, 0, "guard");
    is_invalid(&sent(&phone, &visit).await, "`guard` was asked and not answered");
    // In the second form as well as in the first.
    let forms = [office.form("ebike-charging"), form];
    let mut visit = passing_visit_of(&phone, &school, &forms);
    skip(&mut visit, 1, "clear");
    is_invalid(&sent(&phone, &visit).await, "`clear` was asked and not answered");
    assert_eq!(outcome_of(&sent(&phone, &passing_visit_of(&phone, &school, &forms)).await), "received");
    clean(&office).await;
}

/// The phone was away while the desk set the kinds right: what it was asked, it answered.
#[tokio::test]
async fn kinds_changed_at_the_desk_meanwhile_lose_nobodys_work() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (form, shop) = (by_kind(&office).await, of_kinds(&office, &["shop", "warehouse"]).await);
    let visit = passing_visit(&phone, &shop, &form);
    for kinds in [&["school"][..], &["school", "canteen"][..]] {
        of_kinds(&office, kinds).await;
    }
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received", "by the kinds that it knew");
    let school = of_kinds(&office, &["school"]).await;
    let mut later = passing_visit(&phone, &school, &form);
    skip(&mut later, 0, "guard");
    is_invalid(&sent(&phone, &later).await, "guard");
    clean(&office).await;
}

/// Left out to be asked less, or forgotten by a backup that was restored: only a person can tell.
#[tokio::test]
async fn kinds_that_the_site_never_had_wait_for_the_administrator() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (form, school) = (by_kind(&office).await, of_kinds(&office, &["school", "canteen"]).await);
    let mut visits = vec![];
    for kinds in [&[][..], &["canteen"][..], &["karaoke"][..]] {
        let mut visit = passing_visit(&phone, &school, &form);
        visit["payload"]["submit_visit"]["site_seen"]["kinds"] = json!(kinds);
        skip(&mut visit, 0, "guard");
        let answer = sent(&phone, &visit).await;
        assert_eq!(reason_of(&answer), "kinds_never_had", "{answer}");
        let kept = &refusal_of(&answer)["kept"];
        assert_eq!(kept["hash"], Operation::hash(&visit), "nothing is lost: {answer}");
        visits.push(visit);
    }
    // What could not be taken at any kinds is refused as ever.
    let mut skipped = visits[2].clone();
    (skipped["id"], skipped["payload"]["submit_visit"]["id"]) =
        (json!(id::<OperationId>()), json!(id::<VisitId>()));
    skip(&mut skipped, 0, "clear");
    is_invalid(&sent(&phone, &skipped).await, "not one question was answered");

    let people = office.state.store.people(office.office.id).await.unwrap();
    let admin = people.into_iter().find(|person| person.role == Role::Administrator).unwrap();
    let admin = at_desk(&admin.actor(office.office.id, None));
    let waiting = quarantine::list(&office.state, &admin, &QuarantineFilter::default()).await.unwrap().rows;
    assert_eq!(waiting.len(), visits.len());
    for (visit, take) in visits.iter().zip([true, true, false]) {
        let operation = serde_json::from_value(visit["id"].clone()).unwrap();
        quarantine::decide(&office.state, &admin, operation, take).await.unwrap();
        let stored = office.state.store.visit(office.office.id, visit_id(visit)).await.unwrap();
        assert_eq!(stored.is_some(), take);
    }
    clean(&office).await;
}

#[tokio::test]
async fn one_visit_brings_several_forms_and_each_of_them_once() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let forms = [office.form("ebike-charging"), by_kind(&office).await];
    let mut visit = passing_visit_of(&phone, &office.site, &forms);
    let participants = json!([{ "name": "派出所 马警官" }, { "name": "王专家" }]);
    visit["payload"]["submit_visit"]["participants"] = participants;
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    let id = visit_id(&visit);
    let summary = office.state.store.visit_summary(office.office.id, id).await.unwrap().unwrap();
    assert_eq!(summary.forms, forms.each_ref().map(|form| form.id.clone()));
    let answers: usize = (0..forms.len()).map(|form| answers_of(&mut visit, form).len()).sum();
    assert_eq!(summary.tally.answered() as usize, answers, "of both forms");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), id).await.unwrap();
    let shown: Vec<_> = file.filled().map(|(filled, form)| (filled.form.clone(), form.id.clone())).collect();
    assert_eq!(shown, forms.each_ref().map(|form| (form.id.clone(), form.id.clone())));
    let names = file.visit.participants.iter().map(|one| one.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["派出所 马警官", "王专家"]);
    let by_form = VisitFilter { form: Some(FormId::from("by-kind")), ..VisitFilter::default() };
    let listed = visits::list(&office.state, &at_desk(&supervisor), &by_form).await.unwrap();
    assert_eq!((listed.total, listed.rows[0].form_titles.len()), (1, 2));

    let mut twice = passing_visit(&phone, &office.site, &forms[1]);
    let form = twice["payload"]["submit_visit"]["forms"][0].clone();
    twice["payload"]["submit_visit"]["forms"].as_array_mut().unwrap().push(form);
    is_invalid(&sent(&phone, &twice).await, "filled in twice");
    clean(&office).await;
}

#[tokio::test]
async fn a_closed_door_is_kept_with_its_photo_and_is_to_be_tried_again() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = jpeg(7);
    let (door, announced) = announce(&phone, &bytes);
    assert_eq!(outcome_of(&sent(&phone, &announced).await), "received");
    phone.upload_as(&door, bytes).await;
    let draft = Draft {
        outcome: VisitOutcome::Closed,
        photos: vec![door.clone()],
        note: "敲门无人应答".to_owned(),
        ..begun(&phone, &office.site)
    };
    let visit = opened(draft, &[]).submit(now()).unwrap().visit;
    let id = visit.id;
    assert_eq!(outcome_of(&sent(&phone, &operation(json!({ "submit_visit": visit }))).await), "received");
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    assert_eq!(site.last_visit, None, "nothing was checked");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), id).await.unwrap();
    assert_eq!((file.visit.outcome, file.filled().count()), (VisitOutcome::Closed, 0));
    assert_eq!(file.photos.iter().map(|photo| &photo.hash).collect::<Vec<_>>(), [&door]);
    let closed = VisitFilter { outcome: Some(VisitOutcome::Closed), ..VisitFilter::default() };
    let listed = visits::list(&office.state, &at_desk(&supervisor), &closed).await.unwrap();
    assert_eq!(listed.rows.iter().map(|row| row.summary.id).collect::<Vec<_>>(), [id]);

    let refused =
        Draft { outcome: VisitOutcome::Refused, note: "不让进".to_owned(), ..begun(&phone, &office.site) };
    let mut mute = opened(refused, &[]).submit(now()).unwrap().visit;
    mute.note.clear();
    is_invalid(&sent(&phone, &operation(json!({ "submit_visit": mute }))).await, "what was met with");
    clean(&office).await;
}

async fn keep_party(office: &TestOffice, party: &Party) {
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_party(office.office.id, party).await.unwrap();
    tx.commit().await.unwrap();
}

/// Years later the site is called otherwise, and lies in another grid; its party has another name.
#[tokio::test]
async fn a_record_shows_the_site_as_it_was() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let party = Party {
        id: id(),
        name: "锦绣物业".to_owned(),
        kind: PartyKind::Enterprise,
        credit_code: CreditCode::completing("91000000MA0000001"),
        phone: String::new(),
        people: vec![],
        note: String::new(),
        retired: false,
    };
    keep_party(&office, &party).await;
    keep(&office, &Site { party: Some(party.of_site()), ..office.site.clone() }).await;
    let visit = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    let renamed = Site {
        name: "新名称".to_owned(),
        grid: office.elsewhere.grid,
        sector: Sector::Culture,
        address: "新地址".to_owned(),
        ..office.site.clone()
    };
    keep(&office, &renamed).await;
    keep_party(&office, &Party { name: "新物业".to_owned(), ..party.clone() }).await;
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), visit_id(&visit)).await.unwrap();
    assert_eq!((&file.site.name, &file.site.address), (&office.site.name, &office.site.address));
    assert_eq!((file.site.community.as_str(), file.site.grid.as_str()), ("金河社区", "第 1 网格"));
    assert_eq!((file.site.sector, &file.site.kinds), (office.site.sector, &office.site.kinds));
    let answered = file.site.party.unwrap();
    assert_eq!((answered.id, answered.name, answered.credit_code), (party.id, party.name, party.credit_code));
    assert_eq!(file.site_name_now, "新名称");
    clean(&office).await;
}

/// Of which sectors the forms are does not matter.
#[tokio::test]
async fn a_department_inspects_at_sites_of_its_sectors_alone() {
    let office = TestOffice::open().await;
    let officer = office.phone(Role::Officer).await;
    let forms = [by_kind(&office).await, office.form("school-drill")];
    let here = passing_visit_of(&officer, &office.site, &forms);
    assert_eq!(outcome_of(&sent(&officer, &here).await), "received");
    let there = passing_visit(&officer, &office.elsewhere, &forms[0]);
    assert_eq!(reason_of(&sent(&officer, &there).await), "not_allowed", "a form opens no door");
    let closed = Draft { outcome: VisitOutcome::Closed, ..begun(&officer, &office.elsewhere) };
    let closed = operation(json!({ "submit_visit": opened(closed, &[]).submit(now()).unwrap().visit }));
    assert_eq!(reason_of(&sent(&officer, &closed).await), "not_allowed");
}

#[tokio::test]
async fn a_participant_is_not_the_inspector_and_a_visit_names_no_form_that_is_not_there() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = by_kind(&office).await;
    let mut visit = passing_visit(&phone, &office.site, &form);
    let own = Participant { person: Some(phone.person), name: "我".to_owned() };
    visit["payload"]["submit_visit"]["participants"] = json!([own]);
    is_invalid(&sent(&phone, &visit).await, "named as a participant");
    visit["payload"]["submit_visit"]["participants"] = json!([{ "name": "王\u{200b}专家" }]);
    let answer = sent(&phone, &visit).await;
    let over = &refusal_of(&answer)["reason"]["incomplete"]["missing"]["over_limit"];
    assert_eq!((over["field"].as_str(), over["excess"].as_str()), (Some("participants"), Some("invisible")));
    let mut unknown = passing_visit(&phone, &office.site, &form);
    unknown["id"] = json!(id::<OperationId>());
    unknown["payload"]["submit_visit"]["forms"][0]["version"] = json!(7);
    assert_eq!(reason_of(&sent(&phone, &unknown).await), "unknown_form");
    let mut late = passing_visit(&phone, &office.site, &form);
    let strange = json!({ "key": { "question": "strange" }, "answer": "pass", "verdict": "pass" });
    answers_in(&mut late).push(strange);
    is_invalid(&sent(&phone, &late).await, "not on the form");
    let mut backwards = passing_visit(&phone, &office.site, &form);
    backwards["payload"]["submit_visit"]["started_at"] = json!(now() + Duration::hours(1));
    is_invalid(&sent(&phone, &backwards).await, "ends before it begins");
}

#[tokio::test]
async fn verification_misses_a_form_by_which_lists_find_the_visit() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let forms = [office.form("ebike-charging"), by_kind(&office).await];
    let visit = passing_visit_of(&phone, &office.site, &forms);
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    clean(&office).await;
    office.database.execute("DELETE FROM visit_form WHERE position = 1").await;
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert_eq!(report.damage, 1, "{report}");
    assert!(report.told[0].contains("lists do not find it by form 1, by-kind"), "{report}");
}

/// Nobody of theirs inspects, and nobody of the office writes a check of theirs. What they answer themselves is no visit of
/// the office.
#[tokio::test]
async fn a_site_is_checked_by_its_own_people_as_a_check_of_its_own() {
    let office = TestOffice::open().await;
    let (form, site) = (by_kind(&office).await, of_kinds(&office, &["school"]).await);
    let of_nature = |phone: &Phone<'_>, site: &Site, nature: &str| {
        let mut visit = passing_visit(phone, site, &form);
        visit["payload"]["submit_visit"]["nature"] = json!(nature);
        visit
    };
    for role in [Role::School, Role::Enterprise] {
        let phone = office.phone(role).await;
        let own = sent(&phone, &of_nature(&phone, &site, "self_check")).await;
        assert_eq!(outcome_of(&own), "received", "{role:?}: {own}");
        let inspects = sent(&phone, &of_nature(&phone, &site, "recheck")).await;
        assert_eq!(reason_of(&inspects), "not_allowed", "{role:?}: {inspects}");
        assert!(refusal_of(&inspects)["kept"].is_null(), "it never was their right: {inspects}");
        let elsewhere = sent(&phone, &of_nature(&phone, &office.elsewhere, "self_check")).await;
        assert_eq!(reason_of(&elsewhere), "not_allowed", "{role:?}: {elsewhere}");
    }
    let site = office.state.store.site(office.office.id, site.id).await.unwrap().unwrap();
    assert_eq!((site.last_visit, site.last_answers), (None, vec![]), "the office was not there");
    let inspector = office.phone(Role::Inspector).await;
    let theirs = sent(&inspector, &of_nature(&inspector, &office.site, "self_check")).await;
    assert_eq!(reason_of(&theirs), "not_allowed", "{theirs}");
    clean(&office).await;
}
