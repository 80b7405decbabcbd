//! One request to a channel, to the address that was looked at and to no other.

use super::fence::{self, Fenced};
use bytes::Bytes;
use domain::notice::ChannelKind;
use reqwest::{
    Client,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use serde_json::Value;
use std::time::Duration;
use thiserror::Error;

const CONNECT: Duration = Duration::from_secs(5);

/// From the first byte that is sent until the last that comes.
const WHOLE: Duration = Duration::from_secs(15);

/// Bytes of an answer that are read.
const MOST: usize = 64 * 1024;

/// Why something did not go. Its words are kept and shown: neither the address nor the key is among them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SendError {
    #[error("{0}")]
    Fenced(#[from] Fenced),
    /// Nobody answers: whatever else waits for the channel need not be tried now.
    #[error("no answer: {0}")]
    NoAnswer(String),
    #[error("answered with status {0}")]
    Status(u16),
    #[error("answered with another address, which is not followed")]
    Redirected,
    /// It answered, and did not do it.
    #[error("not taken: {0}")]
    NotTaken(String),
    /// It can never go.
    #[error("{0}")]
    Never(&'static str),
}

/// A body, and what stands above it.
pub struct Request {
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

/// Where something is sent.
#[derive(Clone, Copy)]
pub struct Destination<'a> {
    pub kind: ChannelKind,
    /// Whole, with what is secret in it.
    pub address: &'a str,
    /// Hosts that whoever runs the server has named.
    pub allowed: &'a [String],
}

/// Sends it and reads the answer: JSON, or null where it is none.
///
/// # Errors
/// What does not answer by a status of success.
pub async fn send(to: Destination<'_>, request: Request) -> Result<Value, SendError> {
    let passed = fence::pass(to.kind, to.address, to.allowed).await?;
    let client = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .resolve_to_addrs(&passed.host, &passed.addresses)
        .build()
        .map_err(no_answer)?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(request.content_type));
    for (name, value) in request.headers {
        let value =
            HeaderValue::from_str(&value).map_err(|_| SendError::Never("a header that cannot be sent"))?;
        headers.insert(HeaderName::from_static(name), value);
    }
    let asked = client.post(passed.url).headers(headers).body(request.body);
    let mut answer = asked.send().await.map_err(no_answer)?;
    let status = answer.status();
    if status.is_redirection() {
        return Err(SendError::Redirected);
    }
    let mut bytes = vec![];
    while let Some(chunk) = answer.chunk().await.map_err(no_answer)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST {
            return Err(SendError::NotTaken("an answer without end".to_owned()));
        }
    }
    if !status.is_success() {
        return Err(SendError::Status(status.as_u16()));
    }
    Ok(serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// Without the address, in which a robot has its key.
fn no_answer(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let why = if error.is_timeout() {
        "it takes too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke off"
    };
    SendError::NoAnswer(why.to_owned())
}
