//! Opening by a code and six digits, and what stays open for an hour.
//!
//! A code that nobody gave out, one that is used up, one of another office's hands and six digits that fit no number are answered
//! alike, after the same tries. What is open is said by a value that this installation alone can make: which code, and until when.
//! The code's row is read again at every step, so that what was revoked is shut at once.

use super::mark;
use crate::{
    error::Error,
    services::Services,
    sign_in_limit::{LoginThrottle, ThrottleDecision},
    storage::{StoreError, StoredCode},
};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use chrono::{DateTime, Duration, Utc};
use domain::{
    code::{CodeSubject, ShortCode, proves},
    hazard::Hazard,
    id::{CodeId, HazardId, OfficeId},
    site::Site,
};
use std::net::IpAddr;
use uuid::Uuid;

/// For how long what was opened stays so.
pub const STAYS_OPEN: Duration = Duration::hours(1);

/// For how long a hazard's page can be read after it has ended.
const READ_AFTERWARDS: Duration = Duration::days(30);

/// What a code opens, as it is now.
#[derive(Debug, Clone)]
pub enum Opened {
    Hazard(Box<(Hazard, Site)>),
    Site(Box<Site>),
}

/// The value that keeps it open. `address`: whence it was typed.
///
/// # Errors
/// [`Error::WrongCredentials`] whatever did not fit, [`Error::TooManyTries`] after too many tries at this code or from this
/// address, whether there is such a code or not.
pub async fn open(
    state: &Services,
    typed: &str,
    digits: &str,
    address: Option<IpAddr>,
) -> Result<String, Error> {
    let code = typed.parse::<ShortCode>().ok();
    let mark = code.as_ref().map(|code| mark(state, code));
    let name = mark.map(|mark| hex::encode(mark.0));
    let throttle = LoginThrottle::of_code(name.as_deref(), address);
    let now = state.now();
    match throttle.begin(&*state.store, now).await? {
        ThrottleDecision::Allowed | ThrottleDecision::Last => {}
        ThrottleDecision::Wait(wait) => {
            let after_seconds = u64::try_from(wait.num_seconds()).unwrap_or_default().max(1);
            return Err(Error::TooManyTries { after_seconds });
        }
    }
    let stored = match mark {
        Some(mark) => state.store.code_of_mark(&mark).await?,
        None => None,
    };
    let stored = stored.ok_or(Error::WrongCredentials)?;
    let opened = opened(state, &stored).await?.ok_or(Error::WrongCredentials)?;
    if !proves(opened.site(), digits) {
        return Err(Error::WrongCredentials);
    }
    let mut tx = state.store.write().await?;
    throttle.right(&mut *tx, now).await?;
    tx.code_opened(stored.id, now).await?;
    tx.commit().await?;
    Ok(sealed(state, stored.id, now + STAYS_OPEN))
}

/// The code that this value keeps open, where it is the one that was typed.
pub async fn held(state: &Services, typed: &str, value: &str) -> Result<Option<StoredCode>, StoreError> {
    let Some(id) = read(state, value, state.now()) else { return Ok(None) };
    let Ok(code) = typed.parse::<ShortCode>() else { return Ok(None) };
    let stored = state.store.code(id).await?;
    Ok(stored.filter(|stored| stored.mark == mark(state, &code) && stored.is_in_force(state.now())))
}

/// What the code opens now; none where it is used up.
pub async fn opened(state: &Services, stored: &StoredCode) -> Result<Option<Opened>, StoreError> {
    if !stored.is_in_force(state.now()) {
        return Ok(None);
    }
    match stored.subject {
        CodeSubject::Hazard(id) => {
            Ok(hazard(state, stored, id).await?.map(|found| Opened::Hazard(Box::new(found))))
        }
        CodeSubject::Site(id) => {
            let site = state.store.site(stored.office, id).await?;
            Ok(site.filter(|site| !site.retired).map(|site| Opened::Site(Box::new(site))))
        }
    }
}

/// The hazard that this code lets its holder see: its own, or one of its site's.
pub async fn hazard(
    state: &Services,
    stored: &StoredCode,
    id: HazardId,
) -> Result<Option<(Hazard, Site)>, StoreError> {
    let Some(hazard) = state.store.hazard(stored.office, id).await? else { return Ok(None) };
    let is_its_own = match stored.subject {
        CodeSubject::Hazard(own) => own == id,
        CodeSubject::Site(site) => hazard.place.site == site,
    };
    let is_read = hazard.is_open() || state.now() - hazard.status_since() < READ_AFTERWARDS;
    if !is_its_own || !is_read {
        return Ok(None);
    }
    let site = state.store.site(stored.office, hazard.place.site).await?;
    Ok(site.map(|site| (hazard, site)))
}

/// The site at whose wall a code hangs, for whoever reports something there; none of any other code. How often somebody may ask,
/// whoever asks this counts.
pub async fn site_of(state: &Services, typed: &str) -> Result<Option<(OfficeId, Site)>, StoreError> {
    let Ok(code) = typed.parse::<ShortCode>() else { return Ok(None) };
    let Some(stored) = state.store.code_of_mark(&mark(state, &code)).await? else { return Ok(None) };
    Ok(match opened(state, &stored).await? {
        Some(Opened::Site(site)) => Some((stored.office, *site)),
        Some(Opened::Hazard(_)) | None => None,
    })
}

impl Opened {
    pub fn site(&self) -> &Site {
        match self {
            Self::Hazard(found) => &found.1,
            Self::Site(site) => site,
        }
    }
}

fn proof(state: &Services, id: CodeId, until: i64) -> [u8; 32] {
    state.secrets.mark("opened by a code", &[id.0.as_bytes(), &until.to_be_bytes()])
}

/// `<id>.<until>.<proof>`, all hexadecimal or digits.
fn sealed(state: &Services, id: CodeId, until: DateTime<Utc>) -> String {
    let until = until.timestamp_millis();
    format!("{}.{until}.{}", id.0.simple(), hex::encode(proof(state, id, until)))
}

/// Which code the value keeps open now; none where it is over, or of somebody's own making.
pub fn read(state: &Services, value: &str, now: DateTime<Utc>) -> Option<CodeId> {
    let mut parts = value.split('.');
    let (id, until, told) = (parts.next()?, parts.next()?, parts.next()?);
    let (id, until) = (CodeId(Uuid::try_parse(id).ok()?), until.parse::<i64>().ok()?);
    let fits = parts.next().is_none() && is_same(&hex::decode(told).ok()?, &proof(state, id, until));
    let is_open = DateTime::from_timestamp_millis(until).is_some_and(|until: DateTime<Utc>| now < until);
    (fits && is_open).then_some(id)
}

/// In a time that tells nobody where they differ.
fn is_same(told: &[u8], right: &[u8; 32]) -> bool {
    verify_slices_are_equal(told, right).is_ok()
}
