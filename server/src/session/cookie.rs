//! The cookies: what they are called and how they are set.

use crate::{http::Client, storage::Purpose};
use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use chrono::Duration;

/// The phone's session; the device API's.
pub const FIELD: &str = "xunan_field";

/// The desk's session; the rendered pages'.
pub const DESK: &str = "xunan_session";

/// What the phone itself holds beside its session. The phone makes it and throws it away.
pub const HALF: &str = "xunan_half";

/// Who has signed in here before, so that a stranger's wrong tries do not keep them out.
pub const DEVICE: &str = "xunan_device";

pub(super) fn of(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Field => FIELD,
        Purpose::Desk | Purpose::SecondFactor => DESK,
    }
}

/// Out of scripts' reach.
pub(super) fn set(name: &str, value: &str, lifetime: Duration, client: &Client) -> HeaderValue {
    let secure = if client.https { "; Secure" } else { "" };
    let seconds = lifetime.num_seconds();
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    // Hexadecimal and constants: always a valid header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The cookie that forgets.
pub fn ended(purpose: Purpose, client: &Client) -> HeaderValue {
    set(of(purpose), "", Duration::zero(), client)
}

pub fn cookie<'a>(headers: &'a HeaderMap, name: &'a str) -> Option<&'a str> {
    cookies(headers, name).next()
}

/// All of one name: a sibling of the same domain may have set another.
pub(super) fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';'));
    pairs.filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}
