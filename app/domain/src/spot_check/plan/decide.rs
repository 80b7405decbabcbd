//! Whether a command fits the plan as it stands, and what comes of it.

use super::{
    PlanOutline, PlanRejection, PlanStep, PlannedPerson, PlannedSite, SiteChoice, SpotCheckPlan,
    SpotCheckPlanCommand, SpotCheckPlanEvent, TeamOf, certified,
    draws::{drawn, frozen, voided},
    exchange::{exchanged, handed_over},
    held::led_by,
    joint,
    reschedule::rescheduled,
};
use crate::{
    id::{CommunityId, DepartmentId, FormId, GridId, PersonId, SiteId, SpotCheckId},
    inspection::InspectionRules,
    limits::{self, Field},
    person::Certificate,
    role::Role,
    spot_check::{CheckProgress, RuleReason, SiteFacts, SpotCheckKind, SpotCheckRule},
    time::office_day,
    visit::VisitNature,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody of the office, as a plan sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPerson {
    pub id: PersonId,
    pub name: String,
    pub disabled: bool,
    /// Whether they may submit visits of other people's sites.
    pub may_inspect: bool,
    /// Which decides whether they carry out administrative inspections.
    pub role: Role,
    /// Whether they may lead spot checks.
    pub may_lead: bool,
    /// Those that they walk or answer for.
    pub grids: Vec<GridId>,
    /// Those that these grids lie in, with all grids of each.
    pub communities: Vec<(CommunityId, Vec<GridId>)>,
    /// Theirs, where they have one.
    pub department: Option<DepartmentId>,
    /// What it is called; empty without one.
    pub department_name: String,
    /// 执法证件
    pub certificates: Vec<Certificate>,
    /// Checks that they have in hand.
    pub workload: u32,
}

/// What is looked up for a command.
#[derive(Debug)]
pub struct PlanAround<'a> {
    pub now: DateTime<Utc>,
    /// The office's name.
    pub office: &'a str,
    /// Who asks.
    pub by: &'a str,
    pub people: &'a BTreeMap<PersonId, PlanPerson>,
    pub sites: &'a BTreeMap<SiteId, SiteFacts>,
    /// That can be asked.
    pub forms: &'a BTreeSet<FormId>,
    /// What the office holds its administrative inspections to.
    pub rules: &'a InspectionRules,
    /// How the checks of the plan stand.
    pub progress: CheckProgress,
    /// Those of them that are still to be carried out.
    pub under_way: BTreeSet<SpotCheckId>,
    /// Those of them that were missed.
    pub missed: BTreeSet<SpotCheckId>,
}

pub(super) type Decided = Result<SpotCheckPlanEvent, PlanRejection>;

/// `plan`: none where it is only being made, for which there is the outline alone.
///
/// # Errors
/// Why nothing is done.
pub fn decide(
    plan: Option<&SpotCheckPlan>,
    command: &SpotCheckPlanCommand,
    around: &PlanAround<'_>,
) -> Decided {
    let Some(plan) = plan else {
        let SpotCheckPlanCommand::Outline(outline) = command else { return Err(PlanRejection::OtherStep) };
        return outlined(None, outline, around);
    };
    match command {
        SpotCheckPlanCommand::Outline(outline) => {
            at(plan, &[PlanStep::Drafted])?;
            outlined(Some(plan), outline, around)
        }
        SpotCheckPlanCommand::ChooseSites { choice, sites } => {
            at(plan, &[PlanStep::Drafted])?;
            chosen(plan, choice, sites, around)
        }
        SpotCheckPlanCommand::Freeze { order, salt } => {
            at(plan, &[PlanStep::Drafted])?;
            joint::check_draw(&plan.outline)?;
            frozen(plan, order, *salt, around)
        }
        SpotCheckPlanCommand::Draw(revealed) => {
            at(plan, &[PlanStep::Frozen])?;
            drawn(plan, revealed, around)
        }
        SpotCheckPlanCommand::Void(reason) => {
            at(plan, &[PlanStep::Frozen, PlanStep::Drawn])?;
            voided(plan, reason, around)
        }
        SpotCheckPlanCommand::Exchange { site, out, instead, reason } => {
            at(plan, &[PlanStep::Drafted, PlanStep::Drawn, PlanStep::Sent])?;
            exchanged(plan, *site, (*out, *instead), reason, around).map(SpotCheckPlanEvent::Exchanged)
        }
        SpotCheckPlanCommand::HandOver { from, to, reason } => {
            at(plan, &[PlanStep::Drafted, PlanStep::Drawn, PlanStep::Sent])?;
            handed_over(plan, (*from, *to), reason, around)
        }
        SpotCheckPlanCommand::HandLeadOver { to } => {
            at(plan, &[PlanStep::Drafted, PlanStep::Frozen, PlanStep::Drawn, PlanStep::Sent])?;
            led_by(plan, *to, around)
        }
        SpotCheckPlanCommand::Send { checks } => {
            at(plan, &[PlanStep::Drafted, PlanStep::Drawn])?;
            if plan.sites.is_empty() || checks.len() != plan.sites.len() {
                return Err(PlanRejection::NoSites);
            }
            // What was right when it was chosen may have gone meanwhile: people leave, sites close, hours pass.
            check_outline(&plan.outline, around)?;
            plan.sites.iter().try_for_each(|planned| check_planned(&plan.outline, planned, around))?;
            // All of them at once, so that whoever sends it need not find out one after another.
            certified::check_sites(&plan.outline, &plan.sites, around)?;
            Ok(SpotCheckPlanEvent::Sent { checks: checks.clone() })
        }
        SpotCheckPlanCommand::Explain { check, words } => {
            at(plan, &[PlanStep::Sent, PlanStep::Published])?;
            if !around.missed.contains(check) {
                return Err(PlanRejection::NotMissed);
            }
            Ok(SpotCheckPlanEvent::Explained { check: *check, words: said(words)? })
        }
        SpotCheckPlanCommand::Reschedule(wanted) => {
            at(plan, &[PlanStep::Sent])?;
            rescheduled(plan, wanted, around)
        }
        SpotCheckPlanCommand::Publish => {
            at(plan, &[PlanStep::Sent])?;
            if plan.draw.is_none() {
                return Err(PlanRejection::OtherStep);
            }
            let left = around.progress.under_way;
            if around.progress.is_over() {
                Ok(SpotCheckPlanEvent::Published)
            } else {
                Err(PlanRejection::UnderWay { left })
            }
        }
        SpotCheckPlanCommand::Cancel { reason } => {
            at(plan, &[PlanStep::Drafted, PlanStep::Frozen, PlanStep::Drawn, PlanStep::Sent])?;
            Ok(SpotCheckPlanEvent::Cancelled { reason: said(reason)? })
        }
    }
}

fn at(plan: &SpotCheckPlan, steps: &[PlanStep]) -> Result<(), PlanRejection> {
    if steps.contains(&plan.step) { Ok(()) } else { Err(PlanRejection::OtherStep) }
}

/// A reason, as it is kept.
pub(super) fn said(reason: &str) -> Result<String, PlanRejection> {
    let reason = limits::tidy_text(reason);
    if reason.is_empty() {
        return Err(PlanRejection::ReasonMissing);
    }
    limits::check_text(Field::Reason, &reason)?;
    Ok(reason)
}

fn outlined(plan: Option<&SpotCheckPlan>, outline: &PlanOutline, around: &PlanAround<'_>) -> Decided {
    let outline = PlanOutline {
        title: limits::tidy_line(&outline.title),
        matter: limits::tidy_line(&outline.matter),
        basis: limits::tidy_text(&outline.basis),
        meet: limits::tidy_line(&outline.meet),
        bring: limits::tidy_line(&outline.bring),
        note: limits::tidy_text(&outline.note),
        ..outline.clone()
    };
    check_outline(&outline, around)?;
    for planned in plan.into_iter().flat_map(|plan| &plan.sites) {
        check_planned(&outline, planned, around)?;
    }
    let chosen = plan.map(|plan| plan.sites.as_slice()).unwrap_or_default();
    certified::check_sites(&outline, chosen, around)?;
    Ok(SpotCheckPlanEvent::Outlined { outline: Box::new(outline) })
}

pub(super) fn may_only_patrol(nature: VisitNature, role: Role) -> bool {
    nature.is_administrative() && !nature.is_for(role)
}

/// The fewest people of a team: an administrative inspection is carried out by two at least.
fn least_team(nature: VisitNature) -> u32 {
    if nature.is_administrative() { 2 } else { 1 }
}

pub(super) fn check_outline(outline: &PlanOutline, around: &PlanAround<'_>) -> Result<(), PlanRejection> {
    if outline.title.is_empty() {
        return Err(PlanRejection::TitleMissing);
    }
    limits::check_name(Field::Name, &outline.title)?;
    if outline.basis.is_empty() {
        return Err(PlanRejection::BasisMissing);
    }
    limits::check_text(Field::Basis, &outline.basis)?;
    limits::check_line(Field::Meet, &outline.meet, limits::ADDRESS)?;
    limits::check_line(Field::Bring, &outline.bring, limits::ADDRESS)?;
    limits::check_text(Field::Note, &outline.note)?;
    match outline.nature {
        VisitNature::Patrol | VisitNature::AdministrativeInspection => {}
        VisitNature::Recheck | VisitNature::SelfCheck => return Err(PlanRejection::Nature),
    }
    certified::check_matter(outline, around)?;
    if outline.forms.is_empty() {
        return Err(PlanRejection::FormsMissing);
    }
    limits::check_count(Field::Forms, outline.forms.len(), limits::FORMS)?;
    if let Some(form) = outline.forms.iter().find(|form| !around.forms.contains(*form)) {
        return Err(PlanRejection::UnknownForm(form.clone()));
    }
    if outline.opens_at <= around.now {
        return Err(PlanRejection::OpensInPast);
    }
    limits::check_day(Field::Until, outline.until)?;
    if outline.until < office_day(outline.opens_at) {
        return Err(PlanRejection::EndsBeforeOpening);
    }
    let from = least_team(outline.nature).max(joint::least_team(outline));
    if outline.team_size < from || outline.team_size as usize > limits::PARTICIPANTS {
        return Err(PlanRejection::TeamSize { from });
    }
    let leader = around.people.get(&outline.leader);
    if !leader.is_some_and(|leader| leader.may_lead && !leader.disabled) {
        return Err(PlanRejection::NoLeader);
    }
    let departments: BTreeSet<_> = outline.departments.iter().collect();
    if outline.kind == SpotCheckKind::Joint && departments.len() < 2 {
        return Err(PlanRejection::DepartmentsMissing);
    }
    limits::check_count(Field::Participants, outline.departments.len(), limits::PARTICIPANTS)?;
    Ok(())
}

fn chosen(plan: &SpotCheckPlan, choice: &SiteChoice, sites: &[TeamOf], around: &PlanAround<'_>) -> Decided {
    let reasons = match choice {
        SiteChoice::ByHand => BTreeMap::new(),
        SiteChoice::ByRule(rule) => reasons_of(rule, around)?,
        // A draw chooses by itself.
        SiteChoice::ByDraw => return Err(PlanRejection::OtherStep),
    };
    if sites.is_empty() {
        return Err(PlanRejection::NoSites);
    }
    limits::check_count(Field::Sites, sites.len(), limits::SPOT_CHECK_SITES)?;
    let mut known = BTreeSet::new();
    let mut planned = vec![];
    for TeamOf { site, team } in sites {
        let facts = around.sites.get(site).ok_or(PlanRejection::UnknownSite)?;
        if !known.insert(site) {
            return Err(PlanRejection::SiteTwice { site: facts.name.clone() });
        }
        let one = PlannedSite {
            site: *site,
            name: facts.name.clone(),
            team: team.iter().map(|id| person(*id, around)).collect::<Result<_, _>>()?,
            reasons: reasons.get(site).cloned().unwrap_or_default(),
            weight: None,
        };
        check_planned(&plan.outline, &one, around)?;
        planned.push(one);
    }
    certified::check_sites(&plan.outline, &planned, around)?;
    Ok(SpotCheckPlanEvent::SitesChosen { choice: choice.clone(), sites: planned })
}

fn reasons_of(
    rule: &SpotCheckRule,
    around: &PlanAround<'_>,
) -> Result<BTreeMap<SiteId, Vec<RuleReason>>, PlanRejection> {
    rule.check()?;
    let chosen = rule.choose(around.sites.values(), around.now);
    Ok(chosen.into_iter().map(|one| (one.site.id, one.reasons)).collect())
}

pub(super) fn person(id: PersonId, around: &PlanAround<'_>) -> Result<PlannedPerson, PlanRejection> {
    let person = around.people.get(&id).ok_or(PlanRejection::UnknownPerson)?;
    Ok(PlannedPerson { id, name: person.name.clone() })
}

/// What is read before the hour by people who are not to know which sites are checked: the title by everybody, where they meet and
/// what they bring by the team, whose orders say it beside what is sealed.
pub(super) fn check_plain(outline: &PlanOutline, site: &str) -> Result<(), PlanRejection> {
    // One sign is in many texts without telling anything.
    if site.chars().count() <= 1 {
        return Ok(());
    }
    let site = site.to_owned();
    if outline.title.contains(&site) {
        return Err(PlanRejection::TitleTells { site });
    }
    let beside = [(Field::Meet, &outline.meet), (Field::Bring, &outline.bring)];
    match beside.into_iter().find(|(_, text)| text.contains(&site)) {
        Some((field, _)) => Err(PlanRejection::OrderTells { field, site }),
        None => Ok(()),
    }
}

/// Whether these people may go there, as the office stands now.
pub(super) fn check_planned(
    outline: &PlanOutline,
    planned: &PlannedSite,
    around: &PlanAround<'_>,
) -> Result<(), PlanRejection> {
    let facts = around.sites.get(&planned.site).ok_or(PlanRejection::UnknownSite)?;
    let site = || facts.name.clone();
    if facts.retired {
        return Err(PlanRejection::SiteRetired { site: site() });
    }
    check_plain(outline, &facts.name)?;
    let mut known = BTreeSet::new();
    let mut records = false;
    for one in &planned.team {
        let person = around.people.get(&one.id).ok_or(PlanRejection::UnknownPerson)?;
        if !known.insert(one.id) {
            return Err(PlanRejection::PersonTwice { person: person.name.clone(), site: site() });
        }
        records |= check_person(outline, person, facts)?;
    }
    let there = planned.team.len();
    let leads = outline.kind == SpotCheckKind::Leader;
    if leads && !known.contains(&outline.leader) {
        return Err(PlanRejection::LeaderNotThere { site: site() });
    }
    // The leader comes beside those who check.
    let beside = usize::from(leads && there > outline.team_size as usize);
    if there - beside != outline.team_size as usize {
        return Err(PlanRejection::TeamOf { site: site(), wanted: outline.team_size, there });
    }
    joint::check_team(outline, &known, &facts.name, around)?;
    if records { Ok(()) } else { Err(PlanRejection::NobodyRecords { site: site() }) }
}

/// Whether they may keep the record of it, too.
pub(super) fn check_person(
    outline: &PlanOutline,
    person: &PlanPerson,
    site: &SiteFacts,
) -> Result<bool, PlanRejection> {
    let name = || person.name.clone();
    if person.disabled {
        return Err(PlanRejection::PersonLeft { person: name() });
    }
    let leads = outline.kind == SpotCheckKind::Leader && person.id == outline.leader;
    if !person.may_inspect && !leads {
        return Err(PlanRejection::MayNotInspect { person: name() });
    }
    if may_only_patrol(outline.nature, person.role) {
        return Err(PlanRejection::OnlyPatrols { person: name() });
    }
    let own = person.communities.iter().any(|(community, _)| *community == site.community);
    if outline.kind == SpotCheckKind::Cross && own {
        return Err(PlanRejection::OwnCommunity { person: name(), site: site.name.clone() });
    }
    Ok(person.may_inspect)
}
