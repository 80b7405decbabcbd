//! What a command's form asks for, and how it is filled in.

use crate::hazard::ValidationError;

/// One thing that a command's form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    pub field: CommandField,
    /// Without it there is no command.
    pub required: bool,
}

pub(super) const fn required(field: CommandField) -> Asks {
    Asks { field, required: true }
}

pub(super) const fn optional(field: CommandField) -> Asks {
    Asks { field, required: false }
}

/// A field of a command's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommandField {
    What,
    Department,
    Responsible,
    Measures,
    Funds,
    Deadline,
    Contingency,
    Until,
    Due,
    Reason,
    Note,
    Authority,
    /// Another hazard.
    Into,
    Photos,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    Line,
    Lines,
    /// A sum, in yuan.
    Money,
    Day,
    Photos,
    Department,
    /// A hazard, by its number.
    Hazard,
}

impl CommandField {
    /// As forms call it; what is over a limit is told under the same word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Department => "department",
            Self::Responsible => "responsible",
            Self::Measures => "measures",
            Self::Funds => "funds",
            Self::Deadline => "deadline",
            Self::Contingency => "contingency",
            Self::Until => "until",
            Self::Due => "due",
            Self::Reason => "reason",
            Self::Note => "note",
            Self::Authority => "authority",
            Self::Into => "into",
            Self::Photos => "photos",
        }
    }

    pub const fn control(self) -> Control {
        match self {
            Self::What | Self::Responsible | Self::Contingency => Control::Line,
            Self::Note | Self::Authority => Control::Line,
            Self::Measures | Self::Reason => Control::Lines,
            Self::Funds => Control::Money,
            Self::Deadline | Self::Until | Self::Due => Control::Day,
            Self::Department => Control::Department,
            Self::Into => Control::Hazard,
            Self::Photos => Control::Photos,
        }
    }

    /// What is said where it is required and empty; none where its type leaves no room for that.
    pub const fn missing(self) -> Option<ValidationError> {
        match self {
            Self::What => Some(ValidationError::What),
            Self::Responsible | Self::Authority => Some(ValidationError::Responsible),
            Self::Measures => Some(ValidationError::Measures),
            Self::Contingency => Some(ValidationError::Contingency),
            Self::Reason => Some(ValidationError::Reason),
            Self::Photos => Some(ValidationError::AfterPhoto),
            Self::Department
            | Self::Funds
            | Self::Deadline
            | Self::Until
            | Self::Due
            | Self::Note
            | Self::Into => None,
        }
    }
}
