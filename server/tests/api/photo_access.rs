//! Who sees a photo: whoever brought its bytes, and whoever sees a record whose author brought them. Its name opens
//! nothing.

use super::{
    office::{
        CATALOGUE, PASSWORD, Phone, TestOffice, answer_in, command, command_in, found, id, now, outcome_of,
        reason_of,
    },
    photos::{announce, jpeg},
};
use axum::{body::Body, http::Request};
use domain::{
    id::{GridId, HazardId, OfficeId, PersonId},
    integrity::{PhotoChecks, RecordRef},
    person::Person,
    photo::PhotoHash,
    place::{Community, Grid, Office},
    role::{Actor, Role, Scope},
    sector::Sector,
    site::Site,
    visit::VisitFilter,
};
use serde_json::json;
use server::{catalogue::seed_catalogue, photo_access, storage::NamedPhoto};

/// Somebody more, signed in.
pub async fn another<'a>(
    office: &'a TestOffice,
    of: OfficeId,
    username: &str,
    role: Role,
    grids: Vec<GridId>,
) -> Phone<'a> {
    let person = Person {
        id: id(),
        username: username.into(),
        name: username.into(),
        role,
        phone: String::new(),
        department: None,
        grids,
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    };
    let hash = office.state.passwords.hash(PASSWORD.into()).await.unwrap();
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(of, &person, Some(&hash)).await.unwrap();
    tx.commit().await.unwrap();
    signed_in(office, person.id, username, PASSWORD).await
}

async fn signed_in<'a>(
    office: &'a TestOffice,
    person: PersonId,
    username: &str,
    password: &str,
) -> Phone<'a> {
    let body = json!({ "username": username, "password": password });
    let request = Request::post("/api/v1/session").header("content-type", "application/json");
    let reply = office.send(request.body(Body::from(body.to_string())).unwrap()).await;
    let cookie = reply.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    Phone { office, cookie, device: id(), person }
}

/// Another office on the same server, with one site like the first one's.
pub async fn another_office(office: &TestOffice) -> (Office, Site) {
    let other = Office { id: id(), name: "另一街道".into(), demo: false };
    let community = Community { id: id(), name: "河东社区".into() };
    let grid = Grid { id: id(), community: community.id, name: "第 1 网格".into() };
    let site = Site { id: id(), community: community.id, grid: grid.id, ..office.site.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_office(&other).await.unwrap();
    tx.put_community(other.id, &community).await.unwrap();
    tx.put_grid(other.id, &grid).await.unwrap();
    tx.put_site(other.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    seed_catalogue(&*office.state.store, &other, &CATALOGUE).await.unwrap();
    (other, site)
}

/// An inspector of the other grid.
async fn colleague(office: &TestOffice) -> Phone<'_> {
    another(office, office.office.id, "colleague", Role::Inspector, vec![office.elsewhere.grid]).await
}

/// A hazard at this site with a photo that its finder took and sent.
async fn with_photo(phone: &Phone<'_>, site: &Site, shade: u8) -> (HazardId, PhotoHash) {
    let bytes = jpeg(shade);
    let (hash, announced) = announce(phone, &bytes);
    let hazard = id();
    let mut operation = found(hazard, site.id, "堆放杂物");
    command_in(&mut operation)["photos"] = json!([hash]);
    for answer in phone.sync(&[announced, operation]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    let sent = phone.upload_whole(bytes).await;
    assert_eq!(sent.status.as_u16(), 201, "{}", sent.text());
    (hazard, hash)
}

/// What the person gets of the photo by each of its addresses.
async fn seen(phone: &Phone<'_>, hash: &PhotoHash) -> Vec<u16> {
    let mut statuses = vec![];
    for what in ["", "/thumbnail", "/preview", "/receipt"] {
        let path = format!("/api/v1/attachments/{hash}{what}");
        statuses.push(phone.request("GET", &path, "").await.status.as_u16());
    }
    statuses
}

const NOTHING: [u16; 4] = [404; 4];

#[tokio::test]
async fn naming_a_photo_in_a_record_of_ones_own_opens_nothing() {
    let office = TestOffice::open().await;
    let colleague = colleague(&office).await;
    let (_, hash) = with_photo(&colleague, &office.elsewhere, 10).await;
    let (inspector, enterprise) = (office.phone(Role::Inspector).await, office.phone(Role::Enterprise).await);
    assert_eq!(seen(&inspector, &hash).await, NOTHING);
    let hazard: HazardId = id();
    let mut own = found(hazard, office.site.id, "堆放杂物");
    command_in(&mut own)["photos"] = json!([hash]);
    assert_eq!(outcome_of(&inspector.sync(&[own]).await[0]), "received");
    assert_eq!(seen(&inspector, &hash).await, NOTHING, "in a record that was taken");
    let rectified = command(hazard, json!({ "rectify": { "photos": [hash] } }));
    assert_eq!(reason_of(&enterprise.sync(&[rectified]).await[0]), "rejected");
    assert_eq!(seen(&enterprise, &hash).await, NOTHING, "in one that was rejected");
    // Telling of it is not having it.
    let (_, told) = announce(&inspector, &jpeg(10));
    assert_eq!(outcome_of(&inspector.sync(&[told]).await[0]), "received");
    assert_eq!(seen(&inspector, &hash).await, NOTHING);
    // The facts that its maker told are nobody else's either: the desk learns nothing by it.
    let checks = inspector.request("GET", &format!("/api/v1/hazards/{hazard}/photos"), "").await.json();
    assert_eq!(checks["photos"][0]["comparison"], "to_come", "{checks}");
    assert_eq!(seen(&colleague, &hash).await, [200; 4], "its maker has it");
    assert_eq!(
        office
            .phone(Role::Supervisor)
            .await
            .request("GET", &format!("/api/v1/attachments/{hash}"), "")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_photo_of_ones_own_in_a_record_that_was_rejected_is_shown_to_nobody() {
    let office = TestOffice::open().await;
    let (inspector, enterprise) = (office.phone(Role::Inspector).await, office.phone(Role::Enterprise).await);
    let officer = office.phone(Role::Officer).await;
    let hazard: HazardId = id();
    let reported = inspector.sync(&[found(hazard, office.site.id, "堆放杂物")]).await;
    assert_eq!(outcome_of(&reported[0]), "received");
    let bytes = jpeg(11);
    let (hash, announced) = announce(&enterprise, &bytes);
    assert_eq!(outcome_of(&enterprise.sync(&[announced]).await[0]), "received");
    enterprise.upload_whole(bytes).await;
    // Nobody assigned it yet.
    let rectified = command(hazard, json!({ "rectify": { "photos": [hash] } }));
    let answer = &enterprise.sync(&[rectified]).await[0];
    assert_eq!(reason_of(answer), "rejected", "{answer}");
    for other in [&officer, &inspector] {
        assert_eq!(seen(other, &hash).await, NOTHING);
    }
    assert_eq!(seen(&enterprise, &hash).await, [200; 4], "its maker has it");
}

/// Whatever a record says of it: what is not here cannot be shown, nor its facts believed.
#[tokio::test]
async fn a_photo_whose_bytes_have_not_come_is_seen_by_nobody() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hash, announced) = announce(&inspector, &jpeg(12));
    let hazard: HazardId = id();
    let mut record = found(hazard, office.site.id, "堆放杂物");
    command_in(&mut record)["photos"] = json!([hash]);
    for answer in inspector.sync(&[announced, record]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    let officer = office.phone(Role::Officer).await;
    let named = NamedPhoto {
        hash: hash.clone(),
        by: RecordRef::Hazard(hazard),
        author: officer.person,
        seen: true,
        at: now(),
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.name_photos(office.office.id, &[named]).await.unwrap();
    tx.commit().await.unwrap();
    let places = office.state.store.photo_places(office.office.id, &hash).await.unwrap();
    assert_eq!(places, [office.site.resource_scope()], "a record shows it");
    let session = officer.request("GET", "/api/v1/session", "").await.json();
    let actor: Actor = serde_json::from_value(session["actor"].clone()).unwrap();
    assert_eq!(photo_access::attachment(&office.state, &actor, &hash).await.unwrap(), None);
    assert_eq!(photo_access::facts(&office.state, &actor, &hash, officer.person).await.unwrap(), None);
}

#[tokio::test]
async fn who_owes_a_new_password_sees_no_photo_before_it_is_changed() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (_, hash) = with_photo(&phone, &office.site, 13).await;
    let (given, own) = ("seven quiet herons", "eight grey geese fly");
    let password = office.state.passwords.hash(given.into()).await.unwrap();
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_password(phone.person, &password, true, None).await.unwrap();
    tx.commit().await.unwrap();
    let phone = signed_in(&office, phone.person, "inspector", given).await;
    assert_eq!(seen(&phone, &hash).await, [401; 4]);
    let wanted = json!({ "old": given, "new": own }).to_string();
    assert_eq!(phone.request("POST", "/api/v1/password", wanted).await.status, 200);
    assert_eq!(seen(&phone, &hash).await, [200; 4]);
}

#[tokio::test]
async fn a_photo_opens_to_the_place_of_its_record_when_its_author_has_brought_it_in_whatever_order() {
    let office = TestOffice::open().await;
    let (inspector, enterprise) = (office.phone(Role::Inspector).await, office.phone(Role::Enterprise).await);
    let bytes = jpeg(20);
    let (hash, announced) = announce(&inspector, &bytes);
    let mut record = found(id(), office.site.id, "堆放杂物");
    command_in(&mut record)["photos"] = json!([hash]);
    // The record by itself, its photo's facts in the next request.
    assert_eq!(outcome_of(&inspector.sync(&[record]).await[0]), "received");
    assert_eq!(outcome_of(&inspector.sync(&[announced]).await[0]), "received");
    assert_eq!(seen(&enterprise, &hash).await, NOTHING);
    inspector.upload_whole(bytes).await;
    assert_eq!(seen(&enterprise, &hash).await, [200, 200, 200, 404], "the receipt is its maker's");
    // Whoever may see it may show it in a record of their own.
    let officer = office.phone(Role::Officer).await;
    let hazard: HazardId = id();
    let mut again = found(hazard, office.site.id, "还在");
    command_in(&mut again)["photos"] = json!([hash]);
    assert_eq!(outcome_of(&officer.sync(&[again]).await[0]), "received");
    let checks = officer.request("GET", &format!("/api/v1/hazards/{hazard}/photos"), "").await.json();
    assert_eq!(checks["photos"][0]["comparison"], "to_come", "its fingerprint is still to be computed");
    assert!(
        checks["photos"][0]["findings"][0]["finding"]["same_bytes"]["earlier"]["of"].is_object(),
        "{checks}"
    );
}

#[tokio::test]
async fn a_finding_leads_to_no_record_that_is_out_of_sight() {
    let office = TestOffice::open().await;
    let (inspector, colleague) = (office.phone(Role::Inspector).await, colleague(&office).await);
    let (first, hash) = with_photo(&inspector, &office.site, 30).await;
    // The same file, honestly taken by somebody else: a class photo, say.
    let (later, same) = with_photo(&colleague, &office.elsewhere, 30).await;
    assert_eq!(same, hash);
    let path = format!("/api/v1/hazards/{later}/photos");
    let told = colleague.request("GET", &path, "").await;
    let checks: PhotoChecks = serde_json::from_value(told.json()).unwrap();
    let finding = &checks.photos[0].findings[0];
    assert!(finding.earlier.is_none() && finding.finding.is_of_another_use());
    assert_eq!(finding.finding.prior_use(), None);
    assert!(!told.text().contains(&first.to_string()), "{}", told.text());
    // Whoever sees both is led there.
    let supervisor = office.phone(Role::Supervisor).await;
    let checks: PhotoChecks =
        serde_json::from_value(supervisor.request("GET", &path, "").await.json()).unwrap();
    assert_eq!(checks.photos[0].findings[0].finding.prior_use().map(|used| &used.photo), Some(&hash));
    assert!(checks.photos[0].findings[0].earlier.is_some());
}

#[tokio::test]
async fn who_sees_one_hazard_of_a_site_does_not_see_the_photos_of_the_others() {
    let office = TestOffice::open().await;
    let (colleague, officer) = (colleague(&office).await, office.phone(Role::Officer).await);
    let (_, hidden) = with_photo(&colleague, &office.elsewhere, 40).await;
    assert_eq!(seen(&officer, &hidden).await, NOTHING, "a school is not the department's sector");
    // A hazard of the department's sector, at that school.
    let mut own = found(id(), office.elsewhere.id, "飞线充电");
    command_in(&mut own)["form"] = json!("ebike-charging");
    assert_eq!(outcome_of(&officer.sync(&[own]).await[0]), "received");
    assert_eq!(seen(&officer, &hidden).await, NOTHING);
    // Another one of that sector, with its photo, is the department's to see.
    let bytes = jpeg(41);
    let (hash, announced) = announce(&colleague, &bytes);
    let mut shared = found(id(), office.elsewhere.id, "飞线充电");
    command_in(&mut shared)["form"] = json!("ebike-charging");
    command_in(&mut shared)["photos"] = json!([hash]);
    colleague.sync(&[announced, shared]).await;
    colleague.upload_whole(bytes).await;
    assert_eq!(seen(&officer, &hash).await, [200, 200, 200, 404]);
}

#[tokio::test]
async fn another_offices_photo_is_nobodys_here() {
    let office = TestOffice::open().await;
    let (_, hash) = with_photo(&office.phone(Role::Inspector).await, &office.site, 50).await;
    let (other, site) = another_office(&office).await;
    let stranger = another(&office, other.id, "stranger", Role::Administrator, vec![]).await;
    let (_, told) = announce(&stranger, &jpeg(50));
    let mut record = found(id(), site.id, "堆放杂物");
    command_in(&mut record)["photos"] = json!([hash]);
    for answer in stranger.sync(&[told, record]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    assert_eq!(seen(&stranger, &hash).await, NOTHING);
    // With the bytes it is theirs.
    stranger.upload_whole(jpeg(50)).await;
    assert_eq!(seen(&stranger, &hash).await, [200; 4]);
}

#[tokio::test]
async fn an_answers_photo_is_seen_where_its_visit_is() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let bytes = jpeg(60);
    let (hash, announced) = announce(&inspector, &bytes);
    let form = office.form("ebike-charging");
    let mut visit = super::office::passing_visit(&inspector, &office.site, &form);
    answer_in(&mut visit)["photos"] = json!([hash]);
    // The facts after the record.
    for answer in inspector.sync(&[visit, announced]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    inspector.upload_whole(bytes).await;
    for role in [Role::Officer, Role::Enterprise] {
        assert_eq!(seen(&office.phone(role).await, &hash).await, [200, 200, 200, 404], "{role:?}");
    }
    assert_eq!(seen(&colleague(&office).await, &hash).await, NOTHING);
}

/// Of which sector its form is does not matter.
#[tokio::test]
async fn a_visit_and_its_photos_are_seen_by_who_supervises_the_sector_of_its_site() {
    let office = TestOffice::open().await;
    let colleague = colleague(&office).await;
    let bytes = jpeg(61);
    let (hash, announced) = announce(&colleague, &bytes);
    let form = office.form("ebike-charging");
    let mut visit = super::office::passing_visit(&colleague, &office.elsewhere, &form);
    answer_in(&mut visit)["photos"] = json!([hash]);
    let path = format!("/api/v1/records/visit/{}", visit["payload"]["submit_visit"]["id"].as_str().unwrap());
    for answer in colleague.sync(&[announced, visit]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    colleague.upload_whole(bytes).await;
    let officer = office.phone(Role::Officer).await;
    assert_eq!(seen(&officer, &hash).await, NOTHING, "a school is not the department's sector");
    assert_eq!(officer.request("GET", &path, "").await.status, 404, "on a phone");
    for (sector, rows) in [(Sector::Ebike, 0), (Sector::School, 1)] {
        let scope = Scope::Department { department: id(), sectors: vec![sector] };
        let filter = VisitFilter { page: 1, ..VisitFilter::default() };
        let page = office.state.store.visits(office.office.id, &scope, &filter).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (rows, rows as u64), "at the desk: {sector:?}");
        let places = office.state.store.photo_places(office.office.id, &hash).await.unwrap();
        assert_eq!(places.iter().filter(|place| scope.covers(place)).count(), rows, "its photo: {sector:?}");
    }
}
