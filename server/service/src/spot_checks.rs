//! 抽查: plans of spot checks, from the draft to what is published.
//!
//! One transaction reads the plan, has [`decide`] judge the command, writes the plan with its event, the checks that come of it and
//! the audit entry. Which sites a plan is about is told to those who made it and to its leader, and to nobody else before it opens:
//! neither by the list nor by the audit, whose entries name the plan by its title and count what is in it.

mod around;
mod file;
mod published;

pub use file::{choices, file, list, propose, sites_of_codes};
pub use published::{draw_file, draw_page};

use crate::{
    asker::Asker,
    error::Error,
    sealed_orders::{self, Prepared},
    services::Services,
    storage::{StoreError, Transaction},
};
use around::Around;
use chrono::Datelike;
use domain::{
    audit::{Act, AuditEntry, Subject, SubjectKind},
    draw::Salt,
    id::{OfficeId, SpotCheckId, SpotCheckPlanId},
    limits::{Field, OverLimit},
    role::{Action, Scope},
    settings::series::Series,
    spot_check::{
        SpotCheck, SpotCheckState,
        plan::{
            PlanAround, PlanEventRecord, PlanOutline, PlanRejection, PlanRequest, PlannedPerson,
            SpotCheckPlan, SpotCheckPlanCommand, SpotCheckPlanEvent, decide, propose_teams,
        },
    },
    text::Lang,
    time::office_day,
};
use futures::future::try_join_all;
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
        | PlanRequest::Publish
        | PlanRequest::Cancel { .. } => None,
    };
    let known = state.store.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
    may_change(state, by, &known, request)?;
    let around = Around::look(state, office, within).await?;
    // Deriving keys from words takes a while, in which others may write.
    let prepared = if *request == PlanRequest::Send { prepare(known.sites.len()).await? } else { vec![] };
    let mut tx = state.store.write().await?;
    let plan = tx.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
    may_change(state, by, &plan, request)?;
    if *request == PlanRequest::Send && plan != known {
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
        PlanRequest::Void(_) | PlanRequest::Explain { .. } => sees && (plans(by) || leads(by, plan)),
        PlanRequest::Cancel { .. } => plans(by) || leads(by, plan),
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
        | PlanRejection::Avoids { .. }
        | PlanRejection::OwnCommunity { .. }
        | PlanRejection::TeamOf { .. }
        | PlanRejection::NobodyRecords { .. }
        | PlanRejection::DepartmentNotThere { .. }
        | PlanRejection::NotInTeam { .. } => "people",
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
        SpotCheckPlanEvent::Exchanged(_) => Act::Exchanged,
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
            "explained": plan.explanations.len(),
            "fingerprint": plan.draw.as_ref().map(|draw| draw.fingerprint),
        })
    };
    let (was, is) = (before.map(told).unwrap_or_default(), told(after));
    let subject = Subject::new(SubjectKind::SpotCheckPlan, after.id.0, after.outline.title.clone());
    state.audit(by.actor.office, &by.author(), act, subject).change(&was, &is)
}

/// Whose words are derived at a time: each takes a core for some tenths of a second, and a plan may have a hundred.
const AT_ONCE: usize = 2;

/// Words for as many checks.
async fn prepare(checks: usize) -> Result<Vec<Prepared>, Error> {
    let mut prepared = vec![];
    while prepared.len() < checks {
        let next = AT_ONCE.min(checks - prepared.len());
        prepared.extend(try_join_all((0..next).map(|_| sealed_orders::prepare())).await?);
    }
    Ok(prepared)
}

/// What an event brings about beside the plan itself: checks are sent, each sealed for its team, or withdrawn.
struct Change<'a> {
    state: &'a Services,
    office: OfficeId,
    /// As the event has left it.
    plan: &'a SpotCheckPlan,
    /// The checks before it.
    before: Vec<SpotCheck>,
    /// One of each site, where it is sent.
    prepared: Vec<Prepared>,
}

impl Change<'_> {
    async fn carry_out(self, tx: &mut dyn Transaction, event: &SpotCheckPlanEvent) -> Result<(), Error> {
        match event {
            SpotCheckPlanEvent::Sent { checks } => self.send(tx, checks).await,
            SpotCheckPlanEvent::Cancelled { reason } => self.withdraw(tx, reason).await,
            SpotCheckPlanEvent::Outlined { .. }
            | SpotCheckPlanEvent::SitesChosen { .. }
            | SpotCheckPlanEvent::Frozen { .. }
            | SpotCheckPlanEvent::Drawn { .. }
            | SpotCheckPlanEvent::Voided { .. }
            | SpotCheckPlanEvent::Exchanged(_)
            | SpotCheckPlanEvent::Explained { .. }
            | SpotCheckPlanEvent::Published => Ok(()),
        }
    }

    async fn send(self, tx: &mut dyn Transaction, ids: &[SpotCheckId]) -> Result<(), Error> {
        let Self { state, office, plan, prepared, .. } = self;
        let year = office_day(state.now()).year();
        let series = tx.office_settings(office).await?.series;
        let mut numbers = tx.numbers(office, year).await?;
        let named = ids.iter().map(|id| {
            numbers.spot_check += 1;
            (*id, series.number(Series::SpotCheck, year, numbers.spot_check))
        });
        let checks: Vec<_> = plan.checks_of(named).collect();
        tx.put_numbers(office, year, &numbers).await?;
        tx.put_spot_checks(office, &checks).await?;
        let makers: Vec<_> = plan.makers.iter().map(|maker| maker.id).collect();
        for (check, prepared) in checks.iter().zip(&prepared) {
            sealed_orders::seal(state, tx, office, &makers, check, prepared).await?;
        }
        Ok(())
    }

    async fn withdraw(self, tx: &mut dyn Transaction, reason: &str) -> Result<(), Error> {
        let Self { state, office, before, .. } = self;
        let still_sent = before.into_iter().filter(|check| check.state == SpotCheckState::Sent);
        let withdrawn = still_sent.map(|check| SpotCheck {
            state: SpotCheckState::Withdrawn { at: state.now(), reason: reason.to_owned() },
            ..check
        });
        let withdrawn: Vec<_> = withdrawn.collect();
        tx.put_spot_checks(office, &withdrawn).await?;
        for check in &withdrawn {
            sealed_orders::withdraw(state, tx, office, check.id).await?;
        }
        Ok(())
    }
}
