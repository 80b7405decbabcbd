//! What becomes of checks and orders when something happens to their plan.

use crate::{
    error::Error,
    sealed_orders::{self, Prepared},
    services::Services,
    storage::Transaction,
};
use chrono::Datelike;
use domain::{
    id::{OfficeId, PersonId, SiteId, SpotCheckId},
    settings::series::Series,
    spot_check::{
        SpotCheck, SpotCheckState,
        plan::{Exchange, PlanRequest, Rescheduled, SpotCheckPlan, SpotCheckPlanEvent},
    },
    time::office_day,
};
use futures::future::try_join_all;
use std::slice;

/// Whose words are derived at a time: each takes a core for some tenths of a second, and a plan may have a hundred.
const AT_ONCE: usize = 2;

/// Words for as many checks.
async fn prepare(checks: usize) -> Result<Vec<Prepared>, Error> {
    let mut prepared = vec![];
    while prepared.len() < checks {
        let next = AT_ONCE.min(checks - prepared.len());
        prepared.extend(try_join_all((0..next).map(|_| sealed_orders::prepare())).await?);
    }
    Ok(prepared)
}

/// The words of those checks that the request seals: new ones, or those that the rest of the team has already.
pub(super) async fn prepare_for(
    state: &Services,
    office: OfficeId,
    plan: &SpotCheckPlan,
    request: &PlanRequest,
) -> Result<Vec<Prepared>, Error> {
    match request {
        PlanRequest::Send => prepare(plan.sites.len()).await,
        PlanRequest::Reschedule(_) => prepare(1).await,
        PlanRequest::Exchange { site, .. } => match check_at(plan, *site) {
            Some(check) => Ok(vec![sealed_orders::prepare_again(state, office, check).await?]),
            None => Ok(vec![]),
        },
        PlanRequest::Outline(_)
        | PlanRequest::ChooseSites { .. }
        | PlanRequest::Freeze(_)
        | PlanRequest::Draw(_)
        | PlanRequest::Void(_)
        | PlanRequest::Explain { .. }
        | PlanRequest::Publish
        | PlanRequest::Cancel { .. } => Ok(vec![]),
    }
}

/// The check of one of its sites, once it is sent.
pub(super) fn check_at(plan: &SpotCheckPlan, site: SiteId) -> Option<SpotCheckId> {
    let position = plan.sites.iter().position(|planned| planned.site == site)?;
    plan.checks.get(position).copied()
}

/// What an event brings about beside the plan itself: checks are sent, each sealed for its team, or withdrawn.
pub(super) struct Change<'a> {
    pub state: &'a Services,
    pub office: OfficeId,
    /// As the event has left it.
    pub plan: &'a SpotCheckPlan,
    /// The checks before it.
    pub before: Vec<SpotCheck>,
    /// One of each check that is sealed, in the order of the event.
    pub prepared: Vec<Prepared>,
}

impl Change<'_> {
    pub async fn carry_out(self, tx: &mut dyn Transaction, event: &SpotCheckPlanEvent) -> Result<(), Error> {
        match event {
            SpotCheckPlanEvent::Sent { checks } => self.send(tx, checks).await,
            SpotCheckPlanEvent::Cancelled { reason } => self.withdraw(tx, reason).await,
            SpotCheckPlanEvent::Exchanged(exchange) => self.exchange(tx, slice::from_ref(exchange)).await,
            SpotCheckPlanEvent::HandedOver { exchanges } => self.exchange(tx, exchanges).await,
            SpotCheckPlanEvent::LeadHandedOver { leader } => self.hand_lead_over(tx, leader.id).await,
            SpotCheckPlanEvent::Rescheduled(later) => self.reschedule(tx, later).await,
            SpotCheckPlanEvent::Outlined { .. }
            | SpotCheckPlanEvent::SitesChosen { .. }
            | SpotCheckPlanEvent::Frozen { .. }
            | SpotCheckPlanEvent::Drawn { .. }
            | SpotCheckPlanEvent::Voided { .. }
            | SpotCheckPlanEvent::Explained { .. }
            | SpotCheckPlanEvent::Published => Ok(()),
        }
    }

    async fn send(self, tx: &mut dyn Transaction, ids: &[SpotCheckId]) -> Result<(), Error> {
        let Self { state, office, plan, prepared, .. } = self;
        let year = office_day(state.now()).year();
        let series = tx.office_settings(office).await?.series;
        let mut numbers = tx.numbers(office, year).await?;
        let named = ids.iter().map(|id| {
            numbers.spot_check += 1;
            (*id, series.number(Series::SpotCheck, year, numbers.spot_check))
        });
        let checks: Vec<_> = plan.checks_of(named).collect();
        tx.put_numbers(office, year, &numbers).await?;
        tx.put_spot_checks(office, &checks).await?;
        let makers = makers(plan);
        for (check, prepared) in checks.iter().zip(&prepared) {
            sealed_orders::seal(state, tx, office, &makers, check, prepared).await?;
        }
        Ok(())
    }

    /// Nothing where the plan is not sent yet: nobody has an order.
    async fn exchange(self, tx: &mut dyn Transaction, exchanges: &[Exchange]) -> Result<(), Error> {
        let Self { state, office, plan, before, prepared } = self;
        for (exchange, prepared) in exchanges.iter().zip(&prepared) {
            let known = check_at(plan, exchange.site);
            let check = before.iter().find(|check| Some(check.id) == known).ok_or(Error::Changed)?;
            let mut check = check.clone();
            for person in check.team.iter_mut().filter(|person| **person == exchange.out.id) {
                *person = exchange.instead.id;
            }
            tx.put_spot_checks(office, slice::from_ref(&check)).await?;
            let instead = exchange.instead.id;
            sealed_orders::exchange(state, tx, office, &makers(plan), &check, instead, prepared).await?;
        }
        Ok(())
    }

    async fn reschedule(self, tx: &mut dyn Transaction, later: &Rescheduled) -> Result<(), Error> {
        let Self { state, office, plan, before, prepared } = self;
        let missed = before.into_iter().find(|check| check.id == later.check).ok_or(Error::Changed)?;
        let prepared = prepared.first().ok_or(Error::Changed)?;
        let check = SpotCheck { opens_at: later.opens_at, until: later.until, ..missed };
        tx.put_spot_checks(office, slice::from_ref(&check)).await?;
        // What was known of the old ones opens nothing any more.
        sealed_orders::withdraw(state, tx, office, check.id).await?;
        sealed_orders::seal(state, tx, office, &makers(plan), &check, prepared).await
    }

    /// Checks that are still to be carried out, and their orders, name whoever leads them from now on.
    async fn hand_lead_over(self, tx: &mut dyn Transaction, leader: PersonId) -> Result<(), Error> {
        let Self { office, before, .. } = self;
        let still_sent = before.into_iter().filter(|check| check.state == SpotCheckState::Sent);
        let led: Vec<_> = still_sent.map(|check| SpotCheck { leader, ..check }).collect();
        tx.put_spot_checks(office, &led).await?;
        for check in &led {
            sealed_orders::hand_lead_over(tx, office, check).await?;
        }
        Ok(())
    }

    async fn withdraw(self, tx: &mut dyn Transaction, reason: &str) -> Result<(), Error> {
        let Self { state, office, before, .. } = self;
        let still_sent = before.into_iter().filter(|check| check.state == SpotCheckState::Sent);
        let withdrawn = still_sent.map(|check| SpotCheck {
            state: SpotCheckState::Withdrawn { at: state.now(), reason: reason.to_owned() },
            ..check
        });
        let withdrawn: Vec<_> = withdrawn.collect();
        tx.put_spot_checks(office, &withdrawn).await?;
        for check in &withdrawn {
            sealed_orders::withdraw(state, tx, office, check.id).await?;
        }
        Ok(())
    }
}

fn makers(plan: &SpotCheckPlan) -> Vec<PersonId> {
    plan.makers.iter().map(|maker| maker.id).collect()
}
