//! The way between a phone and a server.

use async_trait::async_trait;

#[derive(Debug, Clone)]
pub struct Asked {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[async_trait]
pub trait Line: Sync {
    /// None where nothing comes back.
    async fn ask(&self, asked: Asked) -> Option<Reply>;
}

/// A real one, over TCP.
pub struct Tcp {
    pub client: reqwest::Client,
    pub url: String,
}

#[async_trait]
impl Line for Tcp {
    async fn ask(&self, asked: Asked) -> Option<Reply> {
        let method = reqwest::Method::from_bytes(asked.method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{}", self.url, asked.path));
        for (name, value) in &asked.headers {
            request = request.header(*name, value);
        }
        let reply = request.body(asked.body).send().await.ok()?;
        let status = reply.status().as_u16();
        let headers = reply.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()));
        let headers = headers.collect();
        Some(Reply { status, headers, body: reply.bytes().await.ok()?.to_vec() })
    }
}
