//! Files of the build: in a folder, or carried by this program.

use anyhow::Context;
use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
    },
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, env, fs, path::PathBuf};

/// Path below the site and bytes, by path; the compressed ones beside the plain ones. Empty where none were built in.
static CARRIED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

#[derive(Debug, Clone)]
pub enum Files {
    Folder(PathBuf),
    Carried,
}

pub(super) fn is_carried() -> bool {
    !CARRIED.is_empty()
}

fn carried(path: &str) -> Option<&'static [u8]> {
    let position = CARRIED.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
    CARRIED.get(position).map(|(_, bytes)| *bytes)
}

impl Files {
    pub(super) fn read(&self, url: &str) -> anyhow::Result<Cow<'static, [u8]>> {
        let path = url.trim_start_matches('/');
        match self {
            Self::Carried => carried(path).map(Cow::Borrowed).with_context(|| format!("{path} is missing")),
            Self::Folder(root) => {
                let path = root.join(path);
                let bytes = fs::read(&path);
                let missing = || format!("{} is missing: build first (`make build`)", path.display());
                Ok(Cow::Owned(bytes.with_context(missing)?))
            }
        }
    }

    /// A list of the hashes in files' names: in the site, or, while it is being worked on, beside this binary.
    pub(super) fn hashes(&self, list: &str) -> Option<String> {
        if let Ok(text) = self.read(list) {
            return String::from_utf8(text.into_owned()).ok();
        }
        fs::read_to_string(env::current_exe().ok()?.with_file_name(list)).ok()
    }
}

/// Answers from what this program carries, if it carries such a file.
pub(super) fn answer(request: &Request) -> Option<Response> {
    let path = request.uri().path().trim_start_matches('/');
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    let plain = carried(path).filter(|_| harmless)?;
    let accepted = accepted(request.headers());
    let packed = [("br", ".br"), ("gzip", ".gz")].into_iter().find_map(|(name, end)| {
        let bytes = carried(&format!("{path}{end}"))?;
        accepted.contains(&name).then_some((name, bytes))
    });
    let bytes = packed.map_or(plain, |(_, bytes)| bytes);
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(bytes)).get(..20).unwrap_or_default());
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(bytes).into_response() };
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    if let Ok(kind) = HeaderValue::from_str(mime_guess::from_path(path).first_or_octet_stream().as_ref()) {
        headers.insert(CONTENT_TYPE, kind);
    }
    if let Some((name, _)) = packed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Some(response)
}

/// Encodings that the other end takes.
fn accepted(headers: &HeaderMap) -> Vec<&str> {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let wanted = |one: &&str| !one.replace(' ', "").contains(";q=0");
    let names = lists.flat_map(|list| list.split(',')).filter(wanted);
    names.map(|one| one.split(';').next().unwrap_or_default().trim()).collect()
}
