//! Sending what waits. What waits for one channel goes as one message, or as one for each person where the channel is personal.
//!
//! A try is counted, and put off until it can be thought dead, before it is made: a server that dies meanwhile loses nothing, and
//! no other makes the same try. A channel that does not answer is asked once a turn, whatever waits for it.

use super::{
    http::{Destination, SendError},
    mail, message,
    push::Reminding,
    robots, sms, webhook,
};
use crate::{
    each_office::EachOffice,
    jobs::retry::kept,
    services::Services,
    storage::{StoreError, StoredChannel, StoredDelivery},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{NoticeChannelId, OfficeId, PersonId},
    notice::{
        ChannelKind, ChannelSecret, DeliveryState, Notice, NoticeDelivery, Values, first_try, next_try,
    },
    person::Person,
    text::Lang,
};
use std::collections::{BTreeMap, HashMap};

/// After so long whoever makes a try is thought dead.
pub(super) const LEASE: Duration = Duration::minutes(10);

/// Of that, what is begun last is over in so long.
pub(super) const ONE_TRY: Duration = Duration::minutes(2);

/// Deliveries of one turn.
pub(super) const AT_ONCE: u32 = 500;

/// In which messages go out of the house.
pub(super) const LANG: Lang = Lang::Zh;

/// Whatever waits and whose time has come. Gives how many notices went.
///
/// # Errors
/// Where the store does not answer. A channel that does not is no error: its notices wait. An office of which something cannot be
/// read stops no other; it is told at the end.
pub async fn deliver(state: &Services) -> Result<usize, StoreError> {
    let (mut sent, mut offices) = (0, EachOffice::default());
    for office in state.store.offices_to_deliver(state.now()).await? {
        sent += offices.readable(deliver_of(state, office).await)?.unwrap_or_default();
    }
    offices.end(sent)
}

async fn deliver_of(state: &Services, office: OfficeId) -> Result<usize, StoreError> {
    let people = state.store.people(office).await?;
    let now = state.now();
    let mut tx = state.store.write().await?;
    let channels = tx.notice_channels(office).await?;
    let quiet = tx.notice_settings(office).await?.quiet;
    let taken = tx.take_deliveries(office, now, now + LEASE, AT_ONCE).await?;
    // Whatever is tried again, and what a server that was away has missed: not at night.
    let later = |one: &StoredDelivery| first_try(one.notice.kind, quiet, now);
    let (put_off, taken): (Vec<_>, Vec<_>) = taken.into_iter().partition(|one| later(one) > now);
    let put_off: Vec<_> =
        put_off.iter().map(|one| NoticeDelivery { next_at: later(one), ..one.delivery.clone() }).collect();
    tx.settle_deliveries(office, &put_off).await?;
    tx.commit().await?;
    let mut by_channel: BTreeMap<NoticeChannelId, Vec<StoredDelivery>> = BTreeMap::new();
    for one in taken {
        by_channel.entry(one.delivery.channel).or_default().push(one);
    }
    let mut sent = 0;
    for (id, waiting) in by_channel {
        let channel = channels.iter().find(|stored| stored.channel.id == id);
        sent += send_all(state, office, channel, waiting, (people.as_slice(), now + LEASE - ONE_TRY)).await?;
    }
    Ok(sent)
}

/// Everything that waits for a channel, message by message, each settled as it went.
async fn send_all(
    state: &Services,
    office: OfficeId,
    channel: Option<&StoredChannel>,
    waiting: Vec<StoredDelivery>,
    (people, begun_by): (&[Person], DateTime<Utc>),
) -> Result<usize, StoreError> {
    let (mut sent, mut silent) = (0, None);
    // Many services stand behind this one way: each of them is silent by itself.
    let mut reminding = match channel.map(|stored| stored.channel.kind) {
        Some(ChannelKind::Push) => Some(Reminding::begin(state, office).await?),
        Some(
            ChannelKind::Wecom
            | ChannelKind::Dingtalk
            | ChannelKind::Sms
            | ChannelKind::Webhook
            | ChannelKind::Mail,
        )
        | None => None,
    };
    for together in messages(channel, waiting) {
        // A slow channel has taken the time: what is left is soon another's to take, and sent by both it would go twice.
        if state.now() >= begun_by {
            break;
        }
        let told: Vec<&Notice> = together.iter().map(|one| &one.notice).collect();
        let outcome = match &silent {
            Some(error) => Err(SendError::clone(error)),
            None => send_one(state, channel, &told, people, reminding.as_mut()).await,
        };
        if let Err(error @ SendError::NoAnswer(_)) = &outcome
            && reminding.is_none()
        {
            silent = Some(error.clone());
        }
        sent += if outcome.is_ok() { told.len() } else { 0 };
        let settled: Vec<_> = together.iter().map(|one| settled(state, &one.delivery, &outcome)).collect();
        let mut tx = state.store.write().await?;
        tx.settle_deliveries(office, &settled).await?;
        tx.commit().await?;
    }
    Ok(sent)
}

/// What goes as one.
fn messages(channel: Option<&StoredChannel>, waiting: Vec<StoredDelivery>) -> Vec<Vec<StoredDelivery>> {
    if !channel.is_some_and(|stored| stored.channel.kind.is_personal()) {
        return vec![waiting];
    }
    let mut by_person: BTreeMap<PersonId, Vec<StoredDelivery>> = BTreeMap::new();
    for one in waiting {
        by_person.entry(one.notice.person).or_default().push(one);
    }
    by_person.into_values().collect()
}

async fn send_one(
    state: &Services,
    channel: Option<&StoredChannel>,
    told: &[&Notice],
    people: &[Person],
    reminding: Option<&mut Reminding>,
) -> Result<(), SendError> {
    // No row is ever taken away: it is there, and waits until somebody has mended it.
    let stored = channel.ok_or_else(|| SendError::NotTaken("the channel cannot be read".to_owned()))?;
    if stored.channel.retired {
        return Err(SendError::Never("the channel was deleted"));
    }
    if !stored.channel.on {
        return Err(SendError::Never("the channel is switched off"));
    }
    let secret =
        unsealed(state, stored).ok_or(SendError::Never("its key cannot be opened here: enter it anew"))?;
    let kind = stored.channel.kind;
    let to = Destination { kind, address: &secret.address, allowed: &state.notice_hosts };
    let now = state.now();
    match kind {
        ChannelKind::Wecom => robots::wecom(to, &message::to_group(LANG, told, &names(people))).await,
        ChannelKind::Dingtalk => {
            let text = message::to_group(LANG, told, &names(people));
            robots::dingtalk(to, &secret.key, &text, now).await
        }
        ChannelKind::Webhook => webhook::call(to, &secret.key, told, now).await,
        ChannelKind::Push => {
            let reminding = reminding.ok_or(SendError::Never("nobody looked up whom to remind"))?;
            reminding.tell(state, &secret.address, told).await
        }
        ChannelKind::Mail => {
            let text = message::to_group(LANG, told, &names(people));
            let (subject, route) = (message::subject(LANG, told), stored.channel.mail.as_ref());
            mail::mail(to, &secret.key, route, subject, text).await
        }
        ChannelKind::Sms => {
            let first = told.first().ok_or(SendError::Never("nothing is to be said"))?;
            let person = people.iter().find(|person| person.id == first.person);
            let phone = person.map(|person| person.phone.trim()).filter(|phone| !phone.is_empty());
            let phone = phone.ok_or(SendError::Never("the person has no telephone number"))?;
            let (text, id) = (message::to_person(LANG, told), first.id.to_string());
            let values = Values { phone, text: &text, secret: &secret.key, id: &id };
            sms::send_sms(to, &stored.channel.template, stored.channel.success.as_ref(), &values).await
        }
    }
}

fn names(people: &[Person]) -> HashMap<PersonId, String> {
    people.iter().map(|person| (person.id, person.name.clone())).collect()
}

/// What became of one, after this try.
fn settled(state: &Services, delivery: &NoticeDelivery, outcome: &Result<(), SendError>) -> NoticeDelivery {
    let times = (delivery.first_at, delivery.next_at, delivery.attempts);
    let (next_at, became) = became(times, outcome, state.now());
    if let DeliveryState::Failed { failure, .. } = &became {
        tracing::warn!(notice = %delivery.notice, channel = %delivery.channel, %failure, "a notice is given up");
    }
    NoticeDelivery { next_at, state: became, ..delivery.clone() }
}

/// When it is tried again, and what it is after this try. Given are its first moment, its next one and its tries.
pub(super) fn became(
    (first_at, next_at, attempts): (DateTime<Utc>, DateTime<Utc>, u32),
    outcome: &Result<(), SendError>,
    now: DateTime<Utc>,
) -> (DateTime<Utc>, DeliveryState) {
    match outcome {
        Ok(()) => (next_at, DeliveryState::Sent { at: now }),
        Err(error @ SendError::Never(_)) => {
            (next_at, DeliveryState::Failed { at: now, failure: kept(&error.to_string()) })
        }
        Err(
            error @ (SendError::Fenced(_)
            | SendError::NoAnswer(_)
            | SendError::Status(_)
            | SendError::Redirected
            | SendError::NotTaken(_)),
        ) => {
            let failure = kept(&error.to_string());
            match next_try(first_at, attempts, now) {
                Some(again) => (again, DeliveryState::Waiting { failure }),
                None => (next_at, DeliveryState::Failed { at: now, failure }),
            }
        }
    }
}

/// None: the installation's own secret is another.
pub(super) fn unsealed(state: &Services, stored: &StoredChannel) -> Option<ChannelSecret> {
    let opened = state.secrets.unseal(stored.channel.id.0.as_bytes(), &stored.secret)?;
    serde_json::from_slice(&opened).ok()
}
