//! The way to the server. What a status or a body means is not its business.

/// Headers of an answer that anybody reads.
pub const HEADERS: [&str; 7] = [
    "content-type",
    "content-length",
    "content-encoding",
    "retry-after",
    "location",
    "upload-offset",
    "tus-resumable",
];

#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub method: &'a str,
    /// Of this server, from `/` on.
    pub path: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: Option<Body<'a>>,
}

#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    pub status: u16,
    /// Those of [`HEADERS`] that it has.
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether all came that was announced. What was packed on the way announces the length of the pack, which says nothing
    /// of what was in it.
    pub fn is_whole(&self) -> bool {
        let announced = self.header("content-length").and_then(|length| length.parse::<usize>().ok());
        self.header("content-encoding").is_some() || announced.is_none_or(|bytes| self.body.len() >= bytes)
    }
}

/// No whole answer came in time, or one from somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;

pub trait Network {
    /// Whatever the server answers. Nothing of it is kept: what the phone keeps is encrypted.
    fn send(&self, request: Request<'_>) -> impl Future<Output = Result<Response, Unreachable>>;
}
