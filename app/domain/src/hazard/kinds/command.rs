//! What a person may ask for.

use super::field::{Asks, CommandField, Control, optional, required};
use crate::role::Action;

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
            offered: Offered::Both,
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
        /// 同意延期, of the levels that are the role's.
        GrantExtension = "grant_extension" {
            permission: Action::Assign,
            offered: Offered::Both,
            asks: &[required(CommandField::Until)],
        }
        /// 不同意延期
        RefuseExtension = "refuse_extension" {
            permission: Action::Assign,
            offered: Offered::Both,
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
            offered: Offered::Both,
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
