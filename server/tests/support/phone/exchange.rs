//! What is asked over the line, and how an answer is read.

use super::{
    super::line::{Asked, Line, Reply},
    HeadlessPhone,
};
use domain::{device::failure::Failure, sync::Problem};
use serde::de::DeserializeOwned;

impl HeadlessPhone {
    /// An answer that is a success, or what came instead.
    pub(super) async fn ask(
        &self,
        line: &dyn Line,
        method: &'static str,
        path: &str,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Result<Reply, Failure> {
        let asked = self.asked(method, path, headers, body);
        let reply = line.ask(asked).await.ok_or(Failure::NoAnswer)?;
        if (200..300).contains(&reply.status) {
            return Ok(reply);
        }
        let is_problem = || reply.header("content-type").is_some_and(Problem::is_media_type);
        let problem: Option<Problem> = match method {
            "HEAD" => reply.header("tus-resumable").map(|_| Problem::default()),
            _ => is_problem().then(|| serde_json::from_slice(&reply.body).ok()).flatten(),
        };
        let after = reply.header("retry-after").and_then(|after| after.parse().ok());
        Err(Failure::of(reply.status, problem.as_ref(), after))
    }

    fn asked(
        &self,
        method: &'static str,
        path: &str,
        mut headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Asked {
        headers.push(("cookie", self.cookie.clone()));
        if path.starts_with("/api/v1/uploads") {
            headers.push(("tus-resumable", "1.0.0".to_owned()));
            headers.push(("content-type", "application/offset+octet-stream".to_owned()));
        } else {
            headers.push(("content-type", "application/json".to_owned()));
        }
        Asked { method, path: path.to_owned(), headers, body }
    }
}

pub(super) fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    serde_json::from_slice(&reply.body).map_err(|_| Failure::NoAnswer)
}
