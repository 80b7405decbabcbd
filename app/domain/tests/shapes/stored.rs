//! What lies in the office's database.

use crate::{
    stays,
    values::{at, bare_site, community, department, grid, id, intervals, site, site_party},
    work::{bare_hazard, bare_visit, commands, events, hazard, hazard_with_log, visit},
};
use domain::{
    audit::{Act, AuditEntry, By, Origin, Subject, SubjectKind},
    hazard::{HazardCommand, HazardCommandKind, HazardEvent, HazardEventKind, HazardStatus},
    party::{Party, PartyKind, SiteParty},
    person::Person,
    place::{
        Community, Department, FormerPlace, Grid, PlaceId,
        command::{PlaceCommand, PlaceEvent},
    },
    role::Role,
    schedule::VisitIntervals,
    visit::{PlaceNames, SiteSnapshot},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn hazards_in_each_status() {
    let statuses = every!(HazardStatus {
        HazardStatus::Found => [HazardStatus::Found],
        HazardStatus::Assigned => [HazardStatus::Assigned],
        HazardStatus::Rectified { .. } => [HazardStatus::Rectified { by: id(0x11) }],
        HazardStatus::AcceptedOnce { .. } => [HazardStatus::AcceptedOnce { rectified_by: id(0x11), by: id(0x12) }],
        HazardStatus::Closed { .. } => [HazardStatus::Closed { by: id(0x12), at: at() }],
        HazardStatus::Referred { .. } => [HazardStatus::Referred { authority: "消防救援大队".into() }],
        HazardStatus::Merged { .. } => [HazardStatus::Merged { into: id(0x32) }],
    });
    stays("hazards", &statuses.into_iter().map(hazard).collect::<Vec<_>>());
    stays("hazards_with_logs", &[hazard_with_log(), bare_hazard()]);
}

/// A row of a table that nothing is of would be noticed by nobody.
#[test]
fn every_kind_in_the_tables_has_an_example() {
    let kinds: BTreeSet<_> = events().iter().map(HazardEvent::kind).collect();
    assert_eq!(kinds, HazardEventKind::ALL.iter().copied().collect());
    let kinds: BTreeSet<_> = commands().iter().map(HazardCommand::kind).collect();
    assert_eq!(kinds, HazardCommandKind::ALL.iter().copied().collect());
}

#[test]
fn visits() {
    stays("visits", &[visit(), bare_visit()]);
    let around =
        PlaceNames { community: community().name, grid: grid().name, department: Some(department().name) };
    let bare = PlaceNames { department: None, ..around.clone() };
    stays("site_snapshots", &[SiteSnapshot::of(&site(), around), SiteSnapshot::of(&bare_site(), bare)]);
}

#[test]
fn parties() {
    let SiteParty { id, name, credit_code, phone, people } = site_party();
    let kind = PartyKind::PublicInstitution;
    let whole = Party { id, name, kind, credit_code, phone, people, note: "物业".into(), retired: true };
    let bare = Party {
        kind: PartyKind::Resident,
        credit_code: None,
        phone: String::new(),
        people: vec![],
        note: String::new(),
        retired: false,
        ..whole.clone()
    };
    stays("parties", &[whole, bare]);
}

#[test]
fn people() {
    let person = |role| Person {
        id: id(0x11),
        username: "wanglei".into(),
        name: "王磊".into(),
        role,
        phone: "0371-60000000".into(),
        department: Some(id(4)),
        grids: vec![id(3)],
        sites: vec![id(5)],
        disabled: true,
        last_seen: Some(at()),
    };
    let bare = Person {
        phone: String::new(),
        department: None,
        grids: vec![],
        sites: vec![],
        disabled: false,
        last_seen: None,
        ..person(Role::Administrator)
    };
    stays("people", &[person(Role::Inspector), bare]);
}

#[test]
fn places() {
    let ids = every!(PlaceId {
        PlaceId::Department(_) => [PlaceId::Department(id(4))],
        PlaceId::Community(_) => [PlaceId::Community(id(2))],
        PlaceId::Grid(_) => [PlaceId::Grid(id(3))],
    });
    let former = |into| FormerPlace {
        place: PlaceId::Grid(id(3)),
        name: "第三网格".into(),
        into,
        at: at(),
        by: "刘主任".into(),
    };
    stays("place_ids", &ids);
    stays("former_places", &[former(Some(PlaceId::Grid(id(0x33)))), former(None)]);
    stays("sites", &[site(), bare_site()]);
    stays("departments", &[department()]);
    stays("visit_intervals", &[intervals(), VisitIntervals::default()]);
}

fn from() -> PlaceId {
    PlaceId::Community(id(2))
}

fn into() -> PlaceId {
    PlaceId::Community(id(0x22))
}

/// Each as it is sent by somebody who looked before, and by somebody who did not.
#[test]
fn what_is_wanted_of_places() {
    let name = || "新城街道".to_owned();
    let was_department = Department { sectors: vec![], ..department() };
    let was_community = Community { name: "锦绣".into(), ..community() };
    let was_grid = Grid { name: "三".into(), ..grid() };
    let commands = every!(PlaceCommand {
        PlaceCommand::NameOffice { .. } => [
            PlaceCommand::NameOffice { name: name(), was: Some("新城".into()) },
            PlaceCommand::NameOffice { name: name(), was: None },
        ],
        PlaceCommand::SetIntervals { .. } => [
            PlaceCommand::SetIntervals { intervals: intervals(), was: Some(VisitIntervals::default()) },
            PlaceCommand::SetIntervals { intervals: intervals(), was: None },
        ],
        PlaceCommand::PutDepartment { .. } => [
            PlaceCommand::PutDepartment { department: department(), was: Some(was_department) },
            PlaceCommand::PutDepartment { department: department(), was: None },
        ],
        PlaceCommand::PutCommunity { .. } => [
            PlaceCommand::PutCommunity { community: community(), was: Some(was_community) },
            PlaceCommand::PutCommunity { community: community(), was: None },
        ],
        PlaceCommand::PutGrid { .. } => [
            PlaceCommand::PutGrid { grid: grid(), was: Some(was_grid) },
            PlaceCommand::PutGrid { grid: grid(), was: None },
        ],
        PlaceCommand::Merge { .. } => [PlaceCommand::Merge { from: from(), into: into() }],
        PlaceCommand::Close { .. } => [
            PlaceCommand::Close { place: from(), into: Some(into()) },
            PlaceCommand::Close { place: from(), into: None },
        ],
    });
    stays("place_commands", &commands);
}

#[test]
fn what_comes_of_places() {
    let events = every!(PlaceEvent {
        PlaceEvent::OfficeNamed { .. } => [PlaceEvent::OfficeNamed { name: "新城街道".into() }],
        PlaceEvent::IntervalsSet { .. } => [PlaceEvent::IntervalsSet { intervals: intervals() }],
        PlaceEvent::DepartmentPut { .. } => [PlaceEvent::DepartmentPut { department: department() }],
        PlaceEvent::CommunityPut { .. } => [PlaceEvent::CommunityPut { community: community() }],
        PlaceEvent::GridPut { .. } => [PlaceEvent::GridPut { grid: grid() }],
        PlaceEvent::Ended { .. } => [
            PlaceEvent::Ended { place: from(), into: Some(into()) },
            PlaceEvent::Ended { place: from(), into: None },
        ],
    });
    stays("place_events", &events);
}

#[test]
fn who_did_what() {
    let origin = Origin {
        address: Some("192.0.2.7".into()),
        device: "Android Chrome".into(),
        session: Some("3f9a".into()),
    };
    let entry = |by| AuditEntry {
        id: id(0x71),
        office: Some(id(1)),
        at: at(),
        by,
        act: Act::Changed,
        subject: Subject::new(SubjectKind::Account, id::<Uuid>(0x12), "李敏"),
        origin: origin.clone(),
        before: json!({ "role": "inspector" }),
        after: json!({ "role": "officer", "department": "4" }),
    };
    let makers = every!(By {
        By::Person { .. } => [By::Person { id: id(0x11), name: "王磊".into() }],
        By::CommandLine => [By::CommandLine],
        By::Nobody => [By::Nobody],
    });
    let bare = AuditEntry {
        office: None,
        subject: Subject::new(SubjectKind::Database, None::<Uuid>, "全部数据"),
        origin: Origin::default(),
        before: Value::Null,
        after: Value::Null,
        ..entry(By::Nobody)
    };
    stays("audit_entries", &makers.into_iter().map(entry).chain([bare]).collect::<Vec<_>>());
}
