//! Errors that are not about one operation.

use serde::{Deserialize, Serialize};

/// Problem details (RFC 9457): an error of the API that is not about one operation.
///
/// A phone takes a status for the server's own only with one of these beside it, because portals and proxies answer with
/// statuses, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URN that ends with the code: `urn:xunan:problem:not_allowed`.
    #[serde(rename = "type")]
    pub type_uri: String,
    /// The code as an English phrase; the same for every problem of the code.
    pub title: String,
    /// The HTTP status that it is sent with.
    pub status: u16,
    /// In the person's language: what happened and what to do.
    pub detail: String,
    /// The extension by which programs decide.
    pub code: String,
}

impl Problem {
    pub const MEDIA_TYPE: &str = "application/problem+json";

    /// Whether an answer of this media type holds problem details; parameters such as a charset may follow its name.
    pub fn is_media_type(content_type: &str) -> bool {
        content_type.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case(Self::MEDIA_TYPE))
    }

    /// `code` in snake case; `detail` in the person's language.
    pub fn new(code: &str, status: u16, detail: String) -> Self {
        let words = code.replace('_', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        Self {
            type_uri: format!("urn:xunan:problem:{code}"),
            title: first.into_iter().chain(letters).collect(),
            status,
            detail,
            code: code.to_owned(),
        }
    }
}
