//! A photo in one request, as a phone sends a small one: the opening of a tus upload, with all the bytes.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::photo::PhotoHash;

pub const UPLOADS: &str = "/api/v1/uploads";

/// What such a request says of itself.
pub fn head(hash: &PhotoHash, length: usize) -> [(&'static str, String); 4] {
    [
        ("tus-resumable", "1.0.0".to_owned()),
        ("content-type", "application/offset+octet-stream".to_owned()),
        ("upload-length", length.to_string()),
        ("upload-metadata", format!("hash {}", STANDARD.encode(hash.as_str()))),
    ]
}
