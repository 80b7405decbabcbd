//! The server as a process that dies, and the line to it.

use super::{
    fault_plan::FaultPlan,
    faulty_blobs::FaultyBlobs,
    faulty_store::FaultyStore,
    line::{Asked, Line, Reply},
    office::Database,
    scenario::Kind,
    world::Template,
};
use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, Bytes},
    http::Request,
};
use http_body_util::BodyExt;
use server::{
    blobs::{Blobs, folder::FolderBlobs},
    clock::SetClock,
    http,
    state::AppState,
    storage::{self, Store},
};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// A server as a process would be: what it was doing ends with it.
pub struct Server {
    runtime: Option<Runtime>,
    app: Router,
    pub store: Arc<dyn Store>,
    pub blobs: Arc<dyn Blobs>,
}

impl Server {
    pub async fn start(
        template: &Template,
        folder: &Path,
        clock: &Arc<SetClock>,
        fault_plan: &Arc<FaultPlan>,
    ) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let address = Database::sqlite(folder).address.parse().unwrap();
        let (clock, fault_plan, kinds) =
            (Arc::clone(clock), Arc::clone(fault_plan), template.catalogue.kinds.clone());
        let photos = folder.join("photos");
        let begun = runtime.spawn(async move {
            let inner = storage::open(&address, false).await.unwrap();
            let folder: Arc<dyn Blobs> = Arc::new(FolderBlobs::open(photos).unwrap());
            let faulty =
                Arc::new(FaultyStore { inner: Arc::clone(&inner), fault_plan: Arc::clone(&fault_plan) });
            let blobs = Arc::new(FaultyBlobs { inner: Arc::clone(&folder), fault_plan });
            let state = AppState::new(faulty, blobs, clock, kinds);
            (http::with_middleware(&state, http::api(state.clone())), inner, folder)
        });
        let (app, store, blobs) = begun.await.unwrap();
        Self { runtime: Some(runtime), app, store, blobs }
    }

    pub fn kill(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Runs to the end whatever becomes of the one who asked.
    pub async fn answer(&self, asked: Asked, cut: bool, fault_plan: &FaultPlan) -> Option<Reply> {
        let mut request = Request::builder().method(asked.method).uri(&asked.path);
        for (name, value) in &asked.headers {
            request = request.header(*name, value);
        }
        let body = if cut { half(asked.body) } else { Body::from(asked.body) };
        let (app, request) = (self.app.clone(), request.body(body).unwrap());
        let answering = self.runtime.as_ref()?.spawn(async move {
            let response = app.oneshot(request).await.unwrap();
            let status = response.status().as_u16();
            let headers = response.headers().iter();
            let headers =
                headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()));
            let headers = headers.collect();
            let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
            Reply { status, headers, body }
        });
        tokio::select! {
            reply = answering => reply.ok(),
            () = fault_plan.died.notified() => None,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Half of a body, and then the line is cut.
fn half(body: Vec<u8>) -> Body {
    let first = Bytes::from(body[..body.len() / 2].to_vec());
    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    Body::from_stream(futures::stream::iter([Ok(first), Err(cut)]))
}

/// What goes wrong with one request, and what is still under way from earlier ones.
pub struct Network {
    pub fault_plan: Arc<FaultPlan>,
    pub server: tokio::sync::Mutex<Server>,
    pub wrong: Mutex<Option<Kind>>,
    pub late: Mutex<Vec<Asked>>,
    pub requests: Mutex<u64>,
}

impl Network {
    pub fn new(server: Server, fault_plan: Arc<FaultPlan>) -> Self {
        Self {
            fault_plan,
            server: tokio::sync::Mutex::new(server),
            wrong: Mutex::new(None),
            late: Mutex::new(vec![]),
            requests: Mutex::new(0),
        }
    }
}

#[async_trait]
impl Line for Network {
    async fn ask(&self, asked: Asked) -> Option<Reply> {
        *self.requests.lock().unwrap() += 1;
        let wrong = self.wrong.lock().unwrap().take();
        let server = self.server.lock().await;
        match wrong {
            Some(Kind::RequestLost) => None,
            Some(Kind::Delayed) => {
                self.late.lock().unwrap().push(asked);
                None
            }
            Some(Kind::ReplyLost) => {
                server.answer(asked, false, &self.fault_plan).await;
                None
            }
            Some(Kind::Doubled) => {
                server.answer(asked.clone(), false, &self.fault_plan).await;
                server.answer(asked, false, &self.fault_plan).await
            }
            Some(Kind::ReplyCut) => {
                let mut reply = server.answer(asked, false, &self.fault_plan).await?;
                reply.body.truncate(reply.body.len() / 2);
                Some(reply)
            }
            Some(Kind::PieceCut) => {
                server.answer(asked, true, &self.fault_plan).await;
                None
            }
            Some(Kind::Portal) => Some(portal(asked.body.len())),
            _ => server.answer(asked, false, &self.fault_plan).await,
        }
    }
}

/// What hotels, trains and filters answer.
fn portal(which: usize) -> Reply {
    let status = [200, 302, 401, 403, 404, 409, 413, 422, 511][which % 9];
    let body = b"<html><title>Welcome</title>Please accept our terms</html>".to_vec();
    Reply { status, headers: vec![("content-type".to_owned(), "text/html".to_owned())], body }
}
