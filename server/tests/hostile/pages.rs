//! The whole server, pages and their functions too, as one router; and somebody who asks it.

use super::{
    office::{PASSWORD, Reply, TestOffice, id},
    process::write_site,
};
use axum::{
    Router,
    body::Body,
    http::{Request, header::SET_COOKIE, request::Builder},
};
use domain::{person::Person, role::Role};
use http_body_util::BodyExt;
use serde_json::json;
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
        let app = listen::routes(
            &office.state,
            BuiltSite::open(Some(&site), office.state.tiles.as_deref()).unwrap(),
        );
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
        self.cookie_of(role.as_str()).await
    }

    /// The same of one account.
    pub async fn cookie_of(&self, username: &str) -> String {
        let body = json!({ "username": username, "password": PASSWORD, "device_name": "test" });
        let request = Request::post("/api/v1/session").header("content-type", "application/json");
        let reply = self.office.send(request.body(Body::from(body.to_string())).unwrap()).await;
        let phone = first_cookie(&reply, |_| true);
        let form = format!("username={username}&password={}", PASSWORD.replace(' ', "+"));
        let reply = self.call("", "sign_in", "application/x-www-form-urlencoded", form).await;
        format!("{phone}; {}", first_cookie(&reply, |cookie| cookie.starts_with(DESK)))
    }

    /// Somebody else of this role, with the same password; gives the account. Whoever is looked for by the role is the first still.
    pub async fn second_of(&self, role: Role) -> String {
        let first = self.office.person(role).await;
        let (username, name) = (format!("{}2", first.username), format!("{}乙", first.name));
        let second = Person { id: id(), username: username.clone(), name, ..first };
        let hash = self.office.state.passwords.hash(PASSWORD.into()).await.unwrap();
        let mut tx = self.office.state.store.write().await.unwrap();
        tx.put_person(self.office.office.id, &second, Some(&hash)).await.unwrap();
        tx.commit().await.unwrap();
        username
    }

    /// A function of the pages, called as their program does.
    pub async fn call(&self, cookie: &str, function: &str, kind: &str, body: impl Into<Body>) -> Reply {
        let request = asked("POST", &format!("/api/pages/{function}"), cookie);
        self.send(request.header("content-type", kind).body(body.into()).unwrap()).await
    }
}

/// The first of those that an answer sets which are wanted, without what stands beside it.
fn first_cookie(reply: &Reply, wanted: impl Fn(&str) -> bool) -> String {
    let set = reply.headers.get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
    let mut cookies = set.filter_map(|cookie| cookie.split(';').next());
    cookies.find(|cookie| wanted(cookie)).unwrap_or_else(|| panic!("no cookie: {}", reply.text())).to_owned()
}

/// A request with a cookie, or without one.
pub fn asked(method: &str, path: &str, cookie: &str) -> Builder {
    let request = Request::builder().method(method).uri(path);
    if cookie.is_empty() { request } else { request.header("cookie", cookie) }
}
