//! 消息: what is told to whom and when, when it is tried, and what a template and an answer may be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, NaiveDate, TimeZone as _, Utc};
use domain::{
    id::{GridId, OfficeId, PersonId, SiteId},
    limits::NOTICE_RULES,
    notice::{
        Escape, HazardFact, NoticeAbout, NoticeFacts, NoticeKind, NoticeRule, NoticeSettings, NoticeTo,
        OrderFact, PUSH_HOSTS, PushRefusal, PushSubscription, QuietHours, ReturnFact, SettingsFault,
        SmsTemplate, Success, TRIED_FOR, TaskFact, TemplateFault, TemplateField, UnsentFact, Values,
        due_notices, first_try, is_push_host, next_try,
    },
    permission::Withheld,
    role::{Action, Actor, ResourceScope, Role, Scope},
    sector::Sector,
    severity::Severity,
    task::{HazardNeed, Task, TaskAbout, TaskEvent, TaskRecord, TaskState},
    text::Lang,
    time::{china, office_day},
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

/// By the office's clock, in November.
fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    china().with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap().to_utc()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn place(grid: u128) -> ResourceScope {
    ResourceScope { grid: id(grid), site: id(5), department: None, sector: Sector::Fire }
}

fn actor(n: u128, role: Role, scope: Scope) -> Actor {
    let (office, withheld) = (OfficeId(Uuid::nil()), Withheld::default());
    let name = format!("{n}号");
    Actor { office, person: id(n), name, role, scope, withheld, extension_limit: None }
}

fn people() -> Vec<Actor> {
    let grid = |grid| Scope::Grids(vec![GridId(Uuid::from_u128(grid))]);
    vec![
        actor(11, Role::Inspector, grid(1)),
        actor(12, Role::Inspector, grid(2)),
        actor(13, Role::CommunityOfficer, grid(1)),
        actor(14, Role::CommunityOfficer, grid(2)),
        actor(15, Role::Leader, Scope::Office),
        actor(16, Role::Supervisor, Scope::Office),
    ]
}

fn task(person: u128, given_at: DateTime<Utc>, until: NaiveDate, hazard: Option<u128>) -> TaskFact {
    let (site, site_name): (SiteId, _) = (id(5), "惠民市场".to_owned());
    let about = match hazard {
        Some(hazard) => TaskAbout::Hazard {
            hazard: id(hazard),
            what: "堆物".to_owned(),
            site,
            site_name,
            need: HazardNeed::Chase,
        },
        None => TaskAbout::Visit { site, site_name, forms: vec![] },
    };
    let given = TaskRecord {
        id: id(62),
        at: given_at,
        received_at: Some(given_at),
        by: Some(id(13)),
        name: "13号".to_owned(),
        event: TaskEvent::Given { to: id(person), name: "王磊".to_owned() },
    };
    let task = Task {
        id: id(61),
        person: id(person),
        person_name: "王磊".to_owned(),
        from: id(13),
        from_name: "13号".to_owned(),
        about,
        note: String::new(),
        until,
        given_at,
        state: TaskState::Open,
        events: vec![given],
    };
    TaskFact { task, place: place(1) }
}

fn hazard(n: u128, due: Option<NaiveDate>) -> HazardFact {
    HazardFact {
        hazard: id(n),
        place: place(1),
        site_name: "惠民市场".to_owned(),
        what: "堆物".to_owned(),
        level: Severity::General,
        to_rectify: true,
        due,
        found_at: at(1, 9, 0),
        found_by: id(11),
        found_by_name: "11号".to_owned(),
    }
}

fn facts() -> NoticeFacts {
    NoticeFacts { people: people(), ..NoticeFacts::default() }
}

/// Who is told by which rule.
fn told(facts: &NoticeFacts, now: DateTime<Utc>) -> BTreeSet<(NoticeKind, PersonId)> {
    let due = due_notices(&NoticeSettings::default(), facts, now);
    let keys: BTreeSet<_> = due.iter().map(|one| &one.key).collect();
    assert_eq!(keys.len(), due.len(), "each once");
    due.iter().map(|one| (one.kind, one.person)).collect()
}

fn these(kind: NoticeKind, people: &[u128]) -> BTreeSet<(NoticeKind, PersonId)> {
    people.iter().map(|n| (kind, id(*n))).collect()
}

#[test]
fn work_that_is_new_is_told_and_what_is_old_is_no_news() {
    let given = NoticeFacts { tasks: vec![task(11, at(24, 9, 0), day(29), None)], ..facts() };
    assert_eq!(told(&given, at(24, 10, 0)), these(NoticeKind::Assigned, &[11]));
    assert_eq!(told(&given, at(27, 10, 0)), BTreeSet::new());
    let to_oneself = NoticeFacts { tasks: vec![task(13, at(24, 9, 0), day(29), None)], ..facts() };
    assert_eq!(told(&to_oneself, at(24, 10, 0)), BTreeSet::new());
}

#[test]
fn what_is_due_tomorrow_and_what_is_late_is_told_by_the_offices_days() {
    let due = NoticeFacts { hazards: vec![hazard(51, Some(day(20)))], ..facts() };
    assert_eq!(told(&due, at(18, 23, 59)), BTreeSet::new());
    assert_eq!(told(&due, at(19, 0, 0)), these(NoticeKind::DueTomorrow, &[11]));
    assert_eq!(told(&due, at(20, 12, 0)), BTreeSet::new(), "its last day");
    assert_eq!(told(&due, at(21, 0, 0)), these(NoticeKind::Late, &[11]));
    assert_eq!(told(&due, at(23, 0, 0)), these(NoticeKind::Late, &[11, 13]), "of its grid alone");
    assert_eq!(told(&due, at(27, 0, 0)), these(NoticeKind::Late, &[11, 13, 15, 16]));
    assert_eq!(told(&due, at(28, 0, 0)), these(NoticeKind::Late, &[13, 15, 16]), "told for a week");
    let waits = HazardFact { to_rectify: false, ..hazard(51, Some(day(20))) };
    let waits = NoticeFacts { hazards: vec![waits], ..facts() };
    assert_eq!(told(&waits, at(23, 0, 0)), BTreeSet::new(), "it is the office's turn");
}

/// Whoever has it as a task is told of the task; its finder has done their part.
#[test]
fn a_hazard_that_somebody_has_is_told_to_that_one() {
    let both = NoticeFacts {
        tasks: vec![task(12, at(1, 9, 0), day(20), Some(51))],
        hazards: vec![hazard(51, Some(day(20)))],
        ..facts()
    };
    assert_eq!(told(&both, at(19, 9, 0)), these(NoticeKind::DueTomorrow, &[12]));
    assert_eq!(told(&both, at(21, 9, 0)), these(NoticeKind::Late, &[12, 13]), "and who gave it");
}

#[test]
fn a_return_is_told_to_who_put_it_right_and_not_to_who_returned_it() {
    let returned = |by| ReturnFact {
        event: id(71),
        at: at(24, 9, 0),
        by: Some(id(by)),
        by_name: "周宁".to_owned(),
        reason: "看不出净宽".to_owned(),
        rectified_by: Some(id(12)),
        hazard: hazard(51, Some(day(29))),
    };
    let facts = |by| NoticeFacts { returns: vec![returned(by)], ..facts() };
    assert_eq!(told(&facts(13), at(24, 10, 0)), these(NoticeKind::Returned, &[11, 12]));
    assert_eq!(told(&facts(11), at(24, 10, 0)), these(NoticeKind::Returned, &[12]));
    let due = due_notices(&NoticeSettings::default(), &facts(13), at(24, 10, 0));
    let NoticeAbout::Hazard { reason, by, .. } = &due[0].about else { panic!("{due:?}") };
    assert_eq!((reason.as_str(), by.as_str()), ("看不出净宽", "周宁"));
}

#[test]
fn a_major_hazard_an_open_order_and_unsent_work_are_told() {
    let major = HazardFact { level: Severity::Major, found_at: at(24, 9, 0), ..hazard(51, None) };
    let major = NoticeFacts { hazards: vec![major], ..facts() };
    assert_eq!(told(&major, at(24, 10, 0)), these(NoticeKind::MajorFound, &[13, 15, 16]));
    let order = |is_opened| OrderFact {
        order: id(71),
        person: id(11),
        number: "CC-2026-0046".to_owned(),
        opens_at: at(24, 9, 30),
        is_opened,
    };
    let sealed = |is_opened| NoticeFacts { orders: vec![order(is_opened)], ..facts() };
    assert_eq!(told(&sealed(false), at(24, 9, 29)), BTreeSet::new(), "before its hour");
    assert_eq!(told(&sealed(false), at(24, 9, 30)), these(NoticeKind::PlanOpened, &[11]));
    assert_eq!(told(&sealed(true), at(24, 9, 30)), BTreeSet::new());
    let unsent = UnsentFact { person: id(11), count: 2, since: at(22, 10, 0) };
    let unsent = NoticeFacts { unsent: vec![unsent], ..facts() };
    assert_eq!(told(&unsent, at(24, 9, 59)), BTreeSet::new());
    // Of the officers only whoever answers for the grid; a day later the whole office's.
    assert_eq!(told(&unsent, at(24, 10, 0)), these(NoticeKind::UnsentWork, &[11, 13]));
    assert_eq!(told(&unsent, at(25, 10, 0)), these(NoticeKind::UnsentWork, &[11, 13, 16]));
    let of_leader = UnsentFact { person: id(15), count: 1, since: at(22, 10, 0) };
    let of_leader = NoticeFacts { unsent: vec![of_leader], ..facts() };
    assert_eq!(told(&of_leader, at(24, 10, 0)), these(NoticeKind::UnsentWork, &[15]), "of no community");
}

/// Whatever the rules say, an order is told of to its person alone.
#[test]
fn no_rule_tells_others_of_an_order() {
    let everybody = NoticeTo::all().collect();
    let rules = vec![NoticeRule { kind: NoticeKind::PlanOpened, after_days: 0, to: everybody }];
    let settings = NoticeSettings { rules, ..NoticeSettings::default() };
    let (order, number, opens_at) = (id(71), "CC-2026-0046".to_owned(), at(24, 9, 30));
    let order = OrderFact { order, person: id(11), number, opens_at, is_opened: false };
    let due = due_notices(&settings, &NoticeFacts { orders: vec![order], ..facts() }, at(24, 10, 0));
    assert_eq!(due.iter().map(|one| one.person).collect::<Vec<_>>(), [id::<PersonId>(11)]);
}

#[test]
fn who_may_open_nothing_is_told_nothing() {
    let mut facts = NoticeFacts { hazards: vec![hazard(51, Some(day(20)))], ..facts() };
    for actor in &mut facts.people {
        actor.withheld = [Action::UseField, Action::UseOffice].into_iter().collect();
    }
    assert_eq!(told(&facts, at(23, 9, 0)), BTreeSet::new());
}

#[test]
fn quiet_hours_span_midnight_and_what_is_urgent_goes_all_the_same() {
    let quiet = Some(QuietHours { from: 21 * 60, until: 7 * 60 });
    let late = |now| first_try(NoticeKind::Late, quiet, now);
    assert_eq!(late(at(24, 20, 59)), at(24, 20, 59));
    assert_eq!(late(at(24, 21, 0)), at(25, 7, 0));
    assert_eq!(late(at(25, 6, 59)), at(25, 7, 0));
    assert_eq!(late(at(25, 7, 0)), at(25, 7, 0));
    assert_eq!(first_try(NoticeKind::MajorFound, quiet, at(24, 22, 0)), at(24, 22, 0));
    assert_eq!(first_try(NoticeKind::Late, None, at(24, 22, 0)), at(24, 22, 0));
    let noon = Some(QuietHours { from: 12 * 60, until: 14 * 60 });
    assert_eq!(first_try(NoticeKind::Late, noon, at(24, 13, 0)), at(24, 14, 0));
    assert_eq!(first_try(NoticeKind::Late, noon, at(24, 14, 0)), at(24, 14, 0));
    assert_eq!(
        (QuietHours::minutes("21:05"), QuietHours::clock(21 * 60 + 5).as_str()),
        (Some(1265), "21:05")
    );
    assert_eq!((QuietHours::minutes("25:00"), QuietHours::minutes("")), (None, None));
}

#[test]
fn tries_lie_further_apart_and_end_after_a_day() {
    let first = at(24, 10, 0);
    let (mut now, mut tries) = (first, 1);
    while let Some(next) = next_try(first, tries, now) {
        assert!(next > now && next - now <= Duration::hours(1));
        (now, tries) = (next, tries + 1);
    }
    assert!(now <= first + TRIED_FOR && tries > 20, "{tries}");
    assert_eq!(next_try(first, 1, first), Some(first + Duration::minutes(1)));
    assert_eq!(next_try(first, u32::MAX, first), Some(first + Duration::hours(1)));
}

#[test]
fn a_template_says_what_is_wrong_with_it() {
    let fault = |text: &str| SmsTemplate::read(text).unwrap_err();
    assert_eq!(fault("p=${phone}&t=${content}"), TemplateFault::Unknown("content".to_owned()));
    // Whoever is told is of the office: what opens a hazard for its party goes to the party alone.
    assert_eq!(fault("p=${phone}&t=${text}&c=${code}"), TemplateFault::Unknown("code".to_owned()));
    assert_eq!(fault("p=${phone}&t=${text"), TemplateFault::Unclosed);
    assert_eq!(fault("t=${text}"), TemplateFault::Missing(TemplateField::Phone));
    assert_eq!(fault(""), TemplateFault::Missing(TemplateField::Phone));
    assert_eq!(fault(r#"{"p":${phone},"t":${text}}"#), TemplateFault::NotJson);
}

#[test]
fn what_is_filled_in_stays_within_its_field() {
    let values = Values { phone: "138", text: "a\"b&c=\\中", secret: "k", id: "1" };
    let written = SmsTemplate::read(r#"{"p":"${phone}","t":"${text}","k":"${secret}"}"#).unwrap();
    assert_eq!(written.escape(), Escape::Json);
    let read: serde_json::Value = serde_json::from_str(&written.fill(&values)).unwrap();
    assert_eq!(read, json!({ "p": "138", "t": "a\"b&c=\\中", "k": "k" }));
    let form = SmsTemplate::read("p=${phone}&t=${text}").unwrap();
    assert_eq!(form.escape(), Escape::Form);
    assert_eq!(form.fill(&values), "p=138&t=a%22b%26c%3D%5C%E4%B8%AD");
}

#[test]
fn success_is_what_the_named_field_says() {
    let says = |field: &str, value: &str, answer| {
        Success { field: field.to_owned(), value: value.to_owned() }.is_said(&answer)
    };
    assert!(says("code", "0", json!({ "code": 0 })) && says("code", "0", json!({ "code": "0" })));
    assert!(says("data.0.status", "delivered", json!({ "data": [{ "status": "delivered" }] })));
    assert!(says("ok", "true", json!({ "ok": true })));
    for lie in [json!({ "code": 1 }), json!({}), json!(null), json!("ok"), json!({ "code": { "0": 0 } })] {
        assert!(!says("code", "0", lie.clone()), "{lie}");
    }
}

#[test]
fn rules_are_taken_whole_or_not_at_all() {
    let was = NoticeSettings::default();
    let is = NoticeSettings { quiet: None, ..was.clone() };
    let changed = was.changed(is.clone()).unwrap();
    assert_eq!((changed.version, changed.quiet), (1, None));
    assert_eq!(changed.changed(is), Err(SettingsFault::Changed), "by somebody who had read another");
    let with = |rules| was.changed(NoticeSettings { rules, ..was.clone() });
    let rule = |after_days| NoticeRule { kind: NoticeKind::Late, after_days, to: vec![NoticeTo::Own] };
    assert_eq!(with(vec![rule(1), rule(1)]), Err(SettingsFault::Twice(NoticeKind::Late)));
    assert!(matches!(with(vec![rule(91)]), Err(SettingsFault::OverLimit(_))));
    let many = (0..=NOTICE_RULES).map(|n| rule(u16::try_from(n).unwrap())).collect();
    assert!(matches!(with(many), Err(SettingsFault::OverLimit(_))));
    for (from, until) in [(60, 60), (0, 24 * 60)] {
        let quiet = Some(QuietHours { from, until });
        let is = NoticeSettings { quiet, ..was.clone() };
        assert_eq!(was.changed(is), Err(SettingsFault::Quiet), "{from} {until}");
    }
    for to in NoticeTo::all() {
        assert_eq!(NoticeTo::parse(to.as_str()), Some(to));
    }
    assert_eq!(office_day(at(24, 0, 0)), day(24));
}

#[test]
fn a_browser_is_reminded_by_a_known_service_only_and_by_whole_keys() {
    for known in ["fcm.googleapis.com", "FCM.googleapis.com", "wns2.notify.windows.com"] {
        assert!(is_push_host(known, PUSH_HOSTS), "{known}");
    }
    for other in
        ["", "googleapis.com", "notify.windows.com", "evilnotify.windows.com", "fcm.googleapis.com.cn"]
    {
        assert!(!is_push_host(other, PUSH_HOSTS), "{other}");
    }
    let whole = PushSubscription {
        endpoint: "https://fcm.googleapis.com/fcm/send/a".to_owned(),
        p256dh: "B".repeat(87),
        auth: "A".repeat(22),
        lang: Lang::Zh,
    };
    assert_eq!(whole.check(), Ok(()));
    let at = |endpoint: String| PushSubscription { endpoint, ..whole.clone() }.check();
    assert!(matches!(at("a".repeat(5_000)), Err(PushRefusal::OverLimit(_))));
    assert_eq!(at("ftp://fcm.googleapis.com".to_owned()), Err(PushRefusal::Endpoint));
    for wrong in ["", "B", "B+B"] {
        let keyed = PushSubscription { p256dh: wrong.repeat(29), ..whole.clone() };
        assert_eq!(keyed.check(), Err(PushRefusal::Key), "{wrong}");
        let shared = PushSubscription { auth: wrong.to_owned(), ..whole.clone() };
        assert_eq!(shared.check(), Err(PushRefusal::Key), "{wrong}");
    }
    assert!(!format!("{whole:?}").contains("fcm"), "an address is nobody's to log");
}
