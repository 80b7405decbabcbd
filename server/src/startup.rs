//! From a folder to a server that answers, and down again without losing a request.

use crate::{
    blobs,
    catalogue::Catalogue,
    clock::SystemClock,
    config::{Config, Listening},
    http, jobs,
    pages::{self, site::BuiltSite},
    state::AppState,
    storage::{self, Store, StoreError},
};
use anyhow::Context;
use axum::{Router, extract::connect_info::IntoMakeServiceWithConnectInfo};
use domain::place::Office;
use std::{fs, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, signal, time::timeout};
use tower_http::compression::CompressionLayer;

/// How long requests under way may take after the order to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(8);

/// Connects, and gives every office the built-in checklists.
pub async fn open(config: &Config) -> anyhow::Result<AppState> {
    let state = connect(config).await?;
    let catalogue = Catalogue::built_in()?;
    for office in state.store.offices().await? {
        equip(&*state.store, &office, &catalogue).await?;
    }
    Ok(state)
}

/// Opens what holds records and photos, the data folder among it, which is made where there is none; adds nothing.
pub async fn connect(config: &Config) -> anyhow::Result<AppState> {
    let folder = config.data.display();
    fs::create_dir_all(&config.data).with_context(|| format!("the data folder {folder} cannot be made"))?;
    let database = config.database();
    let store = storage::open(&database)
        .await
        .with_context(|| format!("the database {database} cannot be opened"))?;
    let blobs = blobs::open(&config.photos())?;
    Ok(AppState::new(store, blobs, Arc::new(SystemClock), Catalogue::built_in()?.kinds))
}

/// Gives the office what it lacks of the catalogue.
pub async fn equip(store: &dyn Store, office: &Office, catalogue: &Catalogue) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    for checklist in &catalogue.checklists {
        tx.put_checklist(office.id, checklist).await?;
    }
    tx.commit().await
}

/// Everything that the server answers.
pub fn routes(state: &AppState, site: BuiltSite) -> Router {
    let routes = http::api(state.clone()).merge(pages::routes(state, site));
    http::around(state, routes).layer(CompressionLayer::new())
}

/// Serves until the process is asked to stop, then finishes what is under way.
pub async fn serve(state: AppState, listening: &Listening) -> anyhow::Result<()> {
    let state = AppState { trusted_proxy: listening.trusted_proxy, ..state };
    let site = BuiltSite::open(&listening.site)?;
    let app = routes(&state, site);
    let listener = TcpListener::bind(listening.addr)
        .await
        .with_context(|| format!("cannot listen on {}; is another server running there?", listening.addr))?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let service: IntoMakeServiceWithConnectInfo<Router, SocketAddr> =
        app.into_make_service_with_connect_info();
    let jobs = tokio::spawn(jobs::run(state.clone()));
    let (stopped, mut stops) = tokio::sync::watch::channel(false);
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        stopped.send_replace(true);
    });
    let overtime = async {
        let _ = stops.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        ended = serving => ended?,
        () = overtime => tracing::warn!("requests under way were cut off"),
    }
    jobs.abort();
    // Photos' work and the log are on disk by now; the pool only lets go of its file.
    let _ = timeout(LAST_REQUESTS, state.store.close()).await;
    Ok(())
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
