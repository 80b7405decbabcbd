//! The pages for people without an account: what they send is text, small, and held to few turns.

use super::pages::{Pages, asked};
use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use domain::{
    public_report::{LEAST_DIFFICULTY, PublicReportFilter, PublicSettings},
    role::{Role, Scope},
    settings::OfficeSettings,
};
use futures::{StreamExt, stream};
use server::{http::policy::LARGEST_REPORT, service::public_reports::puzzle};
use std::io;
use test_support::picture;

const KIND: &str = "multipart/form-data; boundary=x";

/// With a light puzzle.
async fn opened() -> Pages {
    let pages = Pages::open().await;
    let office = &pages.office;
    let public = PublicSettings { difficulty: LEAST_DIFFICULTY, ..PublicSettings::default() };
    let mut tx = office.state.store.write().await.unwrap();
    let settings = OfficeSettings { public, ..OfficeSettings::default() };
    tx.put_office_settings(office.office.id, &settings).await.unwrap();
    tx.commit().await.unwrap();
    pages
}

async fn page(pages: &Pages, path: &str) -> String {
    let request = asked("GET", path, "").header("accept", "text/html").body(Body::empty()).unwrap();
    let reply = pages.send(request).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}");
    reply.text()
}

/// The value of a hidden field of the page.
fn hidden(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    field.split('"').next().unwrap().to_owned()
}

/// A form with the puzzle solved.
async fn form(pages: &Pages, fields: &[(&str, &str)], photo: &[u8]) -> Vec<u8> {
    let page = page(pages, "/report").await;
    let question = hidden(&page, "question");
    let answer = puzzle::solve(&question);
    let all = [("question", question.as_str()), ("answer", answer.as_str())];
    let mut body = vec![];
    for (name, value) in all.iter().chain(fields) {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes();
        body.extend(part);
    }
    if !photo.is_empty() {
        let head = "--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n";
        body.extend(head.as_bytes());
        body.extend(photo);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    body
}

async fn send(pages: &Pages, body: impl Into<Body>) -> (StatusCode, String) {
    let request = asked("POST", "/report", "").header("accept", "text/html").header("content-type", KIND);
    let reply = pages.send(request.body(body.into()).unwrap()).await;
    (reply.status, reply.text())
}

#[tokio::test]
async fn a_stranger_reports_and_follows_without_an_account() {
    let pages = opened().await;
    let fields = [("what", "<script>alert(1)</script>"), ("place", "北门\" onload=\"x")];
    let photo = picture::picture("tail");
    let (status, sent) = send(&pages, form(&pages, &fields, &photo).await).await;
    assert_eq!(status, StatusCode::OK, "{sent}");
    let (office, number, code) = (hidden(&sent, "office"), hidden(&sent, "number"), hidden(&sent, "code"));
    let follow = async |code: &str| {
        let request = asked("POST", "/report/find", "").header("accept", "text/html");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let body = format!("office={office}&number={number}&code={code}");
        let reply = pages.send(request.body(Body::from(body)).unwrap()).await;
        (reply.status, reply.text())
    };
    let (status, told) = follow(&code).await;
    assert_eq!(status, StatusCode::OK);
    assert!(told.contains("&lt;script&gt;") && !told.contains("<script>alert"), "{told}");
    assert!(!told.contains("\" onload=\""), "{told}");
    let (wrong, told) = follow("0000-0000").await;
    assert_eq!(wrong, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.contains("没有打开") && !told.contains("alert(1)"), "{told}");
    // The photo is drawn anew: nothing that stood behind it is kept, and nobody sees it but the desk.
    let store = &pages.office.state.store;
    let rows = store
        .public_reports(pages.office.office.id, &Scope::Office, &PublicReportFilter::default())
        .await
        .unwrap()
        .rows;
    let (report, hash) = (&rows[0].report, &rows[0].report.photos[0]);
    let path = format!("/office/reports/{}/photos/{hash}", report.id);
    let status = async |cookie: &str| {
        pages.send(asked("GET", &path, cookie).body(Body::empty()).unwrap()).await.status
    };
    assert_eq!(status("").await, StatusCode::UNAUTHORIZED);
    let cookie = pages.cookie(Role::Supervisor).await;
    assert_eq!(status(&cookie).await, StatusCode::OK);
    assert_ne!(hash.as_str(), domain::photo::PhotoHash::of(&photo).as_str());
}

#[tokio::test]
async fn a_photo_of_40_mb_is_refused_before_it_is_read() {
    let pages = opened().await;
    let size = 40 * 1024 * 1024;
    let request = asked("POST", "/report", "").header("accept", "text/html").header("content-type", KIND);
    let unread = Body::from_stream(stream::pending::<Result<Bytes, io::Error>>());
    let reply = pages.send(request.header("content-length", size).body(unread).unwrap()).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE, "declared");
    assert!(reply.text().contains("照片请小于 4 MB"), "{}", reply.text());
    let piece = || Ok::<_, io::Error>(Bytes::from(vec![b'a'; 64 * 1024]));
    let pieces = stream::iter((0..size / (64 * 1024)).map(move |_| piece())).boxed();
    let (status, _) = send(&pages, Body::from_stream(pieces)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "undeclared");
    assert_eq!(pages.office.state.budget.held(), 0, "everything was given back");
    // What the form takes and no photo may have is told beside the field, and nothing that was written is lost.
    let large = vec![0xff; usize::try_from(LARGEST_REPORT).unwrap() - 8 * 1024];
    let fields = [("what", "占着消防通道"), ("place", "北门")];
    let (status, told) = send(&pages, form(&pages, &fields, &large).await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.contains("4 MB") && told.contains("占着消防通道") && told.contains("北门"), "{told}");
}

/// What was written, the photo, and words of what is said of it.
type Case = (&'static [(&'static str, &'static str)], &'static [u8], &'static str);

#[tokio::test]
async fn what_is_no_report_is_told_in_words_and_keeps_what_was_written() {
    let pages = opened().await;
    let cases: [Case; 5] = [
        (&[("what", ""), ("place", "北门")], b"", "请写一句"),
        (&[("what", "占道"), ("place", "")], b"", "写清楚在哪里"),
        (&[("what", "占道"), ("place", "北门"), ("latitude", "0"), ("longitude", "0")], b"", "不在本街道"),
        (&[("what", "占道"), ("place", "北门")], b"no picture at all", "打不开"),
        (&[("what", "占道"), ("place", "北门"), ("phone", "138")], b"", "电话号码不对"),
    ];
    for (fields, photo, words) in cases {
        let (status, told) = send(&pages, form(&pages, fields, photo).await).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {told}");
        assert!(told.contains(words), "{words}: {told}");
        assert!(told.contains("您写的还在下面"), "{words}");
    }
    // A code that hangs nowhere does not come back, and what stands in it is text.
    let page = page(&pages, "/report?site=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!page.contains("alert(1)") && !page.contains("name=\"site\""), "{page}");
    let fields = [("what", ""), ("place", "北门"), ("site", "\"><script>alert(1)</script>")];
    let (status, told) = send(&pages, form(&pages, &fields, b"").await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!told.contains("alert(1)") && !told.contains("name=\"site\""), "{told}");
    let (status, _) = send(&pages, "--x--\r\n").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "an empty form");
}

#[tokio::test]
async fn three_photos_are_taken_and_a_fourth_is_told_of_in_words() {
    let pages = opened().await;
    let fields = [("what", "占着消防通道"), ("place", "北门")];
    let jpeg = |shade: u8| {
        let mut bytes = std::io::Cursor::new(vec![]);
        let picture = image::GrayImage::from_pixel(64, 48, image::Luma([shade]));
        picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    };
    let body = async |shades: &[u8]| {
        let mut body = form(&pages, &fields, b"").await;
        body.truncate(body.len() - b"--x--\r\n".len());
        for shade in shades {
            let head = "--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n";
            body.extend(head.as_bytes());
            body.extend(jpeg(*shade));
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        body
    };
    let (status, told) = send(&pages, body(&[10, 90, 170, 250]).await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.contains("最多 3 张") && told.contains("占着消防通道"), "{told}");
    let (status, told) = send(&pages, body(&[10, 90, 10]).await).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let all = PublicReportFilter::default();
    let store = &pages.office.state.store;
    let rows = store.public_reports(pages.office.office.id, &Scope::Office, &all).await.unwrap().rows;
    assert_eq!(rows[0].report.photos.len(), 2, "the same twice is one");
}
