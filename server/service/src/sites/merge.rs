//! 并入: a site that was made on the spot turns out to be one that the office has.

use super::relocate_all;
use crate::{
    asker::Asker,
    error::Error,
    import::words,
    services::Services,
    storage::{OpenHazardsOf, Result as Stored, Transaction},
};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::{HazardId, OfficeId, SiteId},
    inspection::Inspected,
    role::{Action, ResourceScope},
    site::Site,
    spot_check::SpotCheckState,
};
use i18n::admin as t;
use serde_json::json;

/// Takes the site's open hazards over to the one of this code, with the work that was given there, the spot checks that are under way,
/// and what its visits count for, and ends it; what is told about it from now on is about the other.
/// What is sealed there stays as it is: a visit never changes. Gives the site that goes on.
///
/// # Errors
/// That it may not be, or what is wrong with the code: only what is still to be confirmed is merged.
pub async fn merge(state: &Services, by: &Asker, made: SiteId, code: &str) -> Result<SiteId, Error> {
    by.allow(Action::ManageSites)?;
    let (actor, lang) = (&by.actor, by.lang);
    let code = words::exact(code);
    let known = state.store.sites_of_code(actor.office, &actor.scope, &code).await?;
    let [(into, _)] = known.as_slice() else {
        return Err(Error::invalid("code", t::merge_unknown_code(lang, code)));
    };
    let mut tx = state.store.write().await?;
    let mut both = tx.sites(actor.office, &[made, *into]).await?;
    if made == *into {
        return Err(Error::invalid("code", t::merge_itself(lang)));
    }
    let (Some(site), Some(into)) = (both.remove(&made), both.remove(into)) else {
        return Err(Error::NotFound);
    };
    if !actor.scope.covers(&site.resource_scope()) {
        return Err(Error::NotFound);
    }
    if site.to_confirm.is_none() {
        return Err(Error::invalid("code", t::merge_confirmed(lang)));
    }
    if into.retired || into.to_confirm.is_some() {
        return Err(Error::invalid("code", t::merge_into_another(lang)));
    }
    let (author, at) = (by.author(), into.resource_scope());
    // A hazard that was assigned to another department than the site's stays with it.
    let to = |place: ResourceScope| {
        let department = if place.department == site.department { at.department } else { place.department };
        ResourceScope { department, sector: place.sector, ..at }
    };
    let open = tx.open_hazards(actor.office, OpenHazardsOf::Site(made)).await?;
    let moved = relocate_all(state, &mut *tx, actor.office, &open, to, &author.by).await?;
    let hazards: Vec<_> = open.hazards.iter().map(|hazard| hazard.id).collect();
    take_along(&mut *tx, actor.office, made, &hazards, &into).await?;
    take_visits_along(&mut *tx, actor.office, &site, &into).await?;
    tx.put_site(actor.office, &Site { retired: true, to_confirm: None, ..site.clone() }).await?;
    tx.put_same_sites(actor.office, &[(made, into.id)]).await?;
    let subject = Subject::new(SubjectKind::Site, made.0, format!("{} ({})", site.name, site.code));
    let is =
        json!({ "retired": true, "into": format!("{} ({})", into.name, into.code), "hazards_moved": moved });
    let entry = state.audit(actor.office, &author, Act::Merged, subject);
    tx.put_audit(&entry.change(&json!({ "retired": false }), &is)).await?;
    tx.commit().await?;
    Ok(into.id)
}

/// Work that was given there is given at the other site, and a check under way is carried out there: of which site that is, nobody
/// is told by it.
async fn take_along(
    tx: &mut dyn Transaction,
    office: OfficeId,
    from: SiteId,
    hazards: &[HazardId],
    to: &Site,
) -> Stored<()> {
    let mut tasks = tx.open_tasks_at(office, &[from], hazards).await?;
    tasks.iter_mut().for_each(|task| task.about.goes_on_at(to.id, &to.name));
    tx.put_tasks(office, &tasks).await?;
    let mut checks = tx.spot_checks_at(office, &[from]).await?;
    checks.retain(|check| check.state == SpotCheckState::Sent);
    checks.iter_mut().for_each(|check| check.site = to.id);
    tx.put_spot_checks(office, &checks).await
}

/// What was seen there was seen here: the last visit, what was answered last, and how often in a year it was inspected. Where somebody
/// was known to answer for the site that ends, it was they who were inspected, and their count stays theirs.
async fn take_visits_along(tx: &mut dyn Transaction, office: OfficeId, from: &Site, to: &Site) -> Stored<()> {
    let answers: Vec<_> = from.last_answers.iter().map(|last| (to.id, last.clone())).collect();
    tx.put_last_answers(office, &answers).await?;
    let last: Vec<_> = from.last_visit.map(|at| (to.id, at)).into_iter().collect();
    if !last.is_empty() {
        tx.put_last_visits(office, &last).await?;
    }
    if from.party.is_none() {
        tx.move_inspections(office, Inspected::at(from), Inspected::at(to)).await?;
    }
    Ok(())
}
