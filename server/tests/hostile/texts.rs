//! Texts that are long, empty of meaning, or hold what no text should.

use super::pages::{Pages, asked};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::role::Role;
use serde_json::json;

/// What people type into a search and what nobody does.
fn sought() -> Vec<String> {
    vec![
        "字 ".repeat(1000),
        "字".repeat(20_000),
        "a".repeat(60_000),
        "锦绣\0".to_owned(),
        "\0".to_owned(),
        "%_\\".repeat(300),
        "' OR 1=1 --".to_owned(),
        "\u{202e}\u{200b}\u{feff}".to_owned(),
        "(".repeat(5000),
        "\u{ffff}\u{10ffff}".to_owned(),
    ]
}

#[tokio::test]
async fn no_search_is_too_long_or_too_odd() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    for text in sought() {
        let shown: String = text.chars().take(20).collect();
        for function in ["ledger", "visits", "sites", "parties", "grids", "people", "audit", "forms"] {
            let body = json!({ "filter": { "query": text, "page": 1 } }).to_string();
            let reply = pages.call(&cookie, function, "application/json", body).await;
            let status = reply.status.as_u16();
            assert!(matches!(status, 200 | 413 | 422), "{function} {shown:?}: {status} {}", reply.text());
        }
        let escaped: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        if escaped.len() < 20_000 {
            for page in ["hazards", "visits", "sites", "parties", "grids", "people", "audit"] {
                for path in
                    [format!("/office/{page}?q={escaped}"), format!("/office/export/{page}/csv?q={escaped}")]
                {
                    let reply = pages.send(asked("GET", &path, &cookie).body(Body::empty()).unwrap()).await;
                    assert_eq!(reply.status, StatusCode::OK, "{page} {shown:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_nul_in_a_search_does_not_find_everything() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    for text in ["不存在\0", "\0不存在"] {
        let body = json!({ "filter": { "query": text } }).to_string();
        let reply = pages.call(&cookie, "sites", "application/json", body).await;
        assert_eq!(reply.json()["value"]["total"], 0, "{text:?}: {}", reply.text());
    }
}

/// A form as a browser sends it that runs no program.
fn plain(path: &str, cookie: &str, form: &str) -> Request<Body> {
    let request = asked("POST", path, cookie).header("accept", "text/html,application/xhtml+xml");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.header("referer", "http://localhost/office/people/new").body(Body::from(form.to_owned())).unwrap()
}

#[tokio::test]
async fn a_refused_plain_form_comes_back_with_what_was_typed_and_nothing_of_it_is_in_an_address() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    let form = "form[name]=Zhao+Liu&form[username]=zhaoliu&form[phone]=13900001111&form[role]=mayor&form[password]=geheim-2026";
    let reply = pages.send(plain("/api/pages/save_person", &cookie, form)).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!reply.headers.contains_key("location"));
    let html = reply.text();
    for kept in ["Zhao Liu", "zhaoliu", "13900001111"] {
        assert!(html.contains(&format!("value=\"{kept}\"")), "{kept} is lost: {html}");
    }
    assert!(!html.contains("geheim-2026"), "a password is typed again");
    assert!(html.contains("role=\"alert\""), "and why it was refused stands there");
    assert!(!html.contains("desk-boot.js"), "there is nothing to bring to life at this address");

    let site = pages.send(plain("/api/pages/save_site", &cookie, "form[name]=Warehouse+9&form[code]=")).await;
    assert_eq!(
        (site.status, site.headers.contains_key("location")),
        (StatusCode::UNPROCESSABLE_ENTITY, false)
    );
    assert!(site.text().contains("value=\"Warehouse 9\""));

    let sign_in =
        pages.send(plain("/api/pages/sign_in", "", "username=zhaoliu&password=geheim&next=/office")).await;
    assert_eq!((sign_in.status, sign_in.headers.contains_key("location")), (StatusCode::UNAUTHORIZED, false));
    assert!(sign_in.text().contains("value=\"zhaoliu\"") && !sign_in.text().contains("geheim"));

    let hazard = uuid::Uuid::nil();
    let act = format!("form[hazard]={hazard}&form[does]=accept&form[given][note]=looked");
    let act = pages.send(plain("/api/pages/act", &cookie, &act)).await;
    assert!(!act.headers.contains_key("location"), "{:?}", act.headers);
    assert_eq!(act.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_is_shown_that_only_the_address_says() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    let typed = "%7B%22id%22%3A%22%22%2C%22username%22%3A%22attacker%22%2C%22role%22%3A%22administrator%22%2C%22password%22%3A%22attacker-2026%22%7D";
    let answer = "%7B%22Ok%22%3A%7B%22taken%22%3A7431977%2C%22rows%22%3A7431977%2C%22new_places%22%3A%5B%5D%2C%22errors%22%3A%5B%5D%2C%22more_errors%22%3A0%7D%7D";
    for path in [
        format!("/office/people/new?typed={typed}"),
        format!("/office/import?answer={answer}"),
        format!("/office/quarantine?answer={answer}"),
        "/signin?username=attacker".to_owned(),
    ] {
        let reply = pages.send(asked("GET", &path, &cookie).body(Body::empty()).unwrap()).await;
        let html = reply.text();
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert!(!html.contains("value=\"attacker"), "{path}");
        assert!(!html.contains("7431977"), "{path}");
    }
    // Words and ways of a link that somebody sent.
    for path in ["/signin", "/signin/code", "/account/password", "/account/confirm", "/account/second-factor"]
    {
        for field in ["", "code", "password", "old"] {
            let said = format!("field={field}&why=7431977&next=https%3A%2F%2Fevil.example&done=");
            for asker in [cookie.as_str(), ""] {
                let path = format!("{path}?{said}");
                let reply = pages.send(asked("GET", &path, asker).body(Body::empty()).unwrap()).await;
                // Whoever is not signed in is led to where that is done.
                assert!(reply.status == StatusCode::OK || reply.status == StatusCode::FOUND, "{path}");
                let html = reply.text();
                assert!(!html.contains("7431977") && !html.contains("evil.example\""), "{path}: {html}");
            }
        }
    }
    let error = "/office/people/new?q=1&__path=%2Fapi%2Fpages%2Fsave_person&__err=eyJmYXVsdCI6ImJ1c3kifQ==";
    let reply = pages.send(asked("GET", error, &cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(reply.headers["location"], "/office/people/new?q=1");
}

#[tokio::test]
async fn what_is_not_done_is_said_with_the_status_that_fits() {
    let pages = Pages::open().await;
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let administrator = pages.cookie(Role::Administrator).await;
    let supervisor = pages.cookie(Role::Supervisor).await;
    let nobody = uuid::Uuid::nil();
    let one = json!({ "id": nobody }).to_string();
    let cases = [
        ("", "people", json, "{\"filter\":{}}", 401),
        (supervisor.as_str(), "people", json, "{\"filter\":{}}", 403),
        (administrator.as_str(), "site", json, &one, 404),
        (administrator.as_str(), "person", json, &one, 404),
        (administrator.as_str(), "save_person", form, "form[name]=a", 422),
        (administrator.as_str(), "ledger", json, "{\"filter\":", 400),
        (administrator.as_str(), "import", json, "{}", 415),
        (administrator.as_str(), "bring_in", form, "a=b", 415),
        ("", "bring_in", form, "a=b", 401),
    ];
    for (cookie, function, kind, body, status) in cases {
        let reply = pages.call(cookie, function, kind, body.to_owned()).await;
        assert_eq!(reply.status.as_u16(), status, "{function}: {}", reply.text());
        let fault: app::error::AppError = serde_json::from_slice(&reply.bytes).unwrap();
        assert!(!matches!(fault, app::error::AppError::Bug { .. }), "{function}: {fault}");
    }
}
