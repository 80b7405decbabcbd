//! The desk by HTTP: rendered pages and server functions, with cookies as a browser keeps them.

use super::office::{PASSWORD, Reply, TestOffice, now};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header::SET_COOKIE},
};
use chrono::Duration;
use domain::role::Role;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{http, pages};
use std::{cell::RefCell, collections::BTreeMap, fs, net::SocketAddr};
use tower::ServiceExt;

/// A browser at the desk.
pub struct Browser {
    app: Router,
    cookies: RefCell<BTreeMap<String, String>>,
    pub address: SocketAddr,
}

impl Browser {
    pub fn at(office: &TestOffice, address: &str) -> Self {
        let site = office.folder.path().join("site");
        for name in [
            "pkg/xunan.js",
            "pkg/xunan.wasm",
            "pkg/xunan.css",
            "field-boot.js",
            "image_worker.js",
            "manifest.webmanifest",
            "favicon.svg",
            "icons/icon-192.png",
            "icons/icon-512.png",
            "icons/apple-touch-180.png",
            "hash.txt",
            "field.txt",
        ] {
            let path = site.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let site = pages::site::BuiltSite::open(Some(&site), office.state.tiles.as_deref()).unwrap();
        let routes = http::api(office.state.clone()).merge(pages::routes(&office.state, site));
        let address = format!("{address}:9").parse().unwrap();
        Self { app: http::with_middleware(&office.state, routes), cookies: RefCell::default(), address }
    }

    pub fn new(office: &TestOffice) -> Self {
        Self::at(office, "192.0.2.1")
    }

    pub fn forget(&self, name: &str) {
        self.cookies.borrow_mut().remove(name);
    }

    /// Sends one cookie's value as the other from here on.
    pub fn rename(&self, from: &str, to: &str) {
        let value = self.cookies.borrow_mut().remove(from).unwrap();
        self.cookies.borrow_mut().insert(to.to_owned(), value);
    }

    pub async fn send(&self, method: &str, path: &str, kind: &str, body: impl Into<Body>) -> Reply {
        let cookies: Vec<_> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header("cookie", cookies.join("; "));
        let request = request.header("content-type", kind).header("accept-language", "zh-CN");
        let is_plain = kind == FORM || kind.starts_with("multipart/") || method == "GET";
        let request = if is_plain { request.header("accept", "text/html") } else { request };
        let mut request = request.body(body.into()).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        for cookie in headers.get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            match rest.split(';').next().unwrap() {
                "" => self.forget(name),
                value => drop(self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned())),
            }
        }
        Reply { status, headers, bytes }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, "", String::new()).await
    }

    /// Sends a plain form and gives where it leads.
    pub async fn form(&self, function: &str, fields: &[(&str, &str)]) -> String {
        let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let reply = self.send("POST", &format!("/api/pages/{function}"), FORM, fields.join("&")).await;
        let led = reply.headers.get("location").and_then(|to| to.to_str().ok());
        led.map_or_else(|| format!("{} {}", reply.status, reply.text()), str::to_owned)
    }

    /// Sends a plain form with a file behind its fields.
    pub async fn file(&self, function: &str, fields: &[(&str, &str)], file: &[u8]) -> Reply {
        let part = |name: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"");
        let fields = fields.iter().map(|(name, value)| format!("{}\r\n\r\n{value}\r\n", part(name)));
        let begin = format!("{}{}; filename=\"a\"\r\n\r\n", fields.collect::<String>(), part("file"));
        let body = [begin.as_bytes(), file, b"\r\n--x--\r\n"].concat();
        let path = format!("/api/pages/{function}");
        self.send("POST", &path, "multipart/form-data; boundary=x", body).await
    }

    /// Asks a server function as the program does.
    pub async fn ask(&self, function: &str, arguments: Value) -> Value {
        let path = format!("/api/pages/{function}");
        self.send("POST", &path, "application/json", arguments.to_string()).await.json()
    }

    pub async fn sign_in(&self, username: &str, password: &str) -> String {
        self.form("sign_in", &[("username", username), ("password", password)]).await
    }

    pub async fn sign_in_on_phone(&self, username: &str, password: &str) -> Reply {
        let body = json!({ "username": username, "password": password, "device_name": "phone" });
        self.send("POST", "/api/v1/session", "application/json", body.to_string()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, "application/json", body.to_string()).await
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_phones_session_opens_no_desk_and_a_desks_none_of_the_phones_ways() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    assert_eq!(browser.sign_in_on_phone("supervisor", PASSWORD).await.status, StatusCode::OK);
    assert_eq!(browser.get("/api/v1/session").await.status, StatusCode::OK);
    let page = browser.get("/office").await;
    assert_eq!(page.headers.get("location").unwrap(), "/signin?next=%2Foffice");
    assert_eq!(browser.ask("people", json!({ "filter": {} })).await, "sign_in");
    assert!(browser.get("/account/devices").await.headers.get("location").is_some());

    let desk = Browser::new(&office);
    assert_eq!(desk.sign_in("supervisor", PASSWORD).await, "/office");
    assert_eq!(desk.get("/office/sites").await.status, StatusCode::OK);
    assert_eq!(desk.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
    let nothing = json!({ "device": uuid::Uuid::nil(), "now": now(), "operations": [] });
    assert_eq!(desk.post("/api/v1/sync", nothing).await.status, StatusCode::UNAUTHORIZED);
}

/// What it was made for stands with the session; the name of a cookie is the browser's to choose.
#[tokio::test]
async fn a_session_under_the_other_sides_name_opens_nothing_either() {
    let office = TestOffice::open().await;
    let phone = Browser::new(&office);
    assert_eq!(phone.sign_in_on_phone("supervisor", PASSWORD).await.status, StatusCode::OK);
    phone.rename("xunan_field", "xunan_session");
    assert_eq!(phone.get("/office").await.headers.get("location").unwrap(), "/signin?next=%2Foffice");
    assert_eq!(phone.ask("overview", json!({})).await, "sign_in");

    let desk = Browser::new(&office);
    assert_eq!(desk.sign_in("supervisor", PASSWORD).await, "/office");
    desk.rename("xunan_session", "xunan_field");
    assert_eq!(desk.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
    let nothing = json!({ "device": uuid::Uuid::nil(), "now": now(), "operations": [] });
    assert_eq!(desk.post("/api/v1/sync", nothing).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_desks_session_ends_with_the_day() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    for hours in [3, 6, 9, 11] {
        office.clock.set(now() + Duration::hours(hours));
        assert_eq!(browser.get("/office").await.status, StatusCode::OK, "{hours} hours");
    }
    office.clock.set(now() + Duration::hours(13));
    assert_ne!(browser.get("/office").await.status, StatusCode::OK);
    let idle = Browser::new(&office);
    idle.sign_in("supervisor", PASSWORD).await;
    office.clock.set(now() + Duration::hours(18));
    assert_ne!(idle.get("/office").await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_changes_ones_own_password_with_the_old_one_and_is_out_everywhere_else() {
    let office = TestOffice::open().await;
    let (browser, other) = (Browser::new(&office), Browser::new(&office));
    let phone = office.phone(Role::Supervisor).await;
    browser.sign_in("supervisor", PASSWORD).await;
    other.sign_in("supervisor", PASSWORD).await;
    let fields = |old, new, again| [("old", old), ("new", new), ("again", again)];
    let good = "seven quiet herons";
    for (refused, field) in [
        (fields("not the old one", good, good), "field=old"),
        (fields(PASSWORD, "12345678", "12345678"), "field=new"),
        (fields(PASSWORD, "supervisor1", "supervisor1"), "field=new"),
        (fields(PASSWORD, PASSWORD, PASSWORD), "field=new"),
        (fields(PASSWORD, good, "seven quiet heron"), "field=again"),
    ] {
        let led = browser.form("change_password", &refused).await;
        assert!(led.contains(field) && !led.contains("heron"), "{led}");
    }
    let led = browser.form("change_password", &fields(PASSWORD, good, good)).await;
    assert_eq!(led, "/account/devices?done=password");
    assert_eq!(browser.get("/office").await.status, StatusCode::OK, "the session in which it was done stays");
    assert_ne!(other.get("/office").await.status, StatusCode::OK);
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(Browser::new(&office).sign_in("supervisor", good).await, "/office");
}

#[tokio::test]
async fn signing_out_everywhere_leaves_this_device_only() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    let phone = office.phone(Role::Supervisor).await;
    browser.form("sign_out_everywhere", &[]).await;
    assert_eq!(browser.get("/office").await.status, StatusCode::OK);
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, StatusCode::UNAUTHORIZED);
}

fn account(username: &str, password: &str) -> Value {
    json!({ "form": { "name": "周宁", "username": username, "role": "supervisor", "password": password } })
}

#[tokio::test]
async fn an_account_is_made_only_after_the_password_was_typed_lately() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    office.clock.set(now() + Duration::minutes(11));
    let form = account("zhouning", "seven quiet herons");
    let save = |form: &Value| {
        let fields = form["form"].as_object().unwrap().clone();
        fields.into_iter().map(|(name, value)| (format!("form[{name}]"), value.as_str().unwrap().to_owned()))
    };
    let save = |form: &Value| save(form).collect::<Vec<_>>();
    let send = async |form: &Value| {
        let fields = save(form);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.form("save_person", &fields).await
    };
    let refused = send(&form).await;
    assert!(refused.contains("confirm") && !refused.contains("herons"), "{refused}");
    let led = browser.form("confirm", &[("password", "wrong"), ("next", "/office/people")]).await;
    assert!(led.starts_with("/account/confirm?field=password"), "{led}");
    assert_eq!(
        browser.form("confirm", &[("password", PASSWORD), ("next", "/office/people")]).await,
        "/office/people"
    );
    assert_eq!(send(&form).await, "/office/people");
    assert!(office.state.store.account("zhouning").await.unwrap().is_some());
}

#[tokio::test]
async fn a_list_that_comes_too_long_after_the_password_leads_to_where_it_is_typed() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    office.clock.set(now() + Duration::minutes(11));
    let list = concat!(
        "--x\r\ncontent-disposition: form-data; name=\"what\"\r\n\r\npeople\r\n",
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n",
        "content-type: text/csv\r\n\r\nusername,phone\r\ninspector,13900000061\r\n--x--\r\n",
    );
    let kind = "multipart/form-data; boundary=x";
    let reply = browser.send("POST", "/api/pages/import", kind, list.to_owned()).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.text().contains("/account/confirm?next="), "{}", reply.text());
    // The browser itself sent the form, so it has let go of the file.
    assert!(reply.text().contains("请重新选择文件"));
}

#[tokio::test]
async fn a_preview_whose_day_is_over_says_what_to_do() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    let page = browser.get(&format!("/office/import/{}", uuid::Uuid::nil())).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().contains("这份预览已失效") && page.text().contains("请重新上传"));
}

#[tokio::test]
async fn a_page_past_the_end_of_a_list_is_not_an_empty_list() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    for list in ["/office/quarantine", "/office/audit", "/office/sites"] {
        let page = browser.get(&format!("{list}?page=9")).await.text();
        assert!(page.contains("没有这一页") && page.contains("去最后一页"), "{list}");
        assert!(!page.contains("没有搁置的内容"), "{list}");
    }
}

#[tokio::test]
async fn a_password_that_somebody_else_chose_is_changed_before_anything_else() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    let first = "seven quiet herons";
    for field in [&[
        ("form[name]", "周宁"),
        ("form[username]", "zhouning"),
        ("form[role]", "supervisor"),
        ("form[password]", first),
    ]] {
        assert_eq!(browser.form("save_person", field).await, "/office/people");
    }
    // At the desk.
    let desk = Browser::new(&office);
    assert_eq!(desk.sign_in("zhouning", first).await, "/account/password?next=%2Foffice");
    assert!(
        desk.get("/office")
            .await
            .headers
            .get("location")
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("/account/password")
    );
    assert_eq!(desk.ask("overview", json!({})).await["due"]["due"], "password");
    let list = desk.get(&format!("/office/import/{}/marked.xlsx", uuid::Uuid::nil())).await;
    assert_eq!(list.status, StatusCode::UNAUTHORIZED, "nor is a list given out");
    // On the phone.
    let phone = Browser::new(&office);
    let signed_in = phone.sign_in_on_phone("zhouning", first).await;
    assert_eq!(signed_in.json()["due"], "password");
    let nothing = json!({ "device": uuid::Uuid::nil(), "now": now(), "operations": [] });
    let refused = phone.post("/api/v1/sync", nothing.clone()).await;
    assert_eq!(
        (refused.status, refused.json()["code"].clone()),
        (StatusCode::UNAUTHORIZED, json!("password_due"))
    );
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    let weak = phone.post("/api/v1/password", change(first, "88888888")).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.json()["detail"].as_str().unwrap().contains("请换一个"), "{}", weak.text());
    let done = phone.post("/api/v1/password", change(first, "eight grey geese fly")).await;
    assert_eq!((done.status, done.json()["due"].clone()), (StatusCode::OK, Value::Null), "{}", done.text());
    assert_eq!(phone.post("/api/v1/sync", nothing).await.status, StatusCode::OK);
    assert_eq!(Browser::new(&office).sign_in("zhouning", "eight grey geese fly").await, "/office");
}
