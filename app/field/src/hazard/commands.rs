//! What the phone offers of what a person may do next with a hazard. The domain says what that is; the server decides again.

use chrono::{DateTime, Utc};
use domain::{
    hazard::{
        Asks, CommandField, Control, Hazard, HazardCommandKind, HazardStatusKind, RejectedBecause,
        actions_for,
    },
    role::Actor,
};

/// A command that has a sheet on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneCommand {
    Rectify,
    AskExtension,
    Accept,
    Return,
    Assign,
    GrantExtension,
    RefuseExtension,
    Refer,
}

impl PhoneCommand {
    /// None: it is given at the desk, or has screens of its own.
    pub fn of(kind: HazardCommandKind) -> Option<Self> {
        match kind {
            HazardCommandKind::Rectify => Some(Self::Rectify),
            HazardCommandKind::AskExtension => Some(Self::AskExtension),
            HazardCommandKind::Accept => Some(Self::Accept),
            HazardCommandKind::Return => Some(Self::Return),
            HazardCommandKind::Assign => Some(Self::Assign),
            HazardCommandKind::GrantExtension => Some(Self::GrantExtension),
            HazardCommandKind::RefuseExtension => Some(Self::RefuseExtension),
            HazardCommandKind::Refer => Some(Self::Refer),
            HazardCommandKind::Report
            | HazardCommandKind::List
            | HazardCommandKind::Suspend
            | HazardCommandKind::LiftSuspension
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
            Self::Assign => HazardCommandKind::Assign,
            Self::GrantExtension => HazardCommandKind::GrantExtension,
            Self::RefuseExtension => HazardCommandKind::RefuseExtension,
            Self::Refer => HazardCommandKind::Refer,
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

    /// The field of its day.
    pub fn day(self) -> Option<CommandField> {
        self.asks().map(|asks| asks.field).find(|field| field.control() == Control::Day)
    }

    /// The field of its note or reason.
    pub fn words(self) -> Option<CommandField> {
        let is_words = |field: &CommandField| matches!(field, CommandField::Note | CommandField::Reason);
        self.asks().map(|asks| asks.field).find(is_words)
    }

    /// What else its sheet asks for, in order.
    pub fn others(self) -> impl Iterator<Item = Asks> {
        self.asks().filter(|asks| match asks.field {
            CommandField::Note
            | CommandField::Reason
            | CommandField::Photos
            | CommandField::Deadline
            | CommandField::Until
            | CommandField::Due => false,
            CommandField::What
            | CommandField::Department
            | CommandField::Responsible
            | CommandField::Measures
            | CommandField::Funds
            | CommandField::Contingency
            | CommandField::Authority
            | CommandField::Into => true,
        })
    }

    fn asks(self) -> impl Iterator<Item = Asks> {
        self.kind().row().asks.iter().copied()
    }
}

/// The buttons under a hazard, and what else there is to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps {
    pub primary: Option<PhoneCommand>,
    pub quiet: Option<PhoneCommand>,
    /// It waits for acceptance by another person.
    pub barred: Option<RejectedBecause>,
}

impl Steps {
    pub fn of(hazard: &Hazard, me: &Actor, now: DateTime<Utc>) -> Self {
        let actions = actions_for(hazard, me, now);
        let may = |command: PhoneCommand| actions.allows(command.kind()).then_some(command);
        let is_found = hazard.status.kind() == HazardStatusKind::Found;
        // What waits for an answer, or to be sent on, waits for that before all else.
        let (primary, quiet) = if let Some(grant) = may(PhoneCommand::GrantExtension) {
            (Some(grant), may(PhoneCommand::RefuseExtension))
        } else if is_found && hazard.is_to_be_referred() && may(PhoneCommand::Refer).is_some() {
            (may(PhoneCommand::Refer), may(PhoneCommand::Assign))
        } else if is_found && may(PhoneCommand::Assign).is_some() {
            (may(PhoneCommand::Assign), may(PhoneCommand::Refer))
        } else {
            (
                may(PhoneCommand::Rectify).or(may(PhoneCommand::Accept)),
                may(PhoneCommand::AskExtension).or(may(PhoneCommand::Return)),
            )
        };
        Self { primary, quiet, barred: actions.barred(HazardCommandKind::Accept).cloned() }
    }
}
