//! The desk's pages and what they ask, as browsers meet them: by forms, with the program and without.

use super::office::{PASSWORD, Reply, TestOffice};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header::SET_COOKIE},
};
use domain::role::Role;
use http_body_util::BodyExt;
use serde::Serialize;
use serde_json::Value;
use server::{listen, pages::site::BuiltSite, state::AppState};
use std::{fmt::Write, fs, path::Path};
use tower::ServiceExt;

/// Every page and function, on a build with nothing in it.
pub struct Desk {
    app: Router,
    _site: tempfile::TempDir,
}

/// Somebody at the desk.
pub struct Seat<'a> {
    desk: &'a Desk,
    pub cookie: String,
}

impl Desk {
    pub fn open(state: &AppState) -> Self {
        let site = tempfile::tempdir().unwrap();
        write_site(site.path());
        let app = listen::routes(state, BuiltSite::open(Some(site.path()), state.tiles.as_deref()).unwrap());
        Self { app, _site: site }
    }

    pub fn of(office: &TestOffice) -> Self {
        Self::open(&office.state)
    }

    /// Nobody is signed in.
    pub fn stranger(&self) -> Seat<'_> {
        Seat { desk: self, cookie: String::new() }
    }

    pub async fn seat(&self, role: Role) -> Seat<'_> {
        self.sign_in(role.as_str(), PASSWORD).await
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> Seat<'_> {
        let form = serde_json::json!({ "username": username, "password": password, "next": "" });
        let reply = self.stranger().send("sign_in", "", &form, true).await;
        let cookies = reply.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookies: Vec<_> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
        assert!(!cookies.is_empty(), "{username}: {}", reply.text());
        Seat { desk: self, cookie: cookies.join("; ") }
    }

    /// Whatever a browser may send.
    pub async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Reply { status, headers, bytes }
    }
}

impl Seat<'_> {
    pub async fn page(&self, path: &str) -> Reply {
        let request = Request::get(path).header("cookie", &self.cookie).header("accept", "text/html");
        self.desk.ask(request.body(Body::empty()).unwrap()).await
    }

    /// As the page's program sends it.
    pub async fn act(&self, function: &str, form: &impl Serialize) -> Reply {
        self.send(function, "form", form, false).await
    }

    /// As a browser sends it without the program; the answer is followed to the page that it leads to.
    pub async fn submit(&self, function: &str, form: &impl Serialize) -> (String, Reply) {
        let reply = self.send(function, "form", form, true).await;
        self.follow(reply).await
    }

    /// The same, of a function whose fields are not grouped.
    pub async fn submit_fields(&self, function: &str, fields: &impl Serialize) -> (String, Reply) {
        let reply = self.send(function, "", fields, true).await;
        self.follow(reply).await
    }

    async fn follow(&self, reply: Reply) -> (String, Reply) {
        match reply.headers.get("location").and_then(|value| value.to_str().ok()) {
            Some(path) => (path.to_owned(), self.page(path).await),
            // The page itself is the answer.
            None => (String::new(), reply),
        }
    }

    /// To a path of the plain API, as a program sends it.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> Reply {
        let request = Request::post(path).header("cookie", &self.cookie);
        self.desk.ask(request.body(Body::from(body)).unwrap()).await
    }

    async fn send(&self, function: &str, group: &str, form: &impl Serialize, plain: bool) -> Reply {
        let accept = if plain { "text/html" } else { "application/json" };
        let mut body = String::new();
        encode(group, &serde_json::to_value(form).unwrap(), &mut body);
        let request = Request::post(format!("/api/pages/{function}"))
            .header("cookie", &self.cookie)
            .header("accept", accept)
            .header("content-type", "application/x-www-form-urlencoded");
        self.desk.ask(request.body(Body::from(body)).unwrap()).await
    }
}

/// `form[contacts][0][name]=…`, as browsers write it.
fn encode(name: &str, value: &Value, into: &mut String) {
    let below = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}[{key}]") };
    let text = match value {
        Value::Object(fields) => {
            return fields.iter().for_each(|(key, value)| encode(&below(key), value, into));
        }
        Value::Array(values) => {
            let at = |(at, value): (usize, &Value)| encode(&below(&at.to_string()), value, into);
            return values.iter().enumerate().for_each(at);
        }
        // A box that is not ticked sends nothing.
        Value::Bool(false) | Value::Null => return,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if !into.is_empty() {
        into.push('&');
    }
    escape(name, into);
    into.push('=');
    escape(&text, into);
}

fn escape(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-_.~[]".contains(&byte) => into.push(char::from(byte)),
            byte => write!(into, "%{byte:02X}").unwrap(),
        }
    }
}

/// What is wrong with a form, as its answer says it.
pub fn fault(reply: &Reply) -> Value {
    assert_ne!(reply.status, StatusCode::OK, "{}", reply.text());
    reply.json()
}

fn write_site(site: &Path) {
    let files = ["pkg/xunan.js", "pkg/xunan.wasm", "pkg/xunan.css", "field-boot.js", "image_worker.js"];
    let icons = ["icons/icon-192.png", "icons/icon-512.png", "icons/apple-touch-180.png"];
    let others = ["manifest.webmanifest", "favicon.svg", "hash.txt", "field.txt"];
    for name in files.iter().chain(&icons).chain(&others) {
        let path = site.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
}
