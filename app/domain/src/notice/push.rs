//! 手机提醒: Web Push, by which a browser tells its person although no page is open. A phone hands over where its browser takes such
//! messages and by which keys they are encrypted; the office sends there, and nowhere else than to a known service of browsers.

use crate::{
    limits::{Excess, Field, OverLimit, PUSH_ENDPOINT, check_line},
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Where browsers take messages. `*.` stands for any name in front of the rest.
pub const PUSH_HOSTS: [&str; 4] =
    ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com", "*.notify.windows.com"];

/// Letters of a public key on the curve P-256, uncompressed, in base64url without padding.
const PUBLIC_KEY: usize = 87;

/// Letters of the 16 bytes that only browser and office know, in the same.
const AUTH_SECRET: usize = 22;

/// What a browser's subscription says of itself (W3C Push API), and in which language its person reads.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushSubscription {
    /// An address of the browser's service, beginning with `https://`. Whoever knows it can try to send there.
    pub endpoint: String,
    /// The browser's public key: 65 bytes, base64url without padding.
    pub p256dh: String,
    /// 16 bytes, base64url without padding.
    pub auth: String,
    #[serde(default)]
    pub lang: Lang,
}

impl fmt::Debug for PushSubscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushSubscription(…)")
    }
}

/// By what a browser knows messages of this office, and whether the office sends any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushKey {
    /// The installation's public key (VAPID, RFC 8292): 65 bytes, base64url without padding.
    pub key: String,
    /// Whether a channel of the office is in use.
    pub on: bool,
}

/// Why a subscription is not taken. Each has words, which say what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PushRefusal {
    #[error("{0}")]
    OverLimit(OverLimit),
    /// It cannot be read, or does not begin with `https://`.
    #[error("no address of a browser's service")]
    Endpoint,
    /// It is none of the hosts that are known.
    #[error("{0} is no service of browsers that is known here")]
    OtherHost(String),
    #[error("no key of a browser")]
    Key,
}

impl PushSubscription {
    /// Whether it may be one at all; where its address leads is asked elsewhere.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), PushRefusal> {
        check_line(Field::Address, &self.endpoint, PUSH_ENDPOINT).map_err(PushRefusal::OverLimit)?;
        if !self.endpoint.starts_with("https://") && !self.endpoint.starts_with("http://") {
            return Err(PushRefusal::Endpoint);
        }
        if !self.endpoint.is_ascii() {
            let excess = Excess::Letters;
            return Err(PushRefusal::OverLimit(OverLimit { field: Field::Address, excess }));
        }
        if is_base64url(&self.p256dh, PUBLIC_KEY) && is_base64url(&self.auth, AUTH_SECRET) {
            Ok(())
        } else {
            Err(PushRefusal::Key)
        }
    }
}

fn is_base64url(text: &str, letters: usize) -> bool {
    text.len() == letters && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether a host is one of these, written as [`PUSH_HOSTS`] are.
pub fn is_push_host<'a>(host: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    let host = host.to_ascii_lowercase();
    known.into_iter().any(|known| match known.to_ascii_lowercase().strip_prefix('*') {
        Some(end) => host.strip_suffix(end).is_some_and(|name| !name.is_empty()),
        None => host == known.to_ascii_lowercase(),
    })
}
