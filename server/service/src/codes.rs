//! # 短码: the way in for whoever has no account
//!
//! The office gives a code out with a hazard's paper, and one for the wall of each site. Whoever types it and six digits of a
//! telephone number on record opens that one thing for an hour ([`opening`]), sees what is wrong and by what right somebody came
//! ([`page`]), and sends what it has to say ([`answering`]).
//!
//! A code is found by what the installation's secret makes of it, and kept sealed by the same secret: so that it can be printed
//! again, and whoever reads the records or a backup of them opens nothing. One of a hazard is over after half a year, or when
//! another takes its place; one on a wall hangs until somebody ends it.

pub mod answering;
pub mod opening;
pub mod page;
mod photo;

use crate::{
    asker::Asker,
    error::Error,
    hazards,
    services::Services,
    storage::{CodeMark, StoreError, StoredCode, Transaction},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audit::{Act, Subject, SubjectKind},
    code::{CodeSubject, ShortCode},
    hazard::{EventRecord, Hazard, HazardEventKind},
    id::{CodeId, HazardId, OfficeId, PersonId, SiteId},
    role::Action,
    site::{Site, SiteFilter, SiteRow},
};
use rand::Rng;
use std::collections::{BTreeMap, HashMap};
use tokio::{join, sync::mpsc};

/// For how long one of a hazard opens anything.
const LIFETIME: Duration = Duration::days(180);

/// Posters of one page: more sites are chosen apart.
pub const MOST_POSTERS: u32 = 1_000;

/// Rows of a list that wait for whoever takes them.
const UNDER_WAY: usize = 64;

/// A code as the desk shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCode {
    pub id: CodeId,
    pub code: ShortCode,
    pub made_at: DateTime<Utc>,
    pub made_by_name: String,
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was opened first.
    pub opened_at: Option<DateTime<Utc>>,
}

/// A hazard's paper: what it says, and the code on it.
#[derive(Debug, Clone)]
pub struct HazardCode {
    pub hazard: Hazard,
    pub site: Site,
    pub office_name: String,
    /// None: it has none that opens anything.
    pub code: Option<ShownCode>,
}

/// What hangs at one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    pub site: SiteId,
    pub site_name: String,
    /// As the office calls the site.
    pub site_code: String,
    pub address: String,
    pub code: ShortCode,
}

/// The posters of the sites that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posters {
    pub office_name: String,
    pub posters: Vec<Poster>,
    /// Sites among them that have no code.
    pub without: usize,
    /// There are more sites than go on one page.
    pub more: bool,
}

/// By which a code is found.
pub(crate) fn mark(state: &Services, code: &ShortCode) -> CodeMark {
    CodeMark(state.secrets.mark("short code", &[code.plain().as_bytes()]))
}

/// The code of a row; none where another installation's secret sealed it: then a new one is made.
fn shown(state: &Services, stored: &StoredCode) -> Option<ShownCode> {
    let plain = state.secrets.unseal(stored.id.0.as_bytes(), &stored.sealed)?;
    let code = String::from_utf8(plain).ok()?.parse().ok()?;
    let StoredCode { id, made_at, made_by_name, expires_at, opened_at, .. } = stored.clone();
    Some(ShownCode { id, code, made_at, made_by_name, expires_at, opened_at })
}

/// A fresh one for this.
fn made(
    state: &Services,
    office: OfficeId,
    (by, by_name): (PersonId, &str),
    subject: CodeSubject,
) -> Result<StoredCode, Error> {
    let mut random = [0; 16];
    rand::rng().fill_bytes(&mut random);
    let (id, code, now) = (state.new_id::<CodeId>(), ShortCode::drawn(random), state.now());
    let sealed = state.secrets.seal(id.0.as_bytes(), code.plain().as_bytes());
    Ok(StoredCode {
        id,
        office,
        subject,
        mark: mark(state, &code),
        sealed: sealed.ok_or_else(|| Error::Bug("a code could not be sealed".to_owned()))?,
        made_at: now,
        made_by: by,
        made_by_name: by_name.to_owned(),
        expires_at: match subject {
            CodeSubject::Hazard(_) => Some(now + LIFETIME),
            CodeSubject::Site(_) => None,
        },
        revoked_at: None,
        opened_at: None,
    })
}

/// The paper of a hazard that this person sees.
pub async fn of_hazard(state: &Services, by: &Asker, id: HazardId) -> Result<HazardCode, Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    let (hazard, site) = hazards::seen(state, &by.actor, id).await?.ok_or(Error::NotFound)?;
    let now = state.now();
    let known = state.store.codes_of(office, &[CodeSubject::Hazard(id)]).await?;
    let code = known.iter().filter(|code| code.is_in_force(now)).find_map(|code| shown(state, code));
    let office_name = state.store.places(office).await?.office.name;
    Ok(HazardCode { hazard, site, office_name, code })
}

/// Gives a hazard a code; the one before opens nothing from now on.
pub async fn make_for_hazard(state: &Services, by: &Asker, id: HazardId) -> Result<(), Error> {
    by.allow(Action::Assign)?;
    let paper = of_hazard(state, by, id).await?;
    if !paper.hazard.is_open() {
        return Err(Error::Changed);
    }
    let (subject, now) = (CodeSubject::Hazard(id), state.now());
    let code = made(state, by.actor.office, (by.actor.person, by.actor.name.as_str()), subject)?;
    let mut tx = state.store.write().await?;
    tx.revoke_codes(by.actor.office, &[subject], now).await?;
    tx.put_codes(&[code]).await?;
    told(state, by, &mut *tx, Act::Added, &paper).await?;
    tx.commit().await?;
    Ok(())
}

/// The code to which a message to the party leads: the one in force, else a fresh one in the name of whoever gave the hazard to be put
/// right. None: it could not be sealed.
pub(crate) async fn of_party(
    state: &Services,
    hazard: &Hazard,
    office: OfficeId,
) -> Result<Option<(CodeId, ShortCode)>, StoreError> {
    let (subject, now) = (CodeSubject::Hazard(hazard.id), state.now());
    let known = state.store.codes_of(office, &[subject]).await?;
    if let Some(code) = known.iter().filter(|code| code.is_in_force(now)).find_map(|code| shown(state, code))
    {
        return Ok(Some((code.id, code.code)));
    }
    let is_assigned = |record: &&EventRecord| record.event.kind() == HazardEventKind::Assigned;
    let assigned = hazard.events.iter().rev().find(is_assigned).or(hazard.events.first());
    let by = assigned.and_then(|record| record.by).unwrap_or(hazard.found_by);
    let name = assigned.map(|record| record.name.as_str()).unwrap_or_default();
    let Ok(fresh) = made(state, office, (by, name), subject) else { return Ok(None) };
    let Some(code) = shown(state, &fresh) else { return Ok(None) };
    let mut tx = state.store.write().await?;
    tx.revoke_codes(office, &[subject], now).await?;
    tx.put_codes(&[fresh]).await?;
    tx.commit().await?;
    Ok(Some((code.id, code.code)))
}

/// Ends a hazard's code: from now on it opens nothing, nor does what it has opened.
pub async fn revoke_of_hazard(state: &Services, by: &Asker, id: HazardId) -> Result<(), Error> {
    by.allow(Action::Assign)?;
    let paper = of_hazard(state, by, id).await?;
    if paper.code.is_none() {
        return Ok(());
    }
    let mut tx = state.store.write().await?;
    tx.revoke_codes(by.actor.office, &[CodeSubject::Hazard(id)], state.now()).await?;
    told(state, by, &mut *tx, Act::Withdrawn, &paper).await?;
    tx.commit().await?;
    Ok(())
}

/// The code itself is never told.
async fn told(
    state: &Services,
    by: &Asker,
    tx: &mut dyn Transaction,
    act: Act,
    paper: &HazardCode,
) -> Result<(), Error> {
    let label = paper.hazard.number.clone().unwrap_or_default();
    let subject = Subject::new(SubjectKind::ShortCode, paper.hazard.id.0, label);
    tx.put_audit(&state.audit(by.actor.office, &by.author(), act, subject)).await?;
    Ok(())
}

/// The sites in this person's sight that fit, with the codes that hang there.
pub async fn posters(state: &Services, by: &Asker, filter: &SiteFilter) -> Result<Posters, Error> {
    let (rows, more) = chosen(state, by, filter).await?;
    let codes = in_force(state, by, &rows).await?;
    let office_name = state.store.places(by.actor.office).await?.office.name;
    let without = rows.iter().filter(|row| !codes.contains_key(&row.id)).count();
    let poster = |row: SiteRow| {
        let code = *codes.get(&row.id)?;
        Some(Poster { site: row.id, site_name: row.name, site_code: row.code, address: row.address, code })
    };
    Ok(Posters { office_name, posters: rows.into_iter().filter_map(poster).collect(), without, more })
}

/// Gives a code to each of these sites that has none; gives how many that were.
pub async fn make_for_sites(state: &Services, by: &Asker, filter: &SiteFilter) -> Result<usize, Error> {
    let (rows, _) = chosen(state, by, filter).await?;
    let codes = in_force(state, by, &rows).await?;
    let without: Vec<_> = rows.iter().filter(|row| !codes.contains_key(&row.id)).collect();
    if without.is_empty() {
        return Ok(0);
    }
    let subjects: Vec<_> = without.iter().map(|row| CodeSubject::Site(row.id)).collect();
    let (office, now) = (by.actor.office, state.now());
    let maker = (by.actor.person, by.actor.name.as_str());
    let fresh: Vec<_> =
        subjects.iter().map(|subject| made(state, office, maker, *subject)).collect::<Result<_, Error>>()?;
    let mut tx = state.store.write().await?;
    // One that cannot be shown any more opens nothing from now on either.
    tx.revoke_codes(office, &subjects, now).await?;
    tx.put_codes(&fresh).await?;
    for row in &without {
        let subject = Subject::new(SubjectKind::ShortCode, row.id.0, format!("{} ({})", row.name, row.code));
        tx.put_audit(&state.audit(office, &by.author(), Act::Added, subject)).await?;
    }
    tx.commit().await?;
    Ok(without.len())
}

/// Ends the code on a site's wall, where the poster was copied or torn down; the next poster has another.
pub async fn revoke_of_site(state: &Services, by: &Asker, id: SiteId) -> Result<(), Error> {
    by.allow(Action::ManageSites)?;
    let office = by.actor.office;
    let site = state.store.site(office, id).await?;
    let site = site.filter(|site| by.actor.scope.covers(&site.resource_scope())).ok_or(Error::NotFound)?;
    let mut tx = state.store.write().await?;
    tx.revoke_codes(office, &[CodeSubject::Site(id)], state.now()).await?;
    let subject = Subject::new(SubjectKind::ShortCode, id.0, format!("{} ({})", site.name, site.code));
    tx.put_audit(&state.audit(office, &by.author(), Act::Withdrawn, subject)).await?;
    tx.commit().await?;
    Ok(())
}

/// Sites in use, by the alphabet of their codes; whether there are more than go on one page.
async fn chosen(state: &Services, by: &Asker, filter: &SiteFilter) -> Result<(Vec<SiteRow>, bool), Error> {
    by.allow(Action::ManageSites)?;
    let (to, mut coming) = mpsc::channel(UNDER_WAY);
    let (actor, most) = (&by.actor, MOST_POSTERS + 1);
    let sending = state.store.send_sites(actor.office, &actor.scope, filter, state.now(), most, to);
    let taking = async {
        let mut rows: BTreeMap<(String, SiteId), SiteRow> = BTreeMap::new();
        while let Some(row) = coming.recv().await {
            if !row.retired {
                rows.insert((row.code.clone(), row.id), row);
            }
        }
        rows
    };
    let (sent, rows) = join!(sending, taking);
    sent?;
    let most = MOST_POSTERS as usize;
    let more = rows.len() > most;
    Ok((rows.into_values().take(most).collect(), more))
}

async fn in_force(
    state: &Services,
    by: &Asker,
    rows: &[SiteRow],
) -> Result<HashMap<SiteId, ShortCode>, Error> {
    let subjects: Vec<_> = rows.iter().map(|row| CodeSubject::Site(row.id)).collect();
    let (known, now) = (state.store.codes_of(by.actor.office, &subjects).await?, state.now());
    let of_site = |stored: &StoredCode| match stored.subject {
        CodeSubject::Site(site) => Some((site, shown(state, stored)?.code)),
        CodeSubject::Hazard(_) => None,
    };
    Ok(known.iter().filter(|code| code.is_in_force(now)).filter_map(of_site).collect())
}
