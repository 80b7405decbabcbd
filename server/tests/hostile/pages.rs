//! The whole server, pages and their functions too, as one router; and somebody who asks it.

use super::{
    office::{PASSWORD, Reply, TestOffice},
    process::write_site,
};
use axum::{
    Router,
    body::Body,
    http::{Request, header::SET_COOKIE, request::Builder},
};
use domain::role::Role;
use http_body_util::BodyExt;
use server::{listen, pages::site::BuiltSite};
use tower::ServiceExt;

const DESK: &str = "xunan_session=";

pub struct Pages {
    pub office: TestOffice,
    pub app: Router,
}

impl Pages {
    pub async fn open() -> Self {
        let office = TestOffice::open().await;
        let site = office.folder.path().join("site");
        write_site(&site);
        let app = listen::routes(&office.state, BuiltSite::open(Some(&site)).unwrap());
        Self { office, app }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Reply { status, headers, bytes }
    }

    /// The cookies of whoever has this role: signed in on a phone and at the desk.
    pub async fn cookie(&self, role: Role) -> String {
        let phone = self.office.phone(role).await.cookie;
        let form = format!("username={}&password={}", role.as_str(), PASSWORD.replace(' ', "+"));
        let reply = self.call("", "sign_in", "application/x-www-form-urlencoded", form).await;
        let set = reply.headers.get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        let desk = set.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with(DESK));
        format!("{phone}; {}", desk.unwrap())
    }

    /// A function of the pages, called as their program does.
    pub async fn call(&self, cookie: &str, function: &str, kind: &str, body: impl Into<Body>) -> Reply {
        let request = asked("POST", &format!("/api/pages/{function}"), cookie);
        self.send(request.header("content-type", kind).body(body.into()).unwrap()).await
    }
}

/// A request with a cookie, or without one.
pub fn asked(method: &str, path: &str, cookie: &str) -> Builder {
    let request = Request::builder().method(method).uri(path);
    if cookie.is_empty() { request } else { request.header("cookie", cookie) }
}
