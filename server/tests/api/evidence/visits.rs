//! A hazard says which visit found it, and the visit says so too.

use super::{actor, clean, is_unfounded};
use crate::{
    asker::at_desk,
    office::{
        Phone, TestOffice, answer_in, answers_in, begun, command_in, found, id, now, opened, operation,
        outcome_of, pass_all, passing_visit, reason_of,
    },
    photo_access::{another, another_office},
    photos::{announce, jpeg},
};
use chrono::Duration;
use domain::{
    form::{Answer, AnswerKey, Form},
    hazard::{Hazard, HazardCommand, Issued},
    id::{EventId, HazardId, OperationId, VisitId},
    integrity::RecordRef,
    photo::PhotoHash,
    role::Role,
    site::Site,
    text::Lang,
    visit::CompletedVisit,
};
use serde_json::{Value, json};
use server::service::{hazards, visits};
use server::storage::NamedPhoto;
use std::{slice, sync::Arc};

/// A visit as the phone submits it, with what it found: one question fails.
pub fn failing(phone: &Phone<'_>, site: &Site, form: &Arc<Form>, photo: &PhotoHash) -> (VisitId, Vec<Value>) {
    let mut draft = begun(phone, site);
    draft.add_form(form);
    let visit = draft.id;
    let mut draft = opened(draft, slice::from_ref(form));
    let failed = AnswerKey::of("clear-of-lane");
    draft.answer(0, &failed, Answer::Fail).unwrap();
    assert!(draft.open_finding((0, &failed), id(), "物业", now().date_naive(), Lang::Zh));
    draft.change_finding(0, &failed, |finding| finding.photos = vec![photo.clone()]);
    pass_all(&mut draft, 0);
    (visit, sent(site, draft.submit(now()).unwrap()))
}

/// The visit, then each hazard that it found.
fn sent(site: &Site, sealed: CompletedVisit) -> Vec<Value> {
    let mut operations = vec![operation(json!({ "submit_visit": sealed.visit }))];
    for (hazard, command) in sealed.hazards {
        let event = id::<EventId>();
        operations
            .push(operation(json!({ "hazard": { "hazard": hazard, "site": site.id, "command": command,
            "event": event } })));
    }
    operations
}

pub async fn photo(phone: &Phone<'_>, shade: u8) -> PhotoHash {
    let bytes = jpeg(shade);
    let (hash, announced) = announce(phone, &bytes);
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    phone.upload_whole(bytes).await;
    hash
}

/// A hazard that says it comes from this visit, with this photo.
fn claiming(site: &Site, visit: impl serde::Serialize, photo: &PhotoHash) -> (HazardId, Value) {
    let hazard = id();
    let mut operation = found(hazard, site.id, "堆放杂物");
    let found = command_in(&mut operation);
    found["visit"] = json!(visit);
    found["photos"] = json!([photo]);
    (hazard, operation)
}

#[tokio::test]
async fn a_hazard_comes_from_no_visit_but_the_one_that_found_it() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let colleague =
        another(&office, office.office.id, "colleague", Role::Inspector, vec![office.elsewhere.grid]).await;
    let form = office.form("ebike-charging");
    let mut theirs = passing_visit(&colleague, &office.elsewhere, &form);
    *answers_in(&mut theirs) = answers_in(&mut passing_visit(&colleague, &office.site, &form)).clone();
    let sent = colleague.sync(std::slice::from_ref(&theirs)).await;
    assert_eq!(outcome_of(&sent[0]), "received", "{sent:?}");
    let old = photo(&inspector, 10).await;
    let (_, forged) = claiming(&office.site, &theirs["payload"]["submit_visit"]["id"], &old);
    is_unfounded(&inspector.sync(&[forged]).await[0], "visit");

    // One's own, of the same site, that did not find it: an old photo would look like its own.
    let mut own = passing_visit(&inspector, &office.site, &form);
    answer_in(&mut own)["photos"] = json!([old]);
    assert_eq!(outcome_of(&inspector.sync(std::slice::from_ref(&own)).await[0]), "received");
    let (_, silencing) = claiming(&office.site, &own["payload"]["submit_visit"]["id"], &old);
    is_unfounded(&inspector.sync(&[silencing]).await[0], "visit");
    clean(&office).await;
}

#[tokio::test]
async fn an_answer_may_name_several_hazards_and_each_is_held_against_it() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let form = office.form("ebike-charging");
    let (one, other) = (photo(&inspector, 10).await, photo(&inspector, 90).await);
    let mut draft = begun(&inspector, &office.site);
    draft.add_form(&form);
    let visit = draft.id;
    let mut draft = opened(draft, slice::from_ref(&form));
    let failed = AnswerKey::of("clear-of-lane");
    draft.answer(0, &failed, Answer::Fail).unwrap();
    let today = now().date_naive();
    assert!(draft.open_finding((0, &failed), id(), "物业", today, Lang::Zh));
    draft.change_finding(0, &failed, |finding| finding.photos = vec![one]);
    let number = draft.add_finding((0, &failed), id(), "物业", today, Lang::Zh).unwrap();
    draft.change_sheet((0, &failed, number), |finding| {
        (finding.what, finding.photos) = ("北端停放货车".to_owned(), vec![other]);
    });
    pass_all(&mut draft, 0);
    let operations = sent(&office.site, draft.submit(now()).unwrap());

    // Whoever names one twice is refused, and the phone keeps all of it.
    let mut twice = operations[0].clone();
    twice["id"] = json!(id::<OperationId>());
    twice["payload"]["submit_visit"]["id"] = json!(id::<VisitId>());
    let answers = answers_in(&mut twice).iter_mut();
    for answer in answers.filter(|answer| answer["verdict"] == "fail") {
        answer["hazards"][1] = answer["hazards"][0].clone();
    }
    assert_eq!(reason_of(&inspector.sync(&[twice]).await[0]), "invalid_visit");

    let outcomes = inspector.sync(&operations).await;
    assert_eq!(outcomes.iter().map(outcome_of).collect::<Vec<_>>(), ["received"; 3]);
    let mut stray = operations[2].clone();
    stray["id"] = json!(id::<OperationId>());
    stray["payload"]["hazard"]["hazard"] = json!(id::<HazardId>());
    stray["payload"]["hazard"]["event"] = json!(id::<EventId>());
    is_unfounded(&inspector.sync(&[stray]).await[0], "visit");

    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), visit).await.unwrap();
    let named = file.visit.answers().flat_map(|answer| answer.hazards.clone()).collect::<Vec<_>>();
    assert_eq!((named.len(), file.hazards.len()), (2, 2));
    for hazard in named {
        let found = hazards::file(&office.state, &at_desk(&supervisor), hazard).await.unwrap().hazard.found;
        assert_eq!((found.visit, found.question), (Some(visit), Some(failed.question.clone())));
    }
    clean(&office).await;
}

#[tokio::test]
async fn what_names_a_visit_before_it_comes_is_believed_when_that_says_so() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let form = office.form("ebike-charging");
    let old = photo(&inspector, 10).await;
    let (_, before) = claiming(&office.site, None::<VisitId>, &old);
    inspector.sync(&[before]).await;
    // An id of a visit that is still to come, and will not find this one.
    let mut later = passing_visit(&inspector, &office.site, &form);
    answer_in(&mut later)["photos"] = json!([old]);
    let (forged, claim) = claiming(&office.site, &later["payload"]["submit_visit"]["id"], &old);
    assert_eq!(outcome_of(&inspector.sync(&[claim]).await[0]), "received");
    assert_eq!(outcome_of(&inspector.sync(std::slice::from_ref(&later)).await[0]), "received");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let visit: VisitId = serde_json::from_value(later["payload"]["submit_visit"]["id"].clone()).unwrap();
    let file = visits::file(&office.state, &at_desk(&supervisor), visit).await.unwrap();
    assert_eq!(file.hazards.len(), 0, "it does not name it");
    let file = hazards::file(&office.state, &at_desk(&supervisor), forged).await.unwrap();
    assert!(file.photos[0].findings.iter().any(|one| one.finding.is_of_another_use()), "{:?}", file.photos);
}

#[tokio::test]
async fn a_hazard_comes_from_no_other_offices_visit() {
    let office = TestOffice::open().await;
    let (other, site) = another_office(&office).await;
    let stranger = another(&office, other.id, "stranger", Role::Administrator, vec![]).await;
    let theirs = passing_visit(&stranger, &site, &office.form("ebike-charging"));
    let sent = stranger.sync(std::slice::from_ref(&theirs)).await;
    assert_eq!(outcome_of(&sent[0]), "received", "{sent:?}");
    let inspector = office.phone(Role::Inspector).await;
    let own = photo(&inspector, 10).await;
    let (_, forged) = claiming(&office.site, &theirs["payload"]["submit_visit"]["id"], &own);
    is_unfounded(&inspector.sync(&[forged]).await[0], "visit");
}

/// As servers took it that did not yet ask whether the visit says so too.
#[tokio::test]
async fn an_old_photo_stays_told_of_where_an_older_server_believed_the_hazard() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let old = photo(&inspector, 10).await;
    let mut before = passing_visit(&inspector, &office.site, &office.form("ebike-charging"));
    answer_in(&mut before)["photos"] = json!([old]);
    assert_eq!(outcome_of(&inspector.sync(std::slice::from_ref(&before)).await[0]), "received");
    let (id_of_it, claim) = claiming(&office.site, &before["payload"]["submit_visit"]["id"], &old);
    let at = now() + Duration::minutes(1);
    let command: HazardCommand =
        serde_json::from_value(claim["payload"]["hazard"]["command"].clone()).unwrap();
    let HazardCommand::Report(found) = command else { panic!("{command:?}") };
    let by = actor(&inspector).await;
    let issued = Issued { id: id(), at, received_at: Some(at), by: &by };
    let mut hazard = Hazard::open(id_of_it, office.site.resource_scope(), None, found, &issued).unwrap();
    hazard.number = Some("XC-2026-000001".into());
    let by = RecordRef::Hazard(id_of_it);
    let named = NamedPhoto { hash: old, by, author: inspector.person, seen: false, at };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_hazards(office.office.id, &[hazard], at).await.unwrap();
    tx.name_photos(office.office.id, &[named]).await.unwrap();
    tx.commit().await.unwrap();
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = hazards::file(&office.state, &at_desk(&supervisor), id_of_it).await.unwrap();
    assert!(file.photos[0].findings.iter().any(|one| one.finding.is_of_another_use()), "{:?}", file.photos);
}

#[tokio::test]
async fn an_honest_phones_visit_and_its_hazards_come_in_any_order() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let form = office.form("ebike-charging");
    for (shade, turned) in [(10, false), (20, true)] {
        let photo = photo(&inspector, shade).await;
        let (visit, mut operations) = failing(&inspector, &office.site, &form, &photo);
        assert_eq!(operations.len(), 2);
        if turned {
            operations.reverse();
        }
        for operation in &operations {
            let answer = inspector.sync(std::slice::from_ref(operation)).await;
            assert_eq!(outcome_of(&answer[0]), "received", "{answer:?}");
        }
        let file = visits::file(&office.state, &at_desk(&supervisor), visit).await.unwrap();
        assert_eq!(file.hazards.len(), 1);
        let hazard = hazards::file(&office.state, &at_desk(&supervisor), file.hazards[0].id).await.unwrap();
        assert!(hazard.photos[0].received && hazard.photos[0].findings.is_empty(), "{:?}", hazard.photos);
    }
    clean(&office).await;
}
