//! 消息: what the office tells this person. Watch [`Topic::Records`].
//!
//! What was seen is so on this phone at once; the office hears of it with the next signal.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Known},
    outbox, records, session,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::StoreName,
    id::NoticeId,
    limits::NOTICES,
    notice::Notice,
    order::sort_by_key,
    sync::{self, Payload, RecordKind},
};

/// For so long a notice stays on the phone; the office has it longer.
const KEPT: Duration = Duration::days(30);

/// One's own, the newest first.
pub async fn mine(device: &Device) -> Result<Known<Notice>, DeviceError> {
    let me = session::owner(device).ok_or(DeviceError::WrongPassword)?;
    let mut notices: Known<Notice> =
        db::read(&device.db, &[StoreName::Records], async |tx| tx.records().await).await?;
    notices.known.retain(|notice| notice.person == me);
    sort_by_key(&mut notices.known, |notice| (std::cmp::Reverse(notice.made_at), notice.id));
    Ok(notices)
}

/// How many wait to be read.
pub async fn unseen(device: &Device) -> Result<usize, DeviceError> {
    Ok(mine(device).await?.known.iter().filter(|notice| !notice.is_seen()).count())
}

/// Notes that these were before one's eyes. What was seen before, or is not here, is left as it is.
pub async fn see(device: &Device, ids: &[NoticeId]) -> Result<(), DeviceError> {
    let now = device.clock.now();
    let stores = [StoreName::Records, StoreName::Meta, StoreName::Outbox, StoreName::Operations];
    let seen = db::write(&device.db, &stores, async |tx| {
        let mut seen = vec![];
        for id in ids {
            let known: Option<Notice> = records::known(tx.record(&id.to_string()).await)?;
            if let Some(notice) = known.filter(|notice| !notice.is_seen()) {
                tx.put_record(&Notice { seen_at: Some(now), ..notice }).await?;
                seen.push(*id);
            }
        }
        for notices in seen.chunks(NOTICES) {
            let told = Payload::NoticesSeen { notices: notices.to_vec() };
            outbox::enqueue_alone(device, tx, told).await?;
        }
        Ok(seen.len())
    })
    .await?;
    if seen > 0 {
        device.changes.announce(Topic::Records);
        device.changes.wake();
    }
    Ok(())
}

/// Forgets what is no news any more.
pub(crate) async fn prune(device: &Device, now: DateTime<Utc>) -> Result<(), DeviceError> {
    let Some(before) = now.checked_sub_signed(KEPT) else { return Ok(()) };
    db::write(&device.db, &[StoreName::Records], async |tx| {
        for notice in tx.records::<Notice>().await?.known.iter().filter(|notice| notice.made_at < before) {
            let key = sync::key(RecordKind::Notice, &notice.id.to_string());
            tx.delete(StoreName::Records, &key).await?;
        }
        Ok(())
    })
    .await
}
