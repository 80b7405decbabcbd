//! What comes of a command: events, or the reason why it does not fit any more.
//!
//! The rules stand here and nowhere else. They judge what is wanted, never what happened: a rule that is made stricter
//! tomorrow leaves yesterday's events as they are.

use super::{
    EventRecord, Found, Hazard, HazardCommand, HazardCommandKind, HazardEvent, HazardStatus,
    HazardStatusKind, Issued, Merger, MissingCreationEvent, Opening, Rejection,
};
use crate::{
    id::HazardId,
    party::PartyRef,
    role::{Action, Actor, ResourceScope, Role},
    severity::Severity,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Why a command does not count: somebody else was there first, or the same person may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectedBecause {
    #[error("already closed by {by} at {at}")]
    AlreadyClosed { by: String, at: DateTime<Utc> },
    #[error("already reported as put right by {by} at {at}")]
    AlreadyRectified { by: String, at: DateTime<Utc> },
    #[error("already found and recorded")]
    AlreadyFound,
    #[error("not assigned yet")]
    NotAssigned,
    #[error("nothing has been reported as put right")]
    NothingToAccept,
    #[error("who reported it put right may not accept it")]
    OwnWork,
    #[error("a major hazard is accepted by two different people")]
    SamePersonTwice,
    #[error("a hazard of this level is decided by others")]
    BeyondRole,
    /// 销号由分管领导、督办机关决定
    #[error("a major hazard is closed by those to whom that is reserved")]
    ClosingReserved,
    /// 超期延期由分管领导决定: beyond so many days after the deadline that was set.
    #[error("an extension beyond {days} days is granted by those to whom that is reserved")]
    LongExtensionReserved { days: u16 },
    #[error("no extension was asked for")]
    NoExtensionAsked,
    #[error("an extension was asked for and waits for its answer")]
    ExtensionWaits,
    #[error("only a major hazard is listed or suspended")]
    NotMajor,
    #[error("nothing is suspended")]
    NotSuspended,
    #[error("referred to {authority}")]
    Referred { authority: String },
    #[error("merged into another hazard")]
    Merged { into: HazardId },
    #[error("still open")]
    StillOpen,
    #[error("cannot be merged into itself")]
    IntoItself,
}

/// What the report of a hazard comes to. A general hazard that was fixed on the spot is closed by that; a major one still
/// wants its two acceptances. A finder gives a day to the site's party alone: what others are to put right would be late before the
/// office has referred it.
pub fn report(place: ResourceScope, party: Option<PartyRef>, found: Found) -> HazardEvent {
    let (fixed, level) = (found.fixed.is_some(), found.level);
    let due = found.due.filter(|_| found.responsible_kind.is_site());
    let opening = Opening { place, party, found: Found { due, ..found } };
    match (fixed, level) {
        (false, Severity::General | Severity::Major) => HazardEvent::Found(opening),
        (true, Severity::Major) => HazardEvent::FoundRectified(opening),
        (true, Severity::General) => HazardEvent::FoundClosed(opening),
    }
}

/// What the command comes to when it is given. Role and place are asked before, by [`Actor::may_ask`]; what the command lacks, by
/// [`HazardCommand::check`]; what it claims of other records, by [`HazardCommand::check_claims`]. Days are judged as the log will have
/// them, whatever the clock of who gives it says.
pub fn decide(
    hazard: &Hazard,
    command: &HazardCommand,
    issued: &Issued<'_>,
) -> Result<Vec<HazardEvent>, RejectedBecause> {
    hazard.can(command.kind(), issued.by, issued.at)?;
    let event = match command.clone() {
        HazardCommand::Report(_) => return Err(RejectedBecause::AlreadyFound),
        HazardCommand::Assign(plan) => {
            hazard.may_extend(plan.deadline, issued)?;
            HazardEvent::Assigned(plan)
        }
        HazardCommand::Rectify(evidence) => HazardEvent::Rectified(evidence),
        HazardCommand::AskExtension(request) => HazardEvent::ExtensionAsked(request),
        HazardCommand::GrantExtension(grant) => {
            hazard.may_extend(grant.until, issued)?;
            HazardEvent::ExtensionGranted(grant)
        }
        HazardCommand::RefuseExtension(refusal) => HazardEvent::ExtensionRefused(refusal),
        HazardCommand::Accept(evidence) if hazard.needs_second_acceptance() => {
            HazardEvent::AcceptedOnce(evidence)
        }
        HazardCommand::Accept(evidence) => HazardEvent::Accepted(evidence),
        HazardCommand::Return(back) => {
            hazard.may_send_back(back.deadline, issued)?;
            HazardEvent::Returned(back)
        }
        HazardCommand::List(listing) => HazardEvent::Listed(listing),
        HazardCommand::Suspend(suspension) => HazardEvent::Suspended(suspension),
        HazardCommand::LiftSuspension(lift) => HazardEvent::SuspensionLifted(lift),
        HazardCommand::Refer(referral) => HazardEvent::Referred(referral),
        HazardCommand::Merge(Merger { into }) if into == hazard.id => {
            return Err(RejectedBecause::IntoItself);
        }
        HazardCommand::Merge(merger) => HazardEvent::Merged(merger),
        HazardCommand::Reopen(reopening) => HazardEvent::Reopened(reopening),
    };
    Ok(vec![event])
}

impl Hazard {
    /// Opens a new hazard. `place` and `party` are what is known of the site.
    pub fn open(
        id: HazardId,
        place: ResourceScope,
        party: Option<PartyRef>,
        found: Found,
        issued: &Issued<'_>,
    ) -> Result<Self, MissingCreationEvent> {
        Self::fold(id, [issued.record(report(place, party, found))])
    }

    /// The hazard after the command, with what happened or with the attempt and the reason why it was rejected. An id that
    /// is known already changes nothing: what came of it stands.
    pub fn attempt(self, command: &HazardCommand, issued: &Issued<'_>) -> (Self, Option<RejectedBecause>) {
        if let Some(known) = self.record(issued.id) {
            let because = known.rejection().cloned();
            return (self, because);
        }
        match decide(&self, command, issued) {
            Ok(events) => (issued.records(events).into_iter().fold(self, Self::evolve), None),
            Err(because) => (self.reject(command, issued, because.clone()), Some(because)),
        }
    }

    /// The hazard with an attempt that did not fit.
    pub fn reject(self, command: &HazardCommand, issued: &Issued<'_>, because: RejectedBecause) -> Self {
        let rejection = Rejection { command: command.clone(), because };
        self.evolve(issued.record(HazardEvent::Rejected(rejection)))
    }

    /// Whether a command of this kind would fit now, whatever it holds; [`decide`] asks this first.
    pub fn can(
        &self,
        kind: HazardCommandKind,
        actor: &Actor,
        _now: DateTime<Utc>,
    ) -> Result<(), RejectedBecause> {
        match kind {
            HazardCommandKind::Report => Err(RejectedBecause::AlreadyFound),
            HazardCommandKind::Assign => self.can_assign(),
            HazardCommandKind::Rectify => self.is_assigned(),
            HazardCommandKind::AskExtension => {
                self.is_assigned()?;
                if self.extension.is_none() { Ok(()) } else { Err(RejectedBecause::ExtensionWaits) }
            }
            HazardCommandKind::GrantExtension | HazardCommandKind::RefuseExtension => {
                self.is_assigned()?;
                if self.extension.is_none() {
                    return Err(RejectedBecause::NoExtensionAsked);
                }
                // Whoever may end a hazard of this level may also say by when it is to end.
                self.is_of_a_level_for(actor.role)
            }
            HazardCommandKind::Accept => self.can_accept(actor),
            HazardCommandKind::Return => self.can_return(actor),
            HazardCommandKind::List | HazardCommandKind::Suspend => {
                self.has_not_ended()?;
                if self.level() == Severity::Major { Ok(()) } else { Err(RejectedBecause::NotMajor) }
            }
            HazardCommandKind::LiftSuspension => {
                self.has_not_ended()?;
                if self.suspended { Ok(()) } else { Err(RejectedBecause::NotSuspended) }
            }
            HazardCommandKind::Refer | HazardCommandKind::Merge => self.has_not_ended(),
            HazardCommandKind::Reopen if self.is_open() => Err(RejectedBecause::StillOpen),
            HazardCommandKind::Reopen => Ok(()),
        }
    }

    /// What is put right already is not assigned; the plan of what is being put right may change.
    fn can_assign(&self) -> Result<(), RejectedBecause> {
        match self.status {
            HazardStatus::Found | HazardStatus::Assigned => Ok(()),
            HazardStatus::Rectified { .. } | HazardStatus::AcceptedOnce { .. } => {
                Err(self.rectified_already())
            }
            HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. } => {
                self.has_not_ended()
            }
        }
    }

    fn is_assigned(&self) -> Result<(), RejectedBecause> {
        match self.status {
            HazardStatus::Found => Err(RejectedBecause::NotAssigned),
            HazardStatus::Assigned => Ok(()),
            HazardStatus::Rectified { .. } | HazardStatus::AcceptedOnce { .. } => {
                Err(self.rectified_already())
            }
            HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. } => {
                self.has_not_ended()
            }
        }
    }

    /// Nobody accepts their own work, nobody accepts twice, and the level decides who may.
    pub(super) fn can_accept(&self, by: &Actor) -> Result<(), RejectedBecause> {
        match &self.status {
            HazardStatus::Found | HazardStatus::Assigned => Err(RejectedBecause::NothingToAccept),
            HazardStatus::Rectified { by: rectified_by }
            | HazardStatus::AcceptedOnce { rectified_by, .. }
                if *rectified_by == Some(by.person) =>
            {
                Err(RejectedBecause::OwnWork)
            }
            HazardStatus::AcceptedOnce { by: first, .. } if *first == by.person => {
                Err(RejectedBecause::SamePersonTwice)
            }
            HazardStatus::Rectified { .. } => self.is_of_a_level_for(by.role),
            // The second acceptance closes a major hazard, which an office may leave to its leader.
            HazardStatus::AcceptedOnce { .. } if !by.may_do(Action::CloseMajorHazards) => {
                Err(RejectedBecause::ClosingReserved)
            }
            HazardStatus::AcceptedOnce { .. } => self.is_of_a_level_for(by.role),
            HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. } => {
                self.has_not_ended()
            }
        }
    }

    /// Whoever put it right does not take it back either; after a first acceptance, even they may.
    fn can_return(&self, by: &Actor) -> Result<(), RejectedBecause> {
        match &self.status {
            HazardStatus::Found | HazardStatus::Assigned => Err(RejectedBecause::NothingToAccept),
            HazardStatus::Rectified { by: rectified_by } if *rectified_by == Some(by.person) => {
                Err(RejectedBecause::OwnWork)
            }
            HazardStatus::Rectified { .. } | HazardStatus::AcceptedOnce { .. } => {
                self.is_of_a_level_for(by.role)
            }
            HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. } => {
                self.has_not_ended()
            }
        }
    }

    fn is_of_a_level_for(&self, role: Role) -> Result<(), RejectedBecause> {
        if role.accepts(self.level()) { Ok(()) } else { Err(RejectedBecause::BeyondRole) }
    }

    fn has_not_ended(&self) -> Result<(), RejectedBecause> {
        match &self.status {
            HazardStatus::Found
            | HazardStatus::Assigned
            | HazardStatus::Rectified { .. }
            | HazardStatus::AcceptedOnce { .. } => Ok(()),
            HazardStatus::Closed { .. } => {
                let (by, at) = self.newest(HazardStatusKind::Closed);
                Err(RejectedBecause::AlreadyClosed { by, at })
            }
            HazardStatus::Referred { authority } => {
                Err(RejectedBecause::Referred { authority: authority.clone() })
            }
            HazardStatus::Merged { into } => Err(RejectedBecause::Merged { into: *into }),
        }
    }

    /// Why nothing more is done to put it right: it is reported as put right, or has ended.
    pub(super) fn not_open_to_work(&self) -> RejectedBecause {
        self.has_not_ended().err().unwrap_or_else(|| self.rectified_already())
    }

    fn rectified_already(&self) -> RejectedBecause {
        let (by, at) = self.newest(HazardStatusKind::Rectified);
        RejectedBecause::AlreadyRectified { by, at }
    }

    /// Who brought it to this status last, and when; the log always says so where it stands there or has gone on from there.
    fn newest(&self, status: HazardStatusKind) -> (String, DateTime<Utc>) {
        let moves = |record: &&EventRecord| record.event.kind().row().moves == Some(status);
        let record = self.events.iter().rev().find(moves);
        record.map_or_else(|| (String::new(), self.found_at), |record| (record.name.clone(), record.when()))
    }
}
