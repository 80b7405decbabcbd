//! 心跳: who holds what unsent, since when, as the phones say themselves. Phones say it with each sync
//! ([`sync`](crate::sync)); the desk lists it, and notices are made of it.

use crate::{asker::Asker, error::Error, services::Services, storage::NewHeartbeat};
use chrono::{DateTime, Utc};
use domain::{
    device::heartbeat::{Heartbeat, UnsentFilter, UnsentPage, UnsentRow},
    id::{DeviceId, OfficeId, PersonId},
    role::{Action, Actor},
};

/// What lies where the person sees it.
pub async fn list(state: &Services, by: &Asker, filter: &UnsentFilter) -> Result<UnsentPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.unsent(by.actor.office, &by.actor.scope, filter, state.now()).await?)
}

/// Phones of the office on which something has waited since then or longer, the longest first; for whoever sends notices.
pub async fn unsent_since(
    state: &Services,
    office: OfficeId,
    since: DateTime<Utc>,
) -> Result<Vec<UnsentRow>, Error> {
    Ok(state.store.unsent_since(office, since).await?)
}

/// What a phone says at `said_at` by its own clock, as it is noted.
pub(crate) fn said(
    state: &Services,
    actor: &Actor,
    device: DeviceId,
    app: &str,
    heartbeat: Heartbeat,
    said_at: DateTime<Utc>,
) -> NewHeartbeat {
    let heartbeat = heartbeat.believed();
    NewHeartbeat {
        id: state.new_id(),
        person: actor.person,
        device,
        since: heartbeat.since(said_at, state.now()),
        heartbeat,
        app: app.to_owned(),
    }
}

/// All that lay on the phone has come another way: nothing of it waits any more, unless the phone says otherwise.
pub(crate) async fn came_otherwise(
    state: &Services,
    office: OfficeId,
    person: PersonId,
    device: DeviceId,
) -> Result<(), Error> {
    let mut tx = state.store.write().await?;
    tx.forget_heartbeat(office, person, device).await?;
    Ok(tx.commit().await?)
}
