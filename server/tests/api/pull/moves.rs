//! Records that move: whoever does not see them any more is told that they are gone, whoever sees them now has them.

use super::{came, closed, gone, open, put_person, received, set, sign_in, visited, walker};
use crate::asker::at_desk;
use crate::office::{Phone, TestOffice, command, id};
use domain::{
    audit::AuditFilter,
    hazard::{HazardCommand, Reopening},
    id::{DepartmentId, HazardId},
    person::Person,
    place::{Community, Department, Grid, PlaceId, command::PlaceCommand},
    role::{Actor, Role},
    sector::Sector,
    site::Site,
};
use serde_json::json;
use server::{
    service::{hazards, places, sites},
    verify::verify,
};

async fn actor(office: &TestOffice, role: Role) -> Actor {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let person = people.into_iter().find(|person| person.role == role).unwrap();
    person.actor(office.office.id, None)
}

/// By the desk's form.
async fn moved(office: &TestOffice, to: impl FnOnce(Site) -> Site) {
    let administrator = actor(office, Role::Administrator).await;
    let before = sites::file(&office.state, &at_desk(&administrator), office.site.id).await.unwrap().site;
    sites::save(&office.state, &at_desk(&administrator), to(before.clone()), Some(before)).await.unwrap();
}

async fn change(office: &TestOffice, command: PlaceCommand) {
    places::put(&office.state, &at_desk(&actor(office, Role::Administrator).await), &[command])
        .await
        .unwrap();
}

/// A department without sectors of its own, and one of its officers.
async fn department<'a>(
    office: &'a TestOffice,
    name: &str,
    sectors: Vec<Sector>,
) -> (DepartmentId, Phone<'a>) {
    let department = Department { id: id(), name: name.into(), sectors };
    let put = PlaceCommand::PutDepartment { department: department.clone(), was: None };
    change(office, put).await;
    let officer = Person {
        id: id(),
        username: name.into(),
        name: name.into(),
        role: Role::Officer,
        phone: String::new(),
        department: Some(department.id),
        grids: vec![],
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    };
    put_person(office, &officer).await;
    (department.id, sign_in(office, name).await)
}

async fn is_whole(office: &TestOffice) {
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

#[tokio::test]
async fn a_site_that_moves_to_another_grid_takes_everything_along_on_all_phones() {
    let office = TestOffice::open().await;
    let (here, there) = (office.site.grid, office.elsewhere.grid);
    let old = office.phone(Role::Inspector).await;
    let new = walker(&office, "there", &[there]).await;
    let both = walker(&office, "both", &[here, there]).await;
    let (hazard, ended) = (open(&old, &office.site, 3).await, closed(&old, &office.site, 3).await);
    let visit = visited(&old, &office.site, 3).await;
    let site = office.site.id.to_string();
    let cursors = [old.pull(None).await.1, new.pull(None).await.1, both.pull(None).await.1];
    moved(&office, |site| Site { grid: there, ..site }).await;

    let [of_old, of_new, of_both] = cursors;
    let (changes, cursor) = old.pull(Some(of_old)).await;
    assert_eq!(gone(&changes, "site"), set([&site]));
    assert_eq!(gone(&changes, "hazard"), set([&hazard, &ended]));
    assert_eq!(gone(&changes, "visit"), set([&visit]));
    assert_eq!(old.pull(Some(cursor)).await.0.len(), 0, "told once");
    for (phone, cursor) in [(&new, of_new), (&both, of_both)] {
        let (changes, _) = phone.pull(Some(cursor)).await;
        assert_eq!(came(&changes, "site"), set([&site]));
        assert_eq!(came(&changes, "hazard"), set([&hazard, &ended]));
        assert_eq!(came(&changes, "visit"), set([&visit]));
        let all = ["site", "hazard", "visit"].map(|kind| gone(&changes, kind).len());
        assert_eq!(all, [0, 0, 0], "nothing is lost where both apply");
    }
    let lies = office.state.store.hazard(office.office.id, hazard.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(lies.place.grid, there);
    // And fresh phones see the same.
    assert_eq!(came(&old.pull(None).await.0, "hazard"), set([]));
    assert_eq!(came(&new.pull(None).await.0, "hazard"), set([&hazard, &ended]));
    let audited = office.state.store.audit(office.office.id, &AuditFilter::default()).await.unwrap();
    let told = audited.rows.iter().find(|entry| entry.subject.id == Some(office.site.id.0)).unwrap();
    assert_eq!(told.after["hazards_moved"], json!(1), "of what is open: {told:?}");
    is_whole(&office).await;

    // What happens afterwards is the new grid's to hear of.
    let (_, cursor) = new.pull(None).await;
    open(&new, &office.elsewhere, 0).await;
    let (changes, cursor) = new.pull(Some(cursor)).await;
    assert_eq!(came(&changes, "hazard").len(), 1);
    // And back again.
    moved(&office, |site| Site { grid: here, ..site }).await;
    assert_eq!(gone(&new.pull(Some(cursor)).await.0, "hazard"), set([&hazard, &ended]));
    assert_eq!(came(&old.pull(None).await.0, "hazard"), set([&hazard, &ended]));
    is_whole(&office).await;
}

#[tokio::test]
async fn a_site_that_another_department_answers_for_takes_its_hazards_along_but_not_those_assigned_elsewhere()
{
    let office = TestOffice::open().await;
    let (first, of_first) = department(&office, "甲", vec![]).await;
    let (second, of_second) = department(&office, "乙", vec![]).await;
    let (third, of_third) = department(&office, "丙", vec![]).await;
    // One whose sector it is sees it, whichever department answers for it.
    let (_, of_sector) = department(&office, "丁", vec![Sector::Ebike]).await;
    moved(&office, |site| Site { department: Some(first), ..site }).await;
    let inspector = office.phone(Role::Inspector).await;
    let (hazard, assigned) =
        (open(&inspector, &office.site, 3).await, open(&inspector, &office.site, 3).await);
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "department": third, "deadline": "2026-11-28", "contingency": "巡查" } });
    let supervisor = office.phone(Role::Supervisor).await;
    received(&supervisor, &[command(assigned.parse().unwrap(), plan)]).await;
    let cursors = [
        of_first.pull(None).await.1,
        of_second.pull(None).await.1,
        of_third.pull(None).await.1,
        of_sector.pull(None).await.1,
    ];
    moved(&office, |site| Site { department: Some(second), ..site }).await;
    let [one, two, three, sector] = cursors;
    let changes = of_first.pull(Some(one)).await.0;
    assert_eq!((came(&changes, "hazard"), gone(&changes, "hazard")), (set([]), set([&hazard])));
    assert_eq!(gone(&changes, "site"), set([&office.site.id.to_string()]));
    assert_eq!(came(&of_second.pull(Some(two)).await.0, "hazard"), set([&hazard]));
    let changes = of_third.pull(Some(three)).await.0;
    assert_eq!((came(&changes, "hazard"), gone(&changes, "hazard")), (set([]), set([])));
    let changes = of_sector.pull(Some(sector)).await.0;
    assert_eq!(came(&changes, "hazard"), set([&hazard]));
    assert_eq!((gone(&changes, "hazard"), gone(&changes, "site")), (set([]), set([])));
    assert_eq!(came(&of_third.pull(None).await.0, "hazard"), set([&assigned]));
    is_whole(&office).await;
}

#[tokio::test]
async fn a_hazard_that_is_assigned_to_another_department_leaves_the_one_it_was_with() {
    let office = TestOffice::open().await;
    let (first, of_first) = department(&office, "甲", vec![]).await;
    let (second, of_second) = department(&office, "乙", vec![]).await;
    moved(&office, |site| Site { department: Some(first), ..site }).await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = open(&inspector, &office.site, 3).await;
    let (_, cursor) = of_first.pull(None).await;
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "department": second, "deadline": "2026-11-28", "contingency": "巡查" } });
    received(&of_first, &[command(hazard.parse().unwrap(), plan)]).await;
    let changes = of_first.pull(Some(cursor)).await.0;
    assert_eq!((gone(&changes, "hazard"), gone(&changes, "site")), (set([&hazard]), set([])));
    assert_eq!(came(&of_second.pull(None).await.0, "hazard"), set([&hazard]));
    assert_eq!(came(&inspector.pull(None).await.0, "hazard"), set([&hazard]), "its grid sees it as before");
    is_whole(&office).await;
}

#[tokio::test]
async fn another_community_moves_nothing_out_of_sight() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = open(&inspector, &office.site, 3).await;
    let community = Community { id: id(), name: "石桥村".into() };
    change(&office, PlaceCommand::PutCommunity { community: community.clone(), was: None }).await;
    let (_, cursor) = inspector.pull(None).await;
    let places = office.state.store.places(office.office.id).await.unwrap();
    let grid = places.grids.into_iter().find(|grid| grid.id == office.site.grid).unwrap();
    let put =
        PlaceCommand::PutGrid { grid: Grid { community: community.id, ..grid.clone() }, was: Some(grid) };
    change(&office, put).await;
    let (changes, _) = inspector.pull(Some(cursor)).await;
    let site = changes.iter().find(|change| change["kind"] == "site").unwrap();
    assert_eq!(site["body"]["community"], json!(community.id));
    assert_eq!(gone(&changes, "hazard"), set([]));
    assert_eq!(came(&inspector.pull(None).await.0, "hazard"), set([&hazard]));
    is_whole(&office).await;
}

/// Not those that it had when the account was made.
#[tokio::test]
async fn a_community_officer_sees_what_lies_in_the_grids_that_the_community_has_now() {
    let office = TestOffice::open().await;
    let officer = office.phone(Role::CommunityOfficer).await;
    let hazard = open(&office.phone(Role::Inspector).await, &office.site, 3).await;
    let (changes, cursor) = officer.pull(None).await;
    assert_eq!(came(&changes, "hazard"), set([&hazard]));
    let (here, there) = (office.site.id.to_string(), office.elsewhere.id.to_string());
    assert_eq!(came(&changes, "site"), set([&here, &there]));
    let community = Community { id: id(), name: "石桥村".into() };
    change(&office, PlaceCommand::PutCommunity { community: community.clone(), was: None }).await;
    let places = office.state.store.places(office.office.id).await.unwrap();
    let grid = places.grids.into_iter().find(|grid| grid.id == office.site.grid).unwrap();
    let put =
        PlaceCommand::PutGrid { grid: Grid { community: community.id, ..grid.clone() }, was: Some(grid) };
    change(&office, put).await;
    // Another scope: the phone begins anew, and has the other grid alone.
    let (changes, _) = officer.pull(Some(cursor)).await;
    assert_eq!((came(&changes, "site"), came(&changes, "hazard")), (set([&there]), set([])));
    // A merged community hands its officer over.
    let (from, into) = (PlaceId::Community(office.site.community), PlaceId::Community(community.id));
    change(&office, PlaceCommand::Merge { from, into }).await;
    let (changes, _) = officer.pull(None).await;
    assert_eq!(came(&changes, "site"), set([&here, &there]));
    is_whole(&office).await;
}

#[tokio::test]
async fn grids_that_are_merged_bring_what_ended_along_too() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (hazard, ended) =
        (open(&inspector, &office.site, 3).await, closed(&inspector, &office.site, 3).await);
    let new = walker(&office, "there", &[office.elsewhere.grid]).await;
    let (_, cursor) = new.pull(None).await;
    let (from, into) = (PlaceId::Grid(office.site.grid), PlaceId::Grid(office.elsewhere.grid));
    change(&office, PlaceCommand::Merge { from, into }).await;
    let (changes, _) = new.pull(Some(cursor)).await;
    assert_eq!(came(&changes, "hazard"), set([&hazard, &ended]));
    assert_eq!(came(&inspector.pull(None).await.0, "hazard"), set([&hazard, &ended]));
    is_whole(&office).await;
}

/// Neither where it lay before its site moved, nor in a grid that is no more.
#[tokio::test]
async fn what_is_opened_again_lies_where_its_site_lies_now() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let (by_phone, by_desk) =
        (closed(&inspector, &office.site, 3).await, closed(&inspector, &office.site, 3).await);
    let new = walker(&office, "there", &[office.elsewhere.grid]).await;
    let (from, into) = (PlaceId::Grid(office.site.grid), PlaceId::Grid(office.elsewhere.grid));
    change(&office, PlaceCommand::Merge { from, into }).await;
    let (_, cursor) = new.pull(None).await;

    let reopen = HazardCommand::Reopen(Reopening { reason: "又堆上了".into(), due: None });
    let supervisor = office.phone(Role::Supervisor).await;
    received(&supervisor, &[command(by_phone.parse().unwrap(), json!(reopen))]).await;
    let (id, store) = (by_desk.parse::<HazardId>().unwrap(), &office.state.store);
    let seen = store.hazard(office.office.id, id).await.unwrap().unwrap().events.len();
    hazards::act(&office.state, &at_desk(&actor(&office, Role::Supervisor).await), id, &reopen, seen)
        .await
        .unwrap();

    for hazard in [&by_phone, &by_desk] {
        let hazard = store.hazard(office.office.id, hazard.parse().unwrap()).await.unwrap().unwrap();
        assert!(hazard.is_open());
        assert_eq!(hazard.place.grid, office.elsewhere.grid);
    }
    let (changes, _) = new.pull(Some(cursor)).await;
    assert_eq!((came(&changes, "hazard"), gone(&changes, "hazard")), (set([&by_phone, &by_desk]), set([])));
    is_whole(&office).await;
}

#[tokio::test]
async fn departments_that_are_merged_bring_what_ended_along_too() {
    let office = TestOffice::open().await;
    let (first, _) = department(&office, "甲", vec![]).await;
    let (second, of_second) = department(&office, "乙", vec![]).await;
    moved(&office, |site| Site { department: Some(first), ..site }).await;
    let inspector = office.phone(Role::Inspector).await;
    let (hazard, ended) =
        (open(&inspector, &office.site, 3).await, closed(&inspector, &office.site, 3).await);
    let (_, cursor) = of_second.pull(None).await;
    let (from, into) = (PlaceId::Department(first), PlaceId::Department(second));
    change(&office, PlaceCommand::Merge { from, into }).await;
    let (changes, _) = of_second.pull(Some(cursor)).await;
    assert_eq!(came(&changes, "hazard"), set([&hazard, &ended]));
    assert_eq!(came(&changes, "site"), set([&office.site.id.to_string()]));
    is_whole(&office).await;
}

#[tokio::test]
async fn a_site_that_is_retired_is_gone_and_comes_back() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard = open(&inspector, &office.site, 3).await;
    let site = office.site.id.to_string();
    let (_, cursor) = inspector.pull(None).await;
    moved(&office, |site| Site { retired: true, ..site }).await;
    let (changes, cursor) = inspector.pull(Some(cursor)).await;
    assert_eq!((gone(&changes, "site"), gone(&changes, "hazard")), (set([&site]), set([])));
    let (changes, _) = inspector.pull(None).await;
    assert_eq!((came(&changes, "site"), came(&changes, "hazard")), (set([]), set([&hazard])));
    is_whole(&office).await;
    moved(&office, |site| Site { retired: false, ..site }).await;
    assert_eq!(came(&inspector.pull(Some(cursor)).await.0, "site"), set([&site]));
    is_whole(&office).await;
}

#[tokio::test]
async fn what_has_ended_shows_its_photos_to_whoever_walks_its_sites_grid_now() {
    let office = TestOffice::open().await;
    let old = office.phone(Role::Inspector).await;
    let new = walker(&office, "there", &[office.elsewhere.grid]).await;
    let ended = closed(&old, &office.site, 3).await;
    let path = format!("/api/v1/hazards/{ended}/photos");
    let asked = async |phone: &Phone<'_>| phone.request("GET", &path, "").await.status.as_u16();
    assert_eq!((asked(&old).await, asked(&new).await), (200, 404));
    moved(&office, |site| Site { grid: office.elsewhere.grid, ..site }).await;
    assert_eq!((asked(&old).await, asked(&new).await), (404, 200), "as its record is seen");
}
