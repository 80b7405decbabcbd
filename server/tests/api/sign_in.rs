//! Signing in, being signed out, and being another site.

use super::office::{PASSWORD, TestOffice};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use chrono::Duration;
use domain::role::Role;
use serde_json::json;
use tower::ServiceExt;

fn credentials(username: &str, password: &str) -> Request<Body> {
    let body = json!({ "username": username, "password": password, "device_name": "test" });
    let request = Request::post("/api/v1/session").header("content-type", "application/json");
    request.header("accept-language", "zh-CN").body(Body::from(body.to_string())).unwrap()
}

#[tokio::test]
async fn wrong_passwords_and_unknown_accounts_are_answered_alike_in_the_persons_language() {
    let office = TestOffice::open().await;
    let wrong = office.send(credentials("inspector", "wrong")).await;
    let unknown = office.send(credentials("nobody", "wrong")).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(wrong.json(), unknown.json());
    assert_eq!(wrong.headers["content-type"], "application/problem+json");
    assert_eq!(
        wrong.json(),
        json!({
            "type": "urn:xunan:problem:wrong_credentials",
            "title": "Wrong credentials",
            "status": 401,
            "detail": "账号或密码不对",
            "code": "wrong_credentials",
        })
    );
}

#[tokio::test]
async fn guessing_is_slowed_and_the_right_password_works_again_later() {
    let office = TestOffice::open().await;
    let mut last = StatusCode::OK;
    for _ in 0..20 {
        last = office.send(credentials("inspector", "guess")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let refused = office.send(credentials("inspector", PASSWORD)).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key("retry-after"));
    office.clock.set(super::office::now() + Duration::minutes(20));
    assert_eq!(office.send(credentials("inspector", PASSWORD)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn servers_on_one_database_count_guesses_together() {
    let office = TestOffice::open().await;
    let other = office.second().await;
    for n in 0..8 {
        let server = if n % 2 == 0 { &office.app } else { &other };
        let reply = server.clone().oneshot(credentials("inspector", "guess")).await.unwrap();
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "guess {n}");
    }
    for server in [&office.app, &other] {
        let reply = server.clone().oneshot(credentials("inspector", PASSWORD)).await.unwrap();
        assert_eq!(reply.status(), StatusCode::TOO_MANY_REQUESTS);
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_scripts_reach_and_ends_with_the_session() {
    let office = TestOffice::open().await;
    let reply = office.send(credentials("inspector", PASSWORD)).await;
    let cookie = reply.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let phone = office.phone(Role::Inspector).await;
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, StatusCode::OK);
    assert_eq!(phone.request("DELETE", "/api/v1/session", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_expires_when_it_is_not_used() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    office.clock.set(super::office::now() + Duration::days(31));
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_sites_request_is_refused_even_with_the_cookie() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let request = Request::post("/api/v1/sync").header("cookie", &phone.cookie);
    let request = request.header("sec-fetch-site", "cross-site").header("content-type", "application/json");
    let reply = office.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}
