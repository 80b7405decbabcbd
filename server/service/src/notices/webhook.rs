//! Another program, which can check who sends: HMAC-SHA256 of the time and the body, by the key that both know.

use super::http::{Destination, Request, SendError, send};
use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use domain::{notice::Notice, text::Lang};
use i18n::notices;
use serde_json::json;

/// Seconds since 1970, as they are signed: whoever receives it refuses what is old.
pub const TIMESTAMP: &str = "x-xunan-timestamp";

/// `sha256=` and the signature of `timestamp.body`, hexadecimal.
pub const SIGNATURE: &str = "x-xunan-signature";

/// The notices as they are, with their ids: what comes once more is known by them.
pub async fn call(
    to: Destination<'_>,
    key: &str,
    told: &[&Notice],
    now: DateTime<Utc>,
) -> Result<(), SendError> {
    let notices: Vec<_> = told
        .iter()
        .map(|notice| {
            json!({
                "id": notice.id,
                "kind": notice.kind,
                "person": notice.person,
                "about": notice.about,
                "made_at": notice.made_at,
                "text": notices::title(Lang::Zh, notice),
            })
        })
        .collect();
    let body = json!({ "notices": notices }).to_string();
    let timestamp = now.timestamp().to_string();
    let signature = sign(key, &timestamp, &body);
    let headers = vec![(TIMESTAMP, timestamp), (SIGNATURE, signature)];
    send(to, Request { content_type: "application/json", headers, body: body.into() }).await.map(drop)
}

fn sign(key: &str, timestamp: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    let mut context = hmac::Context::with_key(&key);
    for part in [timestamp, ".", body] {
        context.update(part.as_bytes());
    }
    format!("sha256={}", hex::encode(context.sign().as_ref()))
}
