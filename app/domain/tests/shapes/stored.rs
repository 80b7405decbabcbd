//! What lies in the office's database.

use crate::{
    stays,
    values::{
        administrative_inspection, at, bare_site, certificate, community, department, grid, id,
        inspection_rules, intervals, outline, site, site_party,
    },
    visits::{bare_visit, sign_offs, visit},
    work::{bare_hazard, commands, events, hazard, hazard_with_log},
};
use chrono::NaiveDate;
use domain::{
    audit::{Act, AuditEntry, By, Origin, Subject, SubjectKind},
    fen::Fen,
    hazard::{HazardCommand, HazardCommandKind, HazardEvent, HazardEventKind, HazardStatus},
    inspection::{Breach, CapException, InspectionRules, ReceivedInspection},
    party::{Party, PartyKind, SiteParty},
    permission::Permissions,
    person::Person,
    place::{
        Community, Department, FormerPlace, Grid, PlaceId,
        command::{PlaceCommand, PlaceEvent},
    },
    public_report::{PublicSettings, RewardSum},
    role::{Action, Role},
    schedule::VisitIntervals,
    settings::{
        OfficeSettings,
        calendar::WorkCalendar,
        hours::{WorkHours, WorkSpan},
        paper::{Paper, Papers},
        series::NumberSeries,
        standards::{OfficeStandard, OfficeStandards},
    },
    site::{Site, attributes::SiteAttributes},
    visit::{PlaceNames, SiteSnapshot, Visit, VisitNature},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn hazards_in_each_status() {
    let statuses = every!(HazardStatus {
        HazardStatus::Found => [HazardStatus::Found],
        HazardStatus::Assigned => [HazardStatus::Assigned],
        HazardStatus::Rectified { .. } => [HazardStatus::Rectified { by: Some(id(0x11)) }, HazardStatus::Rectified { by: None }],
        HazardStatus::AcceptedOnce { .. } => [HazardStatus::AcceptedOnce { rectified_by: Some(id(0x11)), by: id(0x12) }],
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
    stays("sign_offs", &sign_offs());
    let inspection = Visit {
        nature: VisitNature::AdministrativeInspection,
        administrative: Some(Box::new(administrative_inspection())),
        ..bare_visit()
    };
    stays("visits", &[visit(), bare_visit(), inspection]);
    let around =
        PlaceNames { community: community().name, grid: grid().name, department: Some(department().name) };
    let bare = PlaceNames { department: None, ..around.clone() };
    let doubted = SiteSnapshot {
        attributes_never_had: true,
        unfounded_last: vec!["shed".into()],
        inspection: Some(ReceivedInspection {
            counts: true,
            nth: Some(5),
            cap: Some(4),
            breaches: vec![Breach::CapReached { counted: 4, cap: 4 }],
        }),
        ..SiteSnapshot::of(&site(), around)
    };
    let nothing_known = Site { attributes: SiteAttributes::default(), ..bare_site() };
    stays("site_snapshots", &[doubted, SiteSnapshot::of(&nothing_known, bare)]);
}

#[test]
fn outlines_of_places() {
    stays("outlines", &[outline()]);
}

#[test]
fn rules_of_inspections_and_what_is_against_them() {
    stays("inspection_rules", &[inspection_rules(), InspectionRules::default()]);
    let name = || "王磊".to_owned();
    let breaches = every!(Breach {
        Breach::BodyNotQualified => [Breach::BodyNotQualified],
        Breach::NotAnInspector { .. } => [Breach::NotAnInspector { name: name() }],
        Breach::MatterMissing => [Breach::MatterMissing],
        Breach::MatterNotPublished => [Breach::MatterNotPublished],
        Breach::ApprovalMissing => [Breach::ApprovalMissing],
        Breach::NoticeMissing => [Breach::NoticeMissing],
        Breach::NoticeNotServed => [Breach::NoticeNotServed],
        Breach::TooFewOfficers { .. } => [Breach::TooFewOfficers { named: 1, needed: 2 }],
        Breach::NamedTwice { .. } => [Breach::NamedTwice { name: name() }],
        Breach::CertificateMissing { .. } => [Breach::CertificateMissing { name: name() }],
        Breach::CertificateUnknown { .. } => [Breach::CertificateUnknown { name: name() }],
        Breach::CertificateExpired { .. } => [Breach::CertificateExpired { name: name(), valid_until: at().date_naive() }],
        Breach::CertificatesNotShown => [Breach::CertificatesNotShown],
        Breach::EntryCodeMissing => [Breach::EntryCodeMissing],
        Breach::EntryNotRegistered => [Breach::EntryNotRegistered],
        Breach::CapReached { .. } => [Breach::CapReached { counted: 4, cap: 4 }],
        Breach::ExceptionNotOpen { .. } => [Breach::ExceptionNotOpen { exception: CapException::Report }],
        Breach::ResultNotTold => [Breach::ResultNotTold],
        Breach::SpecialApprovalMissing => [Breach::SpecialApprovalMissing],
        Breach::SpecialApprovalTooLow => [Breach::SpecialApprovalTooLow],
        Breach::NobodyNamed => [Breach::NobodyNamed],
    });
    stays("inspection_breaches", &breaches);
}

#[test]
fn parties() {
    let SiteParty { id, kind, name, credit_code, phone, people } = site_party();
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
        communities: vec![],
        sites: vec![id(5)],
        certificates: vec![certificate()],
        disabled: true,
        last_seen: Some(at()),
    };
    let bare = Person {
        phone: String::new(),
        department: None,
        grids: vec![],
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
        ..person(Role::Administrator)
    };
    let of_community =
        Person { grids: vec![], sites: vec![], communities: vec![id(2)], ..person(Role::CommunityOfficer) };
    stays("people", &[person(Role::Inspector), of_community, bare]);
}

#[test]
fn settings() {
    let mut allowed = Permissions::default().allowed();
    allowed.remove(&(Role::Leader, Action::Recheck));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let narrowed = OfficeSettings {
        permissions: Permissions::allowing(&allowed).unwrap().limiting_extensions(Some(30)).unwrap(),
        series: NumberSeries { hazard: "新城隐".into(), ..NumberSeries::default() },
        papers: Papers::issuing(&[Paper::VisitRecord].into()),
        calendar: WorkCalendar {
            days_off: BTreeSet::from([day("2026-10-01")]),
            workdays: BTreeSet::from([day("2026-10-10")]),
            hours: WorkHours(vec![WorkSpan { from: 540, to: 1_020 }]),
        },
        public: PublicSettings {
            open: false,
            difficulty: 18,
            rewards: vec![RewardSum { name: "一般隐患".into(), sum: Fen::of_yuan(200) }],
        },
        standards: OfficeStandards::default()
            .saying(
                &OfficeStandard {
                    number: "GB 55037-2022".into(),
                    until: Some(day("2026-12-01")),
                    replaced_by: Some("GB 55037-2026".into()),
                    by: "王芳".into(),
                    at: at(),
                },
                None,
            )
            .unwrap(),
    };
    stays("office_settings", &[narrowed, OfficeSettings::default()]);
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
