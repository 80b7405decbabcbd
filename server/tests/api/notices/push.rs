//! Reminders on phones, against what stands in for a browser's service; and a browser that reads them.

use super::{
    channels::{channel, save, turn, with_late_hazards},
    morning,
    stand_in::StandIn,
};
use crate::office::{Phone, TestOffice, now};
use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    hmac,
};
use axum::{body::Body, http::Request};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    notice::{ChannelKind, PushSubscription},
    role::Role,
    text::Lang,
};
use serde_json::{Value, json};
use server::{
    service::{Error, Services, notices},
    storage::Session,
};
use std::sync::Arc;

const CONTACT: &str = "mailto:anquan@jinhe.example";

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &parts.concat()).as_ref().to_vec()
}

/// A browser with the one key that reads what it is sent.
struct Browser {
    own: PrivateKey,
    public: Vec<u8>,
    auth: [u8; 16],
}

impl Browser {
    fn new() -> Self {
        let own = PrivateKey::generate(&ECDH_P256).unwrap();
        let public = own.compute_public_key().unwrap().as_ref().to_vec();
        Self { own, public, auth: [7; 16] }
    }

    fn at(&self, endpoint: &str) -> PushSubscription {
        PushSubscription {
            endpoint: endpoint.to_owned(),
            p256dh: URL_SAFE_NO_PAD.encode(&self.public),
            auth: URL_SAFE_NO_PAD.encode(self.auth),
            lang: Lang::Zh,
        }
    }

    /// As RFC 8291 has a browser do it.
    fn reads(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (length, rest) = rest.split_at(4);
        assert_eq!((length, rest[0]), ([0, 0, 16, 0].as_slice(), 65));
        let (sender, sealed) = rest[1..].split_at(65);
        let peer = UnparsedPublicKey::new(&ECDH_P256, sender);
        let shared = agree(&self.own, peer, (), |shared| Ok(mac(&self.auth, &[shared]))).unwrap();
        let keying = mac(&shared, &[b"WebPush: info\0", &self.public, sender, b"\x01"]);
        let prk = mac(salt, &[&keying]);
        let key = mac(&prk, &[b"Content-Encoding: aes128gcm\0\x01"]);
        let nonce = mac(&prk, &[b"Content-Encoding: nonce\0\x01"]);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap();
        let mut sealed = sealed.to_vec();
        let opened = key.open_in_place(nonce, Aad::empty(), &mut sealed).unwrap();
        let (last, text) = opened.split_last().unwrap();
        assert_eq!(*last, 2, "the last record");
        serde_json::from_slice(text).unwrap()
    }
}

async fn session(office: &TestOffice, phone: &Phone<'_>) -> Session {
    let sessions = office.state.store.sessions_of(phone.person, now()).await.unwrap();
    sessions.into_iter().max_by_key(|session| session.id).unwrap()
}

async fn switch_on(
    services: &Services,
    session: &Session,
    browser: &Browser,
    endpoint: &str,
) -> Result<(), Error> {
    notices::subscribe(services, session, Lang::Zh, &browser.at(endpoint)).await
}

async fn browsers(office: &TestOffice) -> usize {
    office.state.store.push_subscriptions(office.office.id, now()).await.unwrap().len()
}

async fn states(office: &TestOffice) -> Vec<&'static str> {
    let rows = office.state.store.notice_deliveries(office.office.id, 100).await.unwrap();
    rows.iter().map(|row| row.state.as_str()).collect()
}

#[tokio::test]
async fn whoever_switched_it_on_is_reminded_of_how_much_and_of_nothing_else() {
    let (office, services) = with_late_hazards().await;
    save(&office, &services, &channel(ChannelKind::Push, CONTACT)).await.unwrap();
    assert_eq!(turn(&office, &services, morning(2)).await, 0);
    assert_eq!(states(&office).await, [] as [&str; 0], "nobody switched it on");
    let phone = office.phone(Role::Inspector).await;
    let (service, browser) = (StandIn::open().await, Browser::new());
    let endpoint = format!("{}/push/a", service.address);
    let session = session(&office, &phone).await;
    switch_on(&services, &session, &browser, &endpoint).await.unwrap();
    service.answers(503, "");
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    assert_eq!(states(&office).await, ["waiting"; 3]);
    service.answers(201, "");
    assert_eq!(turn(&office, &services, morning(4) + chrono::Duration::hours(1)).await, 3);
    assert_eq!(states(&office).await, ["sent"; 3]);
    let heard = service.heard();
    assert_eq!(heard.len(), 2, "one message instead of three");
    let last = heard.last().unwrap();
    assert_eq!(last.uri, "/push/a");
    let header = |name: &str| last.header(name);
    assert_eq!((header("content-encoding"), header("ttl")), ("aes128gcm".into(), "86400".into()));
    assert_eq!(header("urgency"), "normal");
    let signed = header("authorization");
    let key = notices::push_key(&services, &session).await.unwrap();
    assert!(key.on);
    assert!(signed.starts_with("vapid t=") && signed.ends_with(&format!(", k={}", key.key)), "{signed}");
    let said = browser.reads(&last.bytes);
    assert_eq!(said["body"], "有 3 条新消息");
    assert_eq!(said["path"], "/field/notices");
    for secret in ["堆放杂物", office.site.name.as_str(), "网格员"] {
        assert!(!said.to_string().contains(secret), "{said}");
    }
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_one_that_is_signed_out_hears_nothing() {
    let (office, services) = with_late_hazards().await;
    save(&office, &services, &channel(ChannelKind::Push, CONTACT)).await.unwrap();
    let (service, browser) = (StandIn::open().await, Browser::new());
    let endpoint = format!("{}/push/a", service.address);
    let phone = office.phone(Role::Inspector).await;
    switch_on(&services, &session(&office, &phone).await, &browser, &endpoint).await.unwrap();
    assert_eq!(browsers(&office).await, 1);
    service.answers(410, "");
    assert_eq!(turn(&office, &services, morning(2)).await, 0);
    assert_eq!((browsers(&office).await, service.heard().len()), (0, 1));
    assert_eq!(states(&office).await, ["failed"; 3]);
    switch_on(&services, &session(&office, &phone).await, &browser, &endpoint).await.unwrap();
    let reply = phone.request("DELETE", "/api/v1/session", "").await;
    assert_eq!(reply.status, 204, "{}", reply.text());
    assert_eq!(browsers(&office).await, 0, "signed out");
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    assert_eq!(service.heard().len(), 1);
}

#[tokio::test]
async fn a_service_that_leads_inside_or_elsewhere_is_not_followed() {
    let (office, services) = with_late_hazards().await;
    save(&office, &services, &channel(ChannelKind::Push, CONTACT)).await.unwrap();
    let (service, inside, browser) = (StandIn::open().await, StandIn::open().await, Browser::new());
    let phone = office.phone(Role::Inspector).await;
    let own = session(&office, &phone).await;
    service.leads_to(&inside.address);
    switch_on(&services, &own, &browser, &format!("{}/push/a", service.address)).await.unwrap();
    assert_eq!(turn(&office, &services, morning(2)).await, 0);
    assert_eq!((service.heard().len(), inside.heard().len()), (1, 0));
    // A host that was named as a service of browsers is no inner host yet.
    let push_hosts: Arc<[String]> = ["localhost".to_owned()].into();
    let services = Services { push_hosts, notice_hosts: Arc::default(), ..services };
    let port = inside.address.rsplit_once(':').unwrap().1;
    switch_on(&services, &own, &browser, &format!("https://localhost:{port}/push/a")).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    let rows = office.state.store.notice_deliveries(office.office.id, 100).await.unwrap();
    let why: Vec<_> = rows.iter().map(|row| row.state.failure()).collect();
    assert!(why.iter().any(|why| why.contains("inner network")), "{why:?}");
}

/// Whoever has a phone names the address, and channels are named by administrators alone.
#[tokio::test]
async fn a_host_of_channels_is_no_service_of_browsers() {
    let (office, services) = with_late_hazards().await;
    save(&office, &services, &channel(ChannelKind::Push, CONTACT)).await.unwrap();
    let (gateway, browser) = (StandIn::open().await, Browser::new());
    let phone = office.phone(Role::Inspector).await;
    let own = session(&office, &phone).await;
    let endpoint = format!("{}/send?phone=13800000000", gateway.address);
    let of_channels = Services { push_hosts: office.state.services.push_hosts.clone(), ..services.clone() };
    let refused = switch_on(&of_channels, &own, &browser, &endpoint).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid { reason, .. } if reason.contains("127.0.0.1")), "{refused:?}");
    assert_eq!(browsers(&office).await, 0);
    // Nor one that was a service when it was switched on.
    switch_on(&services, &own, &browser, &endpoint).await.unwrap();
    assert_eq!(turn(&office, &of_channels, morning(2)).await, 0);
    assert_eq!((states(&office).await, gateway.heard().len()), (vec!["failed"; 3], 0));
}

#[tokio::test]
async fn only_a_browser_of_a_known_service_is_taken_and_it_is_said_why() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let browser = Browser::new();
    let key = phone.request("GET", "/api/v1/push", "").await.json();
    assert_eq!(key["on"], false);
    assert_eq!(URL_SAFE_NO_PAD.decode(key["key"].as_str().unwrap()).unwrap().len(), 65);
    let put = async |wanted: &PushSubscription| {
        phone.request("PUT", "/api/v1/push", serde_json::to_string(wanted).unwrap()).await
    };
    let long = format!("https://fcm.googleapis.com/{}", "a".repeat(5_000));
    let cases = [
        ("https://127.0.0.1/push", "127.0.0.1"),
        ("https://[::1]/push", "[::1]"),
        ("https://169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("https://evil.cn/fcm.googleapis.com", "evil.cn"),
        ("https://fcm.googleapis.com.evil.cn/push", "fcm.googleapis.com.evil.cn"),
        ("https://notify.windows.com/w", "notify.windows.com"),
        ("https://evil-notify.windows.com/w", "evil-notify.windows.com"),
        ("http://fcm.googleapis.com/fcm/send/a", "推送地址不对"),
        ("https://fcm.googleapis.com@evil.cn/a", "推送地址不对"),
        ("https://user:word@fcm.googleapis.com/a", "推送地址不对"),
        ("file:///etc/passwd", "推送地址不对"),
        ("", "推送地址不对"),
        (long.as_str(), "1000"),
    ];
    for (endpoint, words) in cases {
        let reply = put(&browser.at(endpoint)).await;
        assert_eq!(reply.status, 422, "{endpoint}: {}", reply.text());
        let problem = reply.json();
        assert_eq!(problem["code"], "invalid", "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{endpoint}: {problem}");
    }
    let known = "https://fcm.googleapis.com/fcm/send/a";
    for wrong in [
        PushSubscription { p256dh: URL_SAFE_NO_PAD.encode([4; 65]), ..browser.at(known) },
        PushSubscription { p256dh: String::new(), ..browser.at(known) },
        PushSubscription { auth: "short".to_owned(), ..browser.at(known) },
    ] {
        let reply = put(&wrong).await;
        assert_eq!(reply.status, 422, "{}", reply.text());
        assert!(reply.json()["detail"].as_str().unwrap().contains("密钥"), "{}", reply.text());
    }
    let english = Request::put("/api/v1/push").header("cookie", &phone.cookie);
    let english = english.header("content-type", "application/json").header("accept-language", "en");
    let wanted = serde_json::to_string(&browser.at("https://evil.cn/a")).unwrap();
    let reply = office.send(english.body(Body::from(wanted)).unwrap()).await;
    assert!(reply.text().contains("is not allowed here"), "{}", reply.text());
    let malformed = phone.request("PUT", "/api/v1/push", json!({ "endpoint": known }).to_string()).await;
    assert_eq!(malformed.status, 400);
    assert_eq!(browsers(&office).await, 0, "none of them is kept");
    for endpoint in [known, known, "https://wns2-sg2p.notify.windows.com/w/?token=a"] {
        let reply = put(&browser.at(endpoint)).await;
        assert_eq!(reply.status, 204, "{endpoint}: {}", reply.text());
        assert_eq!(browsers(&office).await, 1);
    }
    for _ in 0..2 {
        assert_eq!(phone.request("DELETE", "/api/v1/push", "").await.status, 204);
    }
    assert_eq!(browsers(&office).await, 0);
}

#[tokio::test]
async fn a_channel_of_reminders_says_whom_a_service_writes_to() {
    let office = TestOffice::open().await;
    let services = office.state.services.clone();
    for wrong in ["anquan@jinhe.example", "mailto:", "mailto:nobody", "http://jinhe.example", "https://"] {
        let refused = save(&office, &services, &channel(ChannelKind::Push, wrong)).await;
        let Err(Error::Invalid { field, reason }) = &refused else { panic!("{wrong}: {refused:?}") };
        assert_eq!(field, "address", "{wrong}");
        assert!(reason.contains("mailto:"), "{reason}");
    }
    save(&office, &services, &channel(ChannelKind::Push, CONTACT)).await.unwrap();
    let stored = office.state.store.notice_channels(office.office.id).await.unwrap();
    assert_eq!(stored[0].channel.shown, CONTACT);
}
