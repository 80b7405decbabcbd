//! What travels between phone and office.

use crate::{
    forms::forms,
    replies::{bare_receipt, reasons, receipt, refusal},
    stays,
    values::{actor, at, at_the_phone, bare_site, day, directory, id, photo, scopes, site},
    work::{bare_hazard, hazard_with_log, operations},
};
use domain::{
    device::heartbeat::{Heartbeat, Unsent},
    id::{FormId, SiteId},
    notice::{Notice, NoticeAbout, NoticeKind, PushKey, PushSubscription},
    role::{Action, Actor, Role, Scope},
    spot_check::{ContentKey, OrderKey, OrderLeader, OrderState, OrderWords, SealedOrder},
    sync::{
        Credentials, Cursor, DirectoryHead, Due, EarlierRecords, Envelope, NewPassword, OperationResult,
        Outcome, PhotoReceipt, Postponed, Problem, Reason, RecordKind, Refusal, SignedIn, StoredRecord,
        SyncRecord, SyncRequest, SyncResponse, Unpacking,
    },
    task::{Task, TaskAbout, TaskEvent, TaskRecord, TaskState},
    text::Lang,
    time::office_day,
    visit::{Tally, VisitNature, VisitOutcome, VisitSummary},
};

#[test]
fn operations_are_sent() {
    stays("operations", &operations());
}

fn heartbeat() -> Heartbeat {
    let unsent = Unsent { visits: 6, hazards: 2, others: 1, photos: 22, photo_bytes: 61_000_000, refused: 1 };
    Heartbeat { number: 17, unsent, drafts: 1, oldest: Some(at()), last_sync: Some(at_the_phone()) }
}

#[test]
fn a_phone_asks() {
    let raw = operations().iter().take(1).map(|operation| serde_json::to_value(operation).unwrap()).collect();
    let request = SyncRequest {
        device: id(0x61),
        now: at_the_phone(),
        cursor: Some(Cursor("17".into())),
        operations: raw,
        pull: true,
        page_bytes: Some(524_288),
        app: "0.1.0".into(),
        heartbeat: Some(heartbeat()),
    };
    let bare = SyncRequest {
        device: id(0x61),
        now: at(),
        cursor: None,
        operations: vec![],
        pull: false,
        page_bytes: None,
        app: String::new(),
        heartbeat: None,
    };
    stays("sync_requests", &[request, bare]);
}

fn outcomes() -> Vec<Outcome> {
    let kept = Refusal { kept: Some(receipt()), ..refusal(Reason::NotAllowed) };
    let refused = reasons().into_iter().map(|reason| Outcome::Refused { refusal: refusal(reason) });
    let later = words!(Postponed { Busy, Quota, PhotoFacts }).into_iter();
    let later = later.map(|because| Outcome::RetryAfter { after_seconds: 60, because });
    let outcomes = every!(Outcome {
        Outcome::Received { .. } => [
            Outcome::Received { receipt: receipt() },
            Outcome::Received { receipt: bare_receipt() },
        ],
        Outcome::AlreadyReceived { .. } => [Outcome::AlreadyReceived { receipt: receipt() }],
        Outcome::Refused { .. } => [Outcome::Refused { refusal: kept }],
        Outcome::RetryAfter { .. } => [Outcome::RetryAfter { after_seconds: 3_600, because: Postponed::Busy }],
    });
    outcomes.into_iter().chain(refused).chain(later).collect()
}

#[test]
fn the_office_answers() {
    let answered =
        outcomes().into_iter().map(|outcome| OperationResult { operation: Some(id(0x51)), outcome });
    let nameless = OperationResult {
        operation: None,
        outcome: Outcome::Refused { refusal: refusal(Reason::Malformed { detail: "no id".into() }) },
    };
    let bare = SyncResponse {
        now: at(),
        outcomes: vec![],
        changes: vec![],
        cursor: None,
        reset: false,
        more: false,
        passed_over: vec![],
        pull_failed: false,
        heard: false,
    };
    let full = SyncResponse {
        outcomes: answered.chain([nameless]).collect(),
        changes: vec![Envelope::of(&bare_site()).unwrap(), Envelope::gone(RecordKind::Site, id::<SiteId>(5))],
        cursor: Some(Cursor("18".into())),
        reset: true,
        more: true,
        passed_over: vec!["site/5".into()],
        pull_failed: true,
        heard: true,
        ..bare.clone()
    };
    stays("sync_responses", &[full, bare]);
}

#[test]
fn a_sites_past_travels() {
    let more = EarlierRecords {
        records: vec![Envelope::of(&summary()).unwrap()],
        before: Some("1764036000000.21".into()),
    };
    let last = EarlierRecords { records: vec![], before: None };
    stays("earlier_records", &[more, last]);
}

fn summary() -> VisitSummary {
    VisitSummary {
        id: id(0x21),
        number: "JC-2026-001203".into(),
        site: id(5),
        nature: VisitNature::Patrol,
        outcome: VisitOutcome::Done,
        forms: vec![FormId::from("shed"), FormId::from("doors")],
        inspector: id(0x11),
        inspector_name: "王磊".into(),
        submitted_at: at(),
        tally: Tally { passed: 7, failed: 1, not_applicable: 2, information: 3, still_open: 1 },
    }
}

fn sealed_order() -> SealedOrder {
    let words = OrderWords {
        salt: "00112233445566778899aabbccddeeff".into(),
        rounds: 1_000_000,
        wrapped: "0011".into(),
        list: "白鹭 bai lu\n".into(),
    };
    let key = Some(ContentKey([7; 32]));
    SealedOrder {
        id: id(0x71),
        number: "CC-2026-0046".into(),
        person: id(0x11),
        opens_at: at(),
        until: day(),
        leader: OrderLeader { name: "韩立新".into(), phone: "0371-68980000".into() },
        team: vec!["王磊".into(), "赵欣".into()],
        meet: "9:20 东门上车".into(),
        bring: "执法证、执法记录仪".into(),
        state: OrderState::Sealed { content: "AAAA".into(), words, key },
    }
}

/// What it is before its hour, and once it was withdrawn.
#[test]
fn orders_that_open_nothing_travel() {
    let sealed = sealed_order();
    let OrderState::Sealed { content, words, .. } = sealed.state.clone() else { panic!("sealed") };
    let words = OrderWords { list: String::new(), ..words };
    let closed = OrderState::Sealed { content, words, key: None };
    let (meet, bring, team) = (String::new(), String::new(), vec![]);
    let leader = OrderLeader { name: "韩立新".into(), phone: String::new() };
    let bare = SealedOrder { meet, bring, team, leader, state: closed, ..sealed.clone() };
    let withdrawn = SealedOrder { state: OrderState::Withdrawn { at: at() }, ..sealed };
    stays("sealed_orders", &[bare, withdrawn]);
    stays("order_keys", &[OrderKey { key: ContentKey([7; 32]) }]);
}

fn task() -> Task {
    let record = TaskRecord {
        id: id(0x62),
        at: at(),
        received_at: Some(at()),
        by: Some(id(0x13)),
        name: "周宁".into(),
        event: TaskEvent::Given { to: id(0x11), name: "王磊".into() },
    };
    Task {
        id: id(0x61),
        person: id(0x11),
        person_name: "王磊".into(),
        from: id(0x13),
        from_name: "周宁".into(),
        about: TaskAbout::Visit {
            site: id(5), site_name: "惠民市场北门".into(), forms: vec!["shed".into()]
        },
        note: "节前看一看".into(),
        until: office_day(at()),
        given_at: at(),
        state: TaskState::Open,
        events: vec![record],
    }
}

/// One of each kind and of each that they can be about.
fn notices() -> Vec<Notice> {
    let about = every!(NoticeAbout {
        NoticeAbout::Task { .. } => [NoticeAbout::Task {
            task: id(0x61),
            site: id(5),
            site_name: "惠民市场北门".into(),
            hazard: Some(id(0x31)),
            what: "消防通道堆放杂物".into(),
            from: "周宁".into(),
            until: office_day(at()),
        }],
        NoticeAbout::Hazard { .. } => [
            NoticeAbout::Hazard {
                hazard: id(0x31),
                site_name: "惠民市场北门".into(),
                what: "消防通道堆放杂物".into(),
                due: Some(office_day(at())),
                by: "周宁".into(),
                reason: "看不出净宽，补测一张".into(),
            },
            NoticeAbout::Hazard {
                hazard: id(0x31),
                site_name: "惠民市场北门".into(),
                what: "消防通道堆放杂物".into(),
                due: None,
                by: String::new(),
                reason: String::new(),
            },
        ],
        NoticeAbout::Order { .. } => [
            NoticeAbout::Order { order: id(0x71), number: "CC-2026-0046".into(), opens_at: at() },
        ],
        NoticeAbout::Unsent { .. } => [
            NoticeAbout::Unsent { person: id(0x11), name: "王磊".into(), count: 2, since: at() },
        ],
    });
    let kinds =
        words!(NoticeKind { Assigned, DueTomorrow, Late, Returned, MajorFound, PlanOpened, UnsentWork });
    let notice = |(kind, about)| Notice {
        id: id(0x81),
        person: id(0x11),
        kind,
        about,
        made_at: at(),
        seen_at: (kind == NoticeKind::Late).then(at),
    };
    kinds.into_iter().zip(about.into_iter().cycle()).map(notice).collect()
}

#[test]
fn notices_travel() {
    stays("notices", &notices());
}

/// A kind that is new has to be added here, or nothing compiles.
fn envelope(kind: RecordKind) -> Envelope {
    let made = match kind {
        RecordKind::Directory => Envelope::of(&directory()),
        RecordKind::Site => Envelope::of(&site()),
        RecordKind::Form => Envelope::of(&forms()[0]),
        RecordKind::Hazard => Envelope::of(&hazard_with_log()),
        RecordKind::Visit => Envelope::of(&summary()),
        RecordKind::SealedOrder => Envelope::of(&sealed_order()),
        RecordKind::Task => Envelope::of(&task()),
        RecordKind::Notice => Envelope::of(&notices()[0]),
    };
    made.unwrap()
}

#[test]
fn records_travel() {
    stays("envelopes", &RecordKind::ALL.map(envelope));
    stays("envelopes_bare", &[Envelope::of(&bare_site()).unwrap(), Envelope::of(&bare_hazard()).unwrap()]);
    stays("envelopes_gone", &RecordKind::ALL.map(|kind| Envelope::gone(kind, id::<SiteId>(5))));
}

/// Through the envelope and through the phone's store.
fn comes_through<R: SyncRecord + PartialEq>(record: &R) {
    let stored = Envelope::of(record).unwrap();
    let text = serde_json::to_string(&stored.stored().unwrap()).unwrap();
    let read: StoredRecord<R> = serde_json::from_str(&text).unwrap();
    assert!(read.understood().as_ref() == Some(record), "read as something else: {text}");
}

#[test]
fn records_come_through() {
    comes_through(&directory());
    comes_through(&site());
    comes_through(&bare_site());
    comes_through(&forms()[0]);
    comes_through(&hazard_with_log());
    comes_through(&bare_hazard());
    comes_through(&summary());
    comes_through(&sealed_order());
    comes_through(&notices()[0]);
}

#[test]
fn receipts_are_given() {
    stays("receipts", &[receipt(), bare_receipt()]);
    let states = words!(Unpacking { ToCome, Done, Failed });
    let receipts = states.into_iter().map(|unpacking| PhotoReceipt {
        hash: photo(1),
        bytes: 123_456,
        at: at(),
        unpacking,
    });
    stays("photo_receipts", &receipts.collect::<Vec<_>>());
}

#[test]
fn a_browser_is_handed_over() {
    stays("push_keys", &[PushKey { key: "B".repeat(87), on: true }]);
    let subscriptions = [Lang::Zh, Lang::En].map(|lang| PushSubscription {
        endpoint: "https://fcm.googleapis.com/fcm/send/a".into(),
        p256dh: "B".repeat(87),
        auth: "A".repeat(22),
        lang,
    });
    stays("push_subscriptions", &subscriptions);
}

#[test]
fn what_a_first_screen_needs_is_read_whatever_a_later_version_says_of_the_rest() {
    let whole = directory();
    let mut sent = serde_json::to_value(&whole).unwrap();
    sent["inspection"] = serde_json::json!({ "of_tomorrow": 7 });
    let head: DirectoryHead = domain::json::read_value(&sent).unwrap();
    assert_eq!((head.office, head.me), (whole.office, whole.me));
    assert_eq!((head.communities, head.grids), (whole.communities, whole.grids));
    assert_eq!((head.departments, head.kinds), (whole.departments, whole.kinds));
    assert_eq!(head.intervals, whole.intervals);
}

#[test]
fn people_sign_in() {
    let credentials = Credentials {
        username: "wanglei".into(),
        password: "六个字的口令".into(),
        device_name: "Android Chrome".into(),
    };
    stays("credentials", &[credentials]);
    stays("new_passwords", &[NewPassword { old: "一二三".into(), new: "四五六".into() }]);
    stays("problems", &[Problem::new("sign_in", 401, "请重新登录".into())]);
    let known = |actor: Actor, due: Option<Due>| SignedIn {
        actor,
        office: "新城街道".into(),
        demo: due == Some(Due::Password),
        due,
    };
    let officer = Actor { role: Role::Officer, ..actor(Scope::Office) };
    let dues = words!(Due { Password, SecondFactor }).into_iter();
    let dues = dues.map(|due| known(officer.clone(), Some(due)));
    let scopes = scopes().into_iter().map(|scope| known(actor(scope), None));
    let narrowed = Actor { withheld: [Action::Recheck].into_iter().collect(), ..officer.clone() };
    let limited = Actor { extension_limit: Some(30), ..officer.clone() };
    let all = dues.chain(scopes).chain([known(narrowed, None), known(limited, None)]);
    stays("signed_in", &all.collect::<Vec<_>>());
}
