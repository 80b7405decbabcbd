//! # The two tables of the closed loop
//!
//! [`HazardCommandKind`]: what a person may ask for, who may, and what has to be filled in. [`HazardEventKind`]: what may
//! happen to a hazard, whose wish it answers, and to which status it moves it. Forms, buttons, the timeline's marks, the
//! stored words and the time since when a hazard has its status all follow from here; the words for people are matched
//! over these kinds in the message catalogues, so that a kind without words does not compile.

use super::{HazardStatusKind, ValidationError};
use crate::role::Action;

/// An enum without fields, from a table: each row is a variant, its word, and what is known of it.
macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident: $row:ident {
        $($(#[$line:meta])* $variant:ident = $word:literal { $($column:ident: $value:expr),+ $(,)? })+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$line])* $variant,)+
        }

        impl $name {
            /// In the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// On the wire, in forms and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// None: of a later version.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
            }

            pub const fn row(self) -> &'static $row {
                match self {
                    $(Self::$variant => {
                        const ROW: &$row = &$row { $($column: $value),+ };
                        ROW
                    })+
                }
            }
        }
    };
}

/// A row of the commands' table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandRow {
    /// What a person must be allowed to do, at the hazard's place.
    pub permission: Action,
    /// Where a person is offered it.
    pub offered: Offered,
    /// What its form asks for, in the form's order.
    pub asks: &'static [Asks],
}

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// It has screens of its own.
    ByItself,
    Phone,
    Desk,
    Both,
}

impl Offered {
    pub const fn on_phone(self) -> bool {
        match self {
            Self::Phone | Self::Both => true,
            Self::ByItself | Self::Desk => false,
        }
    }

    pub const fn at_desk(self) -> bool {
        match self {
            Self::Desk | Self::Both => true,
            Self::ByItself | Self::Phone => false,
        }
    }
}

/// One thing that a command's form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    pub field: CommandField,
    /// Without it there is no command.
    pub required: bool,
}

const fn required(field: CommandField) -> Asks {
    Asks { field, required: true }
}

const fn optional(field: CommandField) -> Asks {
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

kinds! {
    /// What a person may ask for.
    HazardCommandKind: CommandRow {
        /// 发现
        Report = "report" {
            permission: Action::Inspect,
            offered: Offered::ByItself,
            asks: &[required(CommandField::What)],
        }
        /// 交办
        Assign = "assign" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[
                optional(CommandField::Department),
                required(CommandField::Responsible),
                required(CommandField::Measures),
                required(CommandField::Funds),
                required(CommandField::Deadline),
                required(CommandField::Contingency),
            ],
        }
        /// 报整改完成
        Rectify = "rectify" {
            permission: Action::Rectify,
            offered: Offered::Phone,
            asks: &[required(CommandField::Photos), optional(CommandField::Note)],
        }
        /// 申请延期
        AskExtension = "ask_extension" {
            permission: Action::Rectify,
            offered: Offered::Phone,
            asks: &[required(CommandField::Reason), required(CommandField::Until)],
        }
        /// 同意延期
        GrantExtension = "grant_extension" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Until)],
        }
        /// 不同意延期
        RefuseExtension = "refuse_extension" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Reason)],
        }
        /// 验收
        Accept = "accept" {
            permission: Action::Recheck,
            offered: Offered::Both,
            asks: &[optional(CommandField::Photos), optional(CommandField::Note)],
        }
        /// 退回
        Return = "return" {
            permission: Action::Recheck,
            offered: Offered::Both,
            asks: &[
                optional(CommandField::Photos),
                required(CommandField::Reason),
                required(CommandField::Deadline),
            ],
        }
        /// 挂牌督办, major hazards only.
        List = "list" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Authority)],
        }
        /// 重患必停, major hazards only.
        Suspend = "suspend" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::What)],
        }
        /// 恢复使用, of what is stopped.
        LiftSuspension = "lift_suspension" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Reason)],
        }
        /// 移送其他部门
        Refer = "refer" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Authority), required(CommandField::Reason)],
        }
        /// 合并
        Merge = "merge" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Into)],
        }
        /// 重新打开
        Reopen = "reopen" {
            permission: Action::AssignAndSupervise,
            offered: Offered::Desk,
            asks: &[required(CommandField::Reason), optional(CommandField::Due)],
        }
    }
}

impl HazardCommandKind {
    /// Whether its form asks for something that is filled in so.
    pub fn asks_for(self, control: Control) -> bool {
        self.row().asks.iter().any(|asks| asks.field.control() == control)
    }
}

/// A row of the events' table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRow {
    /// The command that it answers; none: the office's service records it by itself.
    pub answers: Option<HazardCommandKind>,
    /// The status that the hazard has afterwards; none: it keeps its own.
    pub moves: Option<HazardStatusKind>,
    /// Whether the timeline marks it as a halt.
    pub halts: bool,
}

kinds! {
    /// What may happen to a hazard.
    HazardEventKind: EventRow {
        /// 发现, to be assigned.
        Found = "found" {
            answers: Some(HazardCommandKind::Report),
            moves: Some(HazardStatusKind::Found),
            halts: false,
        }
        /// 发现，当场改完; a major one, which waits to be accepted all the same.
        FoundRectified = "found_rectified" {
            answers: Some(HazardCommandKind::Report),
            moves: Some(HazardStatusKind::Rectified),
            halts: false,
        }
        /// 发现，当场改完; a general one, which is over by that.
        FoundClosed = "found_closed" {
            answers: Some(HazardCommandKind::Report),
            moves: Some(HazardStatusKind::Closed),
            halts: false,
        }
        Assigned = "assigned" {
            answers: Some(HazardCommandKind::Assign),
            moves: Some(HazardStatusKind::Assigned),
            halts: false,
        }
        ExtensionAsked = "extension_asked" {
            answers: Some(HazardCommandKind::AskExtension),
            moves: None,
            halts: false,
        }
        ExtensionGranted = "extension_granted" {
            answers: Some(HazardCommandKind::GrantExtension),
            moves: None,
            halts: false,
        }
        ExtensionRefused = "extension_refused" {
            answers: Some(HazardCommandKind::RefuseExtension),
            moves: None,
            halts: true,
        }
        Rectified = "rectified" {
            answers: Some(HazardCommandKind::Rectify),
            moves: Some(HazardStatusKind::Rectified),
            halts: false,
        }
        /// 验收通过 by the first of two people.
        AcceptedOnce = "accepted_once" {
            answers: Some(HazardCommandKind::Accept),
            moves: Some(HazardStatusKind::AcceptedOnce),
            halts: false,
        }
        /// 验收通过，销号
        Accepted = "accepted" {
            answers: Some(HazardCommandKind::Accept),
            moves: Some(HazardStatusKind::Closed),
            halts: false,
        }
        Returned = "returned" {
            answers: Some(HazardCommandKind::Return),
            moves: Some(HazardStatusKind::Assigned),
            halts: true,
        }
        Listed = "listed" {
            answers: Some(HazardCommandKind::List),
            moves: None,
            halts: false,
        }
        Suspended = "suspended" {
            answers: Some(HazardCommandKind::Suspend),
            moves: None,
            halts: true,
        }
        SuspensionLifted = "suspension_lifted" {
            answers: Some(HazardCommandKind::LiftSuspension),
            moves: None,
            halts: false,
        }
        Referred = "referred" {
            answers: Some(HazardCommandKind::Refer),
            moves: Some(HazardStatusKind::Referred),
            halts: false,
        }
        Merged = "merged" {
            answers: Some(HazardCommandKind::Merge),
            moves: Some(HazardStatusKind::Merged),
            halts: false,
        }
        Reopened = "reopened" {
            answers: Some(HazardCommandKind::Reopen),
            moves: Some(HazardStatusKind::Found),
            halts: false,
        }
        /// Its site lies elsewhere by now, or another department answers for it.
        PlaceChanged = "place_changed" {
            answers: None,
            moves: None,
            halts: false,
        }
        /// Somebody wanted something that did not fit any more.
        Rejected = "rejected" {
            answers: None,
            moves: None,
            halts: true,
        }
    }
}
