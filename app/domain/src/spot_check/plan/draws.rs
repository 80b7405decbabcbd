//! Plans whose sites and people are drawn: the list that is frozen, the draw itself, and a draw that does not count.

use super::{
    DrawOrder, PlanAround, PlanRejection, PlannedPerson, PlannedSite, SpotCheckPlan, SpotCheckPlanEvent,
    certified,
    decide::{Decided, check_outline, check_plain, may_only_patrol, person, said},
};
use crate::{
    draw::{
        DrawFault, DrawPerson, DrawPlan, DrawSite, DrawnSite, FrozenDraw, METHOD, Method, Population,
        PublishedDraw, Revealed, Salt, VoidDraw, VoidReason,
    },
    limits::{self, Field},
    spot_check::SpotCheckKind,
};
use std::collections::BTreeSet;

pub(super) fn frozen(
    plan: &SpotCheckPlan,
    order: &DrawOrder,
    salt: Salt,
    around: &PlanAround<'_>,
) -> Decided {
    check_outline(&plan.outline, around)?;
    order.among.check()?;
    limits::check_count(Field::People, order.people.len(), limits::DRAW_PEOPLE)?;
    limits::check_count(Field::People, order.avoidances.len(), limits::DRAW_AVOIDANCES)?;
    limits::check_count(Field::Sites, order.sites as usize, limits::SPOT_CHECK_SITES)?;
    let is_cross = plan.outline.kind == SpotCheckKind::Cross;
    let fits = order.among.choose(around.sites.values(), around.now);
    fits.iter().try_for_each(|one| check_plain(&plan.outline, &one.site.name))?;
    let sites = fits.into_iter().map(|one| DrawSite {
        id: one.site.id,
        name: one.site.name.clone(),
        grid: one.site.grid,
        party: one.site.party,
        weight: one.site.weight(around.now),
    });
    let sites: Vec<_> = sites.collect();
    let mut people = vec![];
    for id in &order.people {
        let person = around.people.get(id).ok_or(PlanRejection::UnknownPerson)?;
        let name = || person.name.clone();
        if person.disabled {
            return Err(PlanRejection::PersonLeft { person: name() });
        }
        if !person.may_inspect {
            return Err(PlanRejection::MayNotInspect { person: name() });
        }
        if may_only_patrol(plan.outline.nature, person.role) {
            return Err(PlanRejection::OnlyPatrols { person: name() });
        }
        let whole = person.communities.iter().flat_map(|(_, grids)| grids.iter().copied());
        let named = order.avoidances.iter().filter(|one| one.person == *id).map(|one| one.site);
        people.push(DrawPerson {
            id: *id,
            name: name(),
            workload: person.workload,
            // Whoever checks across communities avoids the whole of their own.
            grids: if is_cross { whole.collect() } else { person.grids.clone() },
            parties: vec![],
            avoids: named.collect::<BTreeSet<_>>().into_iter().collect(),
        });
    }
    certified::check(&plan.outline, order.people.iter().filter_map(|id| around.people.get(id)), around)?;
    let frozen = FrozenDraw::freeze(
        DrawPlan {
            office: around.office.to_owned(),
            title: plan.outline.title.clone(),
            replaces: plan.void.last().map(|draw| draw.fingerprint),
        },
        Population { sites, people },
        Method {
            version: METHOD,
            sites: order.sites,
            people_per_site: plan.outline.team_size,
            avoid_own_grid: order.avoid_own_grid || is_cross,
        },
        order.source.clone(),
        salt,
    )?;
    let draw = PublishedDraw::announce(frozen, around.now)?;
    Ok(SpotCheckPlanEvent::Frozen { draw: Box::new(draw) })
}

/// The draw, once it is certain that nobody has touched what was frozen.
pub(super) fn drawn(plan: &SpotCheckPlan, revealed: &Revealed, around: &PlanAround<'_>) -> Decided {
    let draw = plan.draw.clone().ok_or(PlanRejection::OtherStep)?;
    let is_fault = |fault: &DrawFault| *fault != DrawFault::Unfinished;
    if let Some(fault) = draw.check(None).into_iter().find(is_fault) {
        return Err(PlanRejection::DrawChanged(fault));
    }
    let draw = draw.draw(revealed.clone(), around.now)?;
    let (Some(seed), Some(result)) = (draw.seed, draw.result) else { return Err(PlanRejection::OtherStep) };
    let population = &draw.frozen.population;
    let mut sites = vec![];
    for DrawnSite { site, people } in &result.sites {
        let facts = population.sites.iter().find(|known| known.id == *site);
        let facts = facts.ok_or(PlanRejection::UnknownSite)?;
        let named = people.iter().filter_map(|id| population.people.iter().find(|known| known.id == *id));
        let mut team: Vec<_> =
            named.map(|known| PlannedPerson { id: known.id, name: known.name.clone() }).collect();
        let leader = plan.outline.leader;
        if plan.outline.kind == SpotCheckKind::Leader && team.iter().all(|one| one.id != leader) {
            team.push(person(leader, around)?);
        }
        let weight = Some(facts.weight);
        sites.push(PlannedSite { site: *site, name: facts.name.clone(), team, reasons: vec![], weight });
    }
    Ok(SpotCheckPlanEvent::Drawn { seed: Box::new(seed), result, sites })
}

pub(super) fn voided(plan: &SpotCheckPlan, reason: &VoidReason, around: &PlanAround<'_>) -> Decided {
    let draw = plan.draw.clone().ok_or(PlanRejection::OtherStep)?;
    let reason = match reason {
        VoidReason::Other { words } => VoidReason::Other { words: said(words)? },
        VoidReason::NotRevealed { people } => VoidReason::NotRevealed { people: people.clone() },
    };
    let void = VoidDraw { reason, by: around.by.to_owned(), at: around.now };
    draw.voided(void.reason.clone(), void.by.clone(), void.at)?;
    Ok(SpotCheckPlanEvent::Voided { void })
}

/// Whoever had to keep away when it was drawn does not come in by an exchange.
pub(super) fn check_avoidance(
    draw: &PublishedDraw,
    person: &PlannedPerson,
    planned: &PlannedSite,
) -> Result<(), PlanRejection> {
    let Population { sites, people } = &draw.frozen.population;
    let site = sites.iter().find(|site| site.id == planned.site);
    let known = people.iter().find(|known| known.id == person.id);
    let avoids = known.zip(site).and_then(|(known, site)| known.avoidance(site, &draw.frozen.method));
    match avoids {
        None => Ok(()),
        Some(_) => Err(PlanRejection::Avoids { person: person.name.clone(), site: planned.name.clone() }),
    }
}
