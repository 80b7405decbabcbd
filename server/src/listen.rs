//! # A server that answers
//!
//! Over HTTP, or over HTTPS by a certificate of one's own or by one that is fetched and renewed ([`tls`]); HTTP/2 where the
//! other end speaks it. Asked to stop, it finishes what is under way.

pub mod connections;
mod descriptors;
mod tls;

use crate::{
    config::Listening,
    http::{
        self, ProxyTrust,
        refusals::{Refusal, Refusals, TOLD_EVERY},
    },
    jobs::{Worker, sweep},
    metrics::Held,
    pages::{self, site::BuiltSite},
    state::AppState,
};
use anyhow::Context;
use axum::{Router, middleware};
use axum_server::{Handle, Server};
use connections::{Acceptor, Connections};
use futures::FutureExt;
use service::Services;
use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::Path,
    time::{Duration, Instant},
};
use tokio::{
    net::TcpSocket,
    signal,
    sync::oneshot,
    time::{sleep, timeout},
};
use tower_http::compression::CompressionLayer;

/// How long requests under way may take after the order to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(8);

/// How long jobs that were cut off may take to be given back. A database that does not answer leaves them to their leases.
const GIVING_BACK: Duration = Duration::from_secs(2);

/// How long a client may take to say what it wants; a street of slow ones must not hold every connection.
const HEADERS: Duration = Duration::from_secs(30);

/// How often a silent HTTP/2 connection is asked whether anybody is there; phones walk out of signal without a word.
const ASKED_EVERY: Duration = Duration::from_mins(1);

/// Bytes that a connection is read ahead, and the longest head.
const AHEAD: usize = 64 * 1024;

/// The same of HTTP/2: of one request, and of all on a connection.
const STREAM_AHEAD: u32 = 128 * 1024;
const CONNECTION_AHEAD: u32 = 256 * 1024;

/// Connections that wait to be accepted.
const WAITING: u32 = 4096;

/// Requests at a time on one HTTP/2 connection.
const AT_A_TIME: u32 = 64;

/// Everything that the server answers.
pub fn routes(state: &AppState, site: BuiltSite) -> Router {
    let routes = http::api(state.clone()).merge(pages::routes(state, site));
    http::with_middleware(state, routes)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(connections::note))
}

/// Serves until the process is asked to stop. Certificates that are fetched are kept in the data folder.
pub async fn serve(state: AppState, listening: &Listening, data: &Path) -> anyhow::Result<()> {
    let tls = tls::configure(&listening.tls, data).await?;
    let proxy_trust =
        ProxyTrust { tls: tls.is_some(), trusted_proxies: listening.trusted_proxies.as_slice().into() };
    let metrics_token = listening.metrics_token.as_deref().map(Into::into);
    let (thresholds, windows) = (listening.photos.into(), listening.live.into());
    let notice_hosts = listening.notice_hosts.as_slice().into();
    let push_hosts = listening.push_hosts.as_slice().into();
    let services = Services { thresholds, windows, notice_hosts, push_hosts, ..state.services };
    let tiles = listening.background.source().map(Into::into);
    let state = AppState { services, proxy_trust, metrics_token, tiles, ..state };
    let app = routes(&state, BuiltSite::open(listening.site.as_deref(), state.tiles.as_deref())?);
    let listener = bound(listening.addr)
        .with_context(|| format!("cannot listen on {}; is another server running there?", listening.addr))?;
    tracing::info!(address = %listener.local_addr()?, tls = tls.is_some(), "listening");
    let handle = Handle::new();
    tokio::spawn(sweep::clear_half_written(state.services.clone()));
    let (stop_jobs, asked) = oneshot::channel::<()>();
    let worker = Worker::new(state.services.clone()).at_a_time(listening.jobs);
    let jobs = tokio::spawn(worker.run(asked.map(drop)));
    tokio::spawn(stop_when_asked(handle.clone()));
    let refusals = state.edge.refusals.clone();
    let most = descriptors::most(listening.connections);
    let connections = Connections::new(most, state.proxy_trust.trusted_proxies.clone(), refusals.clone());
    let (open, budget) = (connections.clone(), state.budget.clone());
    state.metrics.watch(move || Held { connections: open.count() as u64, bytes: budget.held() });
    let telling = tokio::spawn(tell(refusals.clone(), connections.clone()));
    let acceptor = Acceptor(connections);
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        Some(tls) => {
            let server = axum_server::from_tcp_rustls(listener, tls)?.map(|tls| tls.acceptor(acceptor));
            careful(server, refusals).handle(handle.clone()).serve(service).await?;
        }
        None => {
            let server = axum_server::from_tcp(listener)?.acceptor(acceptor);
            careful(server, refusals).handle(handle.clone()).serve(service).await?;
        }
    }
    telling.abort();
    if handle.connection_count() > 0 {
        tracing::warn!("requests under way were cut off");
    }
    drop(stop_jobs);
    if timeout(GIVING_BACK, jobs).await.is_err() {
        tracing::warn!("jobs under way were not given back: they are done once their leases end");
    }
    // Photos' work and the log are on disk by now; the pool only lets go of its file, and what takes longer ends with us.
    let _ = timeout(LAST_REQUESTS, state.store.close()).await;
    Ok(())
}

/// With room for whoever comes while the accepting waits its turn: where there is none, the system drops the first packet
/// and the other end tries again a second later.
fn bound(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)?.into_std()
}

/// With an end to everything that a client may keep us waiting for or make us remember.
fn careful<A>(mut server: Server<SocketAddr, A>, refusals: Refusals) -> Server<SocketAddr, A> {
    let http = server.http_builder();
    http.http1().header_read_timeout(HEADERS).max_buf_size(AHEAD);
    http.http2()
        .keep_alive_interval(ASKED_EVERY)
        .initial_stream_window_size(STREAM_AHEAD)
        .initial_connection_window_size(CONNECTION_AHEAD)
        .max_concurrent_streams(AT_A_TIME);
    server.first_request_timeout(HEADERS).accept_error_handler(move |peer, _| {
        // With an address it is a handshake that came to nothing, or a connection that was counted.
        if peer.is_none() {
            refusals.count(Refusal::NoDescriptor);
        }
    })
}

async fn tell(refusals: Refusals, connections: Connections) {
    loop {
        sleep(TOLD_EVERY).await;
        connections.end_unread(Instant::now());
        refusals.tell_rest();
    }
}

async fn stop_when_asked(handle: Handle<SocketAddr>) {
    asked_to_stop().await;
    tracing::info!("stopping");
    handle.graceful_shutdown(Some(LAST_REQUESTS));
}

async fn asked_to_stop() {
    let interrupt = async {
        if let Err(error) = signal::ctrl_c().await {
            // What cannot be heard was not said.
            tracing::warn!(%error, "this program does not hear an interrupt");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut asked) => {
                asked.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "this program does not hear the order to stop");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
