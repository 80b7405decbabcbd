//! The visits that the office holds, and the file of each.

use crate::{asker::Asker, error::Error, hazards, integrity::PhotoCheckInput, services::Services};
use domain::{
    file::{Proof, VisitFile},
    id::{OfficeId, VisitId},
    integrity::RecordRef,
    ledger::{LedgerFilter, LedgerStatusFilter},
    list::PAGE_SIZE,
    role::Action,
    spot_check::{SpotCheck, SpotCheckKind, SpotCheckState},
    visit::{Visit, VisitFilter, VisitPage},
};

pub async fn list(state: &Services, by: &Asker, filter: &VisitFilter) -> Result<VisitPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.visits(by.actor.office, &by.actor.scope, filter).await?)
}

pub async fn file(state: &Services, by: &Asker, id: VisitId) -> Result<VisitFile, Error> {
    by.allow(Action::UseOffice)?;
    let actor = &by.actor;
    let (store, office) = (&state.store, actor.office);
    let stored = store.visit(office, id).await?.ok_or(Error::NotFound)?;
    let visit = stored.visit;
    let site = store.site(office, visit.site).await?;
    let site = site.filter(|site| actor.scope.covers(&Visit::seen_at(site))).ok_or(Error::NotFound)?;
    let mut forms = vec![];
    for filled in &visit.forms {
        let form = store.form(office, &filled.form, filled.version).await?;
        forms.push(form.ok_or(Error::NotFound)?);
    }
    let found_here =
        LedgerFilter { visit: Some(id), status: LedgerStatusFilter::Any, ..LedgerFilter::default() };
    let now = state.now();
    let mut rows = vec![];
    for number in 1.. {
        let filter = LedgerFilter { page: number, ..found_here.clone() };
        let page = store.ledger(office, &actor.scope, &filter, now).await?;
        rows.extend(page.rows);
        if page.total <= u64::from(number) * u64::from(PAGE_SIZE) {
            break;
        }
    }
    let (mut hazards, mut records) = (vec![], vec![]);
    for row in rows {
        let hazard = store.hazard(office, row.id).await?.ok_or(Error::NotFound)?;
        // Whoever finds a hazard may say what they like of where it comes from; the sealed record says what it found.
        if visit.found(hazard.id, hazard.found_by, hazard.found_at_site()) {
            hazards.push(row);
            records.push(hazard);
        }
    }
    let hazards_here = hazards.iter().map(|row| RecordRef::Hazard(row.id));
    let own = hazards_here.chain([RecordRef::Visit(id)]).collect();
    let input = PhotoCheckInput { actor, own, site: site.location, found: &[] };
    let mut photos = vec![];
    for hash in visit.photos() {
        hazards::review_photo(state, hash, visit.inspector, &input, &mut photos).await?;
    }
    let mut proofs = vec![];
    for hazard in records {
        let photos = hazards::proof(state, actor, &hazard, &site).await?;
        proofs.push(Proof { before: hazard.found.photos, after: hazard.after, photos });
    }
    let departments = departments(state, office, &visit).await?;
    Ok(VisitFile {
        number: stored.number,
        received_at: stored.received_at,
        inspector_name: stored.inspector_name,
        visit,
        forms,
        departments,
        site: stored.site,
        site_name_now: site.name,
        hazards,
        proofs,
        photos,
        thresholds: state.thresholds,
    })
}

/// 参加部门, where the visit carried a joint check out: several departments, one record.
async fn departments(state: &Services, office: OfficeId, visit: &Visit) -> Result<Vec<String>, Error> {
    let checks = state.store.spot_checks_at(office, &[visit.site]).await?;
    let is_of_it = |check: &&SpotCheck| {
        let is_done = matches!(check.state, SpotCheckState::Done { visit: by, .. } if by == visit.id);
        is_done && check.kind == SpotCheckKind::Joint
    };
    let Some(check) = checks.iter().find(is_of_it) else { return Ok(vec![]) };
    let known = state.store.places(office).await?.departments;
    let named = check.departments.iter().filter_map(|id| known.iter().find(|one| one.id == *id));
    Ok(named.map(|one| one.name.clone()).collect())
}
