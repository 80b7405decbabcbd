//! Cookies that somebody else planted.

use super::pages::{Pages, asked};
use axum::{body::Body, http::StatusCode};
use domain::role::Role;
use server::{
    http::{self, ProxyTrust},
    state::AppState,
};
use tower::ServiceExt;

#[tokio::test]
async fn two_sessions_are_none() {
    let pages = Pages::open().await;
    let cookie = pages.office.phone(Role::Administrator).await.cookie;
    let planted = format!("{}0", cookie.rsplit_once('=').unwrap().0.to_owned() + "=");
    for both in [format!("{cookie}; {planted}"), format!("{planted}; {cookie}")] {
        for path in ["/office", "/api/v1/session"] {
            let reply = pages.send(asked("GET", path, &both).body(Body::empty()).unwrap()).await;
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{path} {both}");
        }
    }
}

#[tokio::test]
async fn over_https_a_sibling_can_plant_nothing() {
    let pages = Pages::open().await;
    let proxy_trust = ProxyTrust { tls: true, ..ProxyTrust::default() };
    let state = AppState { proxy_trust, ..pages.office.state.clone() };
    let app = http::with_middleware(&state, http::api(state.clone()));
    let plain = pages.office.phone(Role::Inspector).await.cookie;
    let name = plain.split('=').next().unwrap();
    let ask = async |cookie: String| {
        let request = asked("GET", "/api/v1/session", &cookie).body(Body::empty()).unwrap();
        app.clone().oneshot(request).await.unwrap()
    };
    let planted = ask(plain.clone()).await;
    assert_eq!(planted.status(), StatusCode::UNAUTHORIZED, "another host of the domain may have set {name}");
    assert_eq!(planted.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
    assert_eq!(ask(format!("__Host-{plain}")).await.status(), StatusCode::OK);
    assert_eq!(ask(format!("{name}=planted; __Host-{plain}")).await.status(), StatusCode::OK);
    let ended = asked("DELETE", "/api/v1/session", &format!("__Host-{plain}")).body(Body::empty()).unwrap();
    let ended = app.clone().oneshot(ended).await.unwrap();
    let set = ended.headers().get_all("set-cookie").iter().map(|set| set.to_str().unwrap());
    for cookie in set {
        assert!(
            cookie.starts_with("__Host-") && cookie.contains("; Secure") && cookie.contains("; Path=/"),
            "{cookie}"
        );
        assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    }
}
