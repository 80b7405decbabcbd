//! The same hazards, photos and operations in every shape.

use crate::{
    replies::rejections,
    values::{at, at_the_phone, bare_proposed_site, day, id, location, photo, proposed_site, site_party},
    visits::{bare_visit, visit},
};
use chrono::NaiveDate;
use domain::{
    attachment::PaperFacts,
    diagnostics::{Diagnostics, Noted},
    fen::Fen,
    form::ResponsibleKind,
    hazard::{
        EventRecord, Evidence, Extension, ExtensionGrant, ExtensionRefusal, ExtensionRequest, FixedOnSpot,
        Found, Hazard, HazardCommand, HazardEvent, HazardStatus, Listing, Merger, Opening, PlaceChange,
        RectificationPlan, Referral, RejectedBecause, Rejection, Reopening, Return, Suspension,
        SuspensionLift,
    },
    id::{FormId, QuestionId},
    photo::{Camera, PhotoFacts, Source},
    role::ResourceScope,
    sector::Sector,
    severity::Severity,
    spot_check::{KeyProof, OpenedBy},
    sync::{Operation, Payload, SCHEMA},
    task::{HazardNeed, NewTask, TaskCommand, TaskSubject},
};

pub fn found() -> Found {
    Found {
        level: Severity::Major,
        what: "消防通道堆放杂物".into(),
        basis: "附件 4".into(),
        due: Some(day()),
        responsible: "锦绣物业 张经理".into(),
        responsible_kind: ResponsibleKind::Site,
        photos: vec![photo(1)],
        location: None,
        visit: Some(id(0x21)),
        form: Some(FormId::from("shed")),
        question: Some(QuestionId::from("clear")),
        from_public: false,
        fixed: Some(FixedOnSpot { note: "已清走".into(), photos: vec![photo(2)] }),
    }
}

/// Nothing that may be missing.
pub fn bare_found() -> Found {
    Found {
        level: Severity::General,
        basis: String::new(),
        due: None,
        responsible: String::new(),
        visit: None,
        form: None,
        question: None,
        fixed: None,
        ..found()
    }
}

/// What another authority is to put right, from where it was reported by itself.
fn found_of_authority() -> Found {
    let responsible_kind = ResponsibleKind::Authority;
    let location = Some(location());
    Found { responsible: "消防救援大队".into(), responsible_kind, location, ..bare_found() }
}

pub fn plan() -> RectificationPlan {
    RectificationPlan {
        responsible: "锦绣物业 张经理".into(),
        department: Some(id(4)),
        measures: "清运，地面划线".into(),
        funds: Fen::of_yuan(2_000),
        deadline: day(),
        contingency: "北门改走东侧通道".into(),
    }
}

fn reason() -> String {
    "材料未到".to_owned()
}

fn evidence(note: &str, n: u8) -> Evidence {
    Evidence { note: note.into(), photos: vec![photo(n)] }
}

fn back() -> Return {
    Return { reason: reason(), deadline: day(), photos: vec![photo(4)] }
}

fn bare_plan() -> RectificationPlan {
    RectificationPlan { department: None, ..plan() }
}

fn referral() -> Referral {
    Referral { authority: "消防救援大队".into(), reason: reason() }
}

fn reopening(due: Option<NaiveDate>) -> Reopening {
    Reopening { reason: reason(), due }
}

pub fn commands() -> Vec<HazardCommand> {
    use HazardCommand::*;
    every!(HazardCommand {
        Report(_) => [Report(found()), Report(bare_found()), Report(found_of_authority())],
        Assign(_) => [Assign(plan()), Assign(bare_plan())],
        Rectify(_) => [Rectify(evidence("已清走", 2))],
        AskExtension(_) => [AskExtension(ExtensionRequest { until: day(), reason: reason() })],
        GrantExtension(_) => [GrantExtension(ExtensionGrant { until: day() })],
        RefuseExtension(_) => [RefuseExtension(ExtensionRefusal { reason: reason() })],
        Accept(_) => [Accept(evidence("看过了", 3))],
        Return(_) => [Return(back())],
        List(_) => [List(Listing { by_authority: "市安委办".into() })],
        Suspend(_) => [Suspend(Suspension { what: "充电棚停用".into() })],
        LiftSuspension(_) => [LiftSuspension(SuspensionLift { reason: reason() })],
        Refer(_) => [Refer(referral())],
        Merge(_) => [Merge(Merger { into: id(0x32) })],
        Reopen(_) => [Reopen(reopening(Some(day()))), Reopen(reopening(None))],
    })
}

/// Every event, and every reason for which an attempt did not count.
pub fn events() -> Vec<HazardEvent> {
    use HazardEvent::*;
    let opening = |found| Opening { place: place(), party: Some(site_party().named()), found };
    let bare = Opening { place: bare_place(), party: None, found: bare_found() };
    let rejected = |because| Rejection { command: HazardCommand::Merge(Merger { into: id(0x32) }), because };
    let all = every!(HazardEvent {
        Found(_) => [Found(bare)],
        FoundRectified(_) => [FoundRectified(opening(found()))],
        FoundClosed(_) => [FoundClosed(opening(found()))],
        Assigned(_) => [Assigned(plan()), Assigned(bare_plan())],
        ExtensionAsked(_) => [ExtensionAsked(ExtensionRequest { until: day(), reason: reason() })],
        ExtensionAskedByParty(_) => [ExtensionAskedByParty(ExtensionRequest { until: day(), reason: reason() })],
        ExtensionGranted(_) => [ExtensionGranted(ExtensionGrant { until: day() })],
        ExtensionRefused(_) => [ExtensionRefused(ExtensionRefusal { reason: reason() })],
        Rectified(_) => [Rectified(evidence("已清走", 2))],
        RectifiedByParty(_) => [RectifiedByParty(evidence("箱子搬走了", 2))],
        PartyWrote(_) => [PartyWrote(evidence("门能全开", 3))],
        AcceptedOnce(_) => [AcceptedOnce(evidence("看过了", 3))],
        Accepted(_) => [Accepted(evidence("看过了", 3))],
        Returned(_) => [Returned(back())],
        Listed(_) => [Listed(Listing { by_authority: "市安委办".into() })],
        Suspended(_) => [Suspended(Suspension { what: "充电棚停用".into() })],
        SuspensionLifted(_) => [SuspensionLifted(SuspensionLift { reason: reason() })],
        Referred(_) => [Referred(referral())],
        Merged(_) => [Merged(Merger { into: id(0x32) })],
        Reopened(_) => [Reopened(reopening(Some(day()))), Reopened(reopening(None))],
        PlaceChanged(_) => [PlaceChanged(PlaceChange { place: place() })],
        Rejected(_) => [Rejected(rejected(RejectedBecause::IntoItself))],
    });
    all.into_iter().chain(rejections().into_iter().map(rejected).map(Rejected)).collect()
}

pub fn record(event: HazardEvent) -> EventRecord {
    EventRecord {
        id: id(0x41),
        at: at_the_phone(),
        received_at: Some(at()),
        by: Some(id(0x11)),
        name: "王磊".into(),
        event,
    }
}

fn place() -> ResourceScope {
    ResourceScope { grid: id(3), site: id(5), department: Some(id(4)), sector: Sector::Ebike }
}

/// Nothing that may be missing.
fn bare_place() -> ResourceScope {
    ResourceScope { department: None, ..place() }
}

pub fn hazard(status: HazardStatus) -> Hazard {
    let opening = Opening { place: place(), party: Some(site_party().named()), found: found() };
    Hazard {
        id: id(0x31),
        number: Some("XC-2026-000318".into()),
        place: place(),
        party: Some(site_party().named()),
        found: found(),
        found_at: at(),
        found_by: id(0x11),
        status,
        due: Some(day()),
        plan: Some(plan()),
        extension: Some(Extension { until: day(), reason: reason(), by: Some(id(0x12)) }),
        after: vec![photo(2)],
        listed: true,
        suspended: true,
        events: vec![record(HazardEvent::FoundRectified(opening))],
    }
}

/// As a phone makes it that has just found it: nothing that may be missing.
pub fn bare_hazard() -> Hazard {
    let opening = Opening { place: bare_place(), party: None, found: bare_found() };
    let first = EventRecord { received_at: None, ..record(HazardEvent::Found(opening)) };
    Hazard {
        number: None,
        place: bare_place(),
        party: None,
        found: bare_found(),
        due: None,
        plan: None,
        extension: None,
        after: vec![],
        listed: false,
        suspended: false,
        events: vec![first],
        ..hazard(HazardStatus::Found)
    }
}

/// With every event in its log, one of them by whoever may log in to the office's machine.
pub fn hazard_with_log() -> Hazard {
    let place = HazardEvent::PlaceChanged(PlaceChange { place: bare_place() });
    let nobody = EventRecord { by: None, name: String::new(), ..record(place) };
    let events = events().into_iter().map(record).chain([nobody]);
    Hazard { events: events.collect(), ..hazard(HazardStatus::Assigned) }
}

pub fn facts() -> PhotoFacts {
    let camera = Camera {
        taken: day().and_hms_opt(9, 0, 7),
        location: Some(location()),
        device: "HUAWEI ANA-AN00".into(),
        software: "ANA-AN00 4.2".into(),
        orientation: Some(6),
    };
    PhotoFacts {
        hash: photo(1),
        bytes: 123_456,
        media_type: "image/jpeg".into(),
        width: 1600,
        height: 1280,
        at: at_the_phone(),
        by: id(0x11),
        location: Some(location()),
        original: Some(photo(0)),
        camera: Some(camera),
        source: Some(Source::InApp),
        caption_height: 80,
    }
}

/// Nothing that may be missing.
pub fn bare_facts() -> PhotoFacts {
    PhotoFacts { location: None, original: None, camera: None, source: None, caption_height: 0, ..facts() }
}

fn paper() -> PaperFacts {
    PaperFacts {
        hash: photo(5),
        bytes: 54_321,
        media_type: "application/pdf".into(),
        at: at_the_phone(),
        by: id(0x11),
    }
}

fn diagnostics() -> Diagnostics {
    let noted = Noted {
        at: at_the_phone(),
        what: "sync".into(),
        came: "server 502".into(),
        operations: 3,
        milliseconds: 1_200,
    };
    let bare = Noted { operations: 0, milliseconds: 0, ..noted.clone() };
    Diagnostics {
        version: "0.1.0".into(),
        system: "Android Chrome 126".into(),
        waiting: 4,
        bytes: 123_456,
        free: Some(1_000_000_000),
        persistent: Some(false),
        entries: vec![noted, bare],
    }
}

pub fn of_hazard(command: HazardCommand) -> Payload {
    let site = matches!(command, HazardCommand::Report(_)).then(|| id(5));
    Payload::Hazard { hazard: id(0x31), event: id(0x41), site, command }
}

fn of_task(command: TaskCommand) -> Payload {
    Payload::Task { task: id(0x61), event: id(0x62), command }
}

/// Other commands to tasks, and with them all that one can be about.
fn task_commands() -> [TaskCommand; 3] {
    let visit = NewTask {
        person: id(0x12),
        about: TaskSubject::Visit { site: id(5), forms: vec!["fire-access".into()] },
        note: "节前看一看".into(),
        until: day(),
    };
    let about = TaskSubject::Hazard { hazard: id(0x31), need: HazardNeed::Recheck };
    let hazard = NewTask { about, note: String::new(), ..visit.clone() };
    [TaskCommand::Give(visit), TaskCommand::Give(hazard), TaskCommand::Withdraw { reason: "派错了".into() }]
}

pub fn operation(payload: Payload) -> Operation {
    Operation { id: id(0x51), schema: SCHEMA, at: at_the_phone(), payload }
}

/// Every payload, and with it every command.
pub fn operations() -> Vec<Operation> {
    let bare = Diagnostics { free: None, persistent: None, entries: vec![], ..diagnostics() };
    let payloads = every!(Payload {
        Payload::SubmitVisit(_) => [
            Payload::SubmitVisit(visit()),
            Payload::SubmitVisit(bare_visit()),
        ],
        Payload::Hazard { .. } => [of_hazard(HazardCommand::Report(found()))],
        Payload::Task { .. } => [of_task(TaskCommand::HandOn { to: id(0x13) })],
        Payload::NewSite(_) => [
            Payload::NewSite(proposed_site()),
            Payload::NewSite(bare_proposed_site()),
        ],
        Payload::Photo(_) => [Payload::Photo(facts()), Payload::Photo(bare_facts())],
        Payload::OrderOpened { .. } => [
            Payload::OrderOpened { order: id(0x71), by: OpenedBy::Key, at: at_the_phone(), proof: KeyProof([7; 32]) },
            Payload::OrderOpened { order: id(0x71), by: OpenedBy::Words, at: at_the_phone(), proof: KeyProof([7; 32]) },
        ],
        Payload::NoticesSeen { .. } => [Payload::NoticesSeen { notices: vec![id(0x81), id(0x82)] }],
        Payload::Paper(_) => [Payload::Paper(paper())],
        Payload::Diagnostics(_) => [Payload::Diagnostics(diagnostics()), Payload::Diagnostics(bare)],
    });
    let commands = commands().into_iter().map(of_hazard).chain(task_commands().map(of_task));
    payloads.into_iter().chain(commands).map(operation).collect()
}
