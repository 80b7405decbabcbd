//! What a person may do next with a hazard, and whether it waits for them: asked by phone and desk alike, and decided once
//! more when it is done.

use super::{Hazard, HazardCommandKind, HazardStatus, RejectedBecause};
use crate::{
    due::Due,
    role::{Action, Actor},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Something that a person may do with a hazard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HazardAction {
    pub kind: HazardCommandKind,
    /// Set where it waits to be done, but by somebody else.
    pub barred: Option<RejectedBecause>,
}

/// In the order of the table of commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HazardActions(Vec<HazardAction>);

impl HazardActions {
    pub fn iter(&self) -> impl Iterator<Item = &HazardAction> {
        self.0.iter()
    }

    pub fn allows(&self, kind: HazardCommandKind) -> bool {
        self.iter().any(|action| action.kind == kind && action.barred.is_none())
    }

    /// Why it waits for somebody else.
    pub fn barred(&self, kind: HazardCommandKind) -> Option<&RejectedBecause> {
        self.iter().find(|action| action.kind == kind)?.barred.as_ref()
    }
}

/// What the person may do now: what their role and the hazard's place allow, and what fits.
pub fn actions_for(hazard: &Hazard, actor: &Actor, now: DateTime<Utc>) -> HazardActions {
    let action = |kind: HazardCommandKind| {
        if !actor.may_ask(kind, &hazard.place) || hazard.has_already(kind) {
            return None;
        }
        match hazard.can(kind, actor, now) {
            Ok(()) => Some(HazardAction { kind, barred: None }),
            Err(because) if because.is_about_the_person() => {
                Some(HazardAction { kind, barred: Some(because) })
            }
            Err(_) => None,
        }
    };
    HazardActions(HazardCommandKind::ALL.iter().copied().filter_map(action).collect())
}

/// Whether the hazard waits for this very person: to assign or to refer it, to answer for an extension, to put it right, to see to it
/// that it is put right now that its day has come, or to accept it.
pub fn waits_for(hazard: &Hazard, actor: &Actor, today: NaiveDate) -> bool {
    let may = |kind| actor.may_ask(kind, &hazard.place);
    match hazard.status {
        HazardStatus::Found if hazard.is_to_be_referred() => may(HazardCommandKind::Refer),
        HazardStatus::Found => may(HazardCommandKind::Assign),
        HazardStatus::Assigned => {
            let answers = hazard.extension_waits_for(actor)
                && may(HazardCommandKind::GrantExtension)
                && actor.role.accepts(hazard.level());
            // Who rechecks puts it right only for others, who cannot report it themselves.
            let is_theirs = !actor.may_do(Action::Recheck) || Due::of(hazard.due, today).is_due();
            answers || (is_theirs && may(HazardCommandKind::Rectify))
        }
        HazardStatus::Rectified { .. } | HazardStatus::AcceptedOnce { .. } => {
            may(HazardCommandKind::Accept) && hazard.can_accept(actor).is_ok()
        }
        HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. } => false,
    }
}

impl Hazard {
    /// Whether doing it once more would say nothing new.
    fn has_already(&self, kind: HazardCommandKind) -> bool {
        match kind {
            HazardCommandKind::List => self.listed,
            HazardCommandKind::Suspend => self.suspended,
            HazardCommandKind::Report
            | HazardCommandKind::Assign
            | HazardCommandKind::Rectify
            | HazardCommandKind::AskExtension
            | HazardCommandKind::GrantExtension
            | HazardCommandKind::RefuseExtension
            | HazardCommandKind::Accept
            | HazardCommandKind::Return
            | HazardCommandKind::LiftSuspension
            | HazardCommandKind::Refer
            | HazardCommandKind::Merge
            | HazardCommandKind::Reopen => false,
        }
    }
}

impl RejectedBecause {
    /// Whether it waits for somebody all the same.
    fn is_about_the_person(&self) -> bool {
        match self {
            Self::OwnWork
            | Self::SamePersonTwice
            | Self::BeyondRole
            | Self::ClosingReserved
            | Self::LongExtensionReserved { .. } => true,
            Self::AlreadyClosed { .. }
            | Self::AlreadyRectified { .. }
            | Self::AlreadyFound
            | Self::NotAssigned
            | Self::NothingToAccept
            | Self::NoExtensionAsked
            | Self::ExtensionWaits
            | Self::NotMajor
            | Self::NotSuspended
            | Self::Referred { .. }
            | Self::Merged { .. }
            | Self::StillOpen
            | Self::IntoItself => false,
        }
    }
}
