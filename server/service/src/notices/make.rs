//! Making notices of the records as they stand.

use crate::{
    each_office::EachOffice,
    services::Services,
    storage::{NewNotice, StoreError},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::heartbeat::UnsentRow,
    id::{NoticeId, OfficeId, PersonId},
    notice::{
        ChannelKind, DeliveryState, DueNotice, Notice, NoticeChannel, NoticeDelivery, NoticeFacts,
        NoticeKind, NoticeSettings, QuietHours, UnsentFact, due_notices, first_try,
    },
    person::Standing,
    role::Actor,
    time::office_day,
};
use std::collections::HashSet;

/// Back to where the records are read: a little longer than anything is news.
pub(super) const LOOKED_BACK: Duration = Duration::days(4);

/// Notices of one turn of the writers: those who wait write between two of them.
const AT_ONCE: usize = 200;

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// That were not there.
    pub notices: usize,
    /// That go out of the house.
    pub deliveries: usize,
}

/// Of all offices.
///
/// # Errors
/// An office of which something cannot be read stops no other; it is told at the end.
pub async fn make(state: &Services) -> Result<Made, StoreError> {
    let (mut made, mut offices) = (Made::default(), EachOffice::default());
    for office in state.store.offices().await? {
        let one = offices.readable(make_of(state, office.id).await)?.unwrap_or_default();
        made.notices += one.notices;
        made.deliveries += one.deliveries;
    }
    offices.end(made)
}

async fn make_of(state: &Services, office: OfficeId) -> Result<Made, StoreError> {
    let now = state.now();
    let settings = state.store.notice_settings(office).await?;
    let due = due_notices(&settings, &facts(state, office, now).await?, now);
    let keys: Vec<String> = due.iter().map(|one| one.key.clone()).collect();
    let known: HashSet<String> = state.store.known_notices(office, &keys).await?;
    let new: Vec<DueNotice> = due.into_iter().filter(|one| !known.contains(&one.key)).collect();
    let mut made = Made::default();
    for some in new.chunks(AT_ONCE) {
        let one = write(state, office, &settings, some, now).await?;
        made.notices += one.notices;
        made.deliveries += one.deliveries;
    }
    Ok(made)
}

/// What a phone said last of what it holds.
fn unsent(row: &UnsentRow) -> Option<UnsentFact> {
    let count = u32::try_from(row.heartbeat.unsent.things()).unwrap_or(u32::MAX);
    Some(UnsentFact { person: row.person, count, since: row.since? })
}

/// The records, and the people as the rules see them.
async fn facts(state: &Services, office: OfficeId, now: DateTime<Utc>) -> Result<NoticeFacts, StoreError> {
    let tomorrow = office_day(now + Duration::days(1));
    let facts = state.store.notice_facts(office, now - LOOKED_BACK, tomorrow).await?;
    let waiting = state.store.unsent_since(office, now).await?;
    let unsent = waiting.iter().filter_map(unsent).collect();
    Ok(NoticeFacts { people: people(state, office).await?, unsent, ..facts })
}

/// Everybody who may sign in.
async fn people(state: &Services, office: OfficeId) -> Result<Vec<Actor>, StoreError> {
    let (people, places) = (state.store.people(office).await?, state.store.places(office).await?);
    let permissions = state.store.office_settings(office).await?.permissions;
    let actors = people.iter().filter(|person| !person.disabled).map(|person| {
        let department = places.departments.iter().find(|known| Some(known.id) == person.department);
        let standing = Standing { department, grids: &places.grids, permissions: Some(&permissions) };
        person.actor(office, Some(&standing))
    });
    Ok(actors.collect())
}

/// Notices with what carries them, in one commit: there is never one without the other.
async fn write(
    state: &Services,
    office: OfficeId,
    settings: &NoticeSettings,
    due: &[DueNotice],
    now: DateTime<Utc>,
) -> Result<Made, StoreError> {
    let notices: Vec<NewNotice> = due
        .iter()
        .map(|one| NewNotice {
            key: one.key.clone(),
            notice: Notice {
                id: state.new_id(),
                person: one.person,
                kind: one.kind,
                about: one.about.clone(),
                made_at: now,
                seen_at: None,
            },
        })
        .collect();
    let reminded = state.store.push_subscriptions(office, now).await?;
    let reminded: HashSet<PersonId> = reminded.into_iter().map(|one| one.person).collect();
    let mut tx = state.store.write().await?;
    let made: HashSet<_> = tx.put_notices(office, &notices).await?.into_iter().collect();
    let channels: Vec<NoticeChannel> =
        tx.notice_channels(office).await?.into_iter().map(|stored| stored.channel).collect();
    let new = notices.iter().map(|new| &new.notice).filter(|notice| made.contains(&notice.id));
    // By way of phones only to those who are reminded there.
    let reaches = |channel: &NoticeChannel, notice: &Notice| {
        channel.kind != ChannelKind::Push || reminded.contains(&notice.person)
    };
    let of = |notice: &Notice| -> Vec<NoticeChannel> {
        channels.iter().filter(|channel| reaches(channel, notice)).cloned().collect()
    };
    let deliveries: Vec<NoticeDelivery> = new
        .flat_map(|notice| deliveries(state, &of(notice), (notice.id, notice.kind), settings.quiet, now))
        .collect();
    tx.put_deliveries(office, &deliveries).await?;
    tx.commit().await?;
    Ok(Made { notices: made.len(), deliveries: deliveries.len() })
}

/// One for each channel that is in use and carries such notices.
pub(super) fn deliveries(
    state: &Services,
    channels: &[NoticeChannel],
    (notice, kind): (NoticeId, NoticeKind),
    quiet: Option<QuietHours>,
    now: DateTime<Utc>,
) -> Vec<NoticeDelivery> {
    let first_at = first_try(kind, quiet, now);
    let carries = channels.iter().filter(|channel| channel.on && channel.kinds.contains(&kind));
    let delivery = |channel: &NoticeChannel| NoticeDelivery {
        id: state.new_id(),
        notice,
        channel: channel.id,
        first_at,
        next_at: first_at,
        attempts: 0,
        state: DeliveryState::Waiting { failure: String::new() },
    };
    carries.map(delivery).collect()
}
