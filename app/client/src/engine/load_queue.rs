//! What waits, as the planner wants to see it.

use super::{Engine, errands, heartbeat, pictures::Wanted};
use crate::{DeviceError, db};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName,
        connection::has_come,
        heartbeat::Told,
        key,
        plan::{Queue, Step},
        queue::{PhotoRecord, Queued},
    },
    id::PersonId,
};
use std::rc::Rc;

pub(super) async fn queue(
    engine: &Rc<Engine>,
    me: PersonId,
    now: DateTime<Utc>,
) -> Result<Queue, DeviceError> {
    let db = &engine.device.db;
    let stores = [StoreName::Outbox, StoreName::Photos, StoreName::Meta];
    let (queued, photos, last_pull, told) = db::read(db, &stores, async |tx| {
        let queued: Vec<Queued> = tx.all(StoreName::Outbox).await?;
        let photos: Vec<PhotoRecord> = tx.all(StoreName::Photos).await?;
        let last_pull: Option<DateTime<Utc>> = tx.get(StoreName::Meta, key::LAST_PULL).await?;
        // Where it cannot be read it is said once more: no work waits for it.
        let told: Option<Told> = tx.readable(StoreName::Meta, key::TOLD).await?;
        Ok((queued, photos, last_pull, told))
    })
    .await?;
    let (line, tell_not_before) = engine.state(|state| (state.line.clone(), state.tell_not_before));
    let untold = heartbeat::is_untold(me, told.as_ref(), &queued, &photos);
    let quiet = !has_come(line.quiet_until, now);
    let queue = Queue::of(me, &queued, &photos, last_pull, line);
    let queue = Queue { untold, tell_not_before, ..queue };
    // Small pictures are for idle times on a line that is well. Before, all hazards need not be read for them: least of all
    // when the app has just been opened, and its first screen reads them.
    let waits = queued.iter().any(|queued| queued.owner == me && queued.waits());
    if waits || quiet || !matches!(queue.next(now), Step::WaitUntil(_)) {
        return Ok(queue);
    }
    let left =
        engine.state(|state| state.wanted.clone()).filter(|(owner, left)| *owner == me && !left.is_empty());
    let wanted = match left {
        Some((_, left)) => left,
        None => errands::wanted(engine).await?,
    };
    engine.state(|state| state.wanted = Some((me, wanted.clone())));
    let Wanted { thumbnails, pictures } = wanted;
    Ok(Queue { thumbnails, pictures, ..queue })
}
