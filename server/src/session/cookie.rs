//! The cookies: what they are called and how they are set.

use crate::{http::Client, storage::Purpose};
use ::cookie::{Cookie, SameSite, time};
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

/// What a short code has opened, for whoever has no account.
pub const CODE: &str = "xunan_code";

pub(super) fn of(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Field => FIELD,
        Purpose::Desk | Purpose::SecondFactor => DESK,
    }
}

/// Out of scripts' reach.
pub(super) fn set(name: &str, value: &str, lifetime: Duration, client: &Client) -> HeaderValue {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(lifetime.num_seconds()))
        .secure(client.https);
    // Hexadecimal and constants: always a valid header.
    HeaderValue::from_str(&cookie.to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The cookie that forgets.
pub fn ended(purpose: Purpose, client: &Client) -> HeaderValue {
    set(of(purpose), "", Duration::zero(), client)
}

/// What keeps open what a code has opened: digits, letters and dots.
pub fn opened(value: &str, lifetime: Duration, client: &Client) -> HeaderValue {
    set(CODE, value, lifetime, client)
}

pub fn cookie<'a>(headers: &'a HeaderMap, name: &'a str) -> Option<&'a str> {
    cookies(headers, name).next()
}

/// The values of all of one name.
pub(super) fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let named = all_cookies(headers).filter(move |cookie| cookie.name() == name);
    named.filter_map(|cookie| cookie.value_raw())
}

/// All that a request carries. There may be several of one name, because a sibling of the same domain may have set
/// another, and that has to be seen: a jar keeps only one of each.
pub fn all_cookies(headers: &HeaderMap) -> impl Iterator<Item = Cookie<'_>> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(Cookie::split_parse).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_never_reach_it_and_https_keeps_it() {
        let set = |https| {
            let client = Client { address: None, https };
            set(FIELD, "ab12", Duration::days(90), &client)
        };
        assert_eq!(set(false), "xunan_field=ab12; HttpOnly; SameSite=Lax; Path=/; Max-Age=7776000");
        assert_eq!(set(true), "xunan_field=ab12; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=7776000");
        let ended = ended(Purpose::Desk, &Client::default());
        assert_eq!(ended, "xunan_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
    }

    #[test]
    fn all_of_one_name_are_seen() {
        let lines = ["xunan_half=a; lang=zh", "xunan_half = b;xunan_halfway=c; xunan_half"];
        let headers: HeaderMap =
            lines.into_iter().map(|line| (COOKIE, HeaderValue::from_static(line))).collect();
        assert_eq!(cookies(&headers, HALF).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(cookie(&headers, DEVICE), None);
    }
}
