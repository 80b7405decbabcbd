//! What the phone offers of what a person may do next with a hazard. The domain says what that is; the server decides again.

use chrono::{DateTime, Utc};
use domain::{
    hazard::{Control, Hazard, HazardCommandKind, HazardStatusKind, RejectedBecause, actions_for},
    role::Actor,
};

/// A command that has a sheet on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneCommand {
    Rectify,
    AskExtension,
    Accept,
    Return,
}

impl PhoneCommand {
    /// None: it is given at the desk, or has screens of its own.
    pub fn of(kind: HazardCommandKind) -> Option<Self> {
        match kind {
            HazardCommandKind::Rectify => Some(Self::Rectify),
            HazardCommandKind::AskExtension => Some(Self::AskExtension),
            HazardCommandKind::Accept => Some(Self::Accept),
            HazardCommandKind::Return => Some(Self::Return),
            HazardCommandKind::Report
            | HazardCommandKind::Assign
            | HazardCommandKind::GrantExtension
            | HazardCommandKind::RefuseExtension
            | HazardCommandKind::List
            | HazardCommandKind::Suspend
            | HazardCommandKind::LiftSuspension
            | HazardCommandKind::Refer
            | HazardCommandKind::Merge
            | HazardCommandKind::Reopen => None,
        }
    }

    pub fn kind(self) -> HazardCommandKind {
        match self {
            Self::Rectify => HazardCommandKind::Rectify,
            Self::AskExtension => HazardCommandKind::AskExtension,
            Self::Accept => HazardCommandKind::Accept,
            Self::Return => HazardCommandKind::Return,
        }
    }

    /// In addresses, and where what was written for it is kept.
    pub fn word(self) -> &'static str {
        self.kind().as_str()
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::of(HazardCommandKind::parse(word)?)
    }

    pub fn has_photos(self) -> bool {
        self.kind().asks_for(Control::Photos)
    }

    pub fn has_day(self) -> bool {
        self.kind().asks_for(Control::Day)
    }
}

/// The buttons under a hazard, and what else there is to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps {
    pub primary: Option<PhoneCommand>,
    pub quiet: Option<PhoneCommand>,
    /// It waits for acceptance by another person.
    pub barred: Option<RejectedBecause>,
    /// It waits for an assignment or an answer, which this person gives at the desk.
    pub at_desk: bool,
}

impl Steps {
    pub fn of(hazard: &Hazard, me: &Actor, now: DateTime<Utc>) -> Self {
        let actions = actions_for(hazard, me, now);
        let may = |command: PhoneCommand| actions.allows(command.kind()).then_some(command);
        let is_found = hazard.status.kind() == HazardStatusKind::Found;
        Self {
            primary: may(PhoneCommand::Rectify).or(may(PhoneCommand::Accept)),
            quiet: may(PhoneCommand::AskExtension).or(may(PhoneCommand::Return)),
            barred: actions.barred(HazardCommandKind::Accept).cloned(),
            at_desk: (is_found && actions.allows(HazardCommandKind::Assign))
                || actions.allows(HazardCommandKind::GrantExtension),
        }
    }
}
