//! Bodies that are too large, too slow, cut, nested, or of another kind than was agreed.

use super::pages::{Pages, asked};
use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode},
};
use domain::role::Role;
use futures::{StreamExt, future::join_all, stream};
use server::http::policy::{self, SMALL};
use std::{io, time::Instant};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

fn refused(pages: &Pages, kind: &str) -> u64 {
    let text = pages.office.state.metrics.text().unwrap();
    let line = format!("xunan_refused_total{{kind=\"{kind}\"}} ");
    text.lines().find_map(|known| known.strip_prefix(&line)).map_or(0, |count| count.parse().unwrap())
}

/// A body of this length that says nothing of it beforehand.
fn unsaid(length: u64) -> Body {
    let piece = || Ok::<_, io::Error>(Bytes::from(vec![b'a'; 1024]));
    Body::from_stream(stream::iter((0..length.div_ceil(1024)).map(move |_| piece())))
}

/// A few bytes, and then nothing for ever.
fn unfinished() -> Body {
    Body::from_stream(
        stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"user"))]).chain(stream::pending()),
    )
}

#[tokio::test]
async fn what_is_larger_than_its_route_allows_is_refused_declared_or_not() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    let large =
        policy::rules().filter(|rule| rule.body != policy::Body::Nothing && rule.body.most() <= SMALL);
    // Whoever has opened nothing by a code is led away before that is asked.
    for rule in large.filter(|rule| rule.who != policy::Who::CodeHolder) {
        let path = rule.path;
        let declared = asked(rule.method, path, &cookie).header("content-length", SMALL + 1);
        let declared = pages.send(declared.body(unfinished()).unwrap()).await;
        assert_eq!(declared.status, StatusCode::PAYLOAD_TOO_LARGE, "{path} declared");
        let real = asked(rule.method, path, &cookie).header("content-type", JSON);
        let real = pages.send(real.body(unsaid(SMALL + 1024)).unwrap()).await;
        assert_eq!(real.status, StatusCode::PAYLOAD_TOO_LARGE, "{path} real");
    }
    assert!(refused(&pages, "large_body") > 20);
    assert_eq!(pages.office.state.budget.held(), 0, "everything was given back");
}

#[tokio::test]
async fn without_a_session_no_byte_of_a_body_is_waited_for() {
    let pages = Pages::open().await;
    for rule in policy::rules().filter(|rule| rule.who.needs_session() && !rule.page) {
        let path =
            rule.path.replace("{hash}", &"0".repeat(64)).replace("{id}", &uuid::Uuid::nil().to_string());
        let request = asked(rule.method, &path, "").header("content-length", 900).body(unfinished()).unwrap();
        assert_eq!(pages.send(request).await.status, StatusCode::UNAUTHORIZED, "{} {path}", rule.method);
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_ends_in_its_time() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    let begun = Instant::now();
    let asked = [("/api/v1/session", ""), ("/api/pages/sign_in", ""), ("/api/pages/save_person", &cookie)];
    let answers = asked.map(|(path, cookie)| pages.send(asked_unfinished(path, cookie)));
    for reply in join_all(answers).await {
        assert_eq!(reply.status, StatusCode::REQUEST_TIMEOUT, "{}", reply.text());
    }
    assert!((9..16).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(refused(&pages, "slow_body"), 3);
}

fn asked_unfinished(path: &str, cookie: &str) -> Request<Body> {
    asked("POST", path, cookie).header("content-type", FORM).body(unfinished()).unwrap()
}

#[tokio::test]
async fn strangers_hold_no_more_than_their_budget_and_a_signed_in_person_is_served_meanwhile() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Inspector).await;
    // Sixty kilobytes each, and the rest never comes.
    let held = || {
        let begun = unsaid(60 * 1024).into_data_stream().map(|piece| piece.map_err(io::Error::other));
        Body::from_stream(begun.chain(stream::pending()))
    };
    let mut waiting = vec![];
    for _ in 0..200 {
        let app = pages.app.clone();
        let request = asked("POST", "/api/v1/session", "").header("content-type", JSON).body(held()).unwrap();
        waiting.push(tokio::spawn(async move {
            tower::ServiceExt::oneshot(app, request).await.unwrap().status()
        }));
    }
    while refused(&pages, "no_room") == 0 {
        tokio::task::yield_now().await;
    }
    let held = pages.office.state.budget.held();
    assert!(held <= 8 * 1024 * 1024, "{held}");
    let whoami = pages.send(asked("GET", "/api/v1/session", &cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(whoami.status, StatusCode::OK);
    // Nobody's signing in waits for what others hold.
    pages.cookie(Role::Officer).await;
    let body =
        serde_json::json!({ "device": uuid::Uuid::nil(), "now": "2026-11-24T02:00:00Z", "operations": [] });
    let sync = asked("POST", "/api/v1/sync", &cookie).header("content-type", JSON);
    let sync = pages.send(sync.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(sync.status, StatusCode::OK, "{}", sync.text());
    waiting.into_iter().for_each(|one| one.abort());
}

#[tokio::test]
async fn broken_bodies_are_the_senders_fault_everywhere() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(20_000), close.repeat(20_000));
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        (JSON, vec![]),
        (JSON, b"{".to_vec()),
        (JSON, b"null".to_vec()),
        (JSON, b"[]".to_vec()),
        (JSON, b"{\"id\":1e999}".to_vec()),
        (JSON, deep("[", "]").into_bytes()),
        (JSON, deep("{\"a\":", "}").into_bytes()[..60_000].to_vec()),
        (JSON, b"\xff\xfe{\x00".to_vec()),
        (JSON, "{\"username\":\"\\ud800\"}".into()),
        (FORM, b"form[id]=%ff%fe&form[name]=%00".to_vec()),
        (FORM, b"form[a][b][c][d][e][f][g]=1".to_vec()),
        (FORM, "form[contacts][999999999][name]=a".into()),
        (FORM, "a&".repeat(30_000).into_bytes()),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n".to_vec(),
        ),
        ("multipart/form-data; boundary=x", b"--x".to_vec()),
        ("multipart/form-data", b"--x--".to_vec()),
        ("multipart/form-data; boundary=", b"----".to_vec()),
        ("text/plain", b"hello".to_vec()),
        ("application/json; charset=utf-16", b"{}".to_vec()),
        ("\u{7f}", b"{}".to_vec()),
        ("", b"{}".to_vec()),
    ];
    // Signing out would end the session.
    let takes = policy::rules().filter(|rule| rule.body != policy::Body::Nothing);
    for rule in takes.filter(|rule| rule.path != "/api/pages/sign_out") {
        let path =
            rule.path.replace("{hash}", &"0".repeat(64)).replace("{id}", &uuid::Uuid::nil().to_string());
        for (kind, body) in &bodies {
            let mut request = asked(rule.method, &path, &cookie);
            if let Ok(kind) = axum::http::HeaderValue::from_str(kind) {
                request = request.header("content-type", kind);
            }
            let reply = pages.send(request.body(Body::from(body.clone())).unwrap()).await;
            let status = reply.status.as_u16();
            assert!(
                status < 500,
                "{} {path} {kind} {:?}: {status} {}",
                rule.method,
                body.get(..40),
                reply.text()
            );
        }
    }
}
