//! Telling parties of their hazards: what is due is written, and goes by the office's SMS channels to the number on record.
//!
//! As with notices to people, a message has a key and is made once, and a try is counted before it is made. What it says is put
//! together when it goes, so that it is true then: a hazard that is put right meanwhile is told of no more. The number is looked up
//! then, too; what is kept of it is its first and last digits. Where one gateway refuses, the office's next is tried.

use super::{
    deliver::{AT_ONCE, LANG, LEASE, ONE_TRY, became, unsealed},
    http::{Destination, SendError},
    make::LOOKED_BACK,
    sms,
};
use crate::{
    codes,
    each_office::EachOffice,
    services::Services,
    storage::{StoreError, StoredChannel, StoredPartyNotice},
};
use chrono::{DateTime, Utc};
use domain::{
    code::Scanned,
    hazard::Hazard,
    id::OfficeId,
    notice::{
        ChannelKind, DeliveryState, DuePartyNotice, MOST_A_DAY, NoticeSettings, PartyNotice, Values,
        day_and_next, days_of_parties, due_party_notices, masked, mobile,
    },
    site::Site,
    time,
};
use i18n::notices as t;

/// Messages of one turn of the writers.
const MADE_AT_ONCE: usize = 200;

/// Characters of a hazard's words in a message: each message costs.
const WORDS: usize = 40;

const NO_NUMBER: SendError = SendError::Never("no mobile number is on record");

/// What has to be told and is not there yet is written, of all offices. Gives how many that were.
///
/// # Errors
/// An office of which something cannot be read stops no other; it is told at the end.
pub async fn make_for_parties(state: &Services) -> Result<u64, StoreError> {
    let (mut made, mut offices) = (0, EachOffice::default());
    for office in state.store.offices().await? {
        made += offices.readable(make_of(state, office.id).await)?.unwrap_or_default();
    }
    offices.end(made)
}

async fn make_of(state: &Services, office: OfficeId) -> Result<u64, StoreError> {
    let settings = state.store.notice_settings(office).await?;
    if !settings.party.is_on() {
        return Ok(0);
    }
    let now = state.now();
    let hazards = state.store.hazards_to_tell(office, now - LOOKED_BACK, days_of_parties(now)).await?;
    let due = due_party_notices(&settings.party, &hazards, now);
    let keys: Vec<String> = due.iter().map(|one| one.key.clone()).collect();
    let known = state.store.known_party_notices(office, &keys).await?;
    let mut new = vec![];
    for one in due.into_iter().filter(|one| !known.contains(&one.key)).take(MADE_AT_ONCE) {
        let site = state.store.site(office, one.site).await?;
        new.push(made(state, &settings, site.as_ref(), one, now));
    }
    if new.is_empty() {
        return Ok(0);
    }
    let mut tx = state.store.write().await?;
    let made = tx.put_party_notices(office, &new).await?;
    tx.commit().await?;
    Ok(made)
}

fn made(
    state: &Services,
    settings: &NoticeSettings,
    site: Option<&Site>,
    due: DuePartyNotice,
    now: DateTime<Utc>,
) -> StoredPartyNotice {
    let phone = site.and_then(mobile);
    let first_at = settings.quiet.and_then(|quiet| quiet.ends(now)).unwrap_or(now);
    let state_of = match &phone {
        Some(_) => DeliveryState::Waiting { failure: String::new() },
        None => DeliveryState::Failed { at: now, failure: NO_NUMBER.to_string() },
    };
    let notice = PartyNotice {
        id: state.new_id(),
        hazard: due.hazard,
        kind: due.kind,
        phone: phone.as_deref().map(masked).unwrap_or_default(),
        made_at: now,
        first_at,
        next_at: first_at,
        attempts: 0,
        state: state_of,
        code: None,
        opened_at: None,
    };
    StoredPartyNotice { key: due.key, number: phone.map(|phone| marked(state, &phone)), notice }
}

/// By which the messages of one number are counted, and from which nobody comes back to it.
fn marked(state: &Services, phone: &str) -> Vec<u8> {
    state.secrets.mark("a party's number", &[phone.as_bytes()]).to_vec()
}

/// Whatever waits and whose time has come. Gives how many went.
///
/// # Errors
/// Where the store does not answer. A gateway that does not is no error: its messages wait.
pub async fn deliver_to_parties(state: &Services) -> Result<usize, StoreError> {
    let (mut sent, mut offices) = (0, EachOffice::default());
    for office in state.store.offices_to_tell_parties(state.now()).await? {
        sent += offices.readable(deliver_of(state, office).await)?.unwrap_or_default();
    }
    offices.end(sent)
}

async fn deliver_of(state: &Services, office: OfficeId) -> Result<usize, StoreError> {
    let now = state.now();
    let mut tx = state.store.write().await?;
    let settings = tx.notice_settings(office).await?;
    let mut channels = tx.notice_channels(office).await?;
    let waiting = tx.take_party_notices(office, now, now + LEASE, AT_ONCE).await?;
    tx.commit().await?;
    channels.retain(|stored| stored.channel.on && stored.channel.kind == ChannelKind::Sms);
    let mut gateways = Gateways { state, channels, silent: None };
    let mut sent = 0;
    for one in waiting {
        // What is left is soon another's to take, and sent by both it would go twice.
        if state.now() >= now + LEASE - ONE_TRY {
            break;
        }
        let told = tell(state, office, &settings, &mut gateways, one).await?;
        sent += match &told.notice.state {
            DeliveryState::Sent { .. } => 1,
            DeliveryState::Waiting { .. } | DeliveryState::Failed { .. } => 0,
        };
        let mut tx = state.store.write().await?;
        tx.settle_party_notice(office, &told).await?;
        tx.commit().await?;
    }
    Ok(sent)
}

/// One message, as it is after this try.
async fn tell(
    state: &Services,
    office: OfficeId,
    settings: &NoticeSettings,
    gateways: &mut Gateways<'_>,
    mut stored: StoredPartyNotice,
) -> Result<StoredPartyNotice, StoreError> {
    let now = state.now();
    if let Some(ends) = settings.quiet.and_then(|quiet| quiet.ends(now)) {
        stored.notice.next_at = ends;
        return Ok(stored);
    }
    let found = overtaken(state, office, settings, &stored.notice).await?;
    let outcome = match found {
        Err(why) => Err(why),
        Ok((hazard, site)) => match mobile(&site) {
            None => Err(NO_NUMBER),
            Some(phone) => {
                let number = marked(state, &phone);
                let (begins, next) = day_and_next(settings.quiet, now);
                let sent = state.store.party_notices_sent(office, &number, begins).await?;
                stored.number = Some(number);
                stored.notice.phone = masked(&phone);
                if sent >= MOST_A_DAY {
                    // It has its own day to be tried in.
                    stored.notice.first_at = next;
                    stored.notice.next_at = next;
                    return Ok(stored);
                }
                match codes::of_party(state, &hazard, office).await? {
                    None => Err(SendError::Never("its code could not be sealed")),
                    Some((id, code)) => {
                        stored.notice.code = Some(id);
                        let address = Scanned::address(&settings.party.address, &code, None);
                        let text = words(&hazard, &site, &stored.notice, address);
                        gateways.send(&phone, &text, &stored.notice.id.to_string()).await
                    }
                }
            }
        },
    };
    let notice = &stored.notice;
    let (next_at, became) = became((notice.first_at, notice.next_at, notice.attempts), &outcome, now);
    match &became {
        DeliveryState::Sent { .. } => {
            tracing::info!(hazard = %notice.hazard, phone = %notice.phone, "a party was told");
        }
        DeliveryState::Failed { failure, .. } => {
            tracing::warn!(hazard = %notice.hazard, phone = %notice.phone, %failure, "a party was not told");
        }
        DeliveryState::Waiting { .. } => {}
    }
    if outcome.is_err() {
        stored.notice.code = None;
    }
    stored.notice.next_at = next_at;
    stored.notice.state = became;
    Ok(stored)
}

/// The hazard and its site, if it is still to be told of.
async fn overtaken(
    state: &Services,
    office: OfficeId,
    settings: &NoticeSettings,
    notice: &PartyNotice,
) -> Result<Result<(Hazard, Site), SendError>, StoreError> {
    if !settings.party.is_on() || !settings.party.kinds.contains(&notice.kind) {
        return Ok(Err(SendError::Never("such messages were switched off meanwhile")));
    }
    let Some(hazard) = state.store.hazard(office, notice.hazard).await? else {
        return Ok(Err(SendError::Never("the hazard is not there any more")));
    };
    if hazard.party_may_rectify().is_err() {
        return Ok(Err(SendError::Never("the hazard is not the party's to put right any more")));
    }
    let site = state.store.site(office, hazard.place.site).await?.filter(|site| !site.retired);
    Ok(site.map(|site| (hazard, site)).ok_or(SendError::Never("the site is not in use any more")))
}

/// What it says, in one line.
fn words(hazard: &Hazard, site: &Site, notice: &PartyNotice, address: String) -> String {
    let what: String = hazard.found.what.chars().take(WORDS).collect();
    let (site, what) = (in_a_line(&site.name), in_a_line(&what));
    let due = hazard.due.map_or_else(
        || t::party_due_unset(LANG).to_owned(),
        |day| t::party_due(LANG, time::month_and_day(day)),
    );
    t::party_sms(LANG, t::party_says(LANG, notice.kind), site, what, due, address)
}

fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The office's SMS channels that are in use, by their names.
struct Gateways<'a> {
    state: &'a Services,
    channels: Vec<StoredChannel>,
    /// What a gateway that did not answer ended with: no more is tried this turn.
    silent: Option<SendError>,
}

impl Gateways<'_> {
    /// By the first that takes it.
    async fn send(&mut self, phone: &str, text: &str, id: &str) -> Result<(), SendError> {
        if let Some(error) = &self.silent {
            return Err(error.clone());
        }
        let mut outcome = Err(SendError::NotTaken("no SMS channel is in use".to_owned()));
        for stored in &self.channels {
            outcome = self.by(stored, phone, text, id).await;
            match &outcome {
                Ok(()) => break,
                // It may have been taken all the same: by another way it might go twice.
                Err(error @ SendError::NoAnswer(_)) => {
                    self.silent = Some(error.clone());
                    break;
                }
                Err(
                    SendError::Fenced(_)
                    | SendError::Status(_)
                    | SendError::Redirected
                    | SendError::NotTaken(_)
                    | SendError::Never(_),
                ) => {}
            }
        }
        outcome
    }

    async fn by(&self, stored: &StoredChannel, phone: &str, text: &str, id: &str) -> Result<(), SendError> {
        let secret = unsealed(self.state, stored)
            .ok_or_else(|| SendError::NotTaken("its key cannot be opened here: enter it anew".to_owned()))?;
        let to = Destination {
            kind: ChannelKind::Sms,
            address: &secret.address,
            allowed: &self.state.notice_hosts,
        };
        let values = Values { phone, text, secret: &secret.key, id };
        sms::send_sms(to, &stored.channel.template, stored.channel.success.as_ref(), &values).await
    }
}
