//! 公开: what anybody may read of an office's work: random checks that it has published, and the listed major hazards that it chose
//! to tell of, one by one.

use super::{gate::Gate, network};
use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::{HazardId, OfficeId},
    ledger::LedgerFilter,
    public_report::{ContactHolder, DisclosureRow, HolderSeat, PublishedHazard, ReportSettingsFile},
    role::{Action, Scope},
    severity::Severity,
    spot_check::{SpotCheckFilter, SpotCheckRow, plan::PlanStep},
};
use i18n::public_reports as t;
use std::net::IpAddr;

/// How often one network reads it within the window: it takes turns from those who report.
const MOST_READ: u32 = 120;

/// What an office's page of results shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub office: String,
    pub checks: Vec<SpotCheckRow>,
    pub hazards: Vec<PublishedHazard>,
}

/// Tells everybody of a listed major hazard, or no longer.
pub async fn disclose(state: &Services, by: &Asker, id: HazardId, public: bool) -> Result<(), Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::AssignAndSupervise)?;
    let office = by.actor.office;
    let hazard = state.store.hazard(office, id).await?;
    let hazard = hazard.filter(|hazard| by.actor.scope.covers(&hazard.place)).ok_or(Error::NotFound)?;
    if public && !(hazard.listed && hazard.level() == Severity::Major) {
        return Err(Error::invalid("disclose", t::disclose_only_listed(by.lang)));
    }
    let mut tx = state.store.write().await?;
    let act = if public {
        tx.put_disclosed_hazard(office, id, state.now()).await?;
        Act::Disclosed
    } else {
        tx.end_disclosed_hazard(office, id).await?;
        Act::Undisclosed
    };
    let subject = Subject::new(SubjectKind::Hazard, id.0, hazard.number.unwrap_or_default());
    tx.put_audit(&state.audit(office, &by.author(), act, subject)).await?;
    tx.commit().await?;
    Ok(())
}

/// What the office decides of reports, as the desk shows it: of hazards those that are listed, where the person sees them.
pub async fn settings_file(state: &Services, by: &Asker) -> Result<ReportSettingsFile, Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    let office = by.actor.office;
    let major = LedgerFilter { level: Some(Severity::Major), ..LedgerFilter::default() };
    let rows = state.store.ledger(office, &by.actor.scope, &major, state.now()).await?.rows;
    let disclosed = state.store.disclosed_hazards(office).await?;
    let mut hazards = vec![];
    for row in rows {
        let Some(hazard) = state.store.hazard(office, row.id).await? else { continue };
        let public = disclosed.iter().any(|(known, _)| *known == hazard.id);
        if hazard.listed || public {
            hazards.push(DisclosureRow {
                hazard: hazard.id,
                number: hazard.number.clone().unwrap_or_default(),
                what: hazard.found.what.clone(),
                public,
            });
        }
    }
    let seat =
        |holder: ContactHolder| HolderSeat { person: holder.person, name: holder.name, since: holder.since };
    let seats = state.store.contact_holders(office).await?.into_iter().map(seat).collect();
    let settings = state.store.office_settings(office).await?.public;
    Ok(ReportSettingsFile { settings, seats, hazards })
}

/// For anybody.
///
/// # Errors
/// [`Error::NotFound`] where there is no such office, [`Error::TooManyTries`] where one network asks without end,
/// [`Error::Crowded`] where too many ask at once.
pub async fn results(state: &Services, office: OfficeId, address: Option<IpAddr>) -> Result<Results, Error> {
    if state.strangers.count("results", &network(address), state.now()) > MOST_READ {
        return Err(Error::TooManyTries { after_seconds: Gate::window_seconds() });
    }
    let _turn = state.strangers.turn().await.ok_or(Error::Crowded)?;
    let offices = state.store.offices().await?;
    let known = offices.into_iter().find(|known| known.id == office).ok_or(Error::NotFound)?;
    let filter = SpotCheckFilter { step: Some(PlanStep::Published), ..SpotCheckFilter::default() };
    let checks = state.store.spot_check_plans(office, &Scope::Office, &filter, state.now()).await?.rows;
    let mut hazards = vec![];
    for (id, published_at) in state.store.disclosed_hazards(office).await? {
        let Some(hazard) = state.store.hazard(office, id).await? else { continue };
        let site = state.store.site(office, hazard.place.site).await?;
        hazards.push(PublishedHazard {
            hazard: id,
            number: hazard.number.clone().unwrap_or_default(),
            site_name: site.map(|site| site.name).unwrap_or_default(),
            what: hazard.found.what.clone(),
            status: hazard.status.kind(),
            deadline: hazard.due,
            published_at,
        });
    }
    Ok(Results { office: known.name, checks, hazards })
}
