//! What a person wants done to a hazard, and what it must hold to be wanted at all.

use super::{
    CommandField, Control, Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, FixedOnSpot, Found,
    HazardCommandKind, Listing, Merger, RectificationPlan, Referral, Reopening, Return, Suspension,
    SuspensionLift,
};
use crate::{
    fen::Fen,
    id::{DepartmentId, HazardId},
    limits::{Field, OverLimit, operations::check_command},
    photo::PhotoHash,
    role::{Action, Actor, ResourceScope, Role},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A command. [`decide`](fn@super::decide) says what comes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HazardCommand {
    /// The first one of a hazard: it makes it.
    Report(Found),
    Assign(RectificationPlan),
    Rectify(Evidence),
    AskExtension(ExtensionRequest),
    GrantExtension(ExtensionGrant),
    RefuseExtension(ExtensionRefusal),
    Accept(Evidence),
    Return(Return),
    List(Listing),
    Suspend(Suspension),
    LiftSuspension(SuspensionLift),
    Refer(Referral),
    Merge(Merger),
    Reopen(Reopening),
}

/// What a command lacks or has too much of; it is told to the person before anything is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ValidationError {
    #[error("words that say what was seen are missing")]
    What,
    #[error("the after photo is missing")]
    AfterPhoto,
    #[error("the responsible party is missing")]
    Responsible,
    #[error("the measures are missing")]
    Measures,
    #[error("the contingency plan is missing")]
    Contingency,
    #[error("the reason is missing")]
    Reason,
    #[error("{0}")]
    OverLimit(OverLimit),
}

/// The texts of a command, by reference of whichever kind.
macro_rules! texts_of {
    ($command:expr) => {
        match $command {
            Self::Report(Found { what, basis, responsible, fixed, .. }) => {
                let mut texts =
                    vec![(Field::What, what), (Field::Basis, basis), (Field::Responsible, responsible)];
                if let Some(FixedOnSpot { note, .. }) = fixed {
                    texts.push((Field::Note, note));
                }
                texts
            }
            Self::Assign(RectificationPlan { responsible, measures, contingency, .. }) => vec![
                (Field::Responsible, responsible),
                (Field::Measures, measures),
                (Field::Contingency, contingency),
            ],
            Self::AskExtension(ExtensionRequest { reason, .. })
            | Self::RefuseExtension(ExtensionRefusal { reason })
            | Self::Return(Return { reason, .. })
            | Self::LiftSuspension(SuspensionLift { reason })
            | Self::Reopen(Reopening { reason, .. }) => vec![(Field::Reason, reason)],
            Self::Rectify(Evidence { note, .. }) | Self::Accept(Evidence { note, .. }) => {
                vec![(Field::Note, note)]
            }
            Self::List(Listing { by_authority }) => vec![(Field::Authority, by_authority)],
            Self::Suspend(Suspension { what }) => vec![(Field::What, what)],
            Self::Refer(Referral { authority, reason }) => {
                vec![(Field::Authority, authority), (Field::Reason, reason)]
            }
            Self::GrantExtension(ExtensionGrant { .. }) | Self::Merge(Merger { .. }) => vec![],
        }
    };
}

impl HazardCommand {
    pub fn kind(&self) -> HazardCommandKind {
        match self {
            Self::Report(_) => HazardCommandKind::Report,
            Self::Assign(_) => HazardCommandKind::Assign,
            Self::Rectify(_) => HazardCommandKind::Rectify,
            Self::AskExtension(_) => HazardCommandKind::AskExtension,
            Self::GrantExtension(_) => HazardCommandKind::GrantExtension,
            Self::RefuseExtension(_) => HazardCommandKind::RefuseExtension,
            Self::Accept(_) => HazardCommandKind::Accept,
            Self::Return(_) => HazardCommandKind::Return,
            Self::List(_) => HazardCommandKind::List,
            Self::Suspend(_) => HazardCommandKind::Suspend,
            Self::LiftSuspension(_) => HazardCommandKind::LiftSuspension,
            Self::Refer(_) => HazardCommandKind::Refer,
            Self::Merge(_) => HazardCommandKind::Merge,
            Self::Reopen(_) => HazardCommandKind::Reopen,
        }
    }

    pub fn photos(&self) -> Vec<&PhotoHash> {
        self.lists_of_photos().into_iter().flatten().collect()
    }

    /// Every text that a person wrote, with what it is.
    pub fn texts(&self) -> Vec<(Field, &String)> {
        texts_of!(self)
    }

    pub fn texts_mut(&mut self) -> Vec<(Field, &mut String)> {
        texts_of!(self)
    }

    /// The places where photos stand.
    pub fn lists_of_photos(&self) -> Vec<&Vec<PhotoHash>> {
        match self {
            Self::Report(found) => found.lists_of_photos(),
            Self::Rectify(Evidence { photos, .. })
            | Self::Accept(Evidence { photos, .. })
            | Self::Return(Return { photos, .. }) => vec![photos],
            Self::Assign(_)
            | Self::AskExtension(_)
            | Self::GrantExtension(_)
            | Self::RefuseExtension(_)
            | Self::List(_)
            | Self::Suspend(_)
            | Self::LiftSuspension(_)
            | Self::Refer(_)
            | Self::Merge(_)
            | Self::Reopen(_) => vec![],
        }
    }

    /// Refuses a command that lacks a part or goes beyond a limit, whatever the hazard's status.
    pub fn check(&self) -> Result<(), ValidationError> {
        check_command(self).map_err(ValidationError::OverLimit)?;
        for asks in self.kind().row().asks.iter().filter(|asks| asks.required) {
            if let Some(missing) = asks.field.missing().filter(|_| !self.holds(asks.field)) {
                return Err(missing);
            }
        }
        match self {
            Self::Report(Found { fixed: Some(fixed), .. }) if fixed.photos.is_empty() => {
                Err(ValidationError::AfterPhoto)
            }
            Self::Report(found) if found.authority().is_some_and(|name| name.trim().is_empty()) => {
                Err(ValidationError::Responsible)
            }
            Self::Report(_)
            | Self::Assign(_)
            | Self::Rectify(_)
            | Self::AskExtension(_)
            | Self::GrantExtension(_)
            | Self::RefuseExtension(_)
            | Self::Accept(_)
            | Self::Return(_)
            | Self::List(_)
            | Self::Suspend(_)
            | Self::LiftSuspension(_)
            | Self::Refer(_)
            | Self::Merge(_)
            | Self::Reopen(_) => Ok(()),
        }
    }

    /// Whether something stands in the field.
    fn holds(&self, field: CommandField) -> bool {
        match field.control() {
            Control::Line | Control::Lines => self
                .texts()
                .into_iter()
                .filter(|(known, _)| known.as_str() == field.as_str())
                .all(|(_, text)| !text.trim().is_empty()),
            Control::Photos => !self.photos().is_empty(),
            // Their types leave no room for nothing.
            Control::Money | Control::Day | Control::Department | Control::Hazard => true,
        }
    }
}

impl Found {
    pub(super) fn lists_of_photos(&self) -> Vec<&Vec<PhotoHash>> {
        let after = self.fixed.iter().map(|fixed| &fixed.photos);
        std::iter::once(&self.photos).chain(after).collect()
    }
}

impl Actor {
    /// Whether role and place allow the command. Those to whom the office leaves long extensions answer for them without giving any
    /// other work.
    pub fn may_ask(&self, kind: HazardCommandKind, place: &ResourceScope) -> bool {
        let is_answer =
            matches!(kind, HazardCommandKind::GrantExtension | HazardCommandKind::RefuseExtension);
        let is_reserved = is_answer && self.extension_limit.is_some();
        self.may(kind.row().permission, place)
            || (is_reserved && self.may(Action::GrantLongExtensions, place))
    }

    /// Whether role and place allow this very command.
    pub fn may_command(&self, command: &HazardCommand, place: &ResourceScope) -> bool {
        self.may_ask(command.kind(), place) && self.role.may_ever_ask(command)
    }

    /// 随手报: whether they report what they see in passing.
    pub fn reports_in_passing(&self) -> bool {
        self.may_do(Action::Inspect) && !self.role.is_contact()
    }
}

impl Role {
    /// Whether the command ever is the role's. Whoever is of a site reports what a check of their own found, and nothing in
    /// passing.
    pub fn may_ever_ask(self, command: &HazardCommand) -> bool {
        let in_passing = matches!(command, HazardCommand::Report(found) if found.visit.is_none());
        self.may(command.kind().row().permission) && !(in_passing && self.is_contact())
    }
}

/// What a person has put into a command's form.
pub struct FilledIn<'a> {
    /// What was written into a field of text; empty where nothing was.
    pub text: &'a dyn Fn(CommandField) -> String,
    /// A form has one at the most.
    pub day: Option<NaiveDate>,
    /// A form asks for one sum at the most.
    pub money: Option<Fen>,
    pub photos: Vec<PhotoHash>,
    pub department: Option<DepartmentId>,
    /// Another hazard, where the form asks for one.
    pub other: Option<HazardId>,
}

/// A form of which nothing can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotFilledIn {
    #[error("it has a form of its own")]
    ByItself,
    #[error("a day is missing")]
    Day,
    #[error("a sum is missing")]
    Money,
    #[error("the other hazard is missing")]
    Hazard,
}

impl HazardCommandKind {
    /// The command that a form of this kind makes; [`HazardCommand::check`] says what it lacks.
    pub fn filled_in(self, form: FilledIn<'_>) -> Result<HazardCommand, NotFilledIn> {
        let FilledIn { text, day, money, photos, department, other } = form;
        let reason = || text(CommandField::Reason);
        Ok(match self {
            Self::Report => return Err(NotFilledIn::ByItself),
            Self::Assign => HazardCommand::Assign(RectificationPlan {
                responsible: text(CommandField::Responsible),
                department,
                measures: text(CommandField::Measures),
                funds: money.ok_or(NotFilledIn::Money)?,
                deadline: day.ok_or(NotFilledIn::Day)?,
                contingency: text(CommandField::Contingency),
            }),
            Self::Rectify => HazardCommand::Rectify(Evidence { note: text(CommandField::Note), photos }),
            Self::AskExtension => {
                let until = day.ok_or(NotFilledIn::Day)?;
                HazardCommand::AskExtension(ExtensionRequest { until, reason: reason() })
            }
            Self::GrantExtension => {
                HazardCommand::GrantExtension(ExtensionGrant { until: day.ok_or(NotFilledIn::Day)? })
            }
            Self::RefuseExtension => HazardCommand::RefuseExtension(ExtensionRefusal { reason: reason() }),
            Self::Accept => HazardCommand::Accept(Evidence { note: text(CommandField::Note), photos }),
            Self::Return => {
                let deadline = day.ok_or(NotFilledIn::Day)?;
                HazardCommand::Return(Return { reason: reason(), deadline, photos })
            }
            Self::List => HazardCommand::List(Listing { by_authority: text(CommandField::Authority) }),
            Self::Suspend => HazardCommand::Suspend(Suspension { what: text(CommandField::What) }),
            Self::LiftSuspension => HazardCommand::LiftSuspension(SuspensionLift { reason: reason() }),
            Self::Refer => {
                let authority = text(CommandField::Authority);
                HazardCommand::Refer(Referral { authority, reason: reason() })
            }
            Self::Merge => HazardCommand::Merge(Merger { into: other.ok_or(NotFilledIn::Hazard)? }),
            Self::Reopen => HazardCommand::Reopen(Reopening { reason: reason(), due: day }),
        })
    }
}
