//! An account of the lowest role does its worst for as long as it is let: records, notes, photos, pieces. What it costs
//! everybody else is measured beside the same work on a calm server, and must stay within bounds that no machine's load
//! explains away.

use super::{
    office::{Database, PASSWORD, TestOffice, command, found, id, now, operation, outcome_of},
    phone::HeadlessPhone,
    process::Process,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{id::HazardId, photo::PhotoHash, role::Role};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use test_support::picture::picture;
use tokio::{
    runtime::Builder,
    time::{MissedTickBehavior, interval},
};
use uuid::Uuid;

const LASTS: Duration = Duration::from_mins(1);

/// Between one inspector's submissions: faster than any hand, and on no machine more than a minute's allowance.
const PACE: Duration = Duration::from_millis(15);

/// Attackers at the same time: each a connection of the one account.
const AT_ONCE: usize = 8;

struct Client {
    client: reqwest::Client,
    url: String,
    cookie: String,
    device: domain::id::DeviceId,
}

impl Client {
    async fn sign_in(url: &str, role: Role) -> Self {
        let client = reqwest::Client::builder().timeout(Duration::from_mins(1)).build().unwrap();
        let body = json!({ "username": role.as_str(), "password": PASSWORD, "device_name": "flood" });
        let reply = client.post(format!("{url}/api/v1/session")).header("content-type", "application/json");
        let reply = reply.body(body.to_string()).send().await.unwrap();
        let cookie = reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { client, url: url.to_owned(), cookie, device: id() }
    }

    /// The answer, or none where the server does not give one.
    async fn sync(&self, operations: &[Value], pull: bool) -> Option<Value> {
        let body = json!({ "device": self.device, "now": now(), "operations": operations, "pull": pull });
        serde_json::from_slice(&self.send(body.to_string()).await?).ok()
    }

    async fn send(&self, body: String) -> Option<Vec<u8>> {
        let request = self.client.post(format!("{}/api/v1/sync", self.url)).header("cookie", &self.cookie);
        let reply = request.header("content-type", "application/json").body(body).send().await.ok()?;
        Some(reply.bytes().await.ok()?.to_vec())
    }

    /// Fifty of an operation that was written once, each under a new name: what is tried is the server, not how fast a test
    /// can write.
    /// Whether they were evaluated, rather than refused as a whole.
    async fn send_fifty(&self, template: &str) -> bool {
        let another = || {
            let name = id::<Uuid>().to_string();
            template.replace(NAME, &name).replace(&hash(NAME), &hash(&name))
        };
        let operations = (0..50).map(|_| another());
        let operations = operations.collect::<Vec<_>>().join(",");
        let (device, now) = (json!(self.device), json!(now()));
        let answer = self
            .send(format!(r#"{{"device":{device},"now":{now},"operations":[{operations}],"pull":false}}"#))
            .await;
        answer.is_some_and(|answer| String::from_utf8_lossy(&answer).contains("\"outcomes\""))
    }

    async fn tus(
        &self,
        method: &str,
        at: &str,
        headers: &[(&str, String)],
        piece: Vec<u8>,
    ) -> Option<String> {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request =
            self.client.request(method, format!("{}{at}", self.url)).header("cookie", &self.cookie);
        request = request
            .header("tus-resumable", "1.0.0")
            .header("content-type", "application/offset+octet-stream");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let reply = request.body(piece).send().await.ok()?;
        Some(reply.headers().get("location")?.to_str().ok()?.to_owned())
    }
}

/// One inspector's submissions, one after another: how long each took, at the 95th of a hundred.
async fn p95(phone: &Client, office: &TestOffice, until: impl Fn(usize) -> bool) -> (Duration, usize) {
    let mut took = vec![];
    let mut pace = interval(PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while until(took.len()) {
        pace.tick().await;
        let begun = Instant::now();
        let answer = phone.sync(&[found(id(), office.site.id, "通道堆放杂物")], false).await.unwrap();
        assert_eq!(outcome_of(&answer["outcomes"][0]), "received", "{answer}");
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    (took[took.len() * 95 / 100], took.len())
}

/// Stands in a template for what has to be another each time.
const NAME: &str = "00000000-feed-4000-8000-000000000000";

/// What could be a photo's, of a name.
fn hash(name: &str) -> String {
    name.replace('-', "").repeat(2)
}

/// What this role can think of, each fifty times at once.
fn worst(person: domain::id::PersonId, own: HazardId) -> Vec<String> {
    let name: Uuid = NAME.parse().unwrap();
    let long = "字".repeat(2_000);
    let rectified = |note: &str| json!({ "rectify": { "note": note, "photos": [PhotoHash::of(b"x")] } });
    let photo = operation(json!({ "photo": { "hash": hash(NAME), "bytes": 20_000_000,
        "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": person } }));
    let operations = [
        // Records for sites out of sight.
        found(HazardId(name), domain::id::SiteId(id()), &long),
        // Notes on a hazard of its own: within the limit, and far beyond it.
        command(own, rectified(&long)),
        command(own, rectified(&"字".repeat(80_000))),
        // Commands on hazards that nobody knows.
        command(HazardId(name), rectified(&long)),
        photo,
    ];
    let named = operations.map(|mut operation| {
        for field in ["id", "event"] {
            if operation.get(field).is_some() {
                operation[field] = json!(NAME);
            }
        }
        if operation["payload"].get("hazard").is_some() {
            operation["payload"]["hazard"]["event"] = json!(NAME);
        }
        operation.to_string()
    });
    named.into()
}

/// All of it, again and again. Gives which of it the server evaluated at least once.
async fn attack(
    who: &Client,
    person: domain::id::PersonId,
    worst: &[String],
    round: usize,
    over: &AtomicBool,
) -> Vec<bool> {
    let mut evaluated = vec![false; worst.len()];
    let photo = picture(format!("flood {round}"));
    for turn in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let which = turn % worst.len();
        evaluated[which] |= who.send_fifty(&worst[which]).await;
        if turn == 0 {
            let mut facts =
                operation(json!({ "photo": { "hash": PhotoHash::of(&photo), "bytes": photo.len(),
                "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": person } }));
            facts["payload"]["photo"]["bytes"] = json!(photo.len());
            who.sync(&[facts], false).await;
        }
        let about = format!("hash {}", STANDARD.encode(PhotoHash::of(&photo).as_str()));
        let head = [("upload-length", photo.len().to_string()), ("upload-metadata", about)];
        if let Some(at) = who.tus("POST", "/api/v1/uploads", &head, vec![]).await {
            for (offset, byte) in photo.iter().enumerate().take(20) {
                let here = [("upload-offset", offset.to_string())];
                who.tus("PATCH", &at, &here, vec![*byte]).await;
            }
        }
    }
    evaluated
}

fn bytes_below(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let sizes = entries.filter_map(Result::ok).map(|entry| match entry.metadata() {
        Ok(about) if about.is_dir() => bytes_below(&entry.path()),
        Ok(about) => about.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

async fn pulled(url: &str) -> usize {
    let mut phone = HeadlessPhone::sign_in(url, Role::Inspector.as_str(), PASSWORD, id()).await;
    phone.want_pull();
    while !phone.is_quiet() {
        phone.step(url, 0.0).await;
    }
    phone.records().values().map(|record| record.to_string().len()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lowest_role_at_its_worst_fills_neither_disk_nor_phones_and_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    let inspector = Client::sign_in(&server.url, Role::Inspector).await;
    let enterprise = office.phone(Role::Enterprise).await.person;
    let supervisor = office.phone(Role::Supervisor).await;
    let own: HazardId = id();
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-12-01", "contingency": "巡查" } });
    supervisor.sync(&[found(own, office.site.id, "堆放杂物"), command(own, plan)]).await;
    let (calm, _) = p95(&inspector, &office, |done| done < 60).await;
    let (phone_before, disk_before) = (pulled(&server.url).await, bytes_below(office.folder.path()));

    // In a thread of its own, so that nobody's clock runs while an attack is written.
    let over = Arc::new(AtomicBool::new(false));
    let attacking = thread::spawn({
        let (url, over) = (server.url.clone(), Arc::clone(&over));
        move || {
            let worst = worst(enterprise, own);
            let attackers = (0..AT_ONCE).map(|round| {
                let (url, over, worst) = (&url, &*over, &worst);
                async move {
                    let who = Client::sign_in(url, Role::Enterprise).await;
                    attack(&who, enterprise, worst, round, over).await
                }
            });
            let alone = Builder::new_current_thread().enable_all().build().unwrap();
            alone.block_on(futures::future::join_all(attackers))
        }
    });
    let begun = Instant::now();
    let (beset, done) = p95(&inspector, &office, |_| begun.elapsed() < LASTS).await;
    over.store(true, Ordering::Relaxed);
    let evaluated = attacking.join().unwrap();
    for which in 0..evaluated[0].len() {
        assert!(
            evaluated.iter().any(|one| one[which]),
            "attack {which} was never more than a refused request"
        );
    }
    let (phone_after, disk_after) = (pulled(&server.url).await, bytes_below(office.folder.path()));

    // What the inspector's own records add is not the attacker's.
    let honest = done * 1_500;
    let more = (phone_after - phone_before).saturating_sub(honest);
    let grown = disk_after.saturating_sub(disk_before).saturating_sub(honest as u64 * 4);
    let ratio = beset.as_secs_f64() / calm.as_secs_f64();
    println!(
        "p95 {calm:?} calm, {beset:?} beset ({ratio:.1} times, {done} submissions); a phone pulls {more} bytes more, the disk holds {grown} more"
    );
    assert!(more < 1_000_000, "a phone of the office pulls {more} bytes more");
    let allowance = Role::Enterprise.allowance();
    let quota = 8 * allowance.bytes + allowance.pieces * domain::quota::SMALLEST_PIECE;
    assert!(grown < quota, "the disk holds {grown} bytes more, of {quota}");
    // Twice, or a twenty-fifth of a second, which nobody notices: where it is calm it takes four milliseconds.
    let most = (calm * 2).max(Duration::from_millis(40));
    assert!(beset < most, "{ratio:.1} times as long: {beset:?}, calm {calm:?}");
}
