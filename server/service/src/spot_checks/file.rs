//! Plans as the desk lists and opens them, each as far as its reader may know.

use super::{around::Around, leads, may_plan, may_read, plans, reschedules};
use crate::{asker::Asker, error::Error, services::Services, storage::OrderOpening};
use domain::{
    draw::{DrawFault, PublishedDraw, Revealed},
    id::{DepartmentId, PersonId, SiteId, SpotCheckId, SpotCheckPlanId},
    person::Certificate,
    risk::RiskLevel,
    role::Action,
    search::{Query, fold, nfkc},
    spot_check::{
        CheckProgress, SpotCheck, SpotCheckFilter, SpotCheckPage, SpotCheckRule,
        file::{
            AnnouncedDraw, DrawProof, OpenedOrder, PlanCandidate, PlanChoices, PlanFile, PlanInside,
            PlanSite, ProposedSite, ProposedSites, PublishedVoid,
        },
        plan::{PlanPerson, PlanStep, PlannedPerson, PlannedSite, SpotCheckPlan},
    },
    text::Lang,
};
use i18n::draws;
use std::collections::BTreeMap;

/// Sites that a maker is shown of what a rule finds.
const SHOWN: usize = 200;

/// Codes that are looked up for one form.
const MOST_CODES: usize = 500;

/// Plans, without their sites, for whoever sees the whole office; others find none.
pub async fn list(state: &Services, by: &Asker, filter: &SpotCheckFilter) -> Result<SpotCheckPage, Error> {
    by.allow(Action::UseOffice)?;
    let (office, scope) = (by.actor.office, &by.actor.scope);
    Ok(state.store.spot_check_plans(office, scope, filter, state.now()).await?)
}

/// A plan, with its sites for whoever may know them.
pub async fn file(state: &Services, by: &Asker, id: SpotCheckPlanId) -> Result<PlanFile, Error> {
    may_read(by)?;
    let (office, now) = (by.actor.office, state.now());
    let plan = state.store.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
    let checks = state.store.spot_checks_of(office, id).await?;
    let openings = state.store.order_openings(office, id).await?;
    let around = Around::look(state, office, None).await?;
    let sees = plan.shows_sites_to(by.actor.person, now);
    let department = |id: DepartmentId| {
        let known = around.places.departments.iter().find(|department| department.id == id);
        known.map(|department| department.name.clone()).unwrap_or_default()
    };
    Ok(PlanFile {
        id,
        step: plan.step,
        drafted_at: plan.drafted_at,
        sent_at: plan.sent_at,
        published_at: plan.published_at,
        leader_name: around.name_of(plan.outline.leader),
        makers: plan.makers.clone(),
        department_names: plan.outline.departments.iter().map(|id| department(*id)).collect(),
        form_titles: plan.outline.forms.iter().filter_map(|form| around.titles.get(form).cloned()).collect(),
        matter_name: if sees { around.matter_name(&plan.outline.matter) } else { String::new() },
        announced: plan.void.iter().chain(&plan.draw).map(AnnouncedDraw::from).collect(),
        progress: CheckProgress::of(&checks, now),
        inside: sees.then(|| inside(by.lang, &plan, (&checks, &openings), &around)),
        may_plan: sees && plans(by),
        may_withdraw: plans(by) || leads(by, &plan),
        may_void: sees && by.allow(Action::VoidDraws).is_ok() && (plans(by) || leads(by, &plan)),
        may_reschedule: reschedules(by, &plan),
        outline: if sees { plan.outline } else { plan.outline.for_outsiders() },
    })
}

/// When the orders of checks were opened, by whom and how.
type Openings = [(SpotCheckId, PersonId, OrderOpening)];

fn inside(
    lang: Lang,
    plan: &SpotCheckPlan,
    (checks, openings): (&[SpotCheck], &Openings),
    around: &Around,
) -> PlanInside {
    let opened = |check: &SpotCheck| {
        let of_check = openings.iter().filter(|(of, ..)| *of == check.id);
        let told = of_check.map(|(_, person, opening)| OpenedOrder {
            person: around.name_of(*person),
            at: opening.at,
            by: opening.by,
        });
        told.collect::<Vec<_>>()
    };
    let site = |(position, planned): (usize, &PlannedSite)| {
        let facts = around.sites.get(&planned.site);
        // In the order of the sites: the check goes on where its site was merged into another.
        let sent = plan.checks.get(position);
        let check = checks.iter().find(|check| Some(&check.id) == sent);
        PlanSite {
            opened: check.map(opened).unwrap_or_default(),
            explained: plan
                .explanations
                .iter()
                .find(|one| check.is_some_and(|check| check.id == one.check))
                .cloned(),
            rescheduled: check
                .and_then(|check| plan.rescheduled.iter().rfind(|one| one.check == check.id))
                .cloned(),
            risk: facts.map_or(RiskLevel::Low, |facts| facts.risk),
            kinds: facts.map(|facts| facts.kinds.clone()).unwrap_or_default(),
            last_visit: facts.and_then(|facts| facts.last_visit),
            check: check.cloned(),
            planned: planned.clone(),
        }
    };
    PlanInside {
        choice: plan.choice.clone(),
        sites: plan.sites.iter().enumerate().map(site).collect(),
        exchanges: plan.exchanges.clone(),
        proof: plan.draw.as_ref().map(|draw| proof(lang, draw)),
        void: plan.void.iter().filter_map(|draw| void(lang, draw)).collect(),
        candidates: match plan.step {
            PlanStep::Drafted | PlanStep::Drawn | PlanStep::Sent => candidates(around),
            PlanStep::Frozen | PlanStep::Published | PlanStep::Cancelled => vec![],
        },
    }
}

/// The draw computed anew, and what came of it.
fn proof(lang: Lang, draw: &PublishedDraw) -> DrawProof {
    let population = &draw.frozen.population;
    let few = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let is_fault = |fault: &DrawFault| *fault != DrawFault::Unfinished || draw.seed.is_some();
    let faults = draw.check(None).into_iter().filter(is_fault);
    let words = |revealed: &Revealed| match revealed {
        Revealed::Public { words } => words.clone(),
        Revealed::Commitments { reveals } => {
            reveals.iter().map(|reveal| reveal.words.as_str()).collect::<Vec<_>>().join(" · ")
        }
    };
    DrawProof {
        sites: few(population.sites.len()),
        people: few(population.people.len()),
        fingerprint: draw.fingerprint,
        announced_at: draw.announced_at,
        source: draw.frozen.source.clone(),
        seed: draw.seed.as_ref().map(|seed| (words(&seed.revealed), seed.at)),
        result: draw.result.as_ref().map(|result| result.digest),
        faults: faults.map(|fault| draws::fault(lang, &fault)).collect(),
    }
}

fn void(lang: Lang, draw: &PublishedDraw) -> Option<PublishedVoid> {
    let void = draw.void.as_ref()?;
    Some(PublishedVoid {
        at: void.at,
        by: void.by.clone(),
        reason: draws::void_reason(lang, &void.reason),
        fingerprint: draw.fingerprint,
    })
}

/// What a plan can be made of.
pub async fn choices(state: &Services, by: &Asker) -> Result<PlanChoices, Error> {
    may_plan(by)?;
    let office = by.actor.office;
    let around = Around::look(state, office, None).await?;
    let leaders = around.people.values().filter(|person| !person.disabled && person.may_lead);
    let leaders = leaders.map(|person| PlannedPerson { id: person.id, name: person.name.clone() });
    Ok(PlanChoices {
        people: candidates(&around),
        leaders: leaders.collect(),
        forms: around.titles.clone().into_iter().collect(),
        departments: around.places.departments.clone(),
        matters: around.matters(),
    })
}

/// Who can be sent.
fn candidates(around: &Around) -> Vec<PlanCandidate> {
    let can = around.people.values().filter(|person| !person.disabled && person.may_inspect);
    let candidate = |person: &PlanPerson| PlanCandidate {
        id: person.id,
        name: person.name.clone(),
        role: person.role,
        certified_until: Certificate::newest(&person.certificates).map(|held| held.valid_until),
        workload: person.workload,
        communities: person.communities.iter().map(|(community, _)| around.community(*community)).collect(),
    };
    can.map(candidate).collect()
}

/// What a rule finds, of which the words occur in the name; those of the greatest weight first.
pub async fn propose(
    state: &Services,
    by: &Asker,
    rule: &SpotCheckRule,
    words: &str,
) -> Result<ProposedSites, Error> {
    may_plan(by)?;
    rule.check().map_err(|over| Error::invalid(over.field.as_str(), i18n::limits::over(by.lang, over)))?;
    let around = Around::look(state, by.actor.office, rule.within_days).await?;
    let sought = Query::new(&nfkc(words));
    let found = rule.choose(around.sites.values(), around.now);
    let named = |name: &str| sought.finds("", &[&fold(&nfkc(name))]);
    let found: Vec<_> = found.into_iter().filter(|one| named(&one.site.name)).collect();
    let total = found.len() as u64;
    let sites = found.into_iter().take(SHOWN).map(|one| ProposedSite {
        id: one.site.id,
        name: one.site.name.clone(),
        community: around.community(one.site.community),
        risk: one.site.risk,
        kinds: one.site.kinds.clone(),
        last_visit: one.site.last_visit,
        open_hazards: one.site.open_hazards,
        weight: one.site.weight(around.now),
        reasons: one.reasons,
    });
    Ok(ProposedSites { sites: sites.collect(), total })
}

/// Sites by codes that a maker has typed; those that are none, or more than one, are left out.
pub async fn sites_of_codes(
    state: &Services,
    by: &Asker,
    codes: &[String],
) -> Result<BTreeMap<String, SiteId>, Error> {
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    may_plan(by)?;
    let mut sites = BTreeMap::new();
    for code in codes.iter().take(MOST_CODES) {
        let found = state.store.sites_of_code(by.actor.office, &by.actor.scope, code).await?;
        if let [(site, _)] = found.as_slice() {
            sites.insert(code.clone(), *site);
        }
    }
    Ok(sites)
}
