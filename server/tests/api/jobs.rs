//! Work behind the answers: as fast as there are cores, in nobody's way, tried again, and an administrator's where it fails.

use super::{
    integrity,
    office::{TestOffice, command_in, found, id, now, outcome_of},
    pages::Desk,
    photos::announce,
    watched::{Watch, watched},
};
use crate::asker::{at_desk, said};
use app::error::AppError;
use async_trait::async_trait;
use chrono::Duration as Span;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    job::{JobCount, JobState},
    role::{Actor, Role},
};
use image::{ImageFormat, Rgb, RgbImage};
use serde::{Deserialize, Serialize, Serializer, ser::Error};
use serde_json::json;
use server::{
    jobs::{
        self, Context, JOBS, Job, JobError, Kind, Recurring, Worker, find_unprocessed_photos,
        registry::known, schedule::Schedule,
    },
    service::{Services, jobs::failed},
    state::AppState,
    verify::verify,
};
use std::{
    future::pending,
    io::Cursor,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{Barrier, Notify, oneshot},
    task::yield_now,
    time::{sleep, timeout},
};

fn jpeg(shade: u8, (width, height): (u32, u32)) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, shade]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// So many photos, received, with their jobs waiting.
async fn received(office: &TestOffice, many: u8, size: (u32, u32)) {
    let phone = office.phone(Role::Inspector).await;
    for shade in 0..many {
        let bytes = jpeg(shade, size);
        phone.sync(&[announce(&phone, &bytes).1]).await;
        assert_eq!(phone.upload_whole(bytes).await.status, 201);
    }
}

async fn drained(state: &AppState) {
    while state.store.next_job(&known(JOBS)).await.unwrap().is_some() {
        sleep(Duration::from_millis(5)).await;
    }
}

/// The readers of a storage wait for a second one.
#[derive(Debug)]
struct Meeting {
    both: Barrier,
    alone: AtomicUsize,
}

#[async_trait]
impl Watch for Meeting {
    async fn gets(&self) {
        if timeout(Duration::from_secs(5), self.both.wait()).await.is_err() {
            self.alone.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[tokio::test]
async fn two_photos_are_worked_at_the_same_time() {
    let office = TestOffice::open().await;
    received(&office, 2, (200, 150)).await;
    let meeting = Arc::new(Meeting { both: Barrier::new(2), alone: AtomicUsize::new(0) });
    let state = watched(&office.state, &meeting);
    let working = tokio::spawn(Worker::new(state.services.clone()).run(pending()));
    drained(&state).await;
    working.abort();
    assert_eq!(meeting.alone.load(Ordering::Relaxed), 0, "one waited in vain for the other");
}

/// Every core has a picture to unpack, and submissions are answered all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_queue_of_photos_drains_while_submissions_are_answered() {
    let office = TestOffice::open().await;
    received(&office, 24, (1600, 1200)).await;
    let state = office.state.clone();
    let begun = Instant::now();
    let working = tokio::spawn(Worker::new(state.services.clone()).run(pending()));
    let phone = office.phone(Role::Inspector).await;
    let mut slowest = Duration::ZERO;
    let mut answered = 0;
    while state.store.next_job(&known(JOBS)).await.unwrap().is_some() {
        let asked = Instant::now();
        let outcome = phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
        assert_eq!(outcome_of(&outcome[0]), "received");
        slowest = slowest.max(asked.elapsed());
        answered += 1;
        // As fast as a person can at the most.
        sleep(Duration::from_millis(20)).await;
    }
    working.abort();
    println!("24 photos in {:?}; {answered} submissions meanwhile, the slowest {slowest:?}", begun.elapsed());
    assert!(slowest < Duration::from_secs(5), "a submission waited {slowest:?}");
    assert_eq!(find_unprocessed_photos::find(&state).await.unwrap(), 0, "all were looked at");
}

/// Each looks for others before the other is written down, unless looks are written down first.
#[tokio::test]
async fn photos_that_look_alike_find_each_other_though_they_are_worked_together() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let mut hashes = vec![];
    for bytes in [90, 70].map(|quality| integrity::jpeg(&integrity::scene(3), quality)) {
        let (hash, announced) = announce(&phone, &bytes);
        let mut operation = found(id(), office.site.id, "堆放杂物");
        command_in(&mut operation)["photos"] = serde_json::json!([hash]);
        phone.sync(&[announced, operation]).await;
        phone.upload_whole(bytes).await;
        hashes.push(hash);
    }
    assert_eq!(jobs::work_off(&office.state).await.unwrap(), 2, "both together");
    for hash in &hashes {
        let shown = office.state.store.shown(office.office.id, hash).await.unwrap();
        assert!(shown.iter().any(|shown| shown.bits.is_some_and(|bits| bits < 40)), "{shown:?}");
    }
}

/// Puts a job, as whatever wants it does.
async fn put<J: Job>(state: &AppState, job: &J) {
    let mut tx = state.store.write().await.unwrap();
    tx.put_jobs(&[jobs::new(job, state.now()).unwrap()]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn administrator(office: &TestOffice) -> Actor {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let administrator = people.into_iter().find(|person| person.role == Role::Administrator).unwrap();
    administrator.actor(office.office.id, None)
}

/// How many wait, run and have failed.
async fn counted(office: &TestOffice) -> [u64; 3] {
    let counts = office.state.store.job_counts().await.unwrap();
    let sum = |of: fn(&JobCount) -> u64| counts.iter().map(of).sum::<u64>();
    [sum(|count| count.waiting), sum(|count| count.running), sum(|count| count.failed)]
}

/// Never works.
#[derive(Serialize, Deserialize)]
struct Failing {
    panics: bool,
}

#[async_trait]
impl Job for Failing {
    const NAME: &'static str = "failing";
    const ATTEMPTS: u32 = 2;

    fn key(&self) -> String {
        "一号".to_owned()
    }

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        assert!(!self.panics, "attempt {}", context.attempt);
        Err(JobError::Retry(format!(
            "attempt {}: no answer of https://me:s3cr3t@host/a?token=s3cr3t",
            context.attempt
        )))
    }
}

const FAILING: &[Kind] = &[Kind::of::<Failing>()];

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later_and_then_is_the_administrators() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: false }).await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [1, 0, 0]);
    assert_eq!(worker.work_off().await.unwrap(), 0, "not at once");
    office.clock.set(now() + Span::seconds(10));
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [0, 0, 1]);
    office.clock.set(now() + Span::days(1));
    assert_eq!(worker.work_off().await.unwrap(), 0, "nobody tries it any more");

    let administrator = administrator(&office).await;
    let page = failed::list(&office.state, &at_desk(&administrator), 1).await.unwrap();
    let [row] = page.rows.as_slice() else { panic!("{page:?}") };
    assert_eq!((row.name.as_str(), row.key.as_str(), row.state), ("failing", "一号", JobState::Failed));
    assert_eq!((row.attempts, row.failed_at), (2, Some(now() + Span::seconds(10))));
    assert_eq!(row.failure.as_deref(), Some("attempt 2: no answer of https://host/a"));
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean() && report.failed_jobs == 1, "{report}");
    assert!(report.to_string().contains("1 background jobs failed"), "{report}");

    failed::decide(&office.state, &at_desk(&administrator), row.id, true).await.unwrap();
    assert_eq!(
        said(failed::decide(&office.state, &at_desk(&administrator), row.id, true).await),
        Err(AppError::NotFound),
        "it waits"
    );
    assert_eq!(worker.work_off().await.unwrap(), 1, "at once");
    office.clock.set(now() + Span::days(2));
    assert_eq!(worker.work_off().await.unwrap(), 1, "with all its attempts");
    assert_eq!(counted(&office).await, [0, 0, 1]);
    failed::decide(&office.state, &at_desk(&administrator), row.id, false).await.unwrap();
    assert_eq!(counted(&office).await, [0, 0, 0]);
    assert_eq!(
        said(failed::decide(&office.state, &at_desk(&administrator), row.id, false).await),
        Err(AppError::NotFound),
        "it is no more"
    );

    let filter = AuditFilter { subject: Some(SubjectKind::Job), page: 1, ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let acts: Vec<_> = told.iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [Act::JobDiscarded, Act::JobRetried]);
    for entry in told {
        assert_eq!((entry.subject.id, entry.subject.label.as_str()), (Some(row.id.0), "failing 一号"));
        assert_eq!(
            entry.before,
            json!({ "attempts": 2, "failure": "attempt 2: no answer of https://host/a" })
        );
    }
}

#[tokio::test]
async fn a_panic_is_a_failure_and_what_cannot_be_read_is_not_tried_again() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: true }).await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [1, 0, 0]);
    office.database.execute("UPDATE job SET payload = '{}', run_at = 0").await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    let page = office.state.store.jobs(office.office.id, 1).await.unwrap();
    let failure = page.rows[0].failure.clone().unwrap();
    assert!(failure.contains("cannot be read"), "{failure}");
    assert_eq!(counted(&office).await, [0, 0, 1]);
}

/// Each time its server died: it would end one server after another.
#[tokio::test]
async fn a_job_that_ends_its_server_is_given_up() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: false }).await;
    office.database.execute("UPDATE job SET attempts = 2, lease_until = 0").await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [0, 0, 1]);
    let page = office.state.store.jobs(office.office.id, 1).await.unwrap();
    assert!(page.rows[0].failure.as_deref().unwrap().contains("the server died"), "{page:?}");
}

/// Takes longer than its lease.
#[derive(Serialize, Deserialize)]
struct Long {}

static BEGUN: Notify = Notify::const_new();
static MAY_END: Notify = Notify::const_new();

#[async_trait]
impl Job for Long {
    const NAME: &'static str = "long";
    const LEASE: Span = Span::seconds(4);

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        BEGUN.notify_one();
        MAY_END.notified().await;
        Ok(())
    }
}

const LONG: &[Kind] = &[Kind::of::<Long>()];

#[tokio::test]
async fn a_long_job_renews_its_lease_and_nobody_takes_it_over() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(LONG);
    put(&office.state, &Long {}).await;
    let working = tokio::spawn({
        let worker = worker.clone();
        async move { worker.work_off().await }
    });
    BEGUN.notified().await;
    // Its lease has ended long ago, were it not renewed.
    office.clock.set(now() + Span::hours(1));
    let renewed = Some(now() + Span::hours(1) + Long::LEASE);
    let seen = async {
        while office.state.store.next_job(&known(LONG)).await.unwrap() != renewed {
            yield_now().await;
        }
    };
    assert!(timeout(Duration::from_secs(20), seen).await.is_ok(), "it is not renewed");
    assert_eq!(worker.work_off().await.unwrap(), 0, "it is somebody's");
    MAY_END.notify_one();
    assert_eq!(working.await.unwrap().unwrap(), 1);
    assert_eq!(counted(&office).await, [0, 0, 0]);
}

/// Never ends by itself.
#[derive(Serialize, Deserialize)]
struct Endless {}

static ENDLESS: Notify = Notify::const_new();

#[async_trait]
impl Job for Endless {
    const NAME: &'static str = "endless";
    const LEASE: Span = Span::milliseconds(400);

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        ENDLESS.notify_one();
        pending().await
    }
}

const WITHOUT_END: &[Kind] = &[Kind::of::<Endless>()];

/// Another server takes it as soon as its lease has ended: by then it is at work nowhere else.
#[tokio::test]
async fn a_job_whose_lease_cannot_be_renewed_is_let_go_of() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(WITHOUT_END);
    put(&office.state, &Endless {}).await;
    let working = tokio::spawn(async move { worker.work_off().await });
    ENDLESS.notified().await;
    office.database.execute("ALTER TABLE job RENAME TO away").await;
    let left = timeout(Duration::from_secs(20), working).await;
    assert!(left.is_ok_and(|left| left.unwrap().unwrap() == 1), "it is worked at for ever");
    office.database.execute("ALTER TABLE away RENAME TO job").await;
    assert_eq!(counted(&office).await, [0, 1, 0], "it is neither done nor failed");
}

/// Would go on for ever.
#[derive(Serialize, Deserialize)]
struct Held {}

static HELD: Notify = Notify::const_new();

#[async_trait]
impl Job for Held {
    const NAME: &'static str = "held";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        HELD.notify_one();
        pending().await
    }
}

const HOLDING: &[Kind] = &[Kind::of::<Held>()];

#[tokio::test]
async fn a_server_that_stops_gives_back_what_it_has_begun() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(HOLDING);
    put(&office.state, &Held {}).await;
    let (stop, asked) = oneshot::channel::<()>();
    let working = tokio::spawn(worker.run(async move {
        let _ = asked.await;
    }));
    HELD.notified().await;
    assert_eq!(counted(&office).await, [0, 1, 0]);
    stop.send(()).unwrap();
    working.await.unwrap();
    assert_eq!(counted(&office).await, [1, 0, 0], "another server has it at once");
    let row = office.state.store.jobs(office.office.id, 1).await.unwrap().rows.remove(0);
    assert_eq!((row.attempts, row.failure), (0, None), "it was no attempt");
}

/// Says that it was done.
#[derive(Serialize, Deserialize)]
struct Telling {}

static TOLD: Notify = Notify::const_new();

#[async_trait]
impl Job for Telling {
    const NAME: &'static str = "telling";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        TOLD.notify_one();
        Ok(())
    }
}

/// Ends the loop that would put it.
#[derive(Serialize, Deserialize)]
struct Panicking {}

impl Default for Panicking {
    fn default() -> Self {
        panic!("it cannot be made")
    }
}

impl Recurring for Panicking {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for Panicking {
    const NAME: &'static str = "panicking";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        Ok(())
    }
}

const PANICKING: &[Kind] = &[Kind::recurring::<Panicking>(), Kind::of::<Telling>()];

#[tokio::test]
async fn a_panic_of_the_loop_does_not_end_it() {
    let office = TestOffice::open().await;
    put(&office.state, &Telling {}).await;
    let working = tokio::spawn(Worker::new(office.state.services.clone()).of_kinds(PANICKING).run(pending()));
    let done = timeout(Duration::from_secs(20), TOLD.notified()).await;
    working.abort();
    assert!(done.is_ok(), "nothing was done after the panic");
}

/// Nothing can be written down of it.
#[derive(Default, Deserialize)]
struct Unsayable {}

impl Serialize for Unsayable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("it cannot be said"))
    }
}

impl Recurring for Unsayable {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for Unsayable {
    const NAME: &'static str = "unsayable";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        Ok(())
    }
}

const UNSAYABLE: &[Kind] = &[Kind::recurring::<Unsayable>(), Kind::recurring::<Nightly>()];

#[tokio::test]
async fn what_cannot_be_put_keeps_nothing_else_that_recurs_from_it() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(UNSAYABLE);
    assert_eq!(worker.put_due().await.unwrap(), 1);
    let rows = office.state.store.jobs(office.office.id, 1).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["nightly"]);
}

/// Counts how often it is done.
#[derive(Default, Serialize, Deserialize)]
struct Nightly {}

static NIGHTS: AtomicUsize = AtomicUsize::new(0);

impl Recurring for Nightly {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 3 };
}

#[async_trait]
impl Job for Nightly {
    const NAME: &'static str = "nightly";

    async fn run(&self, _: &Context) -> Result<(), JobError> {
        NIGHTS.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

const NIGHTLY: &[Kind] = &[Kind::recurring::<Nightly>()];

#[tokio::test]
async fn what_recurs_is_done_once_by_all_servers_together() {
    let office = TestOffice::open().await;
    let Services { blobs, clock, kinds, .. } = office.state.services.clone();
    let second = AppState::new(office.database.open().await, blobs, clock, kinds);
    let servers = [office.state.clone(), second].map(|state| Worker::new(state.services).of_kinds(NIGHTLY));
    let mut done = vec![];
    // Ten in the morning of the office's clock; before three, after three; three nights without a server.
    for hours in [0, 1, 16, 18, 18 + 72] {
        office.clock.set(now() + Span::hours(hours));
        let put = tokio::join!(servers[0].put_due(), servers[1].put_due());
        assert!(put.0.unwrap() + put.1.unwrap() <= 1);
        let worked = tokio::join!(servers[0].work_off(), servers[1].work_off());
        assert!(worked.0.unwrap() + worked.1.unwrap() <= 1);
        done.push(NIGHTS.load(Ordering::Relaxed));
    }
    assert_eq!(done, [1, 1, 1, 2, 3]);
}

#[tokio::test]
async fn only_the_administrator_sees_jobs_and_says_what_becomes_of_them() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: false }).await;
    for hours in 0..2 {
        office.clock.set(now() + Span::hours(hours));
        worker.work_off().await.unwrap();
    }
    let failed = office.state.store.jobs(office.office.id, 1).await.unwrap().rows[0].id;
    let desk = Desk::of(&office);
    for role in [Role::Supervisor, Role::Officer] {
        let seat = desk.seat(role).await;
        let page = seat.page("/office/jobs").await;
        assert_eq!(page.status, 403, "{role:?}");
        assert!(!page.text().contains("一号"), "{role:?}");
        let page = seat.page("/office").await.text();
        assert!(page.contains("href=\"/office/grids\""), "{role:?}: {page}");
        assert!(!page.contains("href=\"/office/jobs\"") && !page.contains("项失败"), "{role:?}: {page}");
        let form = json!({ "job": failed, "again": "no" });
        assert_eq!(seat.submit_fields("decide_job", &form).await.1.status, 403, "{role:?}");
    }
    assert_eq!(counted(&office).await, [0, 0, 1]);
    let seat = desk.seat(Role::Administrator).await;
    let page = seat.page("/office/jobs").await.text();
    assert!(page.contains("1 项失败"), "the rail tells of it: {page}");
    for words in
        ["一号", "新版本的任务（failing）", "2 次", "no answer of https://host/a", "重新运行", "放弃"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("s3cr3t"), "{page}");
    let (path, page) = seat.submit_fields("decide_job", &json!({ "job": failed, "again": "no" })).await;
    assert_eq!((path.as_str(), page.status.as_u16()), ("/office/jobs", 200));
    assert!(page.text().contains("没有失败或等待的任务"), "{}", page.text());
    assert!(!page.text().contains("项失败"), "nothing is left to tell of: {}", page.text());
    assert_eq!(counted(&office).await, [0, 0, 0]);
}

#[tokio::test]
async fn figures_say_what_waits_and_what_failed_by_name() {
    let office = TestOffice::open().await;
    received(&office, 1, (200, 150)).await;
    put(&office.state, &Failing { panics: false }).await;
    office.database.execute("UPDATE job SET failed_at = 0 WHERE name = 'failing'").await;
    office.state.metrics.queued(&office.state.store.job_counts().await.unwrap());
    let figures = office.state.metrics.text().unwrap();
    for line in [
        "xunan_queued_jobs{job=\"process_photo\",state=\"waiting\"} 1",
        "xunan_queued_jobs{job=\"process_photo\",state=\"failed\"} 0",
        "xunan_queued_jobs{job=\"failing\",state=\"failed\"} 1",
    ] {
        assert!(figures.contains(line), "{line}: {figures}");
    }
    jobs::work_off(&office.state).await.unwrap();
    office.state.metrics.queued(&office.state.store.job_counts().await.unwrap());
    let figures = office.state.metrics.text().unwrap();
    assert!(!figures.contains("state=\"waiting\"} 1"), "{figures}");
    assert!(figures.contains("xunan_jobs_total{job=\"process_photo\",outcome=\"done\"} 1"), "{figures}");
}
