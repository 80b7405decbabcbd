//! Whether this phone can be relied on without signal: found out by trying what will be needed, never by the browser's name.

use super::{DeviceError, records, space, worker};
use crate::i18n::{Lang, ready as t};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;

const PATIENCE_MS: u32 = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ready {
    Yes,
    /// Until the browser needs the room.
    UnlessCleared,
    /// The program is on its way.
    Fetching,
    /// The program is here, and not all of the person's records.
    FetchingRecords,
    No(Lack),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Nothing can keep the program: told apart because the cure differs.
    Worker {
        https: bool,
    },
    /// The browser would not take the worker in.
    Refused,
    /// It took it in and has not got everything.
    NotWhole,
    Storage(DeviceError),
}

impl Ready {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Yes => t::ready(lang).to_owned(),
            Self::UnlessCleared => t::ready_unless_cleared(lang).to_owned(),
            Self::Fetching => t::fetching(lang).to_owned(),
            Self::FetchingRecords => t::fetching_records(lang).to_owned(),
            Self::No(Lack::Worker { https: true }) => t::no_worker(lang).to_owned(),
            Self::No(Lack::Worker { https: false }) => t::no_worker_http(lang).to_owned(),
            Self::No(Lack::Refused) => t::worker_refused(lang).to_owned(),
            Self::No(Lack::NotWhole) => t::not_kept_whole(lang).to_owned(),
            Self::No(Lack::Storage(error)) => t::cannot(lang, error.words(lang)),
        }
    }
}

/// Tries everything; no wait without an end.
pub async fn look() -> Ready {
    match select(Box::pin(space::try_out()), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((Ok(()), _)) => {}
        Either::Left((Err(error), _)) => return Ready::No(Lack::Storage(error)),
        Either::Right(_) => return Ready::No(Lack::Storage(DeviceError::StorageSilent)),
    }
    match select(Box::pin(worker::kept()), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((Ok(true), _)) => {}
        Either::Left((Ok(false), _)) => return Ready::Fetching,
        Either::Left((Err(lack), _)) => return Ready::No(lack),
        Either::Right(_) => return Ready::No(Lack::NotWhole),
    }
    // A program that opens without signal is of no use before what it works with has come.
    match select(Box::pin(records::are_whole()), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((Ok(true), _)) => {}
        Either::Left((Ok(false), _)) => return Ready::FetchingRecords,
        Either::Left((Err(error), _)) => return Ready::No(Lack::Storage(error)),
        Either::Right(_) => return Ready::No(Lack::Storage(DeviceError::StorageSilent)),
    }
    // Where the browser does not tell, it has promised nothing.
    match space::measure().await {
        Some(space) if space.persistent => Ready::Yes,
        Some(_) | None => Ready::UnlessCleared,
    }
}
