//! The desk's list of sites, a site's file, and its keeping by the desk's form.

use super::put;
use crate::{
    asker::Asker,
    error::Error,
    import::words,
    services::Services,
    storage::{StoreError, Transaction},
};
use domain::{
    file::SiteFile,
    id::SiteId,
    ledger::{LedgerFilter, LedgerStatusFilter},
    limits::records::check_site,
    party::SiteParty,
    place::same_name,
    role::Action,
    site::{Site, SiteFilter, SitePage},
    visit::VisitFilter,
};
use i18n::{admin as t, limits, parties};

pub async fn list(state: &Services, by: &Asker, filter: &SiteFilter) -> Result<SitePage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.sites(by.actor.office, &by.actor.scope, filter, state.now()).await?)
}

/// All sites in the person's scope whose code this is, in whatever case: at most a handful, with their codes.
pub async fn of_code(state: &Services, by: &Asker, code: &str) -> Result<Vec<(SiteId, String)>, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.sites_of_code(by.actor.office, &by.actor.scope, code).await?)
}

pub async fn file(state: &Services, by: &Asker, id: SiteId) -> Result<SiteFile, Error> {
    by.allow(Action::UseOffice)?;
    let actor = &by.actor;
    let (store, office) = (&state.store, actor.office);
    let site = store.site(office, id).await?;
    let site = site.filter(|site| actor.scope.covers(&site.resource_scope())).ok_or(Error::NotFound)?;
    let now = state.now();
    let intervals = store.places(office).await?.intervals;
    let here = LedgerFilter { site: Some(id), status: LedgerStatusFilter::Any, ..LedgerFilter::default() };
    let hazards = store.ledger(office, &actor.scope, &here, now).await?;
    let visits = VisitFilter { site: Some(id), ..VisitFilter::default() };
    let visits = store.visits(office, &actor.scope, &visits).await?;
    Ok(SiteFile {
        next_visit: intervals.next_visit(&site, now),
        hazards: hazards.rows,
        visits: visits.rows,
        site,
    })
}

/// `before` is the site as the person saw it. The last visit and what it is found by are the store's own.
pub async fn save(state: &Services, by: &Asker, site: Site, before: Option<Site>) -> Result<(), Error> {
    by.allow(Action::ManageSites)?;
    let (actor, lang) = (&by.actor, by.lang);
    let places = state.store.places(actor.office).await?;
    if site.name.trim().is_empty() {
        return Err(Error::invalid("name", t::name_missing(lang)));
    }
    // As lists are read, so that a code is the same whoever writes it.
    let site = Site { code: words::exact(&site.code), ..site };
    if site.code.is_empty() {
        return Err(Error::invalid("code", t::code_missing(lang)));
    }
    if site.kinds.is_empty()
        || !site.kinds.iter().all(|kind| state.kinds.iter().any(|known| known.id == *kind))
    {
        return Err(Error::invalid("kinds", t::kind_missing(lang)));
    }
    let grid = places.grids.iter().find(|grid| grid.id == site.grid);
    let grid = grid.ok_or_else(|| Error::invalid("grid", t::grid_missing(lang)))?;
    let department = |id| places.departments.iter().any(|department| department.id == id);
    if site.department.is_some_and(|id| !department(id)) {
        return Err(Error::invalid("department", t::department_unknown(lang)));
    }
    check_site(&site).map_err(|over| Error::invalid(over.field.as_str(), limits::over(lang, over)))?;
    if before.as_ref().is_none_or(|before| before.code != site.code) {
        let all = state.store.all_sites(actor.office).await?;
        let alike = |known: &&Site| known.id != site.id && same_name(&known.code, &site.code);
        if let Some(twin) = all.iter().find(alike).filter(|twin| twin.code != site.code) {
            return Err(Error::invalid("code", t::code_alike(lang, twin.code.clone())));
        }
    }
    let site = Site { community: grid.community, name: site.name.trim().to_owned(), ..site };
    let mut tx = state.store.write().await?;
    // Nobody else writes from here on: no party is retired between being found and being given.
    let now = tx.sites(actor.office, &[site.id]).await?.remove(&site.id);
    if now.as_ref().map(Site::as_kept) != before.as_ref().map(Site::as_kept) {
        return Err(Error::Changed);
    }
    let site = Site { party: party_of(&mut *tx, by, &site, now.as_ref()).await?, ..site };
    match put(state, &mut *tx, actor.office, &by.author(), &places, now.as_ref(), &site).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(StoreError::Taken(_)) => Err(Error::invalid("code", t::code_taken(lang))),
        Err(other) => Err(other.into()),
    }
}

/// The site's party as its own record has it, so that 操作记录 has its name. One that is retired is no longer given to a site,
/// and stays where it is.
async fn party_of(
    tx: &mut dyn Transaction,
    by: &Asker,
    site: &Site,
    before: Option<&Site>,
) -> Result<Option<SiteParty>, Error> {
    let Some(named) = &site.party else { return Ok(None) };
    let known = tx.party(by.actor.office, named.id).await?;
    let stays = before.and_then(|before| before.party.as_ref()).is_some_and(|party| party.id == named.id);
    let known = known.filter(|known| stays || !known.retired);
    let known = known.ok_or_else(|| Error::invalid("party", parties::gone(by.lang)))?;
    Ok(Some(known.of_site()))
}
