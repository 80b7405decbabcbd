//! Departments, communities and grids are made, renamed, merged and closed, and everybody's phone follows.

use super::office::{Phone, TestOffice, command, found, id, outcome_of};
use crate::asker::{at_desk, said};
use app::{
    error::AppError,
    server_fns::{meanwhile::base_of, places::place_form::PlaceForm},
};
use domain::{
    audit::{Act, AuditFilter},
    hazard::HazardEvent,
    id::{GridId, HazardId},
    place::{Community, Department, Grid, PlaceId, command::PlaceCommand},
    role::{Actor, Role, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    site::Site,
    text::Lang,
};
use serde_json::{Value, json};
use server::{
    service::{hazards, places, sites},
    verify::verify,
};

async fn actor(office: &TestOffice, role: Role) -> Actor {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let person = people.into_iter().find(|person| person.role == role).unwrap();
    let places = office.state.store.places(office.office.id).await.unwrap();
    let department = places.departments.iter().find(|one| Some(one.id) == person.department);
    person.actor(office.office.id, department)
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
