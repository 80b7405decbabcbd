//! Clients that send as fast as they are answered, at as little cost as can be: they share the machine with what they
//! measure.

use super::{
    office::{PASSWORD, Phone, TestOffice, answers_in, passing_visit},
    photos::Tiles,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    id::{DeviceId, PersonId, uuid_v7},
    person::Person,
    photo::PhotoHash,
    role::Role,
};
use rand::{Rng, RngExt};
use serde_json::{Value, json};
use std::{
    fmt, fs,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

/// What one request, or two, bring.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    Single,
    Batch(usize),
    /// A visit, the facts of a photo, and its bytes.
    Photo,
    /// The same without a visit.
    PhotoAlone,
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single => f.write_str("one a request"),
            Self::Batch(count) => write!(f, "{count} a request"),
            Self::Photo => f.write_str("one with a 300 KB photo"),
            Self::PhotoAlone => f.write_str("a photo of 300 KB"),
        }
    }
}

pub struct Measured {
    pub submissions: usize,
    took: Duration,
    /// Of a request, or of both, milliseconds, sorted.
    times: Vec<f64>,
}

impl Measured {
    pub fn a_second(&self) -> f64 {
        self.submissions as f64 / self.took.as_secs_f64()
    }

    pub fn at(&self, share: f64) -> f64 {
        let position = (self.times.len() as f64 * share) as usize;
        self.times[position.min(self.times.len() - 1)]
    }
}

/// Everything that a request needs but its ids.
#[derive(Clone)]
pub struct Load {
    address: String,
    /// One person's day holds only so much: the load is many people's.
    people: Arc<[Inspector]>,
    device: DeviceId,
    /// As text, with these two ids in it.
    visit: Arc<str>,
    operation_id: String,
    visit_id: String,
    photo: Arc<Tiles>,
}

#[derive(Clone)]
struct Inspector {
    cookie: String,
    person: String,
}

/// How many inspectors share the load.
const INSPECTORS: usize = 40;

fn fresh() -> Uuid {
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    #[expect(clippy::disallowed_methods, reason = "ids of real phones grow with time, and so must these")]
    let now = chrono::Utc::now().timestamp_millis();
    uuid_v7(u64::try_from(now).unwrap(), random)
}

/// Usernames of as many inspectors as share the load, with one password.
async fn inspectors(office: &TestOffice) -> Vec<String> {
    let store = &office.state.store;
    let people = store.people(office.office.id).await.unwrap();
    let first = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
    let hash = store.account(&first.username).await.unwrap().unwrap().password_hash;
    let mut tx = store.write().await.unwrap();
    let mut names = vec![first.username.clone()];
    for n in 1..INSPECTORS {
        let more = Person { id: PersonId(fresh()), username: format!("inspector{n}"), ..first.clone() };
        tx.put_person(office.office.id, &more, Some(&hash)).await.unwrap();
        names.push(more.username);
    }
    tx.commit().await.unwrap();
    names
}

async fn sign_in(address: &str, username: &str) -> Inspector {
    let credentials = json!({ "username": username, "password": PASSWORD, "device_name": "load" });
    let head = "POST /api/v1/session HTTP/1.1\r\ncontent-type: application/json\r\n";
    let mut line = Line::open(address).await;
    let (status, head, body) = line.ask(head, credentials.to_string().as_bytes()).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let person: Value = serde_json::from_slice(&body).unwrap();
    Inspector {
        cookie: cookie.split(';').next().unwrap().to_owned(),
        person: person["actor"]["person"].as_str().unwrap().to_owned(),
    }
}

impl Load {
    pub async fn prepare(office: &TestOffice, url: &str) -> Self {
        let address = url.trim_start_matches("http://").to_owned();
        let mut people = vec![];
        for username in inspectors(office).await {
            people.push(sign_in(&address, &username).await);
        }
        let device = DeviceId(fresh());
        let person = people[0].person.parse().unwrap();
        let phone = Phone { office, cookie: String::new(), device, person };
        let form = office.form("ebike-charging");
        let mut visit = passing_visit(&phone, &office.site, &form);
        // About 4 KB, as twenty answers with a remark are.
        let note = "现场查看，核对台账与照片，情况属实。".repeat(2);
        for answer in answers_in(&mut visit) {
            answer["note"] = json!(note);
        }
        Self {
            operation_id: visit["id"].as_str().unwrap().to_owned(),
            visit_id: visit["payload"]["submit_visit"]["id"].as_str().unwrap().to_owned(),
            visit: visit.to_string().into(),
            address,
            people: people.into(),
            device,
            photo: Arc::new(Tiles::draw()),
        }
    }

    /// So many clients, for so long.
    pub async fn run(&self, work: Work, clients: usize, how_long: Duration) -> Measured {
        let begun = Instant::now();
        let running: Vec<_> =
            (0..clients).map(|_| tokio::spawn(self.clone().client(work, begun + how_long))).collect();
        let (mut submissions, mut times) = (0, vec![]);
        for client in running {
            let (made, took) = client.await.unwrap();
            submissions += made;
            times.extend(took);
        }
        times.sort_by(f64::total_cmp);
        Measured { submissions, took: begun.elapsed(), times }
    }

    async fn client(self, work: Work, until: Instant) -> (usize, Vec<f64>) {
        let mut line = Line::open(&self.address).await;
        let (mut made, mut times) = (0, vec![]);
        while Instant::now() < until {
            let begun = Instant::now();
            made += self.submit_over(&mut line, work).await;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        (made, times)
    }

    /// Once, over a connection of its own.
    pub async fn submit(&self, work: Work) {
        self.submit_over(&mut Line::open(&self.address).await, work).await;
    }

    async fn submit_over(&self, line: &mut Line, work: Work) -> usize {
        let who = &self.people[rand::rng().random_range(0..self.people.len())];
        let head = |start: &str, kind: &str| {
            format!("{start} HTTP/1.1\r\ncookie: {}\r\ncontent-type: {kind}\r\n", who.cookie)
        };
        let photo = matches!(work, Work::Photo | Work::PhotoAlone).then(|| self.photo.shuffled());
        let count = match work {
            Work::Single | Work::Photo => 1,
            Work::Batch(count) => count,
            Work::PhotoAlone => 0,
        };
        let body = self.body(count, photo.as_deref(), who);
        let sync = head("POST /api/v1/sync", "application/json");
        let (status, _, answer) = line.ask(&sync, body.as_bytes()).await;
        let received = String::from_utf8_lossy(&answer).matches("\"received\"").count();
        let operations = count + usize::from(photo.is_some());
        assert_eq!((status, received), (200, operations), "{}", String::from_utf8_lossy(&answer));
        if let Some(bytes) = photo {
            // In one piece, as the phone sends it over a line that is not slow.
            let hash = STANDARD.encode(PhotoHash::of(&bytes).as_str());
            let tus = format!(
                "tus-resumable: 1.0.0\r\nupload-length: {}\r\nupload-metadata: hash {hash}\r\n",
                bytes.len()
            );
            let head = head("POST /api/v1/uploads", "application/offset+octet-stream") + &tus;
            let (status, _, answer) = line.ask(&head, &bytes).await;
            assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
        }
        count.max(1)
    }

    fn body(&self, count: usize, photo: Option<&[u8]>, who: &Inspector) -> String {
        let visit = || {
            let operation = self.visit.replacen(&self.operation_id, &fresh().to_string(), 1);
            let operation = operation.replacen(&self.visit_id, &fresh().to_string(), 1);
            operation.replacen(&self.people[0].person, &who.person, 1)
        };
        let mut operations: Vec<String> = (0..count).map(|_| visit()).collect();
        if let Some(bytes) = photo {
            let at = "2026-11-24T02:00:00Z";
            let facts = json!({ "photo": { "hash": PhotoHash::of(bytes), "bytes": bytes.len(), "media_type": "image/jpeg",
                "width": 1, "height": 1, "at": at, "by": who.person } });
            operations.push(json!({ "id": fresh(), "schema": 1, "at": at, "payload": facts }).to_string());
        }
        let operations = operations.join(",");
        format!(r#"{{"device":"{}","now":"2026-11-24T02:00:00Z","operations":[{operations}]}}"#, self.device)
    }
}

/// A connection that is kept.
struct Line(TcpStream, Vec<u8>);

impl Line {
    async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream, vec![])
    }

    /// Gives status, head and body.
    async fn ask(&mut self, head: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
        let mut request =
            format!("{head}host: localhost\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
        request.extend_from_slice(body);
        self.0.write_all(&request).await.unwrap();
        self.1.clear();
        loop {
            assert!(self.0.read_buf(&mut self.1).await.unwrap() > 0, "the server hung up");
            let Some(end) = self.1.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&self.1[..end]).into_owned();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let whole = end + 4 + length.unwrap().parse::<usize>().unwrap();
            if self.1.len() >= whole {
                return (head[9..12].parse().unwrap(), head, self.1[end + 4..whole].to_vec());
            }
        }
    }
}

fn stat(pid: u32) -> Option<Vec<u64>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields = text.rsplit(") ").next()?.split(' ').skip(1);
    Some(fields.map(|field| field.parse().unwrap_or_default()).collect())
}

/// Processor time of these processes and of the children that they have or had, milliseconds.
pub fn cpu_ms(pids: &[u32]) -> f64 {
    const TICKS_A_SECOND: f64 = 100.0;
    let all = fs::read_dir("/proc").unwrap().flatten();
    let all = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let mut ticks = 0;
    for pid in all {
        let Some(stat) = stat(pid) else { continue };
        let parent = u32::try_from(stat[0]).unwrap_or_default();
        if pids.contains(&pid) {
            ticks += stat[10] + stat[11] + stat[12] + stat[13];
        } else if pids.contains(&parent) {
            ticks += stat[10] + stat[11];
        }
    }
    ticks as f64 * 1000.0 / TICKS_A_SECOND
}

pub fn resident_mb(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap() / 1024.0
}
