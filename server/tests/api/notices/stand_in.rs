//! What stands in for a robot, a gateway or another program: it notes what it is sent and answers as it is told.

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri},
};
use serde_json::Value;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Debug, Clone)]
pub struct Heard {
    pub uri: String,
    pub headers: HeaderMap,
    pub body: String,
    /// As it came, where it is no text.
    pub bytes: Bytes,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).unwrap().to_str().unwrap().to_owned()
    }
}

/// Status, headers and body.
type Answer = (StatusCode, Vec<(&'static str, String)>, String);

#[derive(Clone)]
pub struct StandIn {
    pub address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    answer: Arc<Mutex<Answer>>,
}

impl StandIn {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let here = Self {
            address,
            heard: Arc::default(),
            answer: Arc::new(Mutex::new((StatusCode::OK, vec![], r#"{"errcode":0}"#.to_owned()))),
        };
        let inside = here.clone();
        let routes = Router::new().fallback(move |uri: Uri, headers: HeaderMap, bytes: Bytes| {
            let body = String::from_utf8_lossy(&bytes).into_owned();
            let answer = inside.hears(Heard { uri: uri.to_string(), headers, body, bytes });
            async move { answer }
        });
        tokio::spawn(async move { axum::serve(listener, routes).await });
        here
    }

    fn hears(&self, heard: Heard) -> (StatusCode, HeaderMap, String) {
        self.heard.lock().unwrap().push(heard);
        let (status, headers, body) = self.answer.lock().unwrap().clone();
        let headers = headers
            .into_iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse::<HeaderValue>().unwrap()));
        (status, headers.collect(), body)
    }

    pub fn answers(&self, status: u16, body: &str) {
        *self.answer.lock().unwrap() = (StatusCode::from_u16(status).unwrap(), vec![], body.to_owned());
    }

    pub fn leads_to(&self, address: &str) {
        let location = vec![("location", address.to_owned())];
        *self.answer.lock().unwrap() = (StatusCode::FOUND, location, String::new());
    }

    /// Everything so far, in its order.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

/// A mail server in the clear: as much of RFC 5321 as one mail needs.
#[derive(Clone)]
pub struct MailStandIn {
    pub address: String,
    lines: Arc<Mutex<Vec<String>>>,
    refuses: Arc<AtomicBool>,
}

impl MailStandIn {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let here = Self { address, lines: Arc::default(), refuses: Arc::default() };
        let inside = here.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(inside.clone().talk(stream));
            }
        });
        here
    }

    /// Whether it takes no recipient for now.
    pub fn refuses(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }

    /// Every line so far, of mails as of commands.
    pub fn heard(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    async fn talk(self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut in_mail = false;
        write.write_all(b"220 stand-in ESMTP\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                "." if in_mail => {
                    in_mail = false;
                    "250 taken\r\n"
                }
                _ if in_mail => "",
                "EHLO" => "250-stand-in\r\n250 AUTH PLAIN\r\n",
                "AUTH" => "235 come in\r\n",
                "RCPT" if self.refuses.load(Ordering::Relaxed) => "450 not now\r\n",
                "DATA" => {
                    in_mail = true;
                    "354 go on\r\n"
                }
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            self.lines.lock().unwrap().push(line);
            if write.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}
