//! What a visit says, and what the server asks of it.

use super::{
    asker::at_desk,
    evidence::{actor, clean},
    office::{
        Phone, TestOffice, answers_in, begun, id, now, operation, outcome_of, passing_visit,
        passing_visit_of, reason_of, refusal_of,
    },
    photos::{announce, jpeg},
};
use chrono::Duration;
use domain::{
    checklist::Checklist,
    id::{ChecklistId, OperationId, SiteKind, VisitId},
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

/// One thing is asked everywhere, another at schools alone.
async fn list(office: &TestOffice) -> Checklist {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let item = |id: &str| json!({ "id": id, "text": text(id), "question": "pass_fail" });
    let mut guard = item("guard");
    guard["visible_if"] = json!({ "site_kind": "school" });
    let section = json!({ "id": "all", "title": text("全部"), "item": [item("clear"), guard] });
    let list = json!({ "id": "by-kind", "version": 1, "sector": "fire", "site_kinds": [], "title": text("按类别"),
        "section": [section] });
    let list: Checklist = serde_json::from_value(list).unwrap();
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_checklist(office.office.id, &list).await.unwrap();
    tx.commit().await.unwrap();
    list
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
async fn an_item_that_was_skipped_is_asked_for() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (list, school) = (list(&office).await, of_kinds(&office, &["school"]).await);
    let mut visit = passing_visit(&phone, &school, &list);
    answers_in(&mut visit).remove("guard");
    is_invalid(&sent(&phone, &visit).await, "`guard` was asked and not answered");
    // In the second form as well as in the first.
    let lists = [office.checklist("ebike-charging"), list];
    let mut visit = passing_visit_of(&phone, &school, &lists);
    visit["payload"]["submit_visit"]["forms"][1]["answers"].as_object_mut().unwrap().remove("clear");
    is_invalid(&sent(&phone, &visit).await, "`clear` was asked and not answered");
    assert_eq!(outcome_of(&sent(&phone, &passing_visit_of(&phone, &school, &lists)).await), "received");
    clean(&office).await;
}

/// The phone was away while the desk set the kinds right: what it was asked, it answered.
#[tokio::test]
async fn kinds_changed_at_the_desk_meanwhile_lose_nobodys_work() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (list, shop) = (list(&office).await, of_kinds(&office, &["shop", "warehouse"]).await);
    let visit = passing_visit(&phone, &shop, &list);
    for kinds in [&["school"][..], &["school", "canteen"][..]] {
        of_kinds(&office, kinds).await;
    }
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received", "by the kinds that it knew");
    let school = of_kinds(&office, &["school"]).await;
    let mut later = passing_visit(&phone, &school, &list);
    answers_in(&mut later).remove("guard");
    is_invalid(&sent(&phone, &later).await, "guard");
    clean(&office).await;
}

/// Left out to be asked less, or forgotten by a backup that was restored: only a person can tell.
#[tokio::test]
async fn kinds_that_the_site_never_had_wait_for_the_administrator() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (list, school) = (list(&office).await, of_kinds(&office, &["school", "canteen"]).await);
    let mut visits = vec![];
    for kinds in [&[][..], &["canteen"][..], &["karaoke"][..]] {
        let mut visit = passing_visit(&phone, &school, &list);
        visit["payload"]["submit_visit"]["site_seen"]["kinds"] = json!(kinds);
        answers_in(&mut visit).remove("guard");
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
    answers_in(&mut skipped).remove("clear");
    is_invalid(&sent(&phone, &skipped).await, "not one item was answered");

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
async fn one_visit_brings_several_forms_and_one_checklist_once() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let lists = [office.checklist("ebike-charging"), list(&office).await];
    let mut visit = passing_visit_of(&phone, &office.site, &lists);
    let participants = json!([{ "name": "派出所 马警官" }, { "name": "王专家" }]);
    visit["payload"]["submit_visit"]["participants"] = participants;
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    let id = visit_id(&visit);
    let summary = office.state.store.visit_summary(office.office.id, id).await.unwrap().unwrap();
    assert_eq!(summary.forms, lists.each_ref().map(|list| list.id.clone()));
    let forms = visit["payload"]["submit_visit"]["forms"].as_array().unwrap();
    let answers: usize = forms.iter().map(|form| form["answers"].as_object().unwrap().len()).sum();
    assert_eq!(summary.tally.answered() as usize, answers, "of both forms");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), id).await.unwrap();
    let shown: Vec<_> = file.forms().map(|(form, list)| (form.checklist.clone(), list.id.clone())).collect();
    assert_eq!(shown, lists.each_ref().map(|list| (list.id.clone(), list.id.clone())));
    let names = file.visit.participants.iter().map(|one| one.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["派出所 马警官", "王专家"]);
    let by_list = VisitFilter { checklist: Some(ChecklistId::from("by-kind")), ..VisitFilter::default() };
    let listed = visits::list(&office.state, &at_desk(&supervisor), &by_list).await.unwrap();
    assert_eq!((listed.total, listed.rows[0].checklist_titles.len()), (1, 2));

    let mut twice = passing_visit(&phone, &office.site, &lists[1]);
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
    let visit = draft.submit(&[], now()).unwrap().visit;
    let id = visit.id;
    assert_eq!(outcome_of(&sent(&phone, &operation(json!({ "submit_visit": visit }))).await), "received");
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    assert_eq!(site.last_visit, None, "nothing was checked");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), id).await.unwrap();
    assert_eq!((file.visit.outcome, file.forms().count()), (VisitOutcome::Closed, 0));
    assert_eq!(file.photos.iter().map(|photo| &photo.hash).collect::<Vec<_>>(), [&door]);
    let closed = VisitFilter { outcome: Some(VisitOutcome::Closed), ..VisitFilter::default() };
    let listed = visits::list(&office.state, &at_desk(&supervisor), &closed).await.unwrap();
    assert_eq!(listed.rows.iter().map(|row| row.summary.id).collect::<Vec<_>>(), [id]);

    let refused =
        Draft { outcome: VisitOutcome::Refused, note: "不让进".to_owned(), ..begun(&phone, &office.site) };
    let mut mute = refused.submit(&[], now()).unwrap().visit;
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
    let visit = passing_visit(&phone, &office.site, &office.checklist("ebike-charging"));
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

/// Of which sectors the checklists are does not matter.
#[tokio::test]
async fn a_department_inspects_at_sites_of_its_sectors_alone() {
    let office = TestOffice::open().await;
    let officer = office.phone(Role::Officer).await;
    let lists = [list(&office).await, office.checklist("school-drill")];
    let here = passing_visit_of(&officer, &office.site, &lists);
    assert_eq!(outcome_of(&sent(&officer, &here).await), "received");
    let there = passing_visit(&officer, &office.elsewhere, &lists[0]);
    assert_eq!(reason_of(&sent(&officer, &there).await), "not_allowed", "a list opens no door");
    let closed = Draft { outcome: VisitOutcome::Closed, ..begun(&officer, &office.elsewhere) };
    let closed = operation(json!({ "submit_visit": closed.submit(&[], now()).unwrap().visit }));
    assert_eq!(reason_of(&sent(&officer, &closed).await), "not_allowed");
}

#[tokio::test]
async fn a_participant_is_not_the_inspector_and_a_visit_names_no_checklist_that_is_not_there() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let list = list(&office).await;
    let mut visit = passing_visit(&phone, &office.site, &list);
    let own = Participant { person: Some(phone.person), name: "我".to_owned() };
    visit["payload"]["submit_visit"]["participants"] = json!([own]);
    is_invalid(&sent(&phone, &visit).await, "named as a participant");
    visit["payload"]["submit_visit"]["participants"] = json!([{ "name": "王\u{200b}专家" }]);
    let answer = sent(&phone, &visit).await;
    let over = &refusal_of(&answer)["reason"]["incomplete"]["missing"]["over_limit"];
    assert_eq!((over["field"].as_str(), over["excess"].as_str()), (Some("participants"), Some("invisible")));
    let mut unknown = passing_visit(&phone, &office.site, &list);
    unknown["id"] = json!(id::<OperationId>());
    unknown["payload"]["submit_visit"]["forms"][0]["version"] = json!(7);
    assert_eq!(reason_of(&sent(&phone, &unknown).await), "unknown_checklist");
    let mut late = passing_visit(&phone, &office.site, &list);
    answers_in(&mut late).insert("strange".to_owned(), json!({ "answer": "pass", "verdict": "pass" }));
    is_invalid(&sent(&phone, &late).await, "not on the checklist");
    let mut backwards = passing_visit(&phone, &office.site, &list);
    backwards["payload"]["submit_visit"]["started_at"] = json!(now() + Duration::hours(1));
    is_invalid(&sent(&phone, &backwards).await, "ends before it begins");
}

#[tokio::test]
async fn verification_misses_a_form_by_which_lists_find_the_visit() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let lists = [office.checklist("ebike-charging"), list(&office).await];
    let visit = passing_visit_of(&phone, &office.site, &lists);
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    clean(&office).await;
    office.database.execute("DELETE FROM visit_form WHERE position = 1").await;
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert_eq!(report.damage, 1, "{report}");
    assert!(report.told[0].contains("lists do not find it by form 1, by-kind"), "{report}");
}
