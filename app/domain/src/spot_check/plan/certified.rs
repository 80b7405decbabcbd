//! 持证: whoever is sent to an administrative inspection holds a certificate that is valid to the last day of the check, and is of the
//! department whose matter is inspected, where the published list names one.
//!
//! It is asked when people are chosen and once more when the plan is sent, so that nobody stands at a door without one. Whom the rules
//! let off there, such as at sole traders, a plan does not: it is made before it is known who opens.

use super::{PlanAround, PlanOutline, PlanPerson, PlanRejection, PlannedSite};
use crate::{
    inspection::{InspectionMatter, InspectionRule},
    spot_check::SpotCheckKind,
};
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

/// Names all of these people who may not be sent for want of one, or since the matter is another department's. Nobody is named who is not
/// among them.
pub(super) fn check<'a>(
    outline: &PlanOutline,
    people: impl IntoIterator<Item = &'a PlanPerson>,
    around: &PlanAround<'_>,
) -> Result<(), PlanRejection> {
    if !asks(outline, around) {
        return Ok(());
    }
    let people: Vec<_> = people.into_iter().collect();
    let lacking = names(&people, |person| !person.is_certified_on(outline.until));
    if !lacking.is_empty() {
        return Err(PlanRejection::NotCertified { people: lacking, until: outline.until });
    }
    // Several departments take part in a joint check.
    let matter = matter(outline, around).filter(|_| outline.kind != SpotCheckKind::Joint);
    let Some((matter, department)) = matter.and_then(|matter| Some((matter, matter.department?))) else {
        return Ok(());
    };
    let strange = names(&people, |person| person.department != Some(department));
    if strange.is_empty() {
        Ok(())
    } else {
        Err(PlanRejection::NotOfMatter { people: strange, matter: matter.name.clone() })
    }
}

/// Of those of whom it is so, in order and each once.
fn names(people: &[&PlanPerson], is_so: impl Fn(&PlanPerson) -> bool) -> Vec<String> {
    let mut names: Vec<_> =
        people.iter().filter(|person| is_so(person)).map(|person| person.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What is to be inspected, where the plan says so.
fn matter<'a>(outline: &PlanOutline, around: &PlanAround<'a>) -> Option<&'a InspectionMatter> {
    around.rules.matters_in_use().find(|matter| matter.code == outline.matter)
}

/// Whether what it says is to be inspected is on the published list. A patrol inspects nothing.
pub(super) fn check_matter(outline: &PlanOutline, around: &PlanAround<'_>) -> Result<(), PlanRejection> {
    let is_known = outline.nature.is_administrative() && matter(outline, around).is_some();
    if outline.matter.is_empty() || is_known {
        Ok(())
    } else {
        Err(PlanRejection::UnknownMatter { code: outline.matter.clone() })
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
