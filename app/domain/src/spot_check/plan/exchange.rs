//! 换人、交接: somebody goes in another's place, to one site or wherever the other was to go.

use super::{
    Exchange, PlanAround, PlanOutline, PlanRejection, PlannedSite, SpotCheckPlan, SpotCheckPlanEvent,
    certified,
    decide::{Decided, check_person, check_planned, person, said},
    draws::check_avoidance,
};
use crate::{
    id::{PersonId, SiteId, SpotCheckId},
    spot_check::SpotCheckKind,
};

/// Somebody goes to one site in another's place.
pub(super) fn exchanged(
    plan: &SpotCheckPlan,
    site: SiteId,
    (out, instead): (PersonId, PersonId),
    reason: &str,
    around: &PlanAround<'_>,
) -> Result<Exchange, PlanRejection> {
    let reason = said(reason)?;
    let position = plan.sites.iter().position(|planned| planned.site == site);
    let planned = position.and_then(|position| plan.sites.get(position)).ok_or(PlanRejection::UnknownSite)?;
    // Once it is sent, somebody is still to go: in time, or on another day where it was missed.
    let check = position.and_then(|position| plan.checks.get(position));
    let is_over = |check: &SpotCheckId| !around.under_way.contains(check) && !around.missed.contains(check);
    if check.is_some_and(is_over) {
        return Err(PlanRejection::CheckOver { site: planned.name.clone() });
    }
    let not_there = || -> PlanRejection {
        let person = around.people.get(&out).map(|one| one.name.clone()).unwrap_or_default();
        PlanRejection::NotInTeam { person, site: planned.name.clone() }
    };
    let leaves = planned.team.iter().find(|one| one.id == out).cloned().ok_or_else(not_there)?;
    let instead = person(instead, around)?;
    if let Some(draw) = &plan.draw {
        check_avoidance(draw, &instead, planned)?;
    }
    if check.is_some() {
        check_newcomer(plan, planned, (out, instead.id), around)?;
    } else {
        let mut after = planned.clone();
        for one in after.team.iter_mut().filter(|one| one.id == out) {
            *one = instead.clone();
        }
        check_planned(&plan.outline, &after, around)?;
        certified::check_sites(&plan.outline, std::slice::from_ref(&after), around)?;
    }
    Ok(Exchange { site, out: leaves, instead, reason })
}

/// All that somebody is still to check of the plan goes to somebody else, or none of it.
pub(super) fn handed_over(
    plan: &SpotCheckPlan,
    (from, to): (PersonId, PersonId),
    reason: &str,
    around: &PlanAround<'_>,
) -> Decided {
    // What is not sent has no checks yet; of what is, nobody goes any more to what is over.
    let is_to_be_checked =
        |position: usize| plan.checks.get(position).is_none_or(|check| around.under_way.contains(check));
    let theirs = plan.sites.iter().enumerate().filter(|(position, planned)| {
        is_to_be_checked(*position) && planned.team.iter().any(|person| person.id == from)
    });
    let exchanges = theirs
        .map(|(_, planned)| exchanged(plan, planned.site, (from, to), reason, around))
        .collect::<Result<Vec<_>, _>>()?;
    if exchanges.is_empty() {
        return Err(PlanRejection::NoSites);
    }
    Ok(SpotCheckPlanEvent::HandedOver { exchanges })
}

/// After a plan is sent whoever comes is looked at, and not once more the others: where two have left, each is exchanged by itself.
fn check_newcomer(
    plan: &SpotCheckPlan,
    planned: &PlannedSite,
    (out, instead): (PersonId, PersonId),
    around: &PlanAround<'_>,
) -> Result<(), PlanRejection> {
    let outline = rescheduled_outline(plan, planned);
    let site = || planned.name.clone();
    if outline.kind == SpotCheckKind::Leader && out == outline.leader {
        return Err(PlanRejection::LeaderNotThere { site: site() });
    }
    let facts = around.sites.get(&planned.site).ok_or(PlanRejection::UnknownSite)?;
    let person = around.people.get(&instead).ok_or(PlanRejection::UnknownPerson)?;
    if planned.team.iter().any(|one| one.id == instead) {
        return Err(PlanRejection::PersonTwice { person: person.name.clone(), site: site() });
    }
    let mut records = check_person(&outline, person, facts)?;
    certified::check(&outline, [person], around)?;
    let mut stay =
        planned.team.iter().filter(|one| one.id != out).filter_map(|one| around.people.get(&one.id));
    records |= stay.any(|one| one.may_inspect && !one.disabled);
    if records { Ok(()) } else { Err(PlanRejection::NobodyRecords { site: site() }) }
}

/// What the plan says of this check, with the day that it has now.
fn rescheduled_outline(plan: &SpotCheckPlan, planned: &PlannedSite) -> PlanOutline {
    let position = plan.sites.iter().position(|one| one.site == planned.site);
    let check = position.and_then(|position| plan.checks.get(position));
    match plan.rescheduled.iter().rfind(|one| Some(&one.check) == check) {
        Some(later) => PlanOutline { opens_at: later.opens_at, until: later.until, ..plan.outline.clone() },
        None => plan.outline.clone(),
    }
}
