//! What is said to a browser or to a page's program where the request never reached a page or a function.

use super::ApiError;
use app::{
    error::AppError,
    i18n::{account, edge},
};
use axum::{
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue},
    response::{Html, IntoResponse, Response},
};
use domain::{sync::Due, text::Lang};

/// The error as pages know it; `words` say what neither of theirs does.
pub(super) fn fault(error: &ApiError, id: &str, words: String) -> AppError {
    match error {
        ApiError::SignIn | ApiError::WrongCredentials | ApiError::TwoSessions => AppError::SignIn,
        ApiError::PasswordDue => AppError::Due { due: Due::Password },
        ApiError::WeakPassword(_) => AppError::Invalid { field: "new".to_owned(), reason: words },
        ApiError::NotAllowed | ApiError::CrossSite => AppError::NotAllowed,
        ApiError::Confirm => AppError::Confirm,
        ApiError::NotFound | ApiError::UploadGone => AppError::NotFound,
        ApiError::Crowded
        | ApiError::Unavailable(_)
        | ApiError::TooManyTries { .. }
        | ApiError::TooFast { .. }
        | ApiError::QuotaSpent { .. }
        | ApiError::NotYet { .. }
        | ApiError::Full(_)
        | ApiError::TooSlow => AppError::Busy,
        ApiError::Bug(_) => AppError::Bug { number: id.chars().take(8).collect() },
        ApiError::TooLarge
        | ApiError::WrongKind
        | ApiError::NotAPhoto(_)
        | ApiError::NotAPaper(_)
        | ApiError::HashMismatch
        | ApiError::Invalid(_) => AppError::Invalid { field: "file".to_owned(), reason: words },
        ApiError::NotAnnounced
        | ApiError::OffsetMismatch
        | ApiError::ChecksumMismatch
        | ApiError::NotAChunk
        | ApiError::PieceTooSmall
        | ApiError::TusVersion
        | ApiError::Malformed(_) => AppError::Transport { detail: error.to_string() },
    }
}

/// A document that needs nothing else. What was typed is still on the page before it.
pub(super) fn page(lang: Lang, words: &str, signs_in: bool) -> Response {
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
    let (tag, title, back) = (lang.tag(), account::product(lang), edge::go_back(lang));
    let way = if signs_in {
        format!(
            "<p><a href=\"/signin\" target=\"_blank\" rel=\"noopener\">{}</a></p>",
            edge::sign_in_elsewhere(lang)
        )
    } else {
        String::new()
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><main><h1>{escaped}</h1><p>{back}</p>{way}</main></body></html>\n"
    );
    let csp = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    let headers = [(CONTENT_SECURITY_POLICY, csp), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (headers, Html(html)).into_response()
}
