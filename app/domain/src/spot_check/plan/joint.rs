//! 联合检查: from every department that takes part somebody goes to each site, and all of them make one record.

use super::{PlanAround, PlanOutline, PlanPerson, PlanRejection};
use crate::{
    id::{DepartmentId, PersonId},
    spot_check::SpotCheckKind,
};
use std::collections::BTreeSet;

/// The departments that have to be there; none where the check is not a joint one.
fn taking_part(outline: &PlanOutline) -> BTreeSet<DepartmentId> {
    let is_joint = outline.kind == SpotCheckKind::Joint;
    outline.departments.iter().copied().filter(|_| is_joint).collect()
}

/// The fewest people of a team: one of each department.
pub(super) fn least_team(outline: &PlanOutline) -> u32 {
    u32::try_from(taking_part(outline).len()).unwrap_or(u32::MAX)
}

/// A draw takes people by chance and would leave departments out.
///
/// # Errors
/// [`JointNotDrawn`](PlanRejection::JointNotDrawn).
pub(super) fn check_draw(outline: &PlanOutline) -> Result<(), PlanRejection> {
    if outline.kind == SpotCheckKind::Joint { Err(PlanRejection::JointNotDrawn) } else { Ok(()) }
}

/// Whether everybody who takes part is there.
///
/// # Errors
/// [`DepartmentNotThere`](PlanRejection::DepartmentNotThere), for the first that is not.
pub(super) fn check_team(
    outline: &PlanOutline,
    team: &BTreeSet<PersonId>,
    site: &str,
    around: &PlanAround<'_>,
) -> Result<(), PlanRejection> {
    let there: BTreeSet<_> = team.iter().filter_map(|id| around.people.get(id)?.department).collect();
    match taking_part(outline).difference(&there).next() {
        None => Ok(()),
        Some(missing) => Err(PlanRejection::DepartmentNotThere {
            department: name_of(*missing, around),
            site: site.to_owned(),
        }),
    }
}

/// Empty where nobody of the office belongs to it.
fn name_of(department: DepartmentId, around: &PlanAround<'_>) -> String {
    let known = around.people.values().find(|person| person.department == Some(department));
    known.map(|person| person.department_name.clone()).unwrap_or_default()
}

/// Brings to the front the first of each department that takes part; otherwise the order stays.
pub(super) fn one_of_each_first(outline: &PlanOutline, people: &mut [&&PlanPerson]) {
    let mut left = taking_part(outline);
    let sent = people.iter().filter(|person| person.department.is_some_and(|id| left.remove(&id)));
    let first: BTreeSet<PersonId> = sent.map(|person| person.id).collect();
    people.sort_by_key(|person| !first.contains(&person.id));
}
