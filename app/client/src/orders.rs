//! 封存任务: sealed orders on this phone, and what opens them. Watch [`Topic::Records`].
//!
//! An order opens by the office's key, which comes with a pull after the hour or when it is asked for, or by the leader's words. This
//! phone's clock opens nothing. What opened it is kept beside the order, encrypted like everything private; the office is told.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Known, Tx},
    http, outbox,
    platform::Crypto as _,
    records, session,
};
use chrono::{DateTime, Days, Utc};
use domain::{
    device::{
        StoreName,
        failure::Failure,
        order_standing::{OpenedOrder, OrderStanding},
        submission::{Subject, SubmissionRecord},
    },
    id::SealedOrderId,
    order::{collected, sort_by_key},
    spot_check::{
        ContentKey, OpenedBy, OrderContent, OrderPhase, OrderState, SealedFor, SealedOrder, SpokenWords, open,
    },
    sync::{self, Payload, RecordKind},
    time::office_day,
};
use std::collections::BTreeSet;

/// For so long an order that is over says so.
const KEPT: Days = Days::new(7);

/// An order, how it stands here, and what is in it once it was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderHere {
    pub order: SealedOrder,
    pub standing: OrderStanding,
    pub phase: OrderPhase,
    pub content: Option<Box<OrderContent>>,
}

/// What came of asking the office for the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAnswer {
    Opened,
    /// The hour has not come by the office's clock.
    NotYet {
        after_seconds: Option<u32>,
    },
    /// It was withdrawn, or is over: the next pull says so.
    Gone,
}

/// Those that open first stand first.
pub async fn all(device: &Device) -> Result<Known<OrderHere>, DeviceError> {
    let (orders, standings) = db::read(&device.db, &[StoreName::Records, StoreName::Orders], async |tx| {
        let orders: Known<SealedOrder> = tx.records().await?;
        let mut standings = vec![];
        for order in &orders.known {
            standings.push(standing(tx, order.id).await?);
        }
        Ok((orders, standings))
    })
    .await?;
    let Known { known, newer } = orders;
    let here = known.into_iter().zip(standings);
    let mut known: Vec<OrderHere> = here.map(|(order, standing)| here_is(device, order, standing)).collect();
    sort_by_key(&mut known, |here| (here.order.opens_at, here.order.id));
    Ok(Known { known, newer })
}

/// # Errors
/// [`DeviceError::NewerRecord`] where it is here and this version cannot show it.
pub async fn one(device: &Device, id: SealedOrderId) -> Result<Option<OrderHere>, DeviceError> {
    let found = db::read(&device.db, &[StoreName::Records, StoreName::Orders], async |tx| {
        let order: Option<SealedOrder> = tx.record(&id.to_string()).await?;
        Ok((order, standing(tx, id).await?))
    })
    .await?;
    Ok(found.0.map(|order| here_is(device, order, found.1)))
}

/// Where it cannot be read the order is closed, and opens again by what opened it; all others are there meanwhile.
async fn standing(tx: &Tx<'_>, id: SealedOrderId) -> Result<OrderStanding, DeviceError> {
    Ok(tx.readable(StoreName::Orders, &id.to_string()).await?.unwrap_or_default())
}

fn here_is(device: &Device, order: SealedOrder, standing: OrderStanding) -> OrderHere {
    let content = standing.opened.as_ref().and_then(|opened| opened_by(&order, &opened.key));
    let phase = order.phase(content.is_some(), device.clock.office_now());
    OrderHere { order, standing, phase, content: content.map(Box::new) }
}

/// Whether a visit that was begun for it was handed in here, or another to its site since it was opened: any carries it out. What was
/// begun for it is known by that, whatever became of the phone's clock meanwhile.
pub async fn is_visited(device: &Device, here: &OrderHere) -> Result<bool, DeviceError> {
    let (Some(content), Some(opened)) = (&here.content, &here.standing.opened) else { return Ok(false) };
    let me = session::owner(device);
    let all: Vec<SubmissionRecord> =
        db::read(&device.db, &[StoreName::Submissions], async |tx| tx.all(StoreName::Submissions).await)
            .await?;
    let is_of_it = |record: &SubmissionRecord| match record.subject {
        Subject::Visit { order: Some(order), .. } => order == here.order.id,
        Subject::Visit { site, order: None } => site == content.site.id && record.at >= opened.at,
        Subject::Hazard { .. } | Subject::Task { .. } | Subject::Site { .. } => false,
    };
    Ok(all.iter().any(|record| Some(record.owner) == me && is_of_it(record)))
}

/// None under another key, and where nothing is sealed any more.
fn opened_by(order: &SealedOrder, key: &ContentKey) -> Option<OrderContent> {
    let OrderState::Sealed { content, .. } = &order.state else { return None };
    let to = SealedFor { order: order.id, person: order.person, opens_at: order.opens_at };
    open(content, &to, key).ok()
}

/// Whether the words open it. Wrong ones count, and after some of them the next are not heard before a while has passed
/// ([`DeviceError::TooManyTries`]). Deriving the key takes the browser a second or two, off the page's thread.
pub async fn try_words(device: &Device, id: SealedOrderId, words: &SpokenWords) -> Result<bool, DeviceError> {
    let now = device.clock.now();
    // Counted before they are tried: closing the page in between does not help. In one step with what stood there: tries of two
    // tabs are two, and what has opened it meanwhile stays.
    let counted = db::write(&device.db, &[StoreName::Records, StoreName::Orders], async |tx| {
        let found: Option<SealedOrder> = tx.record(&id.to_string()).await?;
        let Some(order) = found.filter(|order| matches!(order.state, OrderState::Sealed { .. })) else {
            return Ok(None);
        };
        let before = standing(tx, id).await?;
        let waits = before.attempts.wait_until(now).is_some();
        let attempts = if waits { before.attempts.turned_away(now) } else { before.attempts.wrong(now) };
        tx.put(StoreName::Orders, &id.to_string(), &OrderStanding { attempts, ..before }).await?;
        Ok(Some((order, waits)))
    })
    .await?;
    let Some((order, waits)) = counted else { return Ok(false) };
    if waits {
        return Err(DeviceError::TooManyTries);
    }
    let OrderState::Sealed { words: way, .. } = &order.state else { return Ok(false) };
    let salt = hex::decode(&way.salt).unwrap_or_default();
    let wrapped = hex::decode(&way.wrapped).unwrap_or_default();
    let key = device.crypto.unwrap_key(&words.phrase(), &salt, way.rounds, &wrapped).await?;
    let Some(key) = key.map(ContentKey).filter(|key| opened_by(&order, key).is_some()) else {
        device.changes.announce(Topic::Records);
        return Ok(false);
    };
    put_opened(device, id, key, OpenedBy::Words).await?;
    Ok(true)
}

/// Opens it by the key that the office has sent with it, if it has.
pub async fn take_key(device: &Device, id: SealedOrderId) -> Result<bool, DeviceError> {
    let Some(OrderHere { order, .. }) = one(device, id).await? else { return Ok(false) };
    let OrderState::Sealed { key: Some(key), .. } = &order.state else { return Ok(false) };
    if opened_by(&order, key).is_none() {
        return Ok(false);
    }
    put_opened(device, id, key.clone(), OpenedBy::Key).await?;
    Ok(true)
}

/// Asks the office for the key. Needs signal.
pub async fn ask_key(device: &Device, id: SealedOrderId) -> Result<KeyAnswer, DeviceError> {
    let Some(OrderHere { order, .. }) = one(device, id).await? else { return Ok(KeyAnswer::Gone) };
    match http::order_key(device, id).await {
        Ok(answer) if opened_by(&order, &answer.key).is_some() => {
            put_opened(device, id, answer.key, OpenedBy::Key).await?;
            Ok(KeyAnswer::Opened)
        }
        // A key of what the office has sealed anew meanwhile, which the next pull brings.
        Ok(_) | Err(Failure::Gone) => {
            device.changes.wake();
            Ok(KeyAnswer::Gone)
        }
        Err(Failure::RetryAfter { after_seconds }) => Ok(KeyAnswer::NotYet { after_seconds }),
        Err(failure) => Err(failure.into()),
    }
}

/// What opened it first stays, and the office is told of it with the next signal: both are kept, or neither.
async fn put_opened(
    device: &Device,
    id: SealedOrderId,
    key: ContentKey,
    by: OpenedBy,
) -> Result<(), DeviceError> {
    let at = device.clock.now();
    let stores = [StoreName::Orders, StoreName::Meta, StoreName::Outbox, StoreName::Operations];
    db::write(&device.db, &stores, async |tx| {
        if standing(tx, id).await?.opened.is_some() {
            return Ok(());
        }
        let opened = Some(OpenedOrder { key: key.clone(), by, at });
        let standing = OrderStanding { opened, ..OrderStanding::default() };
        tx.put(StoreName::Orders, &id.to_string(), &standing).await?;
        let told = Payload::OrderOpened { order: id, by, at, proof: key.proof() };
        outbox::enqueue_alone(device, tx, told).await
    })
    .await?;
    device.changes.announce(Topic::Records);
    device.changes.wake();
    Ok(())
}

/// Forgets orders that are long over, and how orders stood that are not here any more.
pub(crate) async fn prune(device: &Device, now: DateTime<Utc>) -> Result<(), DeviceError> {
    // Before all has come in, what is not here may still come.
    if !records::are_whole(device).await? {
        return Ok(());
    }
    let over = office_day(now) - KEPT;
    db::write(&device.db, &[StoreName::Records, StoreName::Orders], async |tx| {
        for order in tx.records::<SealedOrder>().await?.known.iter().filter(|order| order.until < over) {
            let key = sync::key(RecordKind::SealedOrder, &order.id.to_string());
            tx.delete(StoreName::Records, &key).await?;
        }
        let here: BTreeSet<String> = collected(tx.keys_of(RecordKind::SealedOrder).await?);
        for id in tx.keys(StoreName::Orders).await? {
            let is_mine =
                tx.kept(StoreName::Orders, &id).await?.is_some_and(|kept| kept.owner() == tx.reader());
            if is_mine && !here.contains(&sync::key(RecordKind::SealedOrder, &id)) {
                tx.delete(StoreName::Orders, &id).await?;
            }
        }
        Ok(())
    })
    .await
}
