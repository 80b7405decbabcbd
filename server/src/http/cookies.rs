//! What cookies are called on the way. Over HTTPS ours carry the prefix `__Host-`, which browsers let nobody set but this
//! very host: a sibling on the same domain cannot plant a session. Within the server they have their plain names.

use super::Client;
use crate::session::all_cookies;
use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue,
        header::{COOKIE, SET_COOKIE},
    },
    middleware::Next,
    response::Response,
};
use cookie::Cookie;

/// Those that the server sets and scripts cannot read.
const OURS: [&str; 4] = ["xunan_session", "xunan_field", "xunan_device", "xunan_code"];

const PREFIX: &str = "__Host-";

/// Gives ours their prefix over HTTPS, and takes them by no other name.
pub(super) async fn host_only(mut request: Request, next: Next) -> Response {
    if !Client::of(request.extensions()).https {
        return next.run(request).await;
    }
    let kept = without_prefix(request.headers());
    request.headers_mut().remove(COOKIE);
    if let Ok(kept) = HeaderValue::from_str(&kept)
        && !kept.is_empty()
    {
        request.headers_mut().insert(COOKIE, kept);
    }
    let mut response = next.run(request).await;
    let set: Vec<_> = response.headers().get_all(SET_COOKIE).iter().map(with_prefix).collect();
    response.headers_mut().remove(SET_COOKIE);
    for cookie in set {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Whether one of ours is there twice: then somebody else set one of them, and nobody can tell which.
pub(super) fn is_twice(headers: &HeaderMap) -> bool {
    OURS.iter().any(|ours| all_cookies(headers).filter(|cookie| cookie.name() == *ours).count() > 1)
}

fn without_prefix(headers: &HeaderMap) -> String {
    let kept = all_cookies(headers).filter(|cookie| !OURS.contains(&cookie.name()));
    let plain = kept.map(|cookie| {
        let (name, value) = cookie.name_value();
        let plain = name.strip_prefix(PREFIX).filter(|plain| OURS.contains(plain));
        format!("{}={value}", plain.unwrap_or(name))
    });
    plain.collect::<Vec<_>>().join("; ")
}

fn with_prefix(cookie: &HeaderValue) -> HeaderValue {
    let is_ours = |text: &&str| Cookie::parse(*text).is_ok_and(|cookie| OURS.contains(&cookie.name()));
    let text = cookie.to_str().ok().filter(is_ours);
    let prefixed = text.and_then(|text| HeaderValue::from_str(&format!("{PREFIX}{text}")).ok());
    prefixed.unwrap_or_else(|| cookie.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn over_https_only_the_prefixed_name_counts() {
        let sent =
            headers(&["xunan_session=planted; __Host-xunan_session=ours; lang=zh", "xunan_device=planted"]);
        assert_eq!(without_prefix(&sent), "xunan_session=ours; lang=zh");
        let set = with_prefix(&HeaderValue::from_static("xunan_session=a; Path=/; Secure"));
        assert_eq!(set, "__Host-xunan_session=a; Path=/; Secure");
        assert_eq!(with_prefix(&HeaderValue::from_static("lang=zh; Path=/")), "lang=zh; Path=/");
    }

    #[test]
    fn two_of_one_name_are_told_from_one_each() {
        assert!(is_twice(&headers(&["xunan_session=a; xunan_session=b"])));
        assert!(is_twice(&headers(&["xunan_session=a", "xunan_session=b"])));
        assert!(!is_twice(&headers(&["xunan_session=a; xunan_device=b; xunan_session_x=c"])));
    }
}
