//! Before its hour nothing shows where a sealed check is: after sealing, everything that is served is asked by every role that neither
//! made nor leads the plan, and no answer says more of the site than it said before.

use super::pages::{Pages, asked};
use axum::body::Body;
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::Duration;
use domain::{role::Role, site::Site, spot_check::WordList};
use serde_json::json;
use server::http::policy::{self, Rule};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Everything by which the site could be told, in the clear and made of that.
fn marks(site: &Site) -> Vec<String> {
    let id = site.id.to_string();
    let plain = [id.clone(), site.id.0.simple().to_string(), site.name.clone(), site.code.clone()];
    let made = plain.iter().flat_map(|text| {
        // Wherever in a longer text it begins, two of its thirds are told by whole groups of Base64.
        let shifted = (0..3).map(|at| {
            let bytes = [&b"\0\0"[..at], text.as_bytes()].concat();
            let encoded = BASE64_STANDARD.encode(&bytes);
            encoded.get(4..encoded.len() - 4).unwrap().to_owned()
        });
        let hash = hash_of(text.as_bytes());
        shifted.chain([hash]).collect::<Vec<_>>()
    });
    let bytes = [hex::encode(site.id.0.as_bytes()), hash_of(site.id.0.as_bytes())];
    plain.iter().cloned().chain(made).chain(bytes).collect()
}

fn hash_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Paths that the rule's pattern takes: of nothing, of the site, of each id that the check has.
fn examples(rule: &Rule, ids: &[Uuid]) -> Vec<String> {
    let path = rule
        .path
        .replace("{hash}", &"0".repeat(64))
        .replace("{code}", "7K2M94QD8X")
        .replace("{format}", "csv")
        .replace("{file}", "1.xlsx")
        .replace("{*screen}", "orders");
    let kinds =
        if path.contains("{kind}") { &["site", "hazard", "visit", "sealed_order"][..] } else { &[""][..] };
    let with_kind = kinds.iter().map(|kind| path.replace("{kind}", kind));
    if path.contains("{id}") {
        with_kind.flat_map(|path| ids.iter().map(move |id| path.replace("{id}", &id.to_string()))).collect()
    } else {
        with_kind.collect()
    }
}

/// How often each mark stands in each answer.
async fn answers(pages: &Pages, role: Role, ids: &[Uuid], marks: &[String]) -> BTreeMap<String, usize> {
    let cookie = pages.cookie(role).await;
    let mut counted = BTreeMap::new();
    let mut count = |what: String, text: &str| {
        counted.insert(what, marks.iter().map(|mark| text.matches(mark.as_str()).count()).sum::<usize>());
    };
    for rule in policy::rules().filter(|rule| matches!(rule.method, "GET" | "POST")) {
        // One would end what the others are asked with. The other lists every site whatever is planned, and writes down that it did.
        if rule.path.contains("sign_out") || rule.path == "/office/sites/posters" {
            continue;
        }
        for path in examples(rule, ids) {
            let request = asked(rule.method, &path, &cookie).header("content-type", "application/json");
            let request = if rule.page { request.header("accept", "text/html") } else { request };
            let body = if rule.path == "/api/v1/sync" {
                json!({ "device": Uuid::nil(), "now": "2026-11-24T02:00:00Z", "pull": true }).to_string()
            } else if rule.method == "POST" && path.starts_with("/api/pages/") {
                json!({ "id": ids[1] }).to_string()
            } else {
                "{}".to_owned()
            };
            let reply = pages.send(request.body(Body::from(body)).unwrap()).await;
            count(format!("{role:?} {} {path}", rule.method), &reply.text());
        }
    }
    counted
}

#[tokio::test]
async fn before_its_hour_no_answer_tells_where_a_check_is() {
    let pages = Pages::open().await;
    let site = pages.office.site_to_check().await;
    let marks = marks(&site);
    let nothing = Uuid::nil();
    let roles = || Role::ALL.into_iter().filter(|role| !matches!(role, Role::Leader | Role::Supervisor));
    let mut before = BTreeMap::new();
    let told = [nothing, site.id.0, nothing, nothing];
    for role in roles() {
        before.extend(answers(&pages, role, &told, &marks).await);
    }
    assert!(before.values().any(|count| *count > 0), "those who see the site are told of it as ever");
    let hour = super::office::now() + Duration::hours(1);
    let sealed = pages.office.seal(&site, &[Role::Inspector, Role::CommunityOfficer], hour).await;
    let order = sealed.orders[0].order.id.0;
    let ids = [nothing, site.id.0, order, sealed.check.id.0, sealed.check.plan.0];
    for role in roles() {
        for (what, count) in answers(&pages, role, &ids, &marks).await {
            let was = before.get(&what).copied().unwrap_or_default();
            assert!(count <= was, "{what} tells of the site {count} times, and told of it {was} times");
        }
    }
    // The order itself, as it lies on the phone.
    for stored in &sealed.orders {
        let text = serde_json::to_string(&stored.order).unwrap();
        assert!(marks.iter().all(|mark| !text.contains(mark.as_str())), "an order tells where it leads");
        assert!(!text.contains(WordList::text()), "the list is put in when it is sent");
    }
}
