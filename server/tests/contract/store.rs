//! Records, in the trade's words.

use app::backend::SiteFilter;
use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    audit::{Act, AuditEntry, AuditFilter, Author, By, Origin, Subject, SubjectKind},
    hazard::{Entry, Hazard},
    id::{OfficeId, OperationId, PersonId},
    ledger::{LedgerFilter, Standing},
    person::Person,
    photo::PhotoHash,
    place::{Community, Grid, Office},
    risk::RiskLevel,
    role::{Role, Scope},
    sector::Sector,
    site::Site,
    sync::Outcome,
    time::office_day,
};
use futures::future::{join, join_all};
use serde_json::json;
use server::storage::{
    Job, JobKind, NewOperation, NewSession, Numbers, Purpose, Record, Result, Store, StoreError, TokenHash,
    Transaction,
};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};
use uuid::Uuid;

pub(super) fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

pub(super) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
}

pub(super) fn office() -> OfficeId {
    id(1)
}

fn site(n: u128, grid: u128) -> Site {
    let name = format!("场所{n}");
    Site {
        // What the store finds it by, it makes itself.
        pinyin: format!(
            "chang suo {}\n{name}\nc{n}\n",
            n.to_string().chars().map(String::from).collect::<Vec<_>>().join(" ")
        ),
        id: id(n),
        community: id(10),
        grid: id(grid),
        name,
        code: format!("C{n}"),
        kinds: vec!["charging-shed".into()],
        sector: Sector::Fire,
        risk: RiskLevel::Considerable,
        address: String::new(),
        location: None,
        contacts: vec![],
        leader: String::new(),
        department: None,
        last_visit: None,
        retired: false,
    }
}

fn person(n: u128, username: &str) -> Person {
    Person {
        id: id(n),
        username: username.to_owned(),
        name: "王芳".to_owned(),
        role: Role::Inspector,
        phone: String::new(),
        department: None,
        grids: vec![id(11)],
        sites: vec![],
        disabled: false,
        last_seen: None,
    }
}

/// An office with two grids, a site in each and one inspector; left open for more.
pub(super) async fn founded(store: &impl Store) -> Box<dyn Transaction> {
    let mut tx = store.write().await.unwrap();
    tx.put_office(&Office { id: office(), name: "测试街道".to_owned(), demo: false }).await.unwrap();
    let community = Community { id: id(10), name: "锦绣社区".to_owned() };
    tx.put_community(office(), &community).await.unwrap();
    for grid in [11, 12] {
        let grid = Grid { id: id(grid), community: community.id, name: format!("第{grid}网格") };
        tx.put_grid(office(), &grid).await.unwrap();
    }
    tx.put_site(office(), &site(21, 11)).await.unwrap();
    tx.put_site(office(), &site(22, 12)).await.unwrap();
    tx.put_person(office(), &person(31, "wang"), Some("$argon2id$")).await.unwrap();
    tx
}

fn operation(n: u128, hash: &str) -> NewOperation {
    NewOperation {
        id: id(n),
        office: office(),
        person: id(31),
        device: id(41),
        schema: 1,
        at: now(),
        received_at: now(),
        hash: hash.to_owned(),
        raw: "{}".to_owned(),
        outcome: Outcome::Later { after_seconds: 7, because: Default::default() },
        brought_by: None,
    }
}

fn entry(n: u128, deed: serde_json::Value) -> Entry {
    let entry = json!({ "event": Uuid::from_u128(n), "at": now(), "by": Uuid::from_u128(31), "name": "王芳", "deed": deed });
    serde_json::from_value(entry).unwrap()
}

fn hazard() -> Hazard {
    let found =
        json!({ "type": "found", "level": "general", "what": "堆物", "photos": [], "due": "2026-11-27" });
    let mut hazard = Hazard::begin(id(51), site(21, 11).placement(), entry(61, found)).unwrap();
    hazard.number = Some("XC-2026-000001".to_owned());
    hazard
}

pub async fn what_is_not_committed_never_was(store: &impl Store) {
    drop(founded(store).await);
    assert_eq!(store.offices().await.unwrap(), []);
    founded(store).await.commit().await.unwrap();
    assert_eq!(store.offices().await.unwrap().len(), 1);
    assert_eq!(store.site(office(), id(21)).await.unwrap(), Some(site(21, 11)));
}

/// Takes the next number of hazards, as a turn does.
async fn next_hazard_number(tx: &mut dyn Transaction, year: i32) -> u64 {
    let mut numbers = tx.numbers(office(), year).await.unwrap();
    numbers.hazard += 1;
    tx.put_numbers(office(), year, &numbers).await.unwrap();
    numbers.hazard
}

pub async fn numbers_run_on_and_are_never_given_twice(store: &impl Store) {
    let mut tx = founded(store).await;
    assert_eq!(tx.numbers(office(), 2026).await.unwrap(), Numbers::default());
    let numbers = Numbers { receipt: 40, hazard: 3, inspection: 0 };
    tx.put_numbers(office(), 2026, &numbers).await.unwrap();
    assert_eq!(tx.numbers(office(), 2027).await.unwrap(), Numbers::default(), "years have their own");
    // Whoever puts back less than there is changes nothing.
    tx.put_numbers(office(), 2026, &Numbers { inspection: 2, ..Numbers::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.numbers(office(), 2026).await.unwrap(), Numbers { inspection: 2, ..numbers });
}

pub async fn numbers_asked_for_at_once_are_all_different(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let ask = |keep: bool| async move {
        let mut tx = store.write().await.unwrap();
        let number = next_hazard_number(&mut *tx, 2026).await;
        tokio::task::yield_now().await;
        if keep {
            tx.commit().await.unwrap();
        }
        keep.then_some(number)
    };
    let given = join_all((0..24).map(|n| ask(n % 3 != 0))).await;
    // Those whose turn was not committed never had theirs: no number is lost with them.
    let mut given: Vec<u64> = given.into_iter().flatten().collect();
    given.sort_unstable();
    assert_eq!(given, (1..=16).collect::<Vec<_>>());
}

pub async fn an_operation_is_recorded_with_its_first_outcome(store: &impl Store) {
    let mut tx = founded(store).await;
    let (known, unknown): (OperationId, OperationId) = (id(71), id(72));
    tx.record(&[operation(71, "first")]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let recorded = tx.recorded(&[known, unknown]).await.unwrap();
    assert_eq!(recorded.keys().collect::<Vec<_>>(), [&known]);
    let recorded = &recorded[&known];
    assert_eq!((recorded.person, recorded.hash.as_str()), (id::<PersonId>(31), "first"));
    assert_eq!(recorded.outcome, Outcome::Later { after_seconds: 7, because: Default::default() });
    assert!(tx.record(&[operation(72, "first"), operation(71, "second")]).await.is_err());
}

pub async fn a_record_keeps_its_newest_change_only(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let before = store.changes(office(), 0, 100).await.unwrap();
    let last = before.last().unwrap().0;
    assert!(before.is_sorted_by(|a, b| a.0 < b.0));
    let mut tx = store.write().await.unwrap();
    for _ in 0..3 {
        tx.touch(office(), &[Record::Site(id(21)), Record::Site(id(21))]).await.unwrap();
    }
    tx.commit().await.unwrap();
    let since = store.changes(office(), last, 100).await.unwrap();
    assert_eq!(since.iter().map(|(_, record)| record).collect::<Vec<_>>(), [&Record::Site(id(21))]);
    assert_eq!(store.changes(office(), 0, 100).await.unwrap().len(), before.len());
    assert_eq!(store.changes(office(), 0, 1).await.unwrap().len(), 1);
}

/// Eight writers, a third of whose turns fail, and one reader who goes on from where the last page ended.
pub async fn a_reader_skips_no_change_however_late_it_commits(store: &impl Store) {
    const WRITERS: usize = 8;
    const TURNS: usize = 12;
    founded(store).await.commit().await.unwrap();
    let start = store.changes(office(), 0, 1000).await.unwrap().last().unwrap().0;
    let writing = Cell::new(WRITERS);
    let committed = RefCell::new(BTreeSet::new());
    let (writing, committed) = (&writing, &committed);
    let write = |writer: usize| async move {
        for turn in 0..TURNS {
            let mut tx = store.write().await.unwrap();
            let records: Vec<_> = (0..=turn % 3).map(|n| format!("w{writer}-{turn}-{n}")).collect();
            for record in &records {
                tx.touch(office(), &[Record::Checklist(record.as_str().into())]).await.unwrap();
                // Others get a word in between the number and its commit.
                tokio::task::yield_now().await;
            }
            if (writer + turn).is_multiple_of(3) {
                continue;
            }
            tx.commit().await.unwrap();
            committed.borrow_mut().extend(records);
        }
        writing.set(writing.get() - 1);
    };
    let read = async {
        let (mut seen, mut cursor) = (BTreeSet::new(), start);
        loop {
            let last_round = writing.get() == 0;
            let page = store.changes(office(), cursor, 7).await.unwrap();
            if page.is_empty() && last_round {
                return seen;
            }
            for (seq, record) in page {
                assert!(seq > cursor, "{seq} after {cursor}");
                cursor = seq;
                let Record::Checklist(id) = record else { panic!("{record:?}") };
                assert!(seen.insert(id.to_string()), "{id} twice");
            }
            tokio::task::yield_now().await;
        }
    };
    let (_, seen) = join(join_all((0..WRITERS).map(write)), read).await;
    assert!(!seen.is_empty());
    assert_eq!(seen, *committed.borrow());
}

pub async fn a_place_is_what_was_put_last(store: &impl Store) {
    let mut tx = founded(store).await;
    let renamed = Grid { id: id(11), community: id(10), name: "东网格".to_owned() };
    tx.put_grid(office(), &renamed).await.unwrap();
    let mut moved = site(21, 12);
    moved.retired = true;
    tx.put_site(office(), &moved).await.unwrap();
    tx.commit().await.unwrap();
    let places = store.places(office()).await.unwrap();
    assert_eq!((places.communities.len(), places.grids.len()), (1, 2));
    assert!(places.grids.contains(&renamed));
    assert_eq!(store.site(office(), id(21)).await.unwrap(), Some(moved));
}

pub async fn codes_and_usernames_belong_to_one(store: &impl Store) {
    let tx = founded(store).await;
    let mut twin = site(23, 11);
    twin.code = site(21, 11).code;
    let taken = |answer: Result<()>| matches!(answer, Err(StoreError::Taken(_)));
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert!(taken(tx.put_site(office(), &twin).await));
    drop(tx);
    let mut tx = store.write().await.unwrap();
    assert!(taken(tx.put_person(office(), &person(32, "wang"), Some("$argon2id$")).await));
    drop(tx);
    let mut tx = store.write().await.unwrap();
    // The same person again is no stranger, and keeps the password where none is given.
    tx.put_person(office(), &person(31, "wang"), None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.account("wang").await.unwrap().unwrap().password_hash, "$argon2id$");
    assert!(store.account("nobody").await.unwrap().is_none());
}

pub async fn lists_hold_what_the_scope_covers(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let covered = [
        (Scope::Office, 2, 1),
        (Scope::Grids(vec![id(11)]), 1, 1),
        (Scope::Grids(vec![id(12)]), 1, 0),
        (Scope::Sites(vec![id(22)]), 1, 0),
        (Scope::Sites(vec![]), 0, 0),
    ];
    for (scope, sites, hazards) in covered {
        let filter = SiteFilter { page: 1, ..SiteFilter::default() };
        let page = store.sites(office(), &scope, &filter, now()).await.unwrap();
        let ledger = LedgerFilter { page: 1, ..LedgerFilter::default() };
        let ledger = store.ledger(office(), &scope, &ledger, office_day(now())).await.unwrap();
        assert_eq!((page.rows.len(), ledger.rows.len()), (sites, hazards), "{scope:?}");
    }
}

pub async fn words_are_found_whatever_their_case(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_site(office(), &Site { name: "百合Home 5%折".to_owned(), ..site(23, 11) }).await.unwrap();
    tx.commit().await.unwrap();
    for (query, found) in
        [("home", 1), ("百合", 1), ("5%", 1), ("5_", 0), ("c23 百合", 1), ("c22 百合", 0), ("c2", 3)]
    {
        let filter = SiteFilter { page: 1, query: query.to_owned(), ..SiteFilter::default() };
        let page = store.sites(office(), &Scope::Office, &filter, now()).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (found, found as u64), "{query}");
    }
    assert!(store.account("WANG").await.unwrap().is_some());
}

/// Two of the same kind at one site recur; one is late, one is major, one is closed.
pub async fn figures_agree_with_the_rows(store: &impl Store) {
    let mut tx = founded(store).await;
    for (n, level, due, closed) in [
        (0, "general", "2026-11-20", false),
        (1, "major", "2026-11-25", false),
        (2, "general", "2026-11-20", true),
    ] {
        let fixed = closed.then(|| json!({ "photos": [PhotoHash::of(b"after")] }));
        let found = json!({ "type": "found", "level": level, "what": format!("堆物{n}"), "photos": [], "due": due,
            "checklist": "fire-access", "item": "stairs", "fixed": fixed });
        let mut hazard = Hazard::begin(id(80 + n), site(21, 11).placement(), entry(90 + n, found)).unwrap();
        hazard.number = Some(format!("XC-2026-00000{n}"));
        tx.put_hazards(office(), &[hazard], now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let figures = store.overview(office(), &Scope::Office, now()).await.unwrap();
    assert_eq!((figures.open, figures.late, figures.major, figures.due_this_week), (2, 1, 1, 1));
    assert_eq!((figures.worst_days, figures.closed_this_month), (4, 1));
    assert_eq!(figures.by_sector, [(Sector::Fire, 2)]);
    assert_eq!(figures.by_community.len(), 1);
    assert_eq!(figures.weeks.iter().map(|week| (week.found, week.closed)).next_back(), Some((3, 1)));
    assert_eq!(figures.recurring.iter().map(|again| again.times).collect::<Vec<_>>(), [3]);
    for (standing, rows) in
        [(Standing::Open, 2), (Standing::Late, 1), (Standing::Closed, 1), (Standing::Any, 3)]
    {
        let filter = LedgerFilter { page: 1, standing, ..LedgerFilter::default() };
        let page = store.ledger(office(), &Scope::Office, &filter, office_day(now())).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (rows, rows as u64), "{standing:?}");
    }
    let elsewhere = store.overview(office(), &Scope::Grids(vec![id(12)]), now()).await.unwrap();
    assert_eq!((elsewhere.open, elsewhere.recurring.len()), (0, 0));
}

pub async fn a_hazards_log_grows_and_keeps_what_it_had(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let plan = json!({ "type": "assigned", "responsible": "物业", "measures": "清走", "funds": "0",
        "deadline": "2026-12-01", "contingency": "专人看守" });
    let (assigned, misfit) = hazard().take(entry(62, plan));
    assert_eq!(misfit, None);
    for _ in 0..2 {
        let mut tx = store.write().await.unwrap();
        tx.put_hazards(office(), std::slice::from_ref(&assigned), now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(store.hazard(office(), assigned.id).await.unwrap(), Some(assigned));
}

pub async fn a_session_ends_by_time_by_hand_and_with_the_account(store: &impl Store) {
    let token = |n: u8| TokenHash([n; 32]);
    let mut tx = founded(store).await;
    for n in 1..=3 {
        let device_name = format!("手机{n}");
        let expires = now() + Duration::hours(n.into());
        let session = NewSession {
            token: token(n),
            half: None,
            person: id(31),
            purpose: Purpose::Field,
            device_name,
            now: now(),
            expires,
            ends: now() + Duration::hours(9),
        };
        tx.put_session(&session).await.unwrap();
    }
    tx.commit().await.unwrap();
    let later = now() + Duration::minutes(90);
    assert!(store.session(&token(1), later).await.unwrap().is_none());
    let second = store.session(&token(2), later).await.unwrap().unwrap();
    assert_eq!((second.person.username.as_str(), second.device_name.as_str()), ("wang", "手机2"));

    let mut tx = store.write().await.unwrap();
    tx.end_session(id(99), second.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.sessions_of(id(31), later).await.unwrap().len(), 2, "a stranger ended it");
    let mut tx = store.write().await.unwrap();
    tx.end_session(id(31), second.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.session(&token(2), later).await.unwrap().is_none());

    let mut tx = store.write().await.unwrap();
    let disabled = Person { disabled: true, ..person(31, "wang") };
    tx.put_person(office(), &disabled, None).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.session(&token(3), later).await.unwrap().is_none());
}

pub async fn tries_are_counted_until_they_are_old_or_taken_back(store: &impl Store) {
    let (account, address) = ("account wang", "address 10.0.0.1");
    let hour = Duration::hours(1);
    let mut tx = store.write().await.unwrap();
    for n in 0..3 {
        let at = now() + hour * n;
        tx.put_try(&[account, address], at, at - hour).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let times = tx.tries(account, now()).await.unwrap();
    assert_eq!(times, [now() + hour, now() + hour * 2], "the first was old when the last came");
    assert_eq!(tx.tries(account, now() + hour * 2).await.unwrap(), [now() + hour * 2]);
    tx.forget_tries(account, now()).await.unwrap();
    tx.forget_tries(address, now() + hour * 2).await.unwrap();
    assert!(tx.tries(account, now()).await.unwrap().is_empty());
    assert_eq!(tx.tries(address, now()).await.unwrap(), [now() + hour]);
}

pub async fn an_id_belongs_to_one_office(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.put_office(&Office { id: id(2), name: "另一街道".to_owned(), demo: false }).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert!(tx.hazards(id(2), &[id(51)]).await.unwrap().is_empty());
    assert_eq!(tx.known_hazards(&[id(51), id(52)]).await.unwrap(), [id(51)].into());
    let mut stolen = hazard();
    stolen.number = Some("XC-2026-000009".to_owned());
    let (stolen, _) = stolen.take(entry(63, json!({ "type": "rectified", "photos": [] })));
    assert!(tx.put_hazards(id(2), &[stolen], now()).await.is_err());
    drop(tx);
    assert_eq!(store.hazard(office(), id(51)).await.unwrap(), Some(hazard()));
}

/// Many servers ask at once; a job whose server died comes again, one that was done does not.
pub async fn a_job_is_one_servers_until_its_lease_ends(store: &impl Store) {
    let mut tx = founded(store).await;
    let subjects: Vec<_> = (0..5).map(|n| n.to_string()).collect();
    for _ in 0..2 {
        tx.put_jobs(office(), JobKind::Develop, &subjects, now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(store.next_job().await.unwrap(), Some(now()));
    let until = now() + Duration::minutes(1);
    let lease = |at: DateTime<Utc>| async move {
        let mut tx = store.write().await.unwrap();
        let jobs = tx.lease_jobs(at, until, 2).await.unwrap();
        tx.commit().await.unwrap();
        jobs
    };
    let leased: Vec<Job> = join_all((0..6).map(|_| lease(now()))).await.concat();
    let taken: BTreeSet<_> = leased.iter().map(|job| job.subject.clone()).collect();
    assert_eq!((leased.len(), taken.len()), (5, 5));
    assert_eq!(store.next_job().await.unwrap(), Some(until));
    let mut tx = store.write().await.unwrap();
    for job in &leased[1..] {
        tx.end_job(job).await.unwrap();
    }
    tx.commit().await.unwrap();
    let again = lease(until).await;
    assert_eq!(again, [Job { tries: 1, ..leased[0].clone() }]);
}

pub async fn what_was_done_is_found_by_who_what_and_when(store: &impl Store) {
    let by = By::Person { id: id(31), name: "王芳".to_owned() };
    let origin = Origin {
        address: Some("10.0.0.1".to_owned()),
        device: "Windows · Chrome".to_owned(),
        session: Some("ab12".to_owned()),
    };
    let author = Author { by, origin };
    let at = |hours| now() + Duration::hours(hours);
    let subject = |n, label: &str| Subject::new(SubjectKind::Site, Uuid::from_u128(n), label);
    let made = AuditEntry::new(id(1), at(0), office(), &author, Act::Added, subject(21, "锦绣家园"));
    let changed = AuditEntry::new(id(2), at(24), office(), &author, Act::Changed, subject(21, "锦绣家园"))
        .change(&json!({ "risk": "low" }), &json!({ "risk": "major" }));
    let refused = Author { by: By::Nobody, origin: Origin::default() };
    let account = Subject::new(SubjectKind::Account, None, "root");
    let refused = AuditEntry::new(id(3), at(25), None, &refused, Act::SignInRefused, account);
    let command = Author::command_line();
    let elsewhere =
        AuditEntry::new(id(4), at(26), OfficeId(id(2)), &command, Act::Added, subject(22, "别处"));
    let mut tx = store.write().await.unwrap();
    for entry in [&made, &changed, &refused, &elsewhere] {
        tx.put_audit(entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    let found = async |filter: AuditFilter| {
        let page = store.audit(office(), &AuditFilter { page: 1, ..filter }).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows
    };
    let filter = AuditFilter::default;
    let all = [refused.clone(), changed.clone(), made.clone()];
    assert_eq!(found(filter()).await, all, "newest first, and none of another office");
    assert_eq!(found(AuditFilter { person: Some(id(31)), ..filter() }).await, all[1..]);
    assert_eq!(found(AuditFilter { act: Some(Act::Added), ..filter() }).await, all[2..]);
    assert_eq!(found(AuditFilter { subject: Some(SubjectKind::Account), ..filter() }).await, all[..1]);
    assert_eq!(found(AuditFilter { subject_id: Some(Uuid::from_u128(21)), ..filter() }).await, all[1..]);
    assert_eq!(found(AuditFilter { query: "锦绣 10.0".to_owned(), ..filter() }).await, all[1..]);
    let day = office_day(at(24));
    assert_eq!(found(AuditFilter { from: Some(day), ..filter() }).await, all[..2]);
    assert_eq!(found(AuditFilter { to: day.pred_opt(), ..filter() }).await, all[2..]);
}
