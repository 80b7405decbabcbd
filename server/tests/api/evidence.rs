//! What an event says of other records is held against them: an inspection that found a hazard, a department, a duplicate,
//! a day, a photo that proves.

use super::{
    office::{Phone, TestOffice, deed, found, id, now, operation, passing_inspection},
    photos::{announce, jpeg},
    sight::another,
};
use app::{backend::Backend, error::Fault};
use chrono::{DateTime, Duration, Utc};
use domain::{
    answer::Answer,
    checklist::{Checklist, Question},
    hazard::{Deed, RectificationPlan},
    id::{DepartmentId, HazardId, InspectionId},
    inspection::{Draft, Finding, InspectionKind},
    overview::{Concern, ConcernKind},
    photo::PhotoHash,
    role::{Actor, Role},
    site::Site,
    text::Lang,
};
use serde_json::{Value, json};
use server::{backend::PagesBackend, verify::verify};

fn desk(office: &TestOffice) -> PagesBackend {
    PagesBackend::new(office.state.clone(), Lang::Zh)
}

async fn actor(phone: &Phone<'_>) -> Actor {
    serde_json::from_value(phone.request("GET", "/api/v1/session", "").await.json()["actor"].clone()).unwrap()
}

async fn clean(office: &TestOffice) {
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

/// An inspection as the phone submits it, with what it found: one item fails.
fn failing(
    phone: &Phone<'_>,
    site: &Site,
    list: &Checklist,
    photo: &PhotoHash,
) -> (InspectionId, Vec<Value>) {
    let mut draft = Draft {
        id: id(),
        site: site.id,
        kinds: site.kinds.clone(),
        kind: InspectionKind::Surprise,
        checklist: list.id.clone(),
        version: list.version,
        inspector: phone.person,
        started_at: now() - Duration::minutes(20),
        location: None,
        items: Default::default(),
        position: None,
        note: String::new(),
    };
    let mut failed = false;
    loop {
        let open = draft.asked(list).find(|item| draft.verdict(item).is_none()).cloned();
        let Some(item) = open else { break };
        if item.question == Question::PassFail && !failed {
            failed = true;
            draft.answer(&item.id, Answer::Fail);
            let mut finding = Finding::propose(id(), &item, "物业", now().date_naive(), Lang::Zh);
            finding.photos = vec![photo.clone()];
            draft.items.get_mut(&item.id).unwrap().finding = Some(finding);
        } else if let Question::Choice { options } = &item.question {
            draft.answer(
                &item.id,
                Answer::Choice(options.iter().find(|option| !option.fails).unwrap().id.clone()),
            );
        } else {
            draft.answer(&item.id, Answer::NotApplicable);
        }
    }
    let inspection = draft.id;
    let sealed = draft.submit(list, now()).unwrap();
    let mut payload = serde_json::to_value(&sealed.inspection).unwrap();
    payload["type"] = json!("submit_inspection");
    let mut operations = vec![operation(payload)];
    for (hazard, deed) in sealed.hazards {
        operations
            .push(operation(json!({ "type": "hazard", "hazard": hazard, "site": site.id, "deed": deed,
            "event": id::<domain::id::EventId>() })));
    }
    (inspection, operations)
}

async fn photo(phone: &Phone<'_>, shade: u8) -> PhotoHash {
    let bytes = jpeg(shade);
    let (hash, announced) = announce(phone, &bytes);
    assert_eq!(phone.sync(&[announced]).await[0]["outcome"], "received");
    phone.request("PUT", &format!("/api/v1/photos/{hash}"), bytes).await;
    hash
}

/// A hazard that says it comes from this inspection, with this photo.
fn claiming(site: &Site, inspection: impl serde::Serialize, photo: &PhotoHash) -> (HazardId, Value) {
    let hazard = id();
    let mut operation = found(hazard, site.id, "堆放杂物");
    operation["payload"]["deed"]["inspection"] = json!(inspection);
    operation["payload"]["deed"]["photos"] = json!([photo]);
    (hazard, operation)
}

fn is_unfounded(answer: &Value, claim: &str) {
    assert_eq!(answer["refusal"]["reason"], "unfounded", "{answer}");
    assert_eq!(answer["refusal"]["claim"], claim, "{answer}");
    assert!(answer["refusal"]["kept"].is_null() && !answer["refusal"]["words"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn a_hazard_comes_from_no_inspection_but_the_one_that_found_it() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let colleague =
        another(&office, office.office.id, "colleague", Role::Inspector, vec![office.elsewhere.grid]).await;
    let list = office.checklist("ebike-charging");
    let mut theirs = passing_inspection(&colleague, &office.elsewhere, &list);
    theirs["payload"]["answers"] =
        passing_inspection(&colleague, &office.site, &list)["payload"]["answers"].clone();
    let sent = colleague.sync(std::slice::from_ref(&theirs)).await;
    assert_eq!(sent[0]["outcome"], "received", "{sent:?}");
    let old = photo(&inspector, 10).await;
    let (_, forged) = claiming(&office.site, &theirs["payload"]["id"], &old);
    is_unfounded(&inspector.sync(&[forged]).await[0], "inspection");

    // One's own, of the same site, that did not find it: an old photo would look like its own.
    let mut own = passing_inspection(&inspector, &office.site, &list);
    own["payload"]["answers"].as_object_mut().unwrap().values_mut().next().unwrap()["photos"] = json!([old]);
    assert_eq!(inspector.sync(std::slice::from_ref(&own)).await[0]["outcome"], "received");
    let (_, silencing) = claiming(&office.site, &own["payload"]["id"], &old);
    is_unfounded(&inspector.sync(&[silencing]).await[0], "inspection");
    clean(&office).await;
}

#[tokio::test]
async fn what_names_an_inspection_before_it_comes_is_believed_when_that_says_so() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let list = office.checklist("ebike-charging");
    let old = photo(&inspector, 10).await;
    let (_, before) = claiming(&office.site, None::<InspectionId>, &old);
    inspector.sync(&[before]).await;
    // An id of an inspection that is still to come, and will not find this one.
    let mut later = passing_inspection(&inspector, &office.site, &list);
    later["payload"]["answers"].as_object_mut().unwrap().values_mut().next().unwrap()["photos"] =
        json!([old]);
    let (forged, claim) = claiming(&office.site, &later["payload"]["id"], &old);
    assert_eq!(inspector.sync(&[claim]).await[0]["outcome"], "received");
    assert_eq!(inspector.sync(std::slice::from_ref(&later)).await[0]["outcome"], "received");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let inspection: InspectionId = serde_json::from_value(later["payload"]["id"].clone()).unwrap();
    let file = desk(&office).inspection(&supervisor, inspection).await.unwrap();
    assert_eq!(file.hazards.len(), 0, "it does not name it");
    let file = desk(&office).hazard(&supervisor, forged).await.unwrap();
    assert!(file.photos[0].findings.iter().any(|one| one.finding.is_of_another_use()), "{:?}", file.photos);
}

#[tokio::test]
async fn an_honest_phones_inspection_and_its_hazards_come_in_any_order() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let list = office.checklist("ebike-charging");
    for (shade, turned) in [(10, false), (20, true)] {
        let photo = photo(&inspector, shade).await;
        let (inspection, mut operations) = failing(&inspector, &office.site, &list, &photo);
        assert_eq!(operations.len(), 2);
        if turned {
            operations.reverse();
        }
        for operation in &operations {
            let answer = inspector.sync(std::slice::from_ref(operation)).await;
            assert_eq!(answer[0]["outcome"], "received", "{answer:?}");
        }
        let file = desk(&office).inspection(&supervisor, inspection).await.unwrap();
        assert_eq!(file.hazards.len(), 1);
        let hazard = desk(&office).hazard(&supervisor, file.hazards[0].id).await.unwrap();
        assert!(hazard.photos[0].received && hazard.photos[0].findings.is_empty(), "{:?}", hazard.photos);
    }
    clean(&office).await;
}

fn plan(department: Option<DepartmentId>, deadline: &str) -> Deed {
    Deed::Assigned(RectificationPlan {
        responsible: "物业".into(),
        department,
        measures: "清走".into(),
        funds: "0".into(),
        deadline: deadline.parse().unwrap(),
        contingency: "巡查".into(),
    })
}

async fn reported(phone: &Phone<'_>, site: &Site) -> HazardId {
    let hazard = id();
    assert_eq!(phone.sync(&[found(hazard, site.id, "堆放杂物")]).await[0]["outcome"], "received");
    hazard
}

/// By the phone and by the desk: what it claims, and the desk's field that is marked.
#[tokio::test]
async fn phone_and_desk_refuse_alike_what_is_not_so() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let here = reported(&supervisor, &office.site).await;
    let elsewhere = reported(&supervisor, &office.elsewhere).await;
    let gone = reported(&supervisor, &office.site).await;
    let target = reported(&supervisor, &office.site).await;
    let merged = Deed::Merged { into: target };
    assert_eq!(supervisor.sync(&[deed(gone, json!(merged))]).await[0]["outcome"], "received");
    let cases = [
        (&supervisor, plan(Some(id()), "2026-12-01"), "department", "department"),
        (&supervisor, plan(None, "2026-11-01"), "day_past", "deadline"),
        (&supervisor, Deed::Merged { into: id() }, "no_such_hazard", "into"),
        (&officer, Deed::Merged { into: elsewhere }, "no_such_hazard", "into"),
        (&supervisor, Deed::Merged { into: gone }, "target_moved", "into"),
    ];
    for (who, claim, word, field) in cases {
        is_unfounded(&who.sync(&[deed(here, json!(claim))]).await[0], word);
        let refused = desk(&office).act(&actor(who).await, here, claim, 1).await;
        assert!(
            matches!(&refused, Err(Fault::Invalid { field: marked, .. }) if marked == field),
            "{refused:?}"
        );
    }
    // Into itself, and round in a circle.
    let itself = supervisor.sync(&[deed(here, json!(Deed::Merged { into: here }))]).await;
    assert_eq!(itself[0]["refusal"]["misfit"]["code"], "into_itself");
    is_unfounded(
        &supervisor.sync(&[deed(target, json!(Deed::Merged { into: gone }))]).await[0],
        "target_moved",
    );
    let stored = office.state.store.hazard(office.office.id, here).await.unwrap().unwrap();
    assert_eq!(stored.log.len(), 2, "only what did not fit is in the log");
    clean(&office).await;
}

#[tokio::test]
async fn a_day_that_no_calendar_has_is_refused() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut never = found(id(), office.site.id, "堆放杂物");
    never["payload"]["deed"]["due"] = json!("+262142-12-31");
    let answer = &inspector.sync(&[never]).await[0];
    assert_eq!(answer["refusal"]["missing"]["over_limit"]["excess"], "day", "{answer}");
}

#[tokio::test]
async fn nothing_is_closed_on_the_spot_before_its_photo_is_told_of() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hash, announced) = announce(&inspector, &jpeg(10));
    let hazard: HazardId = id();
    let mut fixed = found(hazard, office.site.id, "堆放杂物");
    fixed["payload"]["deed"]["fixed"] = json!({ "photos": [hash] });
    let waits = &inspector.sync(std::slice::from_ref(&fixed)).await[0];
    assert_eq!((&waits["outcome"], &waits["because"]), (&json!("later"), &json!("photo_facts")), "{waits}");
    assert_eq!(office.state.store.hazard(office.office.id, hazard).await.unwrap(), None);
    // Somebody else's word is not its maker's.
    let enterprise = office.phone(Role::Enterprise).await;
    enterprise.sync(&[announce(&enterprise, &jpeg(10)).1]).await;
    assert_eq!(inspector.sync(std::slice::from_ref(&fixed)).await[0]["outcome"], "later");
    // In whatever order the two come.
    for answer in inspector.sync(&[fixed, announced]).await {
        assert_eq!(answer["outcome"], "received", "{answer}");
    }
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((stored.stage.word(), stored.number.as_deref()), ("closed", Some("XC-2026-000001")));
    clean(&office).await;
}

#[tokio::test]
async fn nothing_is_accepted_by_photos_that_nobody_told_of() {
    let office = TestOffice::open().await;
    let (supervisor, officer) = (office.phone(Role::Supervisor).await, office.phone(Role::Officer).await);
    let enterprise = office.phone(Role::Enterprise).await;
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[deed(hazard, json!(plan(None, "2026-12-01")))]).await;
    let (hash, announced) = announce(&enterprise, &jpeg(10));
    let rectified = deed(hazard, json!({ "type": "rectified", "photos": [hash] }));
    assert_eq!(enterprise.sync(&[rectified]).await[0]["outcome"], "received");
    // Somebody else's word is not the author's.
    officer.sync(&[announce(&officer, &jpeg(10)).1]).await;
    let accepted = deed(hazard, json!({ "type": "accepted" }));
    let waits = &officer.sync(std::slice::from_ref(&accepted)).await[0];
    assert_eq!((&waits["outcome"], &waits["because"]), (&json!("later"), &json!("photo_facts")), "{waits}");
    let at_desk = || Deed::Accepted { note: String::new(), photos: vec![] };
    let refused = desk(&office).act(&actor(&supervisor).await, hazard, at_desk(), 3).await;
    assert!(matches!(&refused, Err(Fault::Invalid { field, .. }) if field == "note"), "{refused:?}");
    assert_eq!(enterprise.sync(&[announced]).await[0]["outcome"], "received");
    assert_eq!(officer.sync(&[accepted]).await[0]["outcome"], "received");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.stage.word(), "closed");
    clean(&office).await;
}

#[tokio::test]
async fn an_event_that_is_known_is_no_other_deed() {
    let office = TestOffice::open().await;
    let (supervisor, enterprise) =
        (office.phone(Role::Supervisor).await, office.phone(Role::Enterprise).await);
    let hazard = reported(&supervisor, &office.site).await;
    supervisor.sync(&[deed(hazard, json!(plan(None, "2026-12-01")))]).await;
    let rectified = |shade| json!({ "type": "rectified", "photos": [PhotoHash::of(&jpeg(shade))] });
    let first = deed(hazard, rectified(10));
    assert_eq!(enterprise.sync(std::slice::from_ref(&first)).await[0]["outcome"], "received");
    let mut other = deed(hazard, rectified(20));
    other["payload"]["event"] = first["payload"]["event"].clone();
    let refused = &enterprise.sync(&[other]).await[0];
    assert_eq!(refused["refusal"]["reason"], "id_reused", "{refused}");
    assert!(refused["refusal"]["kept"].is_null(), "what the log does not take gets no receipt");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.log.len(), 3);
    clean(&office).await;
}

#[tokio::test]
async fn a_phone_whose_clock_is_years_off_is_taken_at_the_offices_time_and_shown_as_such() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    for (year, due) in [(2020, "2020-01-04"), (2031, "2031-01-04"), (1970, "1970-01-04")] {
        let at: DateTime<Utc> = format!("{year}-01-01T02:00:00Z").parse().unwrap();
        let hazard: HazardId = id();
        let mut operation = found(hazard, office.site.id, "堆放杂物");
        operation["at"] = json!(at);
        operation["payload"]["deed"]["due"] = json!(due);
        assert_eq!(inspector.sync(&[operation]).await[0]["outcome"], "received");
        let file = desk(&office).hazard(&supervisor, hazard).await.unwrap().hazard;
        assert_eq!((file.log[0].at, file.log[0].received_at), (at, Some(now())), "both times are kept");
        assert!(file.log[0].clock_was_wrong());
        assert_eq!((file.found_at, file.due.unwrap().to_string().as_str()), (now(), "2026-11-27"));
        let list = office.checklist("ebike-charging");
        let mut inspection = passing_inspection(&inspector, &office.site, &list);
        inspection["payload"]["started_at"] = json!(at - Duration::minutes(20));
        inspection["payload"]["submitted_at"] = json!(at);
        assert_eq!(inspector.sync(std::slice::from_ref(&inspection)).await[0]["outcome"], "received");
        let id = serde_json::from_value(inspection["payload"]["id"].clone()).unwrap();
        let summary = office.state.store.inspection_summary(office.office.id, id).await.unwrap().unwrap();
        assert_eq!(summary.submitted_at, now());
        let file = desk(&office).inspection(&supervisor, id).await.unwrap();
        assert_eq!((file.inspection.submitted_at, file.received_at), (at, now()));
        let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
        assert_eq!(site.last_visit, Some(now()));
    }
    let ledger = desk(&office).ledger(&supervisor, &Default::default()).await.unwrap();
    assert_eq!((ledger.late, ledger.worst_days), (0, 0));
    let overview = desk(&office).overview(&supervisor).await.unwrap();
    let waiting = |one: &&Concern| one.what == ConcernKind::WaitingForAssignment;
    assert_eq!(overview.concerns.iter().find(waiting).map_or(0, |one| one.count), 0, "all came just now");
    // A month without signal is a month.
    let month = now() - Duration::days(30);
    let hazard: HazardId = id();
    let mut operation = found(hazard, office.site.id, "堆放杂物");
    operation["at"] = json!(month);
    operation["payload"]["deed"]["due"] = json!("2026-11-01");
    assert_eq!(inspector.sync(&[operation]).await[0]["outcome"], "received");
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((stored.found_at, stored.due.unwrap().to_string().as_str()), (month, "2026-11-01"));
    // The ends of all time stop nobody.
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let mut operation = found(id(), office.site.id, "堆放杂物");
        operation["at"] = json!(at);
        let told = inspector.sync(&[operation, found(id(), office.site.id, "飞线")]).await;
        assert_ne!(told[0]["outcome"], "later", "{told:?}");
        assert_eq!(told[1]["outcome"], "received");
    }
    clean(&office).await;
}

#[tokio::test]
async fn records_are_found_by_what_they_are_called_and_an_ambiguous_word_gives_them_all() {
    let office = TestOffice::open().await;
    let supervisor = office.phone(Role::Supervisor).await;
    let mut tx = office.state.store.write().await.unwrap();
    for n in 0..60 {
        let site = Site {
            id: id(),
            code: format!("QZ-{n:03}"),
            name: "清真市场 QZ-AA".into(),
            ..office.site.clone()
        };
        tx.put_site(office.office.id, &site).await.unwrap();
    }
    let wanted = Site {
        id: id(),
        code: "QZ-AA".into(),
        name: "中原市场".into(),
        pinyin: "zz".into(),
        ..office.site.clone()
    };
    tx.put_site(office.office.id, &wanted).await.unwrap();
    tx.commit().await.unwrap();
    let actor = actor(&supervisor).await;
    let desk = desk(&office);
    let found_sites = desk.sites_of_code(&actor, "QZ-AA").await.unwrap();
    assert_eq!(found_sites, [(wanted.id, "QZ-AA".to_owned())]);
    assert_eq!(desk.sites_of_code(&actor, "qz-aa").await.unwrap()[0].1, "QZ-AA", "told, to be asked about");
    assert_eq!(desk.sites_of_code(&actor, "QZ").await.unwrap(), []);
    for _ in 0..12 {
        reported(&supervisor, &office.site).await;
    }
    let numbers = async |word: &str| -> Vec<String> {
        let found = desk.hazards_of_number(&actor, word).await.unwrap();
        found.into_iter().map(|(_, number)| number).collect()
    };
    assert_eq!(numbers("02").await, ["XC-2026-000002"]);
    assert_eq!(numbers("2").await, ["XC-2026-000012", "XC-2026-000002"]);
    assert_eq!(numbers("xc-2026-000001").await, ["XC-2026-000001"]);
    assert_eq!(numbers("%").await, Vec::<String>::new());
}
