//! Who goes where, where the maker says only who can be sent: the least busy first.

use super::{
    PlanAround, PlanOutline, PlanPerson, PlanRejection, TeamOf, certified, decide::check_person, joint,
};
use crate::{
    id::{PersonId, SiteId},
    limits::{self, Field},
    spot_check::{SiteFacts, SpotCheckKind},
};
use std::collections::BTreeMap;

/// A team for each site, in the order of the sites, of those people who may go there. Whoever is sent has one check more from there on.
///
/// # Errors
/// A site to which too few of them may go; a site or a person that is not there.
pub fn propose_teams(
    outline: &PlanOutline,
    sites: &[SiteId],
    people: &[PersonId],
    around: &PlanAround<'_>,
) -> Result<Vec<TeamOf>, PlanRejection> {
    // Asked before anything is worked out for each of them.
    limits::check_count(Field::Sites, sites.len(), limits::SPOT_CHECK_SITES)?;
    limits::check_count(Field::People, people.len(), limits::DRAW_PEOPLE)?;
    let mut known = vec![];
    for id in people {
        known.push(around.people.get(id).ok_or(PlanRejection::UnknownPerson)?);
    }
    // Whoever may go but for a certificate is named, and not passed over.
    let would_go = |person: &&PlanPerson| {
        let is_beside = outline.kind == SpotCheckKind::Leader && person.id == outline.leader;
        let may_go = person.may_inspect && !person.disabled && outline.nature.is_for(person.role);
        may_go && !is_beside
    };
    certified::check(outline, known.iter().copied().filter(would_go), around)?;
    let mut workload: BTreeMap<PersonId, u32> =
        known.iter().map(|person| (person.id, person.workload)).collect();
    let mut teams = vec![];
    for id in sites {
        let site = around.sites.get(id).ok_or(PlanRejection::UnknownSite)?;
        let team = team(outline, site, &known, &workload)?;
        for person in &team {
            *workload.entry(*person).or_default() += 1;
        }
        teams.push(TeamOf { site: *id, team });
    }
    Ok(teams)
}

fn team(
    outline: &PlanOutline,
    site: &SiteFacts,
    people: &[&PlanPerson],
    workload: &BTreeMap<PersonId, u32>,
) -> Result<Vec<PersonId>, PlanRejection> {
    let leads = outline.kind == SpotCheckKind::Leader;
    let others = people.iter().filter(|person| !(leads && person.id == outline.leader));
    let mut may_go: Vec<_> = others.filter(|person| check_person(outline, person, site).is_ok()).collect();
    may_go.sort_by_key(|person| (workload.get(&person.id).copied().unwrap_or_default(), person.id));
    joint::one_of_each_first(outline, &mut may_go);
    let (wanted, there) = (outline.team_size, may_go.len());
    if there < wanted as usize {
        return Err(PlanRejection::TeamOf { site: site.name.clone(), wanted, there });
    }
    let sent = may_go.into_iter().take(wanted as usize).map(|person| person.id);
    Ok(sent.chain(leads.then_some(outline.leader)).collect())
}
