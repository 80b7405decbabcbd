//! A small office with one person of each role, behind the whole router.

#[path = "office/checks.rs"]
pub mod checks;
#[path = "office/database.rs"]
mod database;
#[path = "office/visits.rs"]
mod visits;

pub use database::Database;
pub use visits::*;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header::SET_COOKIE},
};
use chrono::{DateTime, TimeZone, Utc};
use domain::{
    form::Form,
    id::{DeviceId, EventId, HazardId, OperationId, PersonId, SiteId, TaskId, uuid_v7},
    person::Person,
    photo::PhotoHash,
    place::{Community, Department, Grid, Office},
    risk::RiskLevel,
    role::Role,
    sector::Sector,
    site::{Site, attributes::SiteAttributes},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{
    blobs::folder::FolderBlobs,
    catalogue::{Catalogue, seed_catalogue},
    clock::SetClock,
    http,
    service::Services,
    state::AppState,
    storage::Record,
};
use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};
use test_support::upload;
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse 2026";

/// Of the password: making it is slow, as it has to be.
static HASH: OnceCell<String> = OnceCell::const_new();

static RUNNING: AtomicU64 = AtomicU64::new(1);

/// The forms that an office of tests has: the whole catalogue takes long to read.
const FORMS: [&str; 5] = ["fire-access", "ebike-charging", "school-safety", "school-drill", "hazchem-plant"];

pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = Catalogue::built_in().unwrap();
    let forms = catalogue.forms.iter().filter(|form| FORMS.contains(&form.id.as_str()));
    catalogue.forms = forms.cloned().collect();
    catalogue
});

/// Ids that tell each other apart and sort by making.
pub fn id<T: From<Uuid>>() -> T {
    let n = RUNNING.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    T::from(uuid_v7(1_764_000_000_000, random))
}

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
}

pub struct TestOffice {
    pub state: AppState,
    pub clock: Arc<SetClock>,
    pub app: Router,
    pub office: Office,
    /// In the grid of `inspector`.
    pub site: Site,
    /// In another grid.
    pub elsewhere: Site,
    pub database: Database,
    /// With the photos and, on SQLite, the records. Gone when the test ends.
    pub folder: tempfile::TempDir,
}

impl TestOffice {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        Self::on(database, folder).await
    }

    pub async fn on(database: Database, folder: tempfile::TempDir) -> Self {
        let store = database.open().await;
        let blobs = FolderBlobs::open(folder.path().join("photos")).unwrap();
        let clock = Arc::new(SetClock::at(now()));
        let state = AppState::new(store, Arc::new(blobs), clock.clone(), CATALOGUE.kinds.clone());
        let office = Office { id: id(), name: "测试街道".into(), demo: false };
        let community = Community { id: id(), name: "金河社区".into() };
        let grids =
            [1, 2].map(|n| Grid { id: id(), community: community.id, name: format!("第 {n} 网格") });
        let department = Department {
            id: id(),
            name: "应急管理办公室".into(),
            sectors: vec![Sector::Fire, Sector::Ebike],
        };
        let site = site(&community, &grids[0], "A1");
        let elsewhere = Site { sector: Sector::School, ..site_like(&site, &grids[1], "B1") };
        let mut tx = state.store.write().await.unwrap();
        tx.put_office(&office).await.unwrap();
        tx.put_community(office.id, &community).await.unwrap();
        for grid in &grids {
            tx.put_grid(office.id, grid).await.unwrap();
        }
        tx.put_department(office.id, &department).await.unwrap();
        tx.touch(office.id, &[Record::Directory]).await.unwrap();
        tx.put_site(office.id, &site).await.unwrap();
        tx.put_site(office.id, &elsewhere).await.unwrap();
        let hash = HASH.get_or_init(|| async { state.passwords.hash(PASSWORD.into()).await.unwrap() }).await;
        for role in Role::ALL {
            let person = Person {
                id: id(),
                username: role.as_str().into(),
                name: role.name().zh,
                role,
                phone: String::new(),
                department: (role == Role::Officer).then_some(department.id),
                grids: if role == Role::Inspector { vec![grids[0].id] } else { vec![] },
                communities: if role == Role::CommunityOfficer { vec![community.id] } else { vec![] },
                sites: if role.is_field() && role != Role::Inspector { vec![site.id] } else { vec![] },
                certificates: vec![],
                disabled: false,
                last_seen: None,
            };
            tx.put_person(office.id, &person, Some(hash)).await.unwrap();
        }
        tx.commit().await.unwrap();
        seed_catalogue(&*state.store, &office, &CATALOGUE).await.unwrap();
        let app = http::with_middleware(&state, http::api(state.clone()));
        Self { state, clock, app, office, site, elsewhere, database, folder }
    }

    /// As after a restart.
    pub async fn reopened(mut self) -> Self {
        self.state.store = self.database.open().await;
        self
    }

    /// Another server on the same database and photos.
    pub async fn second(&self) -> Router {
        let Services { blobs, clock, kinds, .. } = self.state.services.clone();
        let state = AppState::new(self.database.open().await, blobs, clock, kinds);
        http::with_middleware(&state, http::api(state.clone()))
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Reply { status, headers, bytes }
    }

    /// Signed in as the person of this role.
    pub async fn phone(&self, role: Role) -> Phone<'_> {
        let body = json!({ "username": role.as_str(), "password": PASSWORD, "device_name": "test" });
        let request = Request::post("/api/v1/session").header("content-type", "application/json");
        let reply = self.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let cookie = reply.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let person = reply.json()["actor"]["person"].as_str().unwrap().parse().unwrap();
        Phone { office: self, cookie, device: id(), person }
    }

    pub fn form(&self, id: &str) -> Arc<Form> {
        let form = CATALOGUE.forms.iter().find(|form| form.id.as_str() == id).unwrap();
        Arc::new(Form::clone(form))
    }
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

pub struct Phone<'a> {
    pub office: &'a TestOffice,
    pub cookie: String,
    pub device: DeviceId,
    pub person: PersonId,
}

impl Phone<'_> {
    pub async fn request(&self, method: &str, path: &str, body: impl Into<Body>) -> Reply {
        let request = Request::builder().method(method).uri(path).header("cookie", &self.cookie);
        self.office.send(request.header("content-type", "application/json").body(body.into()).unwrap()).await
    }

    /// Sends a photo whole.
    pub async fn upload_whole(&self, bytes: Vec<u8>) -> Reply {
        self.upload_as(&PhotoHash::of(&bytes), bytes).await
    }

    /// Sends these bytes as the photo of this hash.
    pub async fn upload_as(&self, hash: &PhotoHash, bytes: Vec<u8>) -> Reply {
        let request = Request::post(upload::UPLOADS).header("cookie", &self.cookie);
        let head = upload::head(hash, bytes.len());
        let request = head.iter().fold(request, |request, (name, value)| request.header(*name, value));
        self.office.send(request.body(Body::from(bytes)).unwrap()).await
    }

    /// Sends operations and gives back their answers.
    pub async fn sync(&self, operations: &[Value]) -> Vec<Value> {
        let body = json!({ "device": self.device, "now": now(), "operations": operations });
        let reply = self.request("POST", "/api/v1/sync", body.to_string()).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.json()["outcomes"].as_array().unwrap().clone()
    }

    /// Everything that this person may see, page by page.
    pub async fn pull(&self, mut cursor: Option<String>) -> (Vec<Value>, String) {
        let mut changes = vec![];
        loop {
            let body = json!({ "device": self.device, "now": now(), "pull": true, "cursor": cursor });
            let reply = self.request("POST", "/api/v1/sync", body.to_string()).await.json();
            changes.extend(reply["changes"].as_array().unwrap().clone());
            cursor = reply["cursor"].as_str().map(str::to_owned);
            if reply["more"] != json!(true) {
                return (changes, cursor.unwrap());
            }
        }
    }
}

fn site(community: &Community, grid: &Grid, code: &str) -> Site {
    Site {
        id: id(),
        community: community.id,
        grid: grid.id,
        name: format!("锦绣家园 {code}"),
        code: code.into(),
        kinds: vec!["charging-shed".into()],
        attributes: SiteAttributes::default(),
        sector: Sector::Ebike,
        risk: RiskLevel::Considerable,
        address: "金河路 1 号".into(),
        location: None,
        contacts: vec![],
        party: None,
        leader: String::new(),
        department: None,
        pinyin: "jinxiujiayuan jxjy".into(),
        last_visit: None,
        last_answers: vec![],
        to_confirm: None,
        retired: false,
    }
}

fn site_like(site: &Site, grid: &Grid, code: &str) -> Site {
    Site {
        id: id(), grid: grid.id, code: code.into(), name: format!("新城路小学 {code}"), ..site.clone()
    }
}

pub fn operation(payload: Value) -> Value {
    json!({ "id": id::<OperationId>(), "schema": 1, "at": now(), "payload": payload })
}

/// A hazard found at the site, outside any visit.
pub fn found(hazard: HazardId, site: SiteId, what: &str) -> Value {
    operation(json!({
        "hazard": {
            "hazard": hazard, "event": id::<EventId>(), "site": site,
            "command": { "report": { "level": "general", "what": what, "photos": [], "due": "2026-11-27" } },
        },
    }))
}

/// A task that is given to somebody, until the day after tomorrow.
pub fn given(task: TaskId, to: PersonId, about: &Value) -> Value {
    let new = json!({ "person": to, "about": about, "until": "2026-11-26" });
    operation(json!({ "task": { "task": task, "event": id::<EventId>(), "command": { "give": new } } }))
}

/// Another command to a task.
pub fn task_command(task: TaskId, command: &Value) -> Value {
    operation(json!({ "task": { "task": task, "event": id::<EventId>(), "command": command } }))
}

/// What a hazard's operation says of its command, to be changed.
pub fn command_in(operation: &mut Value) -> &mut Value {
    let command = operation["payload"]["hazard"]["command"].as_object_mut().unwrap();
    command.values_mut().next().unwrap()
}

/// The word that tells a variant from the others, whatever it holds.
pub fn word_of(variant: &Value) -> &str {
    match variant.as_object() {
        Some(held) => held.keys().next().unwrap(),
        None => variant.as_str().unwrap(),
    }
}

/// How an operation was answered.
pub fn outcome_of(answer: &Value) -> &str {
    word_of(&answer["outcome"])
}

/// The receipt of what was received, now or before.
pub fn receipt_of(answer: &Value) -> &Value {
    &answer["outcome"][outcome_of(answer)]["receipt"]
}

/// What is said of an operation that was not taken.
pub fn refusal_of(answer: &Value) -> &Value {
    &answer["outcome"]["refused"]["refusal"]
}

/// Why it was not.
pub fn reason_of(answer: &Value) -> &str {
    word_of(&refusal_of(answer)["reason"])
}

/// Why an operation is to come again later.
pub fn because_of(answer: &Value) -> &Value {
    &answer["outcome"]["retry_after"]["because"]
}

pub fn command(hazard: HazardId, command: Value) -> Value {
    operation(json!({ "hazard": { "hazard": hazard, "event": id::<EventId>(), "command": command } }))
}
