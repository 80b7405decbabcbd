//! 改期: a check that nobody carried out is made up for on another day, sealed anew.

use super::{
    PlanAround, PlanOutline, PlanRejection, Rescheduled, SpotCheckPlan, SpotCheckPlanEvent, certified,
    decide::{Decided, check_planned, said},
};
use crate::{
    limits::{self, Field},
    time::office_day,
};

/// Whoever goes is asked about once more, as of the day on which they will.
pub(super) fn rescheduled(plan: &SpotCheckPlan, wanted: &Rescheduled, around: &PlanAround<'_>) -> Decided {
    if !around.missed.contains(&wanted.check) {
        return Err(PlanRejection::NotMissed);
    }
    let reason = said(&wanted.reason)?;
    if wanted.opens_at <= around.now {
        return Err(PlanRejection::OpensInPast);
    }
    limits::check_day(Field::Until, wanted.until)?;
    if wanted.until < office_day(wanted.opens_at) {
        return Err(PlanRejection::EndsBeforeOpening);
    }
    let leader = around.people.get(&plan.outline.leader);
    if !leader.is_some_and(|leader| leader.may_lead && !leader.disabled) {
        return Err(PlanRejection::NoLeader);
    }
    let sent = plan.sites.iter().zip(&plan.checks).find(|(_, check)| **check == wanted.check);
    let (planned, _) = sent.ok_or(PlanRejection::UnknownSite)?;
    let outline = PlanOutline { opens_at: wanted.opens_at, until: wanted.until, ..plan.outline.clone() };
    check_planned(&outline, planned, around)?;
    certified::check_sites(&outline, std::slice::from_ref(planned), around)?;
    Ok(SpotCheckPlanEvent::Rescheduled(Rescheduled { reason, ..wanted.clone() }))
}
