//! From addresses to what every request may use.

pub mod private;

use crate::{
    blobs,
    catalogue::{Catalogue, seed_catalogue, site_kinds::SiteKinds},
    cli::words,
    clock::SystemClock,
    config::Config,
    secrets::Secrets,
    state::AppState,
    storage::{self, StoreError, address::DatabaseAddress},
};
use anyhow::{Context, ensure};
use service::{Services, services::RecordsDisk};
use std::sync::Arc;

/// Connects to what is there, and gives every office the built-in forms.
pub async fn open(config: &Config) -> anyhow::Result<AppState> {
    let state = connect(config, false).await?;
    let catalogue = Catalogue::built_in()?;
    for office in state.store.offices().await? {
        match seed_catalogue(&*state.store, &office, &catalogue).await {
            // A disk that is full is no reason to show nobody what is there.
            Err(StoreError::Unavailable(why)) => tracing::error!(%why, "nothing can be written"),
            equipped => equipped?,
        }
    }
    Ok(state)
}

/// The same; where there is no database yet, an empty one is made first.
pub async fn open_new(config: &Config) -> anyhow::Result<AppState> {
    if !config.database().is_there() {
        connect(config, true).await?.store.close().await;
    }
    open(config).await
}

/// Opens what holds records and photos, the data folder among it; adds nothing. Where there is nothing it is made, if
/// `create`: whoever mistyped a folder must not find an empty database in the place of their own.
pub async fn connect(config: &Config, create: bool) -> anyhow::Result<AppState> {
    let database = config.database();
    if let DatabaseAddress::Sqlite(file) = &database {
        ensure!(create || file.exists(), words::no_database(words::lang(), file.display().to_string()));
    }
    private::folder(&config.data)?;
    let store = storage::open(&database, create)
        .await
        .with_context(|| format!("the database {database} cannot be opened"))?;
    if let DatabaseAddress::Sqlite(file) = &database {
        private::database(file)?;
    }
    let reserve = config.disk_reserve.unwrap_or_default();
    let blobs = blobs::open(&config.photos(), reserve)?;
    let state = AppState::new(store, blobs, Arc::new(SystemClock), SiteKinds::built_in()?.kinds);
    let here = matches!(database, DatabaseAddress::Sqlite(_));
    let records = here.then(|| RecordsDisk { folder: config.data.as_path().into(), reserve });
    let services = Services { records, secrets: Secrets::open(&config.secret())?, ..state.services };
    Ok(AppState { services, ..state })
}
