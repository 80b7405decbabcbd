//! Short codes: what opens by them, what does not, and what whoever has no account sends.

mod guarded;
mod posters;
mod visit_complaints;

use super::{
    asker::at_desk,
    office::{PASSWORD, Reply, TestOffice, command, found, id, outcome_of},
    pages::Desk,
    photos::jpeg,
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header::SET_COOKIE},
};
use domain::{
    code::ComplaintFilter,
    hazard::{Hazard, HazardCommand, HazardEvent, HazardStatus, HazardStatusKind},
    id::HazardId,
    permission::Withheld,
    person::Person,
    role::{Actor, Role, Scope},
    site::{Contact, Site},
};
use serde_json::json;
use server::service::{Asker, codes, complaints, hazards};
use std::fmt::Write;

/// The last six of the number on record.
const DIGITS: &str = "006412";

async fn person(office: &TestOffice, role: Role) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap()
}

async fn asker(office: &TestOffice, role: Role) -> Asker {
    let person = person(office, role).await;
    at_desk(&Actor {
        office: office.office.id,
        person: person.id,
        name: person.name,
        role,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    })
}

/// A hazard at a site whose contact has a number.
async fn reported(office: &TestOffice) -> HazardId {
    let contact = Contact { name: "张经理".into(), duty: "店长".into(), phone: "138 0000-6412".into() };
    let site = Site { contacts: vec![contact], ..office.site.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    let hazard = id();
    let phone = office.phone(Role::Inspector).await;
    let answers = phone.sync(&[found(hazard, office.site.id, "后门安全出口堆了啤酒箱")]).await;
    assert_eq!(outcome_of(&answers[0]), "received");
    hazard
}

/// As it is typed.
async fn code_of(office: &TestOffice, hazard: HazardId) -> String {
    let by = asker(office, Role::Supervisor).await;
    codes::make_for_hazard(&office.state, &by, hazard).await.unwrap();
    codes::of_hazard(&office.state, &by, hazard).await.unwrap().code.unwrap().code.plain()
}

async fn hazard(office: &TestOffice, id: HazardId) -> Hazard {
    office.state.store.hazard(office.office.id, id).await.unwrap().unwrap()
}

async fn get(desk: &Desk, path: &str, cookie: &str) -> Reply {
    let request = Request::get(path).header("accept", "text/html").header("cookie", cookie);
    desk.ask(request.body(Body::empty()).unwrap()).await
}

async fn post(desk: &Desk, path: &str, cookie: &str, form: &str) -> Reply {
    let request = Request::post(path).header("accept", "text/html").header("cookie", cookie);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    desk.ask(request.body(Body::from(form.to_owned())).unwrap()).await
}

fn cookie(reply: &Reply) -> String {
    let set = reply.headers.get(SET_COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
    set.and_then(|cookie| cookie.split(';').next().map(str::to_owned)).unwrap_or_default()
}

async fn opened(desk: &Desk, code: &str) -> String {
    let reply = post(desk, &format!("/c/{code}"), "", &format!("digits={DIGITS}")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let set = reply.headers[SET_COOKIE].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("Max-Age=3600"), "{set}");
    cookie(&reply)
}

/// A form with a photo, as a browser sends it.
fn with_photo(fields: &[(&str, &str)], photo: &[u8]) -> Vec<u8> {
    let mut body = vec![];
    for (name, value) in fields {
        let part = format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\
                content-type: image/jpeg\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(photo);
    body.extend_from_slice(b"\r\n--x--\r\n");
    body
}

async fn send_photo(desk: &Desk, code: &str, cookie: &str, fields: &[(&str, &str)], photo: &[u8]) -> Reply {
    let request = Request::post(format!("/c/{code}/repair")).header("accept", "text/html");
    let request = request.header("cookie", cookie).header("content-type", "multipart/form-data; boundary=x");
    desk.ask(request.body(Body::from(with_photo(fields, photo))).unwrap()).await
}

/// The same picture, with what a camera would write into it.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let note = b"Exif\0\0GPS 34.7466 113.6254";
    let length = u16::try_from(note.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, note, &jpeg[2..]].concat()
}

#[tokio::test]
async fn a_party_puts_a_hazard_right_and_the_office_accepts_it() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let desk = Desk::of(&office);
    let asked = get(&desk, &format!("/c/{code}"), "").await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text().contains("后 6 位") && !asked.text().contains("啤酒箱"), "{}", asked.text());
    let csp = asked.headers["content-security-policy"].to_str().unwrap();
    assert!(csp.contains("default-src 'none'") && !csp.contains("script-src"), "{csp}");
    let cookie = opened(&desk, &code).await;
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    for words in ["后门安全出口堆了啤酒箱", "锦绣家园 A1", "2026-11-27", "测试街道", "路过时发现"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let photo = with_exif(&jpeg(90));
    let form = "0192f0c0-0000-7000-8000-000000000001";
    let fields = [("id", form), ("what", "first"), ("note", "箱子搬走了")];
    let sent = send_photo(&desk, &code, &cookie, &fields, &photo).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    // The same form once more.
    let again = send_photo(&desk, &code, &cookie, &fields, &photo).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let became = hazard(&office, id).await;
    assert_eq!(became.status, HazardStatus::Rectified { by: None });
    assert_eq!(became.events.len(), 2, "it counts once");
    let line = &became.events[1];
    assert!(matches!(line.event, HazardEvent::RectifiedByParty(_)));
    assert_eq!((line.by, line.name.as_str()), (None, "锦绣家园 A1 · 张经理"));
    // Nothing of the file is kept but the picture.
    let bytes = office.state.blobs.get(&became.after[0], server::blobs::Variant::Original).await.unwrap();
    let bytes = bytes.unwrap();
    assert!(!bytes.windows(4).any(|part| part == b"Exif" || part == b"GPS "), "where it was taken");
    let done = get(&desk, &format!("/c/{code}?done=photo"), &cookie).await.text();
    assert!(done.contains("照片收到了") && done.contains("箱子搬走了"), "{done}");
    let shown = format!("/c/{code}/photos/{}", became.after[0]);
    let shown = get(&desk, &shown, &cookie).await;
    assert_eq!((shown.status, shown.bytes == bytes), (StatusCode::OK, true));
    // Phones and desk hear of it as of anything else, and whoever found it may accept it.
    let phone = office.phone(Role::Inspector).await;
    let (changes, _) = phone.pull(None).await;
    let told = changes.iter().any(|change| change.to_string().contains("rectified_by_party"));
    assert!(told, "{changes:?}");
    let accept = json!({ "accept": { "note": "看过了", "photos": [] } });
    let answers = phone.sync(&[command(id, accept)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    assert_eq!(hazard(&office, id).await.status.kind(), HazardStatusKind::Closed);
    let closed = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(closed.contains("这件完了"), "{closed}");
}

#[tokio::test]
async fn more_time_a_word_and_a_complaint_arrive_where_they_belong() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let desk = Desk::of(&office);
    let cookie = opened(&desk, &code).await;
    let time = format!("/c/{code}/time");
    let refused = post(&desk, &time, &cookie, "until=2020-01-01&reason=%E7%BC%BA%E6%9D%90%E6%96%99").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("今天以后") && refused.text().contains("缺材料"), "{}", refused.text());
    let refused = post(&desk, &time, &cookie, "until=nothing&reason=").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = post(&desk, &time, &cookie, "until=2026-12-04&reason=wait").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let words = "words=%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let sent = post(&desk, &format!("/c/{code}/words"), &cookie, words).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
    let became = hazard(&office, id).await;
    let extension = became.extension.clone().unwrap();
    assert_eq!((extension.until.to_string().as_str(), extension.by), ("2026-12-04", None));
    assert!(matches!(became.events[2].event, HazardEvent::PartyWrote(_)));
    assert!(became.is_open(), "nothing closes by itself");
    let complaint = format!("/c/{code}/complaint");
    assert_eq!(post(&desk, &complaint, &cookie, "complaint=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = post(&desk, &complaint, &cookie, "complaint=no+certificate+shown").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
    assert_eq!(hazard(&office, id).await.events.len(), 3, "those who came do not read it in the log");
    let supervisor = asker(&office, Role::Supervisor).await;
    let told = complaints::list(&office.state, &supervisor, &ComplaintFilter::default()).await.unwrap();
    assert_eq!(told.rows[0].complaint.words, "no certificate shown");
    // The office answers as it answers anybody.
    let grant = HazardCommand::Assign(serde_json::from_value(json!({
        "responsible": "锦绣家园", "measures": "清走", "funds": 0, "deadline": "2026-12-04", "contingency": "专人看守"
    })).unwrap());
    hazards::act(&office.state, &supervisor, id, &grant, 3).await.unwrap();
}

#[tokio::test]
async fn a_major_hazard_waits_for_its_plan() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let mut major = hazard(&office, id).await;
    major.found.level = domain::severity::Severity::Major;
    assert!(major.party_may_rectify().is_err());
    assert!(hazard(&office, id).await.party_may_rectify().is_ok());
}

#[tokio::test]
async fn no_record_holds_a_code() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let (to, mut rows) = tokio::sync::mpsc::channel(1_000);
    let dumping = office.state.store.dump(to);
    let reading = async {
        let mut all = String::new();
        while let Some(row) = rows.recv().await {
            write!(all, "{row:?}").unwrap();
        }
        all
    };
    let (dumped, all) = tokio::join!(dumping, reading);
    dumped.unwrap();
    assert!(all.contains("锦绣家园"), "the rows can be read");
    let bytes = format!("{:?}", code.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    assert!(!all.contains(&code) && !all.contains(&hex::encode(&code)) && !all.contains(bytes));
}

#[tokio::test]
async fn the_desk_makes_prints_and_ends_a_code() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let desk = Desk::of(&office);
    let seat = desk.sign_in("supervisor", PASSWORD).await;
    let page = seat.page(&format!("/office/hazards/{id}/code")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("做一个短码"), "{}", page.text());
    let code = code_of(&office, id).await;
    let page = seat.page(&format!("/office/hazards/{id}/code")).await.text();
    let address = format!("/c/{code}");
    for words in [address.as_str(), "<svg", "还没有打开过", "作废", "后门安全出口堆了啤酒箱"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    opened(&desk, &code).await;
    let page = seat.page(&format!("/office/hazards/{id}/code")).await.text();
    assert!(page.contains("打开过") && !page.contains("还没有打开过"), "{page}");
    let stranger = desk.stranger().page(&format!("/office/hazards/{id}/code")).await;
    assert_eq!(stranger.status, StatusCode::FOUND, "to the sign-in page");
}
