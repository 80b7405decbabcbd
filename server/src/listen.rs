//! # A server that answers
//!
//! Over HTTP, or over HTTPS by a certificate of one's own or by one that is fetched and renewed ([`tls`]); HTTP/2 where the
//! other end speaks it. Asked to stop, it finishes what is under way.

mod tls;

use crate::{
    config::Listening,
    http::{self, Reach},
    jobs,
    pages::{self, site::BuiltSite},
    state::AppState,
};
use anyhow::Context;
use axum::Router;
use axum_server::Handle;
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    time::Duration,
};
use tokio::{signal, time::timeout};
use tower_http::compression::CompressionLayer;

/// How long requests under way may take after the order to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(8);

/// How long a client may take to say what it wants; a street of slow ones must not hold every connection.
const HEADERS: Duration = Duration::from_secs(30);

/// How often a silent HTTP/2 connection is asked whether anybody is there; phones walk out of signal without a word.
const ASKED_EVERY: Duration = Duration::from_secs(60);

/// Everything that the server answers.
pub fn routes(state: &AppState, site: BuiltSite) -> Router {
    let routes = http::api(state.clone()).merge(pages::routes(state, site));
    http::around(state, routes).layer(CompressionLayer::new())
}

/// Serves until the process is asked to stop. Certificates that are fetched are kept in the data folder.
pub async fn serve(state: AppState, listening: &Listening, data: &Path) -> anyhow::Result<()> {
    let tls = tls::configure(&listening.tls, data).await?;
    let reach = Reach { tls: tls.is_some(), trusted_proxies: listening.trusted_proxies.as_slice().into() };
    let metrics_token = listening.metrics_token.as_deref().map(Into::into);
    let state = AppState { reach, metrics_token, thresholds: listening.photos.into(), ..state };
    let app = routes(&state, BuiltSite::open(listening.site.as_deref())?);
    let listener = TcpListener::bind(listening.addr)
        .with_context(|| format!("cannot listen on {}; is another server running there?", listening.addr))?;
    tracing::info!(address = %listener.local_addr()?, tls = tls.is_some(), "listening");
    let handle = Handle::new();
    let jobs = tokio::spawn(jobs::run(state.clone()));
    tokio::spawn(stop_when_asked(handle.clone()));
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        Some(tls) => {
            let mut server = axum_server::from_tcp_rustls(listener, tls)?;
            server.http_builder().http1().header_read_timeout(HEADERS);
            server.http_builder().http2().keep_alive_interval(ASKED_EVERY);
            server.handle(handle.clone()).first_request_timeout(HEADERS).serve(service).await?;
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?;
            server.http_builder().http1().header_read_timeout(HEADERS);
            server.http_builder().http2().keep_alive_interval(ASKED_EVERY);
            server.handle(handle.clone()).first_request_timeout(HEADERS).serve(service).await?;
        }
    }
    if handle.connection_count() > 0 {
        tracing::warn!("requests under way were cut off");
    }
    jobs.abort();
    // Photos' work and the log are on disk by now; the pool only lets go of its file.
    let _ = timeout(LAST_REQUESTS, state.store.close()).await;
    Ok(())
}

async fn stop_when_asked(handle: Handle<SocketAddr>) {
    asked_to_stop().await;
    tracing::info!("stopping");
    handle.graceful_shutdown(Some(LAST_REQUESTS));
}

async fn asked_to_stop() {
    let interrupt = async {
        let _ = signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut asked) => {
                asked.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
