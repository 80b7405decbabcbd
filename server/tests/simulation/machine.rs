//! The machine that the server runs on, and the server as a process that dies.
//!
//! Whoever asks waits on the thread of the phones for what is done on the server's own. Meanwhile nobody else goes on and no
//! time passes, so that the same seed does the same again, however long the server takes.

use super::{fault_plan::FaultPlan, faulty_blobs::FaultyBlobs, faulty_store::FaultyStore, office::Database};
use axum::{
    Router,
    body::{Body, Bytes},
    http::Request,
};
use client::{
    memory::Asked,
    platform::{HEADERS, Response},
};
use domain::sync::SiteKindInfo;
use http_body_util::BodyExt;
use server::{
    blobs::{Blobs, folder::FolderBlobs},
    clock::SetClock,
    http,
    state::AppState,
    storage::{self, Store},
};
use std::{
    sync::{Arc, mpsc},
    thread,
};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// What is left when a server dies, and what the next one starts from.
pub struct Machine {
    pub folder: tempfile::TempDir,
    pub clock: Arc<SetClock>,
    pub fault_plan: Arc<FaultPlan>,
    pub kinds: Arc<[SiteKindInfo]>,
}

impl Machine {
    pub fn start(&self) -> Server {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let address = Database::sqlite(self.folder.path()).address.parse().unwrap();
        let (clock, kinds) = (Arc::clone(&self.clock), Arc::clone(&self.kinds));
        let fault_plan = Arc::clone(&self.fault_plan);
        let photos = self.folder.path().join("photos");
        let begun = wait_for(&runtime, async move {
            let inner = storage::open(&address, false).await.unwrap();
            let folder: Arc<dyn Blobs> = Arc::new(FolderBlobs::open(photos).unwrap());
            let faulty =
                Arc::new(FaultyStore { inner: Arc::clone(&inner), fault_plan: Arc::clone(&fault_plan) });
            let blobs = Arc::new(FaultyBlobs { inner: Arc::clone(&folder), fault_plan });
            let state = AppState::new(faulty, blobs, clock, kinds);
            (http::with_middleware(&state, http::api(state.clone())), inner, folder)
        });
        let (app, store, blobs) = begun.unwrap();
        Server { runtime: Some(runtime), app, fault_plan: Arc::clone(&self.fault_plan), store, blobs }
    }
}

/// A server as a process would be: what it was doing ends with it.
pub struct Server {
    runtime: Option<Runtime>,
    app: Router,
    fault_plan: Arc<FaultPlan>,
    /// Behind its back, where nothing goes wrong.
    pub store: Arc<dyn Store>,
    pub blobs: Arc<dyn Blobs>,
}

impl Server {
    pub fn kill(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Something that is done beside the line.
    pub fn run<T: Send, F: Future<Output = T>>(&self, work: impl FnOnce() -> F + Send) -> T {
        let runtime = self.runtime.as_ref().unwrap();
        thread::scope(|scope| scope.spawn(move || runtime.block_on(work())).join()).unwrap()
    }

    /// Runs to the end whatever becomes of the one who asked; none where the server dies of it.
    pub fn answer(&self, asked: Asked, cut: bool) -> Option<Response> {
        let mut request = Request::builder().method(asked.method.as_str()).uri(asked.path.as_str());
        for (name, value) in &asked.headers {
            request = request.header(name.as_str(), value.as_str());
        }
        let body = if cut { half(&asked.body) } else { Body::from(asked.body) };
        let request = request.body(body).unwrap();
        let (app, fault_plan) = (self.app.clone(), Arc::clone(&self.fault_plan));
        wait_for(self.runtime.as_ref()?, async move {
            let answering = tokio::spawn(async move {
                let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
                let value = |name: &str| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
                let headers = HEADERS.into_iter().filter_map(|name| Some((name, value(name)?))).collect();
                // Bytes that cannot be read while they are sent: the answer is cut.
                let body = body.collect().await.ok()?.to_bytes().to_vec();
                Some(Response { status: parts.status.as_u16(), headers, body })
            });
            tokio::select! {
                answer = answering => answer.ok().flatten(),
                () = fault_plan.died.notified() => None,
            }
        })?
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// None where it came to a panic.
fn wait_for<T: Send + 'static>(
    runtime: &Runtime,
    work: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    let (done, outcome) = mpsc::channel();
    drop(runtime.spawn(async move { done.send(work.await).unwrap() }));
    outcome.recv().ok()
}

/// Half of a body, and then the line is cut.
fn half(body: &[u8]) -> Body {
    let first = Bytes::from(body[..body.len() / 2].to_vec());
    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    Body::from_stream(futures::stream::iter([Ok(first), Err(cut)]))
}
