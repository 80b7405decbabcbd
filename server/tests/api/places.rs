//! Departments, communities and grids are made, renamed, merged and closed, and everybody's phone follows.

use super::office::{Phone, TestOffice, command, found, id, outcome_of};
use crate::asker::{at_desk, said};
use app::{
    error::AppError,
    server_fns::{meanwhile::base_of, places::place_form::PlaceForm},
};
use domain::{
    audit::{Act, AuditFilter},
    hazard::{EventRecord, Hazard, HazardEvent},
    id::{DepartmentId, GridId, HazardId},
    ledger::LedgerFilter,
    person::Standing,
    place::{Community, Department, Grid, PlaceId, command::PlaceCommand},
    role::{Actor, ResourceScope, Role, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    site::Site,
    text::Lang,
};
use serde_json::{Value, json};
use server::{
    service::{hazards, hazards::rebuild, places, sites},
    storage::Numbers,
    verify::verify,
};

async fn actor(office: &TestOffice, role: Role) -> Actor {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let person = people.into_iter().find(|person| person.role == role).unwrap();
    let places = office.state.store.places(office.office.id).await.unwrap();
    let department = places.departments.iter().find(|one| Some(one.id) == person.department);
    person.actor(office.office.id, Some(&Standing { department, grids: &places.grids, permissions: None }))
}

fn grid(id: GridId) -> PlaceId {
    PlaceId::Grid(id)
}

async fn change(office: &TestOffice, command: PlaceCommand) -> Result<(), AppError> {
    said(places::put(&office.state, &at_desk(&actor(office, Role::Administrator).await), &[command]).await)
}

fn of(changes: &[Value], kind: &str) -> Vec<Value> {
    let of_kind = changes.iter().filter(|change| change["kind"] == kind);
    of_kind.filter_map(|change| change.get("body").cloned()).collect()
}

/// A hazard of the inspector's site, reported and assigned to the department.
async fn assigned(office: &TestOffice, inspector: &Phone<'_>) -> HazardId {
    let hazard = id();
    inspector.sync(&[found(hazard, office.site.id, "楼道堆放杂物")]).await;
    let department = office.state.store.places(office.office.id).await.unwrap().departments[0].id;
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "department": department, "deadline": "2026-11-28", "contingency": "巡查" } });
    let answer = office.phone(Role::Officer).await.sync(&[command(hazard, plan)]).await;
    assert_eq!(outcome_of(&answer[0]), "received", "{answer:?}");
    hazard
}

#[tokio::test]
async fn merging_grids_takes_sites_hazards_and_people_along_on_phones_too() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = assigned(&office, &inspector).await;
    let (_, cursor) = inspector.pull(None).await;
    let merge = PlaceCommand::Merge { from: grid(office.site.grid), into: grid(office.elsewhere.grid) };
    change(&office, merge).await.unwrap();

    let store = &office.state.store;
    let site = store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    let moved = store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!((site.grid, moved.place.grid), (office.elsewhere.grid, office.elsewhere.grid));
    assert_eq!(moved.events.len(), 3, "what happened stays, and that it moved is told");
    assert!(matches!(moved.events[2].event, HazardEvent::PlaceChanged(_)));
    // The inspector walks the other grid now: both sites, and the hazard where it lies.
    let (changes, _) = inspector.pull(Some(cursor)).await;
    assert_eq!(of(&changes, "site").len(), 2);
    let hazards = of(&changes, "hazard");
    assert_eq!(hazards[0]["place"]["grid"], json!(office.elsewhere.grid));
    let directory = of(&changes, "directory");
    assert_eq!(directory[0]["grids"].as_array().unwrap().len(), 1);
    assert_eq!(directory[0]["me"]["scope"]["grids"], json!([office.elsewhere.grid]));

    let file =
        places::file(&office.state, &at_desk(&actor(&office, Role::Administrator).await)).await.unwrap();
    let former = &file.former[0];
    assert_eq!((former.name.as_str(), former.into), ("第 1 网格", Some(grid(office.elsewhere.grid))));
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
    let audited = store.audit(office.office.id, &AuditFilter::default()).await.unwrap();
    assert!(audited.rows.iter().any(|entry| entry.act == Act::Merged && entry.subject.label == "第 1 网格"));
}

#[tokio::test]
async fn a_department_that_is_merged_hands_over_its_hazards_people_and_sites() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = assigned(&office, &inspector).await;
    let (store, admin) = (&office.state.store, actor(&office, Role::Administrator).await);
    let old = store.places(office.office.id).await.unwrap().departments[0].clone();
    let new = Department { id: id(), name: "消安办".into(), sectors: vec![Sector::Fire] };
    let made = PlaceCommand::PutDepartment { department: new.clone(), was: None };
    change(&office, made).await.unwrap();
    let into = PlaceId::Department(new.id);
    change(&office, PlaceCommand::Merge { from: PlaceId::Department(old.id), into }).await.unwrap();
    let moved = store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(moved.place.department, Some(new.id));
    let officer = actor(&office, Role::Officer).await;
    assert_eq!(officer.scope, Scope::Department { department: new.id, sectors: vec![Sector::Fire] });
    // And goes on from there: the officer still sees it and closes the loop.
    assert_eq!(hazards::file(&office.state, &at_desk(&officer), hazard).await.unwrap().hazard.id, hazard);
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
    assert_eq!(places::file(&office.state, &at_desk(&admin)).await.unwrap().departments.len(), 1);
}

#[tokio::test]
async fn a_site_that_moves_takes_its_hazards_to_whoever_walks_there() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = assigned(&office, &inspector).await;
    let (_, cursor) = inspector.pull(None).await;
    let supervisor = actor(&office, Role::Supervisor).await;
    let before = sites::file(&office.state, &at_desk(&supervisor), office.site.id).await.unwrap().site;
    let moved = Site { grid: office.elsewhere.grid, ..before.clone() };
    sites::save(&office.state, &at_desk(&supervisor), moved, Some(before)).await.unwrap();
    let lies = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap().place.grid;
    assert_eq!(lies, office.elsewhere.grid);
    let (changes, _) = inspector.pull(Some(cursor)).await;
    let gone =
        |kind: &str| changes.iter().any(|change| change["kind"] == kind && change.get("body").is_none());
    assert!(gone("site") && gone("hazard"), "{changes:?}");
}

#[tokio::test]
async fn a_hazard_that_cannot_be_read_moves_with_its_site_and_holds_no_other_back() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (whole, spoilt): (HazardId, HazardId) = (id(), id());
    let both = [found(spoilt, office.site.id, "飞线充电"), found(whole, office.site.id, "楼道堆放杂物")];
    inspector.sync(&both).await;
    office.database.execute("UPDATE hazard SET body = '{' || body WHERE what = '飞线充电'").await;
    let supervisor = at_desk(&actor(&office, Role::Supervisor).await);
    let before = sites::file(&office.state, &supervisor, office.site.id).await.unwrap().site;
    let moved = Site { grid: office.elsewhere.grid, ..before.clone() };
    sites::save(&office.state, &supervisor, moved, Some(before)).await.unwrap();
    let store = &office.state.store;
    let lies = async |hazard| store.hazard(office.office.id, hazard).await.unwrap().unwrap().place.grid;
    assert_eq!(lies(whole).await, office.elsewhere.grid);
    let there = Scope::Grids(vec![office.elsewhere.grid]);
    let filter = LedgerFilter::default();
    let page = store.ledger(office.office.id, &there, &filter, office.state.now()).await.unwrap();
    assert_eq!(page.total, 2, "whoever walks there finds both");
    let metrics = office.state.metrics.text().unwrap();
    assert!(
        metrics.contains("xunan_damaged_records_total{kind=\"hazard\"} 1"),
        "the operator is told: {metrics}"
    );
    // Mended, it lies where it was moved.
    rebuild(&**store).await.unwrap();
    assert_eq!(lies(spoilt).await, office.elsewhere.grid);
    let report = verify(&**store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

/// One that was closed under this department, with a log of its own.
async fn ended(office: &TestOffice, department: DepartmentId) -> HazardId {
    let (inspector, officer) = (actor(office, Role::Inspector).await, actor(office, Role::Officer).await);
    let known = [
        (3, office.site.grid.to_string()),
        (5, office.site.id.to_string()),
        (0x11, inspector.person.to_string()),
        (0x12, officer.person.to_string()),
    ];
    let log = include_str!("../../../app/domain/tests/logs/under_laxer_rules.json").to_owned();
    let log =
        known.into_iter().fold(log, |log, (n, id)| log.replace(&uuid::Uuid::from_u128(n).to_string(), &id));
    let events: Vec<EventRecord> = serde_json::from_str(&log).unwrap();
    let folded = Hazard::fold(id(), events).unwrap();
    assert!(!folded.is_open());
    let place = ResourceScope { department: Some(department), ..folded.place };
    let hazard = Hazard { number: Some("XC-2026-000001".to_owned()), place, ..folded };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_hazards(office.office.id, std::slice::from_ref(&hazard), office.state.now()).await.unwrap();
    let numbers = Numbers { hazard: 1, ..Numbers::default() };
    tx.put_numbers(office.office.id, 2026, &numbers).await.unwrap();
    tx.commit().await.unwrap();
    hazard.id
}

#[tokio::test]
async fn what_an_earlier_version_folded_is_handed_over_as_its_events_have_it() {
    let office = TestOffice::open().await;
    let store = &office.state.store;
    let old = store.places(office.office.id).await.unwrap().departments[0].id;
    let hazard = ended(&office, old).await;
    let before = store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    // Of a shape that this version cannot read.
    office.database.execute("UPDATE hazard SET projection_version = 0, level = 'general', body = '{}'").await;
    let new = Department { id: id(), name: "消安办".into(), sectors: vec![Sector::Fire] };
    let made = PlaceCommand::PutDepartment { department: new.clone(), was: None };
    change(&office, made).await.unwrap();
    let into = PlaceId::Department(new.id);
    change(&office, PlaceCommand::Merge { from: PlaceId::Department(old), into }).await.unwrap();
    let place = ResourceScope { department: Some(new.id), ..before.place };
    let handed_over = store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(handed_over, Hazard { place, ..before });
    let report = verify(&**store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean() && report.outdated == 0, "{report}");
}

#[tokio::test]
async fn a_twin_is_refused_with_the_way_out_and_nothing_is_half_done() {
    let office = TestOffice::open().await;
    let add = |name: &str| Community { id: id(), name: name.into() };
    for twin in ["金河 社区", "金河社区\u{200b}", "　金 河社区"] {
        let refused = change(&office, PlaceCommand::PutCommunity { community: add(twin), was: None }).await;
        let Err(AppError::Invalid { field, reason }) = refused else { panic!("{twin}: {refused:?}") };
        assert!(field == "name" && (reason.contains("只差空格") || reason.contains("已经有")), "{reason}");
    }
    // A community with two grids of one name: neither the grids nor the community come.
    let admin = actor(&office, Role::Administrator).await;
    let community = add("石桥村");
    let twice = || Grid { id: id(), community: community.id, name: "第 1 网格".into() };
    let commands = vec![
        PlaceCommand::PutCommunity { community: community.clone(), was: None },
        PlaceCommand::PutGrid { grid: twice(), was: None },
        PlaceCommand::PutGrid { grid: twice(), was: None },
    ];
    assert!(places::put(&office.state, &at_desk(&admin), &commands).await.is_err());
    assert_eq!(office.state.store.places(office.office.id).await.unwrap().communities.len(), 1);
}

#[tokio::test]
async fn what_is_lived_in_is_closed_with_a_target_only() {
    let office = TestOffice::open().await;
    let place = grid(office.site.grid);
    let refused = change(&office, PlaceCommand::Close { place, into: None }).await;
    let Err(AppError::Invalid { field, reason }) = refused else { panic!("{refused:?}") };
    assert!(field == "into" && reason.contains("场所 1 处") && reason.contains("人员 1 人"), "{reason}");
    let into = Some(grid(office.elsewhere.grid));
    change(&office, PlaceCommand::Close { place, into }).await.unwrap();
    let again = change(&office, PlaceCommand::Close { place, into: None }).await;
    assert!(matches!(again, Err(AppError::Invalid { .. })), "it is gone");
}

#[tokio::test]
async fn only_who_may_changes_places() {
    let office = TestOffice::open().await;
    let community = || Community { id: id(), name: "石桥村".into() };
    let department = Department { id: id(), name: "消安办".into(), sectors: vec![] };
    for role in Role::ALL {
        let actor = actor(&office, role).await;
        let add = vec![PlaceCommand::PutCommunity { community: community(), was: None }];
        let name = vec![PlaceCommand::NameOffice { name: "别的街道".into(), was: None }];
        let make = vec![PlaceCommand::PutDepartment { department: department.clone(), was: None }];
        if role != Role::Administrator {
            assert_eq!(
                said(places::put(&office.state, &at_desk(&actor), &name).await),
                Err(AppError::NotAllowed),
                "{role:?}"
            );
            assert_eq!(
                said(places::put(&office.state, &at_desk(&actor), &make).await),
                Err(AppError::NotAllowed),
                "{role:?}"
            );
        }
        if !matches!(role, Role::Administrator | Role::Supervisor) {
            assert_eq!(
                said(places::put(&office.state, &at_desk(&actor), &add).await),
                Err(AppError::NotAllowed),
                "{role:?}"
            );
            assert_eq!(
                said(places::file(&office.state, &at_desk(&actor)).await).unwrap_err(),
                AppError::NotAllowed,
                "{role:?}"
            );
        }
    }
}

#[tokio::test]
async fn intervals_and_the_name_reach_phones() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (_, cursor) = inspector.pull(None).await;
    let intervals = VisitIntervals { major: 7, ..VisitIntervals::default() };
    change(&office, PlaceCommand::SetIntervals { intervals, was: None }).await.unwrap();
    change(&office, PlaceCommand::NameOffice { name: " 新城街道办事处 ".into(), was: None }).await.unwrap();
    let (changes, _) = inspector.pull(Some(cursor)).await;
    let directory = &of(&changes, "directory")[0];
    assert_eq!(
        (&directory["intervals"]["major"], &directory["office"]["name"]),
        (&json!(7), &json!("新城街道办事处"))
    );
    let wrong = VisitIntervals { low: 0, ..intervals };
    let refused = change(&office, PlaceCommand::SetIntervals { intervals: wrong, was: None }).await;
    assert!(matches!(refused, Err(AppError::Invalid { field, .. }) if field == "low"));
}

#[tokio::test]
async fn the_form_of_a_place_says_what_it_was_based_on() {
    let office = TestOffice::open().await;
    let file =
        places::file(&office.state, &at_desk(&actor(&office, Role::Administrator).await)).await.unwrap();
    let known = PlaceForm::of_community(&file.communities[0]);
    let mine = PlaceForm { name: "金河新村".into(), base: base_of(&known), ..known };
    let rename = mine.read(Lang::Zh, &file, uuid::Uuid::nil).unwrap().remove(0);
    change(&office, rename.clone()).await.unwrap();
    // The same form again, from before.
    assert!(matches!(change(&office, rename).await, Err(AppError::Changed { .. })));
}
