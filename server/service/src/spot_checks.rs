//! 抽查: plans of spot checks, from the draft to what is published.
//!
//! One transaction reads the plan, has [`decide`] judge the command, writes the plan with its event, the checks that come of it and
//! the audit entry. Which sites a plan is about is told to those who made it and to its leader, and to nobody else before it opens:
//! neither by the list nor by the audit, whose entries name the plan by its title and count what is in it.

mod around;
mod carry_out;
mod file;
mod hand_over;
mod published;

pub use file::{choices, file, list, propose, sites_of_codes};
pub(crate) use hand_over::{HandOver, Went, in_hand, plans_held};
pub use published::{draw_file, draw_page};

use crate::{
    asker::Asker,
    error::Error,
    services::Services,
    storage::{StoreError, Transaction},
};
use around::Around;
use carry_out::{Change, prepare_for};
use domain::{
    audit::{Act, AuditEntry, Subject, SubjectKind},
    draw::Salt,
    id::SpotCheckPlanId,
    limits::{Field, OverLimit},
    role::{Action, Scope},
    spot_check::plan::{
        PlanAround, PlanEventRecord, PlanOutline, PlanRejection, PlanRequest, PlannedPerson, SpotCheckPlan,
        SpotCheckPlanCommand, SpotCheckPlanEvent, decide, propose_teams,
    },
    text::Lang,
};
use i18n::spot_checks as t;
use rand::Rng;
use serde_json::json;

/// Makes a plan.
pub async fn draft(state: &Services, by: &Asker, outline: &PlanOutline) -> Result<SpotCheckPlanId, Error> {
    may_plan(by)?;
    let office = by.actor.office;
    let around = Around::look(state, office, None).await?;
    let command = SpotCheckPlanCommand::Outline(Box::new(outline.clone()));
    let here = around.for_command(by, &[]);
    let event = decide(None, &command, &here).map_err(|why| refused(by.lang, &why))?;
    let id: SpotCheckPlanId = state.new_id();
    let record = record(state, by, event);
    let plan = SpotCheckPlan::of(id, [record.clone()])
        .ok_or_else(|| Error::Bug("a plan without an outline".to_owned()))?;
    let mut tx = state.store.write().await?;
    put(state, &mut *tx, by, &around, None, &plan, &record).await?;
    tx.commit().await?;
    Ok(id)
}

/// Does with the plan what is asked, or says why not; then nothing was changed.
pub async fn change(
    state: &Services,
    by: &Asker,
    id: SpotCheckPlanId,
    request: &PlanRequest,
) -> Result<(), Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    let within = match request {
        PlanRequest::ChooseSites { choice, .. } => around::within_days(choice),
        PlanRequest::Outline(_)
        | PlanRequest::Freeze(_)
        | PlanRequest::Draw(_)
        | PlanRequest::Void(_)
        | PlanRequest::Exchange { .. }
        | PlanRequest::Send
        | PlanRequest::Explain { .. }
        | PlanRequest::Reschedule(_)
        | PlanRequest::Publish
        | PlanRequest::Cancel { .. } => None,
    };
    let known = state.store.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
    may_change(state, by, &known, request)?;
    let around = Around::look(state, office, within).await?;
    // Deriving keys from words takes a while, in which others may write.
    let prepared = prepare_for(state, office, &known, request).await?;
    let mut tx = state.store.write().await?;
    let plan = tx.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
    may_change(state, by, &plan, request)?;
    if !prepared.is_empty() && plan != known {
        return Err(Error::Changed);
    }
    let before = tx.spot_checks_of(office, id).await?;
    let here = around.for_command(by, &before);
    let said = |why: PlanRejection| refused(by.lang, &why);
    let command = command(state, request, &plan, &here).map_err(said)?;
    let event = decide(Some(&plan), &command, &here).map_err(said)?;
    let record = record(state, by, event);
    let after = plan.clone().evolve(record.clone());
    put(state, &mut *tx, by, &around, Some(&plan), &after, &record).await?;
    let change = Change { state, office, plan: &after, before, prepared };
    change.carry_out(&mut *tx, &record.event).await?;
    tx.commit().await?;
    // The hour of what was sealed is a job's.
    state.write_queue.jobs.notify_one();
    Ok(())
}

/// The list's reader, and a plan's: whoever sees the whole office at the desk.
fn may_read(by: &Asker) -> Result<(), Error> {
    by.allow(Action::UseOffice)?;
    if by.actor.scope == Scope::Office { Ok(()) } else { Err(Error::NotFound) }
}

fn may_plan(by: &Asker) -> Result<(), Error> {
    by.allow(Action::PlanSpotChecks)?;
    may_read(by)
}

/// What is in a plan is changed by whoever has made it, or by its leader where they plan, too; it is withdrawn by whoever plans,
/// since that shows nothing of it, and by its leader.
fn may_change(
    state: &Services,
    by: &Asker,
    plan: &SpotCheckPlan,
    request: &PlanRequest,
) -> Result<(), Error> {
    may_read(by)?;
    let sees = plan.shows_sites_to(by.actor.person, state.now());
    let fits = match request {
        // A draw is not made again until it pleases: an office may leave that to its leader.
        PlanRequest::Void(_) => sees && by.allow(Action::VoidDraws).is_ok() && (plans(by) || leads(by, plan)),
        PlanRequest::Explain { .. } => sees && (plans(by) || leads(by, plan)),
        PlanRequest::Cancel { .. } => plans(by) || leads(by, plan),
        PlanRequest::Reschedule(_) => reschedules(by, plan),
        PlanRequest::Outline(_)
        | PlanRequest::ChooseSites { .. }
        | PlanRequest::Freeze(_)
        | PlanRequest::Draw(_)
        | PlanRequest::Exchange { .. }
        | PlanRequest::Send
        | PlanRequest::Publish => sees && plans(by),
    };
    if fits { Ok(()) } else { Err(Error::NotAllowed) }
}

fn plans(by: &Asker) -> bool {
    by.allow(Action::PlanSpotChecks).is_ok()
}

fn leads(by: &Asker, plan: &SpotCheckPlan) -> bool {
    by.allow(Action::LeadSpotChecks).is_ok() && plan.outline.leader == by.actor.person
}

/// What was missed is made up for by those who know it from before its hour, and sealed anew: whoever has only come to see it since does
/// not decide when.
fn reschedules(by: &Asker, plan: &SpotCheckPlan) -> bool {
    plan.is_insider(by.actor.person) && (plans(by) || leads(by, plan))
}

fn refused(lang: Lang, why: &PlanRejection) -> Error {
    Error::invalid(field(why), t::rejection(lang, why))
}

/// The field of a form that is to blame.
fn field(why: &PlanRejection) -> &'static str {
    match why {
        PlanRejection::OverLimit(OverLimit { field: Field::Name, .. }) => "title",
        PlanRejection::OverLimit(over) => over.field.as_str(),
        PlanRejection::TitleMissing | PlanRejection::TitleTells { .. } => "title",
        PlanRejection::OrderTells { field, .. } => field.as_str(),
        PlanRejection::BasisMissing => "basis",
        PlanRejection::FormsMissing | PlanRejection::UnknownForm(_) => "forms",
        PlanRejection::Nature => "nature",
        PlanRejection::UnknownMatter { .. } => "matter",
        PlanRejection::OpensInPast => "opens_day",
        PlanRejection::EndsBeforeOpening => "until",
        PlanRejection::TeamSize { .. } => "team_size",
        PlanRejection::NoLeader | PlanRejection::LeaderNotThere { .. } => "leader",
        PlanRejection::DepartmentsMissing => "departments",
        PlanRejection::NoSites
        | PlanRejection::UnknownSite
        | PlanRejection::SiteRetired { .. }
        | PlanRejection::SiteTwice { .. } => "sites",
        PlanRejection::UnknownPerson
        | PlanRejection::PersonTwice { .. }
        | PlanRejection::PersonLeft { .. }
        | PlanRejection::MayNotInspect { .. }
        | PlanRejection::OnlyPatrols { .. }
        | PlanRejection::NotCertified { .. }
        | PlanRejection::NotOfMatter { .. }
        | PlanRejection::Avoids { .. }
        | PlanRejection::OwnCommunity { .. }
        | PlanRejection::TeamOf { .. }
        | PlanRejection::NobodyRecords { .. }
        | PlanRejection::DepartmentNotThere { .. }
        | PlanRejection::NotInTeam { .. }
        | PlanRejection::OwnRound
        | PlanRejection::CheckOver { .. } => "people",
        PlanRejection::ReasonMissing | PlanRejection::NotMissed => "reason",
        PlanRejection::Draw(_) | PlanRejection::DrawChanged(_) | PlanRejection::JointNotDrawn => "draw",
        PlanRejection::OtherStep | PlanRejection::UnderWay { .. } => "step",
    }
}

/// What pages ask for, with what is the server's to add: teams, chance, ids.
fn command(
    state: &Services,
    request: &PlanRequest,
    plan: &SpotCheckPlan,
    around: &PlanAround<'_>,
) -> Result<SpotCheckPlanCommand, PlanRejection> {
    Ok(match request {
        PlanRequest::Outline(outline) => SpotCheckPlanCommand::Outline(outline.clone()),
        PlanRequest::ChooseSites { choice, sites, people } => SpotCheckPlanCommand::ChooseSites {
            choice: choice.clone(),
            sites: propose_teams(&plan.outline, sites, people, around)?,
        },
        PlanRequest::Freeze(order) => {
            let mut random = [0; 32];
            rand::rng().fill_bytes(&mut random);
            SpotCheckPlanCommand::Freeze { order: order.clone(), salt: Salt::new(random) }
        }
        PlanRequest::Draw(revealed) => SpotCheckPlanCommand::Draw(revealed.clone()),
        PlanRequest::Void(reason) => SpotCheckPlanCommand::Void(reason.clone()),
        PlanRequest::Exchange { site, out, instead, reason } => SpotCheckPlanCommand::Exchange {
            site: *site,
            out: *out,
            instead: *instead,
            reason: reason.clone(),
        },
        PlanRequest::Send => {
            SpotCheckPlanCommand::Send { checks: plan.sites.iter().map(|_| state.new_id()).collect() }
        }
        PlanRequest::Explain { check, words } => {
            SpotCheckPlanCommand::Explain { check: *check, words: words.clone() }
        }
        PlanRequest::Reschedule(wanted) => SpotCheckPlanCommand::Reschedule(wanted.clone()),
        PlanRequest::Publish => SpotCheckPlanCommand::Publish,
        PlanRequest::Cancel { reason } => SpotCheckPlanCommand::Cancel { reason: reason.clone() },
    })
}

fn record(state: &Services, by: &Asker, event: SpotCheckPlanEvent) -> PlanEventRecord {
    let by = PlannedPerson { id: by.actor.person, name: by.actor.name.clone() };
    PlanEventRecord { at: state.now(), by, event }
}

/// The plan, its event and the audit entry.
async fn put(
    state: &Services,
    tx: &mut dyn Transaction,
    by: &Asker,
    around: &Around,
    before: Option<&SpotCheckPlan>,
    after: &SpotCheckPlan,
    record: &PlanEventRecord,
) -> Result<(), StoreError> {
    let office = by.actor.office;
    let leader = around.name_of(after.outline.leader);
    tx.put_spot_check_plan(office, after, &leader, record).await?;
    tx.put_audit(&entry(state, by, before, after, &record.event)).await
}

/// What the audit keeps of an event: how far the plan has come and how many sites are in it, never which.
fn entry(
    state: &Services,
    by: &Asker,
    before: Option<&SpotCheckPlan>,
    after: &SpotCheckPlan,
    event: &SpotCheckPlanEvent,
) -> AuditEntry {
    let act = match event {
        SpotCheckPlanEvent::Outlined { .. } if before.is_none() => Act::Added,
        SpotCheckPlanEvent::Outlined { .. }
        | SpotCheckPlanEvent::SitesChosen { .. }
        | SpotCheckPlanEvent::Explained { .. } => Act::Changed,
        SpotCheckPlanEvent::Frozen { .. } => Act::Frozen,
        SpotCheckPlanEvent::Drawn { .. } => Act::Drawn,
        SpotCheckPlanEvent::Voided { .. } => Act::Voided,
        SpotCheckPlanEvent::Exchanged(_) | SpotCheckPlanEvent::HandedOver { .. } => Act::Exchanged,
        SpotCheckPlanEvent::LeadHandedOver { .. } => Act::HandedOver,
        SpotCheckPlanEvent::Rescheduled(_) => Act::Rescheduled,
        SpotCheckPlanEvent::Sent { .. } => Act::Sent,
        SpotCheckPlanEvent::Published => Act::Published,
        SpotCheckPlanEvent::Cancelled { .. } => Act::Cancelled,
    };
    let told = |plan: &SpotCheckPlan| {
        let outline = &plan.outline;
        json!({
            "title": outline.title, "kind": outline.kind, "nature": outline.nature, "forms": outline.forms,
            "opens_at": outline.opens_at, "until": outline.until, "team_size": outline.team_size,
            "step": plan.step, "sites": plan.sites.len(), "exchanged": plan.exchanges.len(),
            "explained": plan.explanations.len(), "rescheduled": plan.rescheduled.len(),
            "fingerprint": plan.draw.as_ref().map(|draw| draw.fingerprint),
        })
    };
    let (was, is) = (before.map(told).unwrap_or_default(), told(after));
    let subject = Subject::new(SubjectKind::SpotCheckPlan, after.id.0, after.outline.title.clone());
    state.audit(by.actor.office, &by.author(), act, subject).change(&was, &is)
}
