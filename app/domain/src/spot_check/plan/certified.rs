//! 持证: whoever is sent to an administrative inspection holds a certificate that is valid to the last day of the check.
//!
//! It is asked when people are chosen and once more when the plan is sent, so that nobody stands at a door without one. Whom the rules
//! let off there, such as at sole traders, a plan does not: it is made before it is known who opens.

use super::{PlanAround, PlanOutline, PlanPerson, PlanRejection, PlannedSite};
use crate::{inspection::InspectionRule, spot_check::SpotCheckKind};
use chrono::NaiveDate;

impl PlanPerson {
    /// With a number, and valid on the day.
    pub fn is_certified_on(&self, day: NaiveDate) -> bool {
        self.certificates.iter().any(|held| !held.number.trim().is_empty() && held.is_valid_on(day))
    }
}

/// Whether this plan asks for certificates.
fn asks(outline: &PlanOutline, around: &PlanAround<'_>) -> bool {
    outline.nature.is_administrative() && around.rules.is_on(InspectionRule::ValidCertificates)
}

/// Names all of these people who may not be sent for want of one. Nobody is named who is not among them.
pub(super) fn check<'a>(
    outline: &PlanOutline,
    people: impl IntoIterator<Item = &'a PlanPerson>,
    around: &PlanAround<'_>,
) -> Result<(), PlanRejection> {
    if !asks(outline, around) {
        return Ok(());
    }
    let lacking = people.into_iter().filter(|person| !person.is_certified_on(outline.until));
    let mut names: Vec<_> = lacking.map(|person| person.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        Ok(())
    } else {
        Err(PlanRejection::NotCertified { people: names, until: outline.until })
    }
}

/// The same of all who go to these sites. A leader who comes beside the team looks on and inspects nobody.
pub(super) fn check_sites(
    outline: &PlanOutline,
    sites: &[PlannedSite],
    around: &PlanAround<'_>,
) -> Result<(), PlanRejection> {
    let leader = outline.leader;
    let inspect = sites.iter().flat_map(|planned| {
        let is_larger = planned.team.len() > outline.team_size as usize;
        let is_beside = outline.kind == SpotCheckKind::Leader && is_larger;
        planned.team.iter().map(|one| one.id).filter(move |id| !(is_beside && *id == leader))
    });
    check(outline, inspect.filter_map(|id| around.people.get(&id)), around)
}
