//! Who may give what to whom, until when, and by what it is done.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod done;

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    hazard::{Found, Hazard, Issued},
    id::{DepartmentId, FormId, GridId, HazardId, OfficeId, PersonId, SiteId, TaskId},
    permission::Withheld,
    role::{Action, Actor, Role, Scope},
    sector::Sector,
    severity::Severity,
    site::Site,
    task::{
        Colleague, HazardNeed, NewTask, Task, TaskAnswer, TaskCommand, TaskRecords, TaskRefusal, TaskRefused,
        TaskState, TaskSubject, decide, holder_of,
    },
    time::office_day,
    visit::Visit,
};
use serde_json::json;
use uuid::Uuid;

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

/// Nine in the morning of a working day.
fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

fn day(days: i64) -> NaiveDate {
    office_day(now()) + Duration::days(days)
}

fn actor(person: u128, role: Role, scope: Scope) -> Actor {
    Actor {
        office: OfficeId(Uuid::nil()),
        person: id(person),
        name: format!("{person}"),
        role,
        scope,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

fn here() -> Scope {
    Scope::Grids(vec![GridId(Uuid::from_u128(3))])
}

fn elsewhere() -> Scope {
    Scope::Grids(vec![GridId(Uuid::from_u128(4))])
}

fn site() -> Site {
    let site = json!({
        "id": Uuid::from_u128(1), "community": Uuid::from_u128(2), "grid": Uuid::from_u128(3),
        "name": "惠民市场北门", "code": "HM-0012", "kinds": [], "sector": "fire", "risk": "low",
        "department": Uuid::from_u128(90),
    });
    serde_json::from_value(site).unwrap()
}

fn hazard() -> Hazard {
    let found: Found =
        serde_json::from_value(json!({ "level": "general", "what": "楼道堆物", "photos": [] })).unwrap();
    let by = actor(12, Role::Inspector, here());
    let at = now() - Duration::days(1);
    let issued = Issued { id: id(500), at, received_at: Some(at), by: &by };
    Hazard::open(id(5), site().resource_scope(), None, found, &issued).unwrap()
}

/// The office: one site, one hazard there, one form, and who may be given work.
struct Records {
    task: Option<Task>,
    site: Site,
    hazard: Hazard,
    colleagues: Vec<Colleague>,
}

fn records() -> Records {
    let colleagues = [
        actor(11, Role::Inspector, here()),
        actor(12, Role::Inspector, here()),
        actor(13, Role::Inspector, elsewhere()),
        actor(14, Role::Enterprise, Scope::Sites(vec![id(1)])),
        actor(15, Role::CommunityOfficer, here()),
    ];
    Records {
        task: None,
        site: site(),
        hazard: hazard(),
        colleagues: colleagues.iter().map(Colleague::from).collect(),
    }
}

impl TaskRecords for Records {
    fn task(&self, id: TaskId) -> Option<&Task> {
        self.task.as_ref().filter(|task| task.id == id)
    }

    fn is_taken(&self, wanted: TaskId) -> bool {
        wanted == id(77) || self.task(wanted).is_some()
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        Some(&self.site).filter(|site| site.id == id)
    }

    fn hazard(&self, id: HazardId) -> Option<&Hazard> {
        Some(&self.hazard).filter(|hazard| hazard.id == id)
    }

    fn has_form(&self, form: &FormId) -> bool {
        form.as_str() == "fire-access"
    }

    fn colleague(&self, id: PersonId) -> Option<&Colleague> {
        self.colleagues.iter().find(|known| known.person == id)
    }
}

#[test]
fn a_grid_is_held_by_the_grid_member_who_walks_it() {
    let colleague = |person, role, scope| Colleague::from(&actor(person, role, scope));
    let place = Visit::seen_at(&site());
    let others = [
        colleague(21, Role::CommunityOfficer, here()),
        colleague(22, Role::Supervisor, Scope::Office),
        colleague(12, Role::Inspector, elsewhere()),
    ];
    assert_eq!(holder_of(&others, &place), None, "they see it, and walk it not");
    let all = [others.as_slice(), &[colleague(11, Role::Inspector, here())]].concat();
    assert_eq!(holder_of(&all, &place).map(|one| one.person), Some(id(11)));
    let two = [all.as_slice(), &[colleague(13, Role::Inspector, here())]].concat();
    assert_eq!(holder_of(&two, &place).map(|one| one.person), Some(id(11)), "of several the first");
}

fn visit_to(person: u128) -> NewTask {
    NewTask {
        person: id(person),
        about: TaskSubject::Visit { site: id(1), forms: vec![] },
        note: "节前看一看".to_owned(),
        until: day(2),
    }
}

fn hazard_to(person: u128, need: HazardNeed) -> NewTask {
    NewTask { about: TaskSubject::Hazard { hazard: id(5), need }, ..visit_to(person) }
}

fn officer() -> Actor {
    actor(21, Role::CommunityOfficer, here())
}

fn done(
    records: &Records,
    by: &Actor,
    event: u128,
    command: &TaskCommand,
) -> Result<TaskAnswer, TaskRefused> {
    let issued = Issued { id: id(event), at: now(), received_at: Some(now()), by };
    decide(records, id(60), command, &issued)
}

fn happened(answer: Result<TaskAnswer, TaskRefused>) -> Task {
    match answer {
        Ok(TaskAnswer::Happened(task)) => *task,
        other => panic!("{other:?}"),
    }
}

fn given(new: NewTask) -> Task {
    happened(done(&records(), &officer(), 61, &TaskCommand::Give(new)))
}

#[test]
fn who_may_give_work_and_where() {
    let department = |n| Scope::Department { department: DepartmentId(Uuid::from_u128(n)), sectors: vec![] };
    let of_sector =
        Scope::Department { department: DepartmentId(Uuid::from_u128(91)), sectors: vec![Sector::Fire] };
    for (role, scope, may) in [
        (Role::Administrator, Scope::Office, true),
        (Role::Supervisor, Scope::Office, true),
        (Role::Leader, Scope::Office, false),
        (Role::Officer, department(90), true),
        (Role::Officer, of_sector, true),
        (Role::Officer, department(91), false),
        (Role::CommunityOfficer, here(), true),
        (Role::CommunityOfficer, elsewhere(), false),
        (Role::Inspector, here(), false),
        (Role::Enterprise, Scope::Sites(vec![id(1)]), false),
        (Role::School, Scope::Sites(vec![id(1)]), false),
    ] {
        for new in [visit_to(11), hazard_to(11, HazardNeed::Recheck)] {
            let by = actor(21, role, scope.clone());
            let answer = done(&records(), &by, 61, &TaskCommand::Give(new));
            assert_eq!(answer.is_ok(), may, "{role:?} {scope:?}: {answer:?}");
            assert!(may || answer == Err(TaskRefused::NotAllowed), "{role:?} {scope:?}: {answer:?}");
        }
    }
}

#[test]
fn to_whom_and_what_can_be_given() {
    let forms = |form: &str| TaskSubject::Visit { site: id(1), forms: vec![form.into()] };
    let refused = |because| Some(TaskRefused::Refused(because));
    for (new, why) in [
        (visit_to(11), None),
        (visit_to(15), None),
        (hazard_to(11, HazardNeed::Chase), None),
        (NewTask { about: forms("fire-access"), ..visit_to(11) }, None),
        (NewTask { about: forms("nonsense"), ..visit_to(11) }, refused(TaskRefusal::UnknownForm)),
        // Nobody who may sign in, an hour ago or at any time.
        (visit_to(99), refused(TaskRefusal::Left)),
        (visit_to(13), refused(TaskRefusal::OutOfSight)),
        (hazard_to(13, HazardNeed::Chase), refused(TaskRefusal::OutOfSight)),
        (visit_to(14), refused(TaskRefusal::RoleMayNot)),
        (hazard_to(14, HazardNeed::Recheck), refused(TaskRefusal::RoleMayNot)),
        (NewTask { until: day(0), ..visit_to(11) }, None),
        (NewTask { until: day(-1), ..visit_to(11) }, refused(TaskRefusal::DayPast)),
        (
            NewTask { about: TaskSubject::Visit { site: id(8), forms: vec![] }, ..visit_to(11) },
            Some(TaskRefused::UnknownSite),
        ),
        (
            NewTask { about: TaskSubject::Hazard { hazard: id(8), need: HazardNeed::Chase }, ..visit_to(11) },
            Some(TaskRefused::UnknownHazard),
        ),
    ] {
        let answer = done(&records(), &officer(), 61, &TaskCommand::Give(new.clone()));
        assert_eq!(answer.err(), why, "{new:?}");
    }
    let long = NewTask { note: "长".repeat(2_001), ..visit_to(11) };
    assert!(matches!(
        done(&records(), &officer(), 61, &TaskCommand::Give(long)),
        Err(TaskRefused::OverLimit(_))
    ));
    let retired = Records { site: Site { retired: true, ..site() }, ..records() };
    let answer = done(&retired, &officer(), 61, &TaskCommand::Give(visit_to(11)));
    assert_eq!(answer.err(), refused(TaskRefusal::SiteRetired));
}

/// What an office took away from its inspectors is not given to them, and what a role never accepts neither.
#[test]
fn who_may_not_do_it_any_more_or_never_accepts_it_gets_none_of_it() {
    let refused = Some(TaskRefused::Refused(TaskRefusal::RoleMayNot));
    let mut narrowed = records();
    narrowed.colleagues[0].withheld = [Action::Inspect].into_iter().collect();
    let give = |records: &Records, new| done(records, &officer(), 61, &TaskCommand::Give(new)).err();
    assert_eq!(give(&narrowed, visit_to(11)), refused);
    assert_eq!(give(&narrowed, hazard_to(11, HazardNeed::Recheck)), None);
    let mut major = records();
    major.hazard.found.level = Severity::Major;
    assert_eq!(give(&major, hazard_to(11, HazardNeed::Recheck)), refused);
    assert_eq!(give(&major, hazard_to(11, HazardNeed::Chase)), None);
}

#[test]
fn what_is_given_says_who_gave_it_until_when_and_what_it_is_about() {
    let task = given(hazard_to(11, HazardNeed::Recheck));
    assert_eq!((task.person, task.from, task.until), (id(11), id(21), day(2)));
    assert_eq!((task.about.site(), task.about.hazard()), (id(1), Some(id(5))));
    assert_eq!(task.about.site_name(), "惠民市场北门");
    assert_eq!((task.state.clone(), task.events.len()), (TaskState::Open, 1));
    assert!(!task.is_late(day(2)) && task.is_late(day(3)));
    // Read again as it was written.
    let text = serde_json::to_string(&task).unwrap();
    assert_eq!(serde_json::from_str::<Task>(&text).unwrap(), task);
}

#[test]
fn what_arrives_twice_happens_once() {
    let give = TaskCommand::Give(visit_to(11));
    let known = Records { task: Some(given(visit_to(11))), ..records() };
    assert_eq!(done(&known, &officer(), 61, &give), Ok(TaskAnswer::Before));
    assert_eq!(done(&known, &officer(), 62, &give), Err(TaskRefused::IdReused), "another under its id");
    let issued = Issued { id: id(61), at: now(), received_at: Some(now()), by: &officer() };
    let taken = decide(&records(), id(77), &give, &issued);
    assert_eq!(taken, Err(TaskRefused::IdReused), "an id of another office");
    let back = TaskCommand::Withdraw { reason: "派错了".into() };
    let withdrawn = happened(done(&known, &officer(), 63, &back));
    let known = Records { task: Some(withdrawn), ..records() };
    assert_eq!(done(&known, &officer(), 63, &back), Ok(TaskAnswer::Before));
    assert_eq!(done(&known, &officer(), 64, &back), Err(TaskRefused::Refused(TaskRefusal::Ended)));
}

#[test]
fn a_task_is_handed_on_and_withdrawn_by_who_may_give_it() {
    let known = Records { task: Some(given(visit_to(11))), ..records() };
    let on = |to: u128| TaskCommand::HandOn { to: id(to) };
    let back = |reason: &str| TaskCommand::Withdraw { reason: reason.into() };
    let refused = |because| Some(TaskRefused::Refused(because));
    for (by, command, why) in [
        (officer(), on(12), None),
        (officer(), on(11), refused(TaskRefusal::AlreadyTheirs)),
        (officer(), on(13), refused(TaskRefusal::OutOfSight)),
        (officer(), on(99), refused(TaskRefusal::Left)),
        (officer(), back("派错了"), None),
        (officer(), back("  "), refused(TaskRefusal::ReasonMissing)),
        (actor(22, Role::Supervisor, Scope::Office), on(12), None),
        (actor(22, Role::CommunityOfficer, elsewhere()), on(12), Some(TaskRefused::NotAllowed)),
        // Whoever gave it takes it back, wherever they are now.
        (actor(21, Role::CommunityOfficer, elsewhere()), back("派错了"), None),
        (actor(11, Role::Inspector, here()), back("不想去"), Some(TaskRefused::NotAllowed)),
    ] {
        let answer = done(&known, &by, 63, &command);
        assert_eq!(answer.err(), why, "{by:?} {command:?}");
    }
    assert_eq!(
        done(&records(), &officer(), 63, &on(12)),
        Err(TaskRefused::Refused(TaskRefusal::UnknownTask))
    );
    let handed_on = happened(done(&known, &officer(), 63, &on(12)));
    assert_eq!((handed_on.person, handed_on.is_open(), handed_on.events.len()), (id(12), true, 2));
}

#[test]
fn every_refusal_is_named_and_work_needs_a_right_that_some_role_has() {
    let words: std::collections::BTreeSet<_> =
        TaskRefusal::ALL.iter().map(|because| serde_json::to_string(because).unwrap()).collect();
    assert_eq!(words.len(), TaskRefusal::ALL.len());
    for subject in [visit_to(11).about, hazard_to(11, HazardNeed::Chase).about] {
        assert!(Role::Inspector.may(subject.needs()) && subject.needs() != Action::Assign);
    }
}
