//! Work behind the answers: put once, taken by one, kept where it fails.

use super::{founded, id, now, office};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::OfficeId,
    job::{JobCount, JobState},
    place::Office,
};
use futures::future::join_all;
use std::collections::{BTreeSet, HashMap};
use storage::{JobEnd, JobExchange, KnownJob, LeasedJob, NewJob, Store};
use uuid::Uuid;

const LEASE: Duration = Duration::minutes(1);

fn known(name: &'static str) -> KnownJob {
    KnownJob { name, lease: LEASE }
}

fn all() -> [KnownJob; 2] {
    [known("photo"), KnownJob { name: "report", lease: Duration::minutes(5) }]
}

/// Of the office; its key is its number.
fn job(n: u128) -> NewJob {
    NewJob {
        id: id(n),
        office: Some(office()),
        name: "photo",
        key: n.to_string(),
        payload: format!("{{\"n\":{n}}}"),
        priority: 10,
        run_at: now(),
    }
}

async fn put(store: &impl Store, jobs: &[NewJob]) {
    let mut tx = store.write().await.unwrap();
    tx.put_jobs(jobs).await.unwrap();
    tx.commit().await.unwrap();
}

async fn lease(store: &impl Store, at: DateTime<Utc>, most: u32) -> Vec<LeasedJob> {
    lease_of(store, at, &all(), most).await
}

async fn lease_of(store: &impl Store, at: DateTime<Utc>, known: &[KnownJob], most: u32) -> Vec<LeasedJob> {
    store.settle_and_lease_jobs(&[], at, Uuid::new_v4(), known, most).await.unwrap().leased
}

/// Whether the job was still theirs.
async fn settle(store: &impl Store, job: &LeasedJob, end: &JobEnd) -> bool {
    let ended = [(job.clone(), end.clone())];
    let exchange = store.settle_and_lease_jobs(&ended, now(), Uuid::new_v4(), &all(), 0).await.unwrap();
    assert_eq!(exchange.leased, []);
    exchange.settled == 1
}

/// By what they were numbered.
fn numbers(jobs: &[LeasedJob]) -> Vec<u128> {
    jobs.iter().map(|job| job.id.0.as_u128()).collect()
}

pub async fn jobs_are_taken_by_priority_and_then_by_age(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let older = NewJob { run_at: now() - Duration::hours(1), ..job(1) };
    let urgent = NewJob { priority: 30, ..job(3) };
    let tomorrow = NewJob { priority: 90, run_at: now() + Duration::days(1), ..job(4) };
    put(store, &[job(2), tomorrow, urgent, older]).await;
    let leased = lease(store, now(), 2).await;
    assert_eq!(numbers(&leased), [3, 1], "the urgent one, then the oldest");
    assert_eq!((leased[0].payload.as_str(), leased[0].key.as_str()), ("{\"n\":3}", "3"));
    assert_eq!((leased[0].attempt, leased[0].office), (1, Some(office())));
    assert_eq!(numbers(&lease(store, now(), 9).await), [2], "what is due and nobody has");
    assert_eq!(numbers(&lease(store, now() + LEASE - Duration::seconds(1), 9).await), []);
    assert_eq!(numbers(&lease(store, now() + Duration::days(1), 1).await), [4]);
}

/// Many servers ask at once; a job whose server died comes again, one that was done does not.
pub async fn a_job_is_one_servers_until_its_lease_ends(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    put(store, &(1..=5).map(job).collect::<Vec<_>>()).await;
    assert_eq!(store.next_job(&all()).await.unwrap(), Some(now()));
    let leased = join_all((0..6).map(|_| lease(store, now(), 2))).await.concat();
    let taken: BTreeSet<_> = numbers(&leased).into_iter().collect();
    assert_eq!((leased.len(), taken.len()), (5, 5));
    let until = now() + LEASE;
    assert_eq!(store.next_job(&all()).await.unwrap(), Some(until), "when the first lease ends");
    // What ended and what comes next in one: there is nothing next.
    let ended: Vec<_> = leased[1..].iter().map(|job| (job.clone(), JobEnd::Done)).collect();
    let exchange = store.settle_and_lease_jobs(&ended, now(), Uuid::new_v4(), &all(), 9).await.unwrap();
    assert_eq!(exchange, JobExchange { settled: 4, leased: vec![] });
    let again = lease(store, until, 9).await;
    let [taken_over] = again.as_slice() else { panic!("{again:?}") };
    assert_eq!(*taken_over, LeasedJob { attempt: 2, lease: taken_over.lease, ..leased[0].clone() });
    // Whoever was thought dead and is not has no say any more.
    let late = JobEnd::Failed { at: until, failure: "no".into() };
    for end in [JobEnd::Done, late] {
        assert!(!settle(store, &leased[0], &end).await);
    }
    assert!(settle(store, taken_over, &JobEnd::Done).await);
    assert!(!settle(store, taken_over, &JobEnd::Done).await, "it is no more");
    assert_eq!(store.next_job(&all()).await.unwrap(), None);
}

pub async fn a_job_that_is_given_back_waits_as_it_did(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    put(store, &[job(1)]).await;
    let first = lease(store, now(), 1).await;
    assert!(settle(store, &first[0], &JobEnd::GivenBack).await);
    assert!(!settle(store, &first[0], &JobEnd::GivenBack).await, "it is nobody's now");
    assert_eq!(store.next_job(&all()).await.unwrap(), Some(now()), "at once");
    let rows = store.jobs(office(), 1).await.unwrap().rows;
    assert_eq!((rows[0].state, rows[0].attempts, rows[0].failure.as_deref()), (JobState::Waiting, 0, None));
    let second = lease(store, now(), 1).await;
    assert_eq!(second[0].attempt, 1, "that was no attempt");
}

pub async fn a_lease_is_renewed_by_whoever_has_it(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let report = NewJob { name: "report", ..job(2) };
    put(store, &[job(1), report]).await;
    let leased = lease(store, now(), 9).await;
    let of = |key: &str| leased.iter().find(|job| job.key == key).unwrap();
    let (photo, report) = (of("1"), of("2"));
    let soon = now() + Duration::seconds(50);
    assert!(store.renew_job(photo, soon + LEASE).await.unwrap());
    assert_eq!(numbers(&lease(store, now() + LEASE, 9).await), [], "renewed in time");
    assert_eq!(numbers(&lease(store, soon + LEASE, 9).await), [1], "each name has a lease of its own length");
    assert!(!store.renew_job(photo, soon + LEASE * 3).await.unwrap(), "it was taken over");
    assert!(store.renew_job(report, soon + LEASE).await.unwrap());
    assert!(settle(store, report, &JobEnd::Done).await);
    assert!(!store.renew_job(report, soon + LEASE).await.unwrap(), "it is no more");
}

pub async fn a_job_is_put_once_by_office_name_and_key(store: &impl Store) {
    let other: OfficeId = id(2);
    let mut tx = founded(store).await;
    tx.put_office(&Office { id: other, name: "邻街道".to_owned(), demo: false }).await.unwrap();
    tx.commit().await.unwrap();
    let again = |n| NewJob { id: id(n), payload: "{}".to_owned(), priority: 90, ..job(1) };
    put(store, &[job(1), again(2)]).await;
    put(store, &[again(3)]).await;
    put(store, &[NewJob { office: Some(other), ..again(4) }, NewJob { name: "report", ..again(5) }]).await;
    // Of the installation, which is an office like others in this.
    put(store, &[NewJob { office: None, ..again(6) }, NewJob { office: None, ..again(7) }]).await;
    let leased = lease(store, now(), 9).await;
    let taken: BTreeSet<_> = numbers(&leased).into_iter().collect();
    assert_eq!(taken, BTreeSet::from([1, 4, 5, 6]));
    assert_eq!(
        leased.iter().find(|job| job.id.0.as_u128() == 1).unwrap().payload,
        "{\"n\":1}",
        "as it was first put"
    );
    put(store, &[again(8)]).await;
    assert_eq!(numbers(&lease(store, now(), 9).await), [], "it runs already");
    for job in &leased {
        assert!(settle(store, job, &JobEnd::Done).await);
    }
    put(store, &[again(9)]).await;
    assert_eq!(numbers(&lease(store, now(), 9).await), [9], "what is done may be wanted again");
}

pub async fn a_job_that_failed_stays_until_somebody_says_what_becomes_of_it(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    put(store, &[job(1), NewJob { name: "report", office: None, ..job(2) }]).await;
    let leased = lease(store, now(), 9).await;
    let later = now() + Duration::minutes(3);
    let put_off = JobEnd::Later { run_at: later, attempts: 1, failure: "no signal".into() };
    for job in &leased {
        assert!(settle(store, job, &put_off).await);
    }
    assert_eq!(store.next_job(&all()).await.unwrap(), Some(later));
    assert_eq!(numbers(&lease(store, later - Duration::seconds(1), 9).await), [], "not before its time");
    let waiting = store.jobs(office(), 1).await.unwrap();
    let row = waiting.rows.iter().find(|row| row.key == "1").unwrap();
    assert_eq!((row.state, row.attempts, row.run_at), (JobState::Waiting, 1, later));
    assert_eq!(row.failure.as_deref(), Some("no signal"));
    assert!(store.write().await.unwrap().failed_job(office(), id(1)).await.unwrap().is_none(), "it has not");

    let leased = lease(store, later, 9).await;
    assert!(leased.iter().all(|job| job.attempt == 2));
    let failed = JobEnd::Failed { at: later, failure: "a wall".into() };
    for job in &leased {
        assert!(settle(store, job, &failed).await);
    }
    put(store, &[NewJob { id: id(9), ..job(1) }]).await;
    assert_eq!(store.next_job(&all()).await.unwrap(), None, "nobody tries them, and none is put beside them");
    assert_eq!(numbers(&lease(store, later + Duration::days(9), 9).await), []);
    let count = |name: &str, waiting, failed| JobCount { name: name.to_owned(), waiting, running: 0, failed };
    assert_eq!(store.job_counts().await.unwrap(), [count("photo", 0, 1), count("report", 0, 1)]);
    let page = store.jobs(office(), 1).await.unwrap();
    assert_eq!((page.total(), page.rows.len()), (2, 2));
    let row = page.rows.iter().find(|row| row.key == "1").unwrap();
    assert_eq!((row.state, row.attempts, row.failed_at), (JobState::Failed, 2, Some(later)));
    assert_eq!((row.name.as_str(), row.key.as_str()), ("photo", "1"));
    assert_eq!(row.failure.as_deref(), Some("a wall"));
    // Another office sees what belongs to none.
    let others = store.jobs(id(2), 1).await.unwrap();
    assert_eq!((others.total(), others.rows[0].id), (1, id(2)));
    assert_eq!(store.write().await.unwrap().failed_job(id(2), id(1)).await.unwrap(), None);

    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.failed_job(office(), id(1)).await.unwrap().as_ref(), Some(row));
    tx.retry_job(id(1), later).await.unwrap();
    tx.discard_job(id(2)).await.unwrap();
    assert_eq!(tx.failed_job(office(), id(1)).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert_eq!(store.job_counts().await.unwrap(), [count("photo", 1, 0)]);
    let again = lease(store, later, 9).await;
    assert_eq!((numbers(&again), again[0].attempt), (vec![1], 1), "as if it had never been tried");
    // One that runs or waits is neither retried nor discarded.
    let mut tx = store.write().await.unwrap();
    tx.retry_job(id(1), now()).await.unwrap();
    tx.discard_job(id(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(numbers(&lease(store, later, 9).await), []);
    assert_eq!(store.jobs(office(), 1).await.unwrap().rows[0].state, JobState::Running);
}

/// They are a newer server's.
pub async fn jobs_of_unknown_names_are_left(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    put(store, &[NewJob { name: "of tomorrow", priority: 90, ..job(1) }]).await;
    assert_eq!(store.next_job(&all()).await.unwrap(), None);
    assert_eq!(numbers(&lease(store, now(), 9).await), []);
    put(store, &[job(2)]).await;
    assert_eq!(numbers(&lease(store, now(), 9).await), [2]);
    let newer = [known("of tomorrow")];
    assert_eq!(store.next_job(&newer).await.unwrap(), Some(now()));
    let leased = lease_of(store, now(), &newer, 9).await;
    assert_eq!((numbers(&leased), leased[0].attempt), (vec![1], 1));
    assert_eq!(lease_of(store, now(), &[], 9).await, []);
}

/// Two servers, and what failed the last time.
pub async fn what_recurs_is_put_once_however_many_servers_ask(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let recurring = |n, at| NewJob { office: None, name: "report", key: String::new(), run_at: at, ..job(n) };
    let ask = |n: u128, at: DateTime<Utc>, before: Option<DateTime<Utc>>| async move {
        let mut tx = store.write().await.unwrap();
        let put = tx.put_recurring_job(&recurring(n, at), before).await.unwrap();
        tx.commit().await.unwrap();
        put
    };
    assert!(store.recurring_jobs().await.unwrap().is_empty());
    let first = join_all([1, 2].map(|n| ask(n, now(), None))).await;
    assert_eq!(first.iter().filter(|put| **put).count(), 1);
    assert_eq!(store.recurring_jobs().await.unwrap(), HashMap::from([("report".to_owned(), now())]));
    let leased = lease(store, now(), 9).await;
    assert_eq!(leased.len(), 1);
    assert!(settle(store, &leased[0], &JobEnd::Failed { at: now(), failure: "a wall".into() }).await);

    let hour = now() + Duration::hours(1);
    let second = join_all([3, 4].map(|n| ask(n, hour, Some(now())))).await;
    assert_eq!(second.iter().filter(|put| **put).count(), 1);
    let again = lease(store, hour, 9).await;
    assert_eq!(numbers(&again), numbers(&leased), "what failed begins anew");
    assert_eq!(again[0].attempt, 1);
    // One that still runs an hour later is the only one.
    assert!(ask(5, hour + Duration::hours(1), Some(hour)).await);
    assert!(settle(store, &again[0], &JobEnd::Done).await);
    assert_eq!(numbers(&lease(store, hour + Duration::hours(2), 9).await), []);

    // Put by a clock that ran ahead, and by one that is right.
    let (ahead, right) = (hour + Duration::days(365), hour + Duration::hours(3));
    assert!(ask(6, ahead, Some(hour + Duration::hours(1))).await);
    assert_eq!(numbers(&lease(store, right, 9).await), []);
    assert!(ask(7, right, Some(ahead)).await);
    assert_eq!(store.recurring_jobs().await.unwrap(), HashMap::from([("report".to_owned(), right)]));
    assert_eq!(lease(store, right, 9).await.len(), 1);
}
