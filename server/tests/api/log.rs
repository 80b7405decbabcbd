//! What whoever runs the machine reads: the program's log and its counts tell who was turned away, and never what they
//! typed.

use super::{
    desk::Browser,
    office::{PASSWORD, TestOffice},
};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request},
};
use serde_json::json;
use server::{
    http::{self, ProxyTrust},
    state::AppState,
};
use std::{cell::RefCell, io, net::SocketAddr, sync::Once};
use tower::ServiceExt;
use tracing::Level;

thread_local! {
    /// A test runs on one thread, and what it asks of the server does too.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Pen;

impl io::Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Warnings are written down from here on, of each test by itself.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let log = tracing_subscriber::fmt().with_max_level(Level::WARN).with_ansi(false).with_writer(|| Pen);
        tracing::subscriber::set_global_default(log.finish()).unwrap();
    });
}

fn log() -> String {
    LOG.with_borrow(|log| String::from_utf8_lossy(log).into_owned())
}

fn line<'a>(log: &'a str, words: &str) -> &'a str {
    log.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("nothing says {words}: {log}"))
}

#[tokio::test]
async fn who_was_refused_is_logged_by_account_and_address_and_never_what_they_typed() {
    listen();
    let office = TestOffice::open().await;
    let stranger = Browser::at(&office, "198.51.100.7");
    for _ in 0..9 {
        stranger.sign_in_on_phone("inspector", "a wrong guess").await;
    }
    // A password in the field of the account.
    stranger.sign_in_on_phone("my secret password", "a wrong guess").await;
    let seat = Browser::new(&office);
    seat.sign_in("officer", PASSWORD).await;
    seat.form("confirm", &[("password", "a wrong guess")]).await;
    seat.ask("people", json!({ "filter": {} })).await;
    let log = log();
    for words in ["sign-in refused", "sign-in put off"] {
        let told = line(&log, words);
        assert!(told.contains("account=inspector") && told.contains("198.51.100.7"), "{told}");
    }
    let told = line(&log, "a password asked for again was wrong");
    assert!(told.contains("account=officer"), "{told}");
    line(&log, "somebody asked for what their role or place does not allow");
    for secret in ["a wrong guess", "my secret password", PASSWORD] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn headers_of_a_proxy_are_counted_where_nobody_named_it() {
    let office = TestOffice::open().await;
    let trusted_proxies = ["192.0.2.0/24"].iter().map(|network| network.parse().unwrap()).collect();
    let state = AppState { proxy_trust: ProxyTrust { tls: false, trusted_proxies }, ..office.state.clone() };
    let app = http::with_middleware(&state, http::api(state.clone()));
    let counted = async |peer: &str, header: Option<&'static str>| {
        let mut request = Request::get("/api/v1/receipt-key").body(Body::empty()).unwrap();
        if let Some(name) = header {
            request.headers_mut().insert(name, HeaderValue::from_static("203.0.113.7"));
        }
        let peer: SocketAddr = format!("{peer}:9").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request).await.unwrap();
        office.state.metrics.text().unwrap()
    };
    let (ours, stranger) = ("192.0.2.1", "198.51.100.1");
    for (peer, header) in [(ours, Some("x-forwarded-for")), (stranger, None)] {
        let told = counted(peer, header).await;
        assert!(!told.contains("foreign_proxy"), "{peer}: {told}");
    }
    let headers = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded"];
    for (n, header) in (1..).zip(headers) {
        let told = counted(stranger, Some(header)).await;
        let expected = format!("refused_total{{kind=\"foreign_proxy\"}} {n}");
        assert!(told.contains(&expected), "{header}: {told}");
    }
}
