//! A server that is a function. Without one nobody answers.

use crate::platform::{Body, Network, Request, Response, Unreachable};
use futures::future::LocalBoxFuture;
use std::{cell::RefCell, rc::Rc};

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

type Answer = LocalBoxFuture<'static, Result<Response, Unreachable>>;

type Server = Rc<dyn Fn(Asked) -> Answer>;

#[derive(Clone, Default)]
pub struct MemoryNetwork(Rc<RefCell<Option<Server>>>);

impl MemoryNetwork {
    /// From now on this answers.
    pub fn answer<F>(&self, server: impl Fn(Asked) -> F + 'static)
    where
        F: Future<Output = Result<Response, Unreachable>> + 'static,
    {
        let server: Server = Rc::new(move |asked: Asked| -> Answer { Box::pin(server(asked)) });
        self.0.replace(Some(server));
    }

    /// From now on nobody does.
    pub fn cut(&self) {
        self.0.replace(None);
    }
}

impl Network for MemoryNetwork {
    async fn send(&self, request: Request<'_>) -> Result<Response, Unreachable> {
        let server = self.0.borrow().clone().ok_or(Unreachable)?;
        let headers = request.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let body = match request.body {
            Some(Body::Text(text)) => text.as_bytes().to_vec(),
            Some(Body::Bytes(bytes)) => bytes.to_vec(),
            None => vec![],
        };
        let asked = Asked {
            method: request.method.to_owned(),
            path: request.path.to_owned(),
            headers: headers.collect(),
            body,
        };
        server(asked).await
    }
}
