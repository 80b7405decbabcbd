//! Work whose sender has lost the right, and files of work that phones could not send: nothing of it is lost.

use super::{
    office::{
        Phone, TestOffice, command, found, id, now, operation, outcome_of, passing_visit, reason_of,
        receipt_of, refusal_of,
    },
    pages::Desk,
};
use crate::asker::{at_desk, said};
use app::error::AppError;
use chrono::Duration;
use domain::{
    device::bundle::{Carried, Contents},
    id::{DeviceId, HazardId, OperationId, PersonId},
    photo::PhotoHash,
    quarantine::{BroughtIn, QuarantineFilter},
    role::{Actor, Role},
    sync::{Operation, Payload},
};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use server::{
    blobs::Variant,
    service::{
        Asker,
        sync::{bundle_import, quarantine},
    },
    verify::verify,
};
use test_support::picture::picture;

fn all() -> QuarantineFilter {
    QuarantineFilter::default()
}

async fn actor(office: &TestOffice, role: Role) -> Actor {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap().actor(office.office.id, None)
}

/// The inspector is sent to another grid.
pub(super) async fn moved_away(office: &TestOffice) {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let mut person = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
    person.grids = vec![office.elsewhere.grid];
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &person, None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn clean(office: &TestOffice) {
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

#[tokio::test]
async fn the_list_of_what_waits_tells_of_a_visit_neither_who_was_there_nor_where() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let mut visit = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    let sealed = &mut visit["payload"]["submit_visit"];
    sealed["participants"] = json!([{ "name": "消防李工" }]);
    sealed["location"] = json!({ "latitude": 34.8712, "longitude": 113.6205 });
    moved_away(&office).await;
    assert_eq!(reason_of(&phone.sync(&[visit]).await[0]), "not_allowed");
    let admin = actor(&office, Role::Administrator).await;
    let waiting = quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows;
    let told = serde_json::to_string(&waiting).unwrap();
    assert_eq!(waiting.len(), 1, "{told}");
    assert!(!told.contains("消防李工") && !told.contains("34.8712"), "{told}");
}

#[tokio::test]
async fn work_of_somebody_who_was_moved_waits_for_the_administrator_and_is_taken_as_it_was_made() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let visit = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    let hazard: HazardId = id();
    let sent = [visit.clone(), found(hazard, office.site.id, "楼道堆放杂物")];
    moved_away(&office).await;
    let answers = phone.sync(&sent).await;
    for (answer, sent) in answers.iter().zip(&sent) {
        assert_eq!((outcome_of(answer), reason_of(answer)), ("refused", "not_allowed"));
        assert_eq!(refusal_of(answer)["kept"]["hash"], Operation::hash(sent), "the phone has a receipt");
    }
    // Once more is the same, and makes nothing of its own.
    assert_eq!(phone.sync(&sent).await, answers);

    let admin = actor(&office, Role::Administrator).await;
    let waiting = quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows;
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|one| one.decision.is_none() && one.person_name == Role::Inspector.name().zh));
    assert!(waiting.iter().any(|one| matches!(one.payload, Payload::SubmitVisit(_))));
    for one in &waiting {
        quarantine::decide(&office.state, &at_desk(&admin), one.operation, true).await.unwrap();
        assert_eq!(
            said(quarantine::decide(&office.state, &at_desk(&admin), one.operation, true).await),
            Err(AppError::NotFound),
            "said once"
        );
    }
    // Whoever sends it again hears that it was received, with the receipt that it had.
    for (again, before) in phone.sync(&sent).await.iter().zip(&answers) {
        assert_eq!(outcome_of(again), "already_received");
        assert_eq!(*receipt_of(again), refusal_of(before)["kept"]);
    }
    let decided = quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows;
    assert!(decided.iter().all(|one| one.decision.as_ref().is_some_and(|decision| decision.taken)));
    let id = visit["payload"]["submit_visit"]["id"].as_str().unwrap().parse().unwrap();
    let stored = office.state.store.visit(office.office.id, id).await.unwrap().unwrap();
    assert_eq!(stored.visit.inspector, phone.person);
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((stored.title(), stored.found_by), ("楼道堆放杂物", phone.person));
    clean(&office).await;
}

#[tokio::test]
async fn what_is_about_something_that_is_gone_stays_until_it_can_be_carried_out() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Officer).await;
    let unknown = command(id(), json!({ "rectify": { "photos": ["1".repeat(64)] } }));
    let answer = phone.sync(&[unknown]).await;
    assert_eq!(reason_of(&answer[0]), "unknown_hazard");
    let admin = actor(&office, Role::Administrator).await;
    let waiting = quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows;
    let refused = said(quarantine::decide(&office.state, &at_desk(&admin), waiting[0].operation, true).await);
    assert!(matches!(refused, Err(AppError::Invalid { .. })), "{refused:?}");
    assert!(
        quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows[0].decision.is_none(),
        "it still waits"
    );
    quarantine::decide(&office.state, &at_desk(&admin), waiting[0].operation, false).await.unwrap();
    assert!(
        !quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows[0]
            .decision
            .as_ref()
            .unwrap()
            .taken
    );
}

#[tokio::test]
async fn what_a_role_may_do_nowhere_waits_for_nobody() {
    let office = TestOffice::open().await;
    let hazard: HazardId = id();
    let by = office.phone(Role::Inspector).await;
    by.sync(&[found(hazard, office.site.id, "楼道堆放杂物")]).await;
    let enterprise = office.phone(Role::Enterprise).await;
    let answer = enterprise.sync(&[command(hazard, json!({ "accept": {} }))]).await;
    assert_eq!(reason_of(&answer[0]), "not_allowed");
    assert!(refusal_of(&answer[0])["kept"].is_null(), "what the role may do nowhere is not kept for anybody");
    let admin = actor(&office, Role::Administrator).await;
    assert_eq!(quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows, []);
}

#[tokio::test]
async fn what_waits_stands_in_the_order_in_which_it_can_be_taken() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    moved_away(&office).await;
    let hazard: HazardId = id();
    let rectified = json!({ "rectify": { "photos": ["1".repeat(64)] } });
    phone.sync(&[found(hazard, office.site.id, "楼道堆放杂物"), command(hazard, rectified)]).await;
    let admin = actor(&office, Role::Administrator).await;
    for one in quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows {
        quarantine::decide(&office.state, &at_desk(&admin), one.operation, true).await.unwrap();
    }
    let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(stored.events.len(), 2, "the command came after its finding");
    clean(&office).await;
}

#[tokio::test]
async fn only_the_administrator_sees_and_decides() {
    let office = TestOffice::open().await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let actor = actor(&office, role).await;
        assert_eq!(
            said(quarantine::list(&office.state, &at_desk(&actor), &all()).await),
            Err(AppError::NotAllowed),
            "{role:?}"
        );
        assert_eq!(
            said(quarantine::decide(&office.state, &at_desk(&actor), id(), true).await),
            Err(AppError::NotAllowed),
            "{role:?}"
        );
        let reply = office.phone(role).await.request("POST", "/api/v1/bundles", "xunan outbox 1\n").await;
        assert_eq!(reply.status, 401, "{role:?}");
    }
    let pages = Desk::of(&office);
    for role in [Role::Officer, Role::Supervisor] {
        let reply = pages.seat(role).await.post("/api/v1/bundles", b"xunan outbox 1\n".to_vec()).await;
        assert_eq!(reply.status, 403, "{role:?}");
    }
    let told = office.state.metrics.text().unwrap();
    assert!(told.contains("refused_total{kind=\"not_allowed\"} 2"), "{told}");
}

/// A file as a phone exports it.
pub fn bundle(office: &TestOffice, person: PersonId, operations: &[Value], photos: &[Vec<u8>]) -> Vec<u8> {
    bundle_of(office, person, id(), operations, photos)
}

/// The same, of this phone.
pub fn bundle_of(
    office: &TestOffice,
    person: PersonId,
    device: DeviceId,
    operations: &[Value],
    photos: &[Vec<u8>],
) -> Vec<u8> {
    let carried = operations.iter().map(|raw| Carried { submission: id::<OperationId>(), raw: raw.clone() });
    let facts = photos.iter().map(|bytes| serde_json::from_value(facts(person, bytes)).unwrap());
    let contents = Contents {
        office: office.office.id,
        person,
        name: "李敏".into(),
        device,
        made_at: now(),
        operations: carried.collect(),
        submissions: vec![],
        drafts: vec![],
        actions: vec![],
        sites: vec![],
        tasks: vec![],
        photos: facts.collect(),
    };
    [contents.head().unwrap().into_bytes(), photos.concat()].concat()
}

fn facts(person: PersonId, bytes: &[u8]) -> Value {
    json!({ "hash": PhotoHash::of(bytes), "bytes": bytes.len(), "media_type": "image/jpeg",
        "width": 1, "height": 1, "at": now(), "by": person })
}

fn announced(person: PersonId, bytes: &[u8]) -> Value {
    operation(json!({ "photo": facts(person, bytes) }))
}

pub async fn bring(office: &TestOffice, file: &[u8]) -> Result<BroughtIn, AppError> {
    let admin = actor(office, Role::Administrator).await;
    // In odd pieces, as a line gives them.
    let pieces: Vec<_> = file.chunks(37).map(|piece| Ok::<_, String>(piece.to_vec())).collect();
    said(bundle_import::bring_in(&office.state, &at_desk(&admin), stream::iter(pieces).boxed()).await)
}

#[tokio::test]
async fn a_file_of_a_disabled_accounts_phone_comes_in_once_and_counts_as_its_makers() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let photo = picture("bytes of a photo");
    let visit = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    let operations = [visit, announced(phone.person, &photo)];
    let people = office.state.store.people(office.office.id).await.unwrap();
    let mut person = people.into_iter().find(|person| person.id == phone.person).unwrap();
    person.disabled = true;
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &person, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(phone.request("POST", "/api/v1/sync", "{}").await.status, 401, "the phone cannot send it");

    let file = bundle(&office, phone.person, &operations, std::slice::from_ref(&photo));
    let brought = bring(&office, &file).await.unwrap();
    assert_eq!((brought.received, brought.already_here, brought.refused, brought.photos), (2, 0, 0, 1));
    let bringers = "SELECT b.username FROM operation o JOIN person b ON b.id = o.brought_by";
    assert_eq!(office.database.texts(bringers).await, ["administrator"; 2]);
    let again = bring(&office, &file).await.unwrap();
    assert_eq!((again.received, again.already_here, again.photos), (0, 2, 1));
    let stored = office.state.blobs.get(&PhotoHash::of(&photo), Variant::Original).await.unwrap();
    assert_eq!(stored, Some(photo));
    clean(&office).await;
}

#[tokio::test]
async fn what_was_brought_in_and_waits_says_who_brought_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    moved_away(&office).await;
    let file = bundle(&office, phone.person, &[found(id(), office.site.id, "堆放杂物")], &[]);
    assert_eq!(bring(&office, &file).await.unwrap().kept, 1);
    // What the phone sends itself, nobody brought.
    phone.sync(&[found(id(), office.site.id, "飞线充电")]).await;
    let admin = actor(&office, Role::Administrator).await;
    let waiting = quarantine::list(&office.state, &at_desk(&admin), &all()).await.unwrap().rows;
    let bringers: Vec<_> = waiting.iter().filter_map(|one| one.brought_by.clone()).collect();
    assert_eq!((waiting.len(), bringers), (2, vec![Role::Administrator.name().zh]));
}

#[tokio::test]
async fn a_file_that_is_cut_or_strange_says_so_and_what_came_before_the_cut_is_kept() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let photo = picture([7; 500]);
    let operations = [found(id(), office.site.id, "堆放杂物"), announced(phone.person, &photo)];
    let file = bundle(&office, phone.person, &operations, std::slice::from_ref(&photo));
    for strange in
        [b"PK\x03\x04".to_vec(), b"xunan outbox 1\n{\"a\":1}\n".to_vec(), file[..200].to_vec(), vec![]]
    {
        assert!(matches!(bring(&office, &strange).await, Err(AppError::Invalid { .. })));
    }
    let mut huge = String::from_utf8(file.clone())
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    huge = huge.replace(&format!("\"bytes\":{}", photo.len()), "\"bytes\":99999999999");
    assert!(matches!(bring(&office, huge.as_bytes()).await, Err(AppError::Invalid { .. })));
    let stranger = bundle(&office, id(), &operations, &[]);
    assert!(matches!(bring(&office, &stranger).await, Err(AppError::Invalid { .. })));
    assert!(matches!(bring(&office, &file[..file.len() - 9]).await, Err(AppError::Invalid { .. })));
    // The records had come before the photo was cut; whole, the file adds what is missing.
    let brought = bring(&office, &file).await.unwrap();
    assert_eq!((brought.received, brought.already_here, brought.photos), (0, 2, 1));
    // A photo that is not what it says is no photo.
    let other = vec![8; 500];
    let operations = [announced(phone.person, &other)];
    let forged = bundle(&office, phone.person, &operations, std::slice::from_ref(&other));
    let forged = [&forged[..forged.len() - 500], &photo].concat();
    let brought = bring(&office, &forged).await.unwrap();
    assert_eq!((brought.received, brought.photos, brought.photos_left), (1, 0, 1));
}

/// Only whoever was there submits a visit: the office is told of it, and another phone of its maker goes on.
#[tokio::test]
async fn unfinished_visits_of_a_file_are_told_and_neither_submitted_nor_faulted() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (sent, of_draft) = (picture("of a record"), picture("of a draft"));
    let form = office.form("ebike-charging");
    let draft = json!({ "id": id::<OperationId>(), "site": office.site.id, "site_seen": { "kinds": [] }, "nature": "patrol",
        "inspector": phone.person, "started_at": now(),
        "forms": [{ "form": form.id, "version": form.version, "answers": { "responses": [
            { "key": { "question": "clear-of-lane" }, "photos": [PhotoHash::of(&of_draft)] }] } }] });
    let operations = [announced(phone.person, &sent)];
    let file = bundle(&office, phone.person, &operations, &[of_draft.clone(), sent.clone()]);
    let (mut contents, begin) = Contents::read(&file).unwrap();
    contents.drafts = vec![
        json!({ "draft": draft, "copies": { "site": office.site, "forms": [&*form] } }),
        json!("of a later app"),
    ];
    let file = [contents.head().unwrap().as_bytes(), &file[begin..]].concat();
    let brought = bring(&office, &file).await.unwrap();
    assert_eq!((brought.received, brought.photos, brought.photos_left), (1, 1, 0));
    assert_eq!(brought.unfinished, std::slice::from_ref(&office.site.name));
    clean(&office).await;
}

/// Beside the desk's form, for programs.
#[tokio::test]
async fn the_plain_api_takes_the_same_file() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let file = bundle(&office, phone.person, &[found(id(), office.site.id, "堆放杂物")], &[]);
    // Whoever finds an administrator's phone, or has the password without the second factor, brings in nothing.
    let phone: Phone<'_> = office.phone(Role::Administrator).await;
    assert_eq!(phone.request("POST", "/api/v1/bundles", file.clone()).await.status, 401);
    let pages = Desk::of(&office);
    let admin = pages.seat(Role::Administrator).await;
    office.clock.set(now() + Duration::minutes(11));
    let stale = admin.post("/api/v1/bundles", file.clone()).await;
    assert_eq!((stale.status.as_u16(), stale.json()["code"].as_str()), (403, Some("confirm")));
    office.clock.set(now());
    let reply = admin.post("/api/v1/bundles", file.clone()).await;
    assert_eq!((reply.status.as_u16(), reply.json()["received"].as_u64()), (200, Some(1)));
    let stale = Asker { confirmed: false, ..at_desk(&actor(&office, Role::Administrator).await) };
    let piece = stream::iter([Ok::<_, String>(file)]).boxed();
    let refused = said(bundle_import::bring_in(&office.state, &stale, piece).await);
    assert_eq!(refused.unwrap_err(), AppError::Confirm);
}
