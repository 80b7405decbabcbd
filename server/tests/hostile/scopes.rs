//! Every route that reaches places, asked for what lies elsewhere: a site, a hazard, a visit, a task and a photo where those who ask see
//! nothing. They are told that it is not theirs or not there, and no word of it.

use super::{
    marks::{Marks, escaped},
    office::{TestOffice, command_in, found, given, id, now, operation, outcome_of, passing_visit},
    pages::{Pages, asked},
};
use axum::{body::Body, http::StatusCode};
use domain::{
    id::{HazardId, PersonId, TaskId},
    photo::{PhotoFacts, PhotoHash},
    place::{Community, Grid},
    role::Role,
    sector::Sector,
    site::Site,
};
use serde_json::{Value, json};
use server::http::policy::{self, FUNCTIONS, Rule, Scope};
use uuid::Uuid;

/// Found there. Nobody else says so.
const WHAT: &str = "压力表指针超过红线";

/// A word of the site's name, by which lists are searched; alone it is no mark.
const SOUGHT: &str = "云锦";

/// What lies in a community of its own, of a sector for which no department answers.
struct Elsewhere {
    site: Site,
    hazard: HazardId,
    visit: Uuid,
    task: TaskId,
    photo: PhotoHash,
    /// Who has the task, and who gave it.
    holder: PersonId,
    giver: PersonId,
}

impl Elsewhere {
    async fn of(office: &TestOffice) -> Self {
        let site = place(office).await;
        let giver = office.phone(Role::Supervisor).await;
        let holder = office.phone(Role::Leader).await.person;
        let (hazard, task): (HazardId, TaskId) = (id(), id());
        let bytes = picture();
        let photo = PhotoHash::of(&bytes);
        let facts = PhotoFacts {
            hash: photo.clone(),
            bytes: bytes.len() as u64,
            media_type: "image/jpeg".into(),
            width: 640,
            height: 480,
            at: now(),
            by: giver.person,
            location: None,
            original: None,
            camera: None,
            source: None,
            caption_height: 0,
        };
        let mut report = found(hazard, site.id, WHAT);
        command_in(&mut report)["photos"] = json!([photo]);
        let visit = passing_visit(&giver, &site, &office.form("ebike-charging"));
        let about = json!({ "visit": { "site": site.id } });
        let sent = [operation(json!({ "photo": facts })), report, visit.clone(), given(task, holder, &about)];
        for answer in giver.sync(&sent).await {
            assert_eq!(outcome_of(&answer), "received", "{answer}");
        }
        let uploaded = giver.upload_whole(bytes).await;
        assert_eq!(uploaded.status, StatusCode::CREATED, "{}", uploaded.text());
        let visit = visit["payload"]["submit_visit"]["id"].as_str().unwrap().parse().unwrap();
        Self { site, hazard, visit, task, photo, holder, giver: giver.person }
    }

    fn ids(&self) -> [Uuid; 4] {
        [self.site.id.0, self.hazard.0, self.visit, self.task.0]
    }

    fn marks(&self) -> Marks {
        Marks::of(&self.ids(), &[&self.site.name, &self.site.code, WHAT, &self.photo.to_string()])
    }
}

async fn place(office: &TestOffice) -> Site {
    let community = Community { id: id(), name: "远山社区".into() };
    let grid = Grid { id: id(), community: community.id, name: "第 9 网格".into() };
    let site = Site {
        id: id(),
        community: community.id,
        grid: grid.id,
        name: "云锦仓储中心三号门".into(),
        code: "YJ-5520-WH".into(),
        pinyin: "yunjincangchuzhongxin yjcczx".into(),
        address: "远山路 88 号".into(),
        sector: Sector::School,
        ..office.elsewhere.clone()
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_community(office.office.id, &community).await.unwrap();
    tx.put_grid(office.office.id, &grid).await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    site
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(640, 480, image::Rgb([40, 90, 120]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// What a request must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// It is about what lies elsewhere: not theirs, or not there.
    Refused,
    /// Something else may be wrong with it before anybody looks where it is.
    NotDone,
    /// It is answered as ever, without that; or the role may not at all.
    Answered,
}
use Expected::{Answered, NotDone, Refused};

struct Question {
    path: String,
    kind: &'static str,
    body: String,
    expected: Expected,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

fn asks(path: impl Into<String>, expected: Expected) -> Question {
    Question { path: path.into(), kind: JSON, body: "{}".to_owned(), expected }
}

/// How a rule of this reach is asked for what lies elsewhere. A new one has to be written down here.
fn questions(rule: &Rule, there: &Elsewhere) -> Vec<Question> {
    let path = rule.path;
    if let Some(function) = path.strip_prefix(FUNCTIONS) {
        return of_function(path, function, there);
    }
    match (rule.method, path) {
        ("POST", "/api/v1/sync") => {
            let pull = json!({ "device": Uuid::nil(), "now": now(), "pull": true });
            return vec![Question { body: pull.to_string(), ..asks(path, Answered) }];
        }
        ("POST", "/office/hazards/{id}/code") => {
            let path = path.replace("{id}", &there.hazard.to_string());
            return vec![Question { kind: FORM, body: "do=make".to_owned(), ..asks(path, NotDone) }];
        }
        // Whoever keeps sites sees the whole office, and nobody else prints them.
        ("POST", "/office/sites/posters") => return vec![asks(path, NotDone)],
        ("GET", _) => {}
        _ => panic!("{} {path} reaches places: say here what it is asked", rule.method),
    }
    if path == "/office/people/{id}/hand-over" {
        // People are the office's; what they have to do is not told.
        return vec![asks(path.replace("{id}", &there.holder.to_string()), Answered)];
    }
    let path = path.replace("{hash}", &there.photo.to_string());
    if path.contains("{id}") {
        let kinds = ["site", "hazard", "visit", "task"];
        let kinds = if path.contains("{kind}") { &kinds[..] } else { &kinds[..1] };
        let of = |kind: &str, id: &Uuid| path.replace("{kind}", kind).replace("{id}", &id.to_string());
        let mut questions = vec![];
        for kind in kinds {
            questions.extend(there.ids().iter().map(|id| asks(of(kind, id), Refused)));
        }
        return questions;
    }
    if path != rule.path {
        return vec![asks(path, Refused)];
    }
    if path == "/office/tasks/new" {
        let (site, hazard) = (there.site.id, there.hazard);
        return vec![
            asks(format!("{path}?site={site}"), Refused),
            asks(format!("{path}?hazard={hazard}"), Refused),
        ];
    }
    let path = path.replace("{format}", "csv");
    vec![asks(path.as_str(), Answered), asks(format!("{path}?q={}", escaped(SOUGHT)), Answered)]
}

fn of_function(path: &str, function: &str, there: &Elsewhere) -> Vec<Question> {
    let of_json = |body: Value, expected| Question { body: body.to_string(), ..asks(path, expected) };
    let of_form = |body: String, expected| Question { kind: FORM, body, ..asks(path, expected) };
    let (site, hazard, task, holder) = (there.site.id, there.hazard, there.task, there.holder);
    match function {
        "frame" | "rail_counts" | "overview" | "map" => vec![of_json(json!({}), Answered)],
        "ledger" | "visits" | "sites" | "parties" | "grids" | "tasks" | "unsent" | "public_reports" => {
            vec![of_json(json!({ "filter": { "query": SOUGHT, "page": 1 } }), Answered)]
        }
        "hazard" | "visit" | "site" | "party" | "task" | "public_report" => {
            there.ids().iter().map(|id| of_json(json!({ "id": id }), Refused)).collect()
        }
        "giving" => vec![
            of_json(json!({ "subject": { "visit": { "site": site } } }), Refused),
            of_json(json!({ "subject": { "hazard": { "hazard": hazard, "need": "chase" } } }), Refused),
        ],
        "leaving" => vec![of_json(json!({ "id": holder }), Answered)],
        "act" => vec![of_form(
            format!(
                "form[hazard]={hazard}&form[does]=refer&form[given][authority]=x&form[given][reason]=y&form[base]=1"
            ),
            Refused,
        )],
        "give_task" => vec![
            of_form(format!("form[site]={site}&form[person]={holder}&form[until]=2026-11-26"), Refused),
            of_form(
                format!(
                    "form[hazard]={hazard}&form[need]=chase&form[person]={holder}&form[until]=2026-11-26"
                ),
                Refused,
            ),
        ],
        "change_task" => {
            let to = there.giver;
            vec![of_form(format!("form[task]={task}&form[does]=hand_on&form[to]={to}"), Refused)]
        }
        "hand_over" => {
            vec![of_form(format!("form[person]={holder}&form[to]={}", there.giver), Refused)]
        }
        "disclose" => vec![of_form(format!("form[hazard]={hazard}&form[public]=yes"), Refused)],
        // What people without an account report has ids of its own.
        "act_on_report" => vec![of_form(format!("form[report]={hazard}&form[does]=merge"), NotDone)],
        "ask_contact" => {
            vec![of_form(format!("form[report]={hazard}&form[words]=x&form[reason]=y"), NotDone)]
        }
        "open_contact" => vec![of_json(json!({ "id": hazard, "words": "x" }), NotDone)],
        _ => panic!("{path} reaches places: say here what it is asked"),
    }
}

/// Status and text; what was asked for by its id may be said again.
async fn answer(pages: &Pages, cookie: &str, rule: &Rule, question: &Question) -> (StatusCode, String) {
    let request = asked(rule.method, &question.path, cookie).header("content-type", question.kind);
    let request = request.header("accept", if rule.page { "text/html" } else { JSON });
    let reply = pages.send(request.body(Body::from(question.body.clone())).unwrap()).await;
    (reply.status, reply.text())
}

#[tokio::test]
async fn what_lies_elsewhere_is_told_to_nobody_by_any_route() {
    let pages = Pages::open().await;
    let there = Elsewhere::of(&pages.office).await;
    let marks = there.marks();
    let rules: Vec<_> = policy::rules().filter(|rule| rule.scope == Scope::Place).collect();
    let near = [Role::Inspector, Role::CommunityOfficer, Role::Officer, Role::Enterprise, Role::School];
    for role in near {
        let cookie = pages.cookie(role).await;
        for rule in &rules {
            for question in questions(rule, &there) {
                let (status, text) = answer(&pages, &cookie, rule, &question).await;
                let what = format!("{role:?}: {} {} {}: {status}", rule.method, question.path, question.body);
                let is_as_expected = match question.expected {
                    Refused => matches!(status.as_u16(), 403 | 404),
                    NotDone => status.is_client_error(),
                    Answered => matches!(status.as_u16(), 200 | 403),
                };
                assert!(is_as_expected, "{what}: {text}");
                let own = there.ids().into_iter().map(|id| id.to_string());
                let own = own.filter(|id| question.path.contains(id) || question.body.contains(id));
                let photo = Some(there.photo.to_string()).filter(|hash| question.path.contains(hash));
                let told = own.chain(photo).fold(text, |text, asked_for| text.replace(&asked_for, ""));
                assert_eq!(marks.count(&told), 0, "{what}: {told}");
            }
        }
    }
    // Nothing of it has changed, and whoever sees the whole office is told of it by the same questions.
    let cookie = pages.cookie(Role::Supervisor).await;
    let mut told = 0;
    for rule in &rules {
        for question in questions(rule, &there).iter().filter(|question| question.kind == JSON) {
            let (status, text) = answer(&pages, &cookie, rule, question).await;
            told += usize::from(status == StatusCode::OK && marks.count(&text) > 0);
        }
    }
    assert!(told > 20, "{told} answers tell of it");
    let office = &pages.office;
    let hazard = office.state.store.hazard(office.office.id, there.hazard).await.unwrap();
    assert_eq!(hazard.unwrap().events.len(), 1, "it was found, and nothing else");
    let mut tx = office.state.store.write().await.unwrap();
    let held = tx.open_tasks_of(office.office.id, there.holder).await.unwrap();
    assert_eq!(held.iter().map(|task| task.id).collect::<Vec<_>>(), [there.task]);
}
