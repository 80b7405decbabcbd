//! How an empty installation begins.

use super::words;
use crate::{config::Config, startup, state::AppState};
use std::net::SocketAddr;

/// Makes an empty database, or says that one is there.
pub async fn init(config: &Config) -> anyhow::Result<()> {
    let was_there = config.database().is_there();
    let state = startup::open_new(config).await?;
    let (lang, database) = (words::lang(), config.database().to_string());
    if !state.store.offices().await?.is_empty() {
        println!("{}", words::office_there(lang, database));
        return Ok(());
    }
    let said = if was_there { words::is_empty(lang, database) } else { words::made_empty(lang, database) };
    println!("{said}");
    Ok(())
}

/// What the console says where nobody has an account yet.
pub async fn to_begin(state: &AppState, address: SocketAddr) -> anyhow::Result<Option<String>> {
    if !state.set_up.is_open(&*state.store).await? {
        return Ok(None);
    }
    let address = format!("http://{address}/setup");
    Ok(Some(words::to_begin(words::lang(), address, state.set_up.code())))
}
