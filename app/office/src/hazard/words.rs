//! What the desk calls the commands that it offers.

use super::forms::ButtonStyle;
use crate::i18n::office;
use domain::{
    hazard::{CommandField, Hazard, HazardCommandKind},
    text::Lang,
};

pub struct Wording {
    /// Above the form, or what it is folded behind.
    pub title: &'static str,
    pub submit: &'static str,
    pub weight: ButtonStyle,
}

/// None: the desk has no form for it.
pub fn of(lang: Lang, kind: HazardCommandKind, hazard: &Hazard) -> Option<Wording> {
    let alike = |words, weight| Some(Wording { title: words, submit: words, weight });
    match kind {
        HazardCommandKind::Assign if hazard.plan.is_some() => {
            alike(office::reassign(lang), ButtonStyle::Primary)
        }
        HazardCommandKind::Assign => Some(Wording {
            title: office::assign_title(lang),
            submit: office::assign(lang),
            weight: ButtonStyle::Primary,
        }),
        HazardCommandKind::GrantExtension => alike(office::grant(lang), ButtonStyle::Primary),
        HazardCommandKind::RefuseExtension => alike(office::refuse(lang), ButtonStyle::Danger),
        HazardCommandKind::Accept if hazard.needs_second_acceptance() => {
            alike(office::accept_first(lang), ButtonStyle::Primary)
        }
        HazardCommandKind::Accept => alike(office::accept(lang), ButtonStyle::Primary),
        HazardCommandKind::Return => alike(office::send_back(lang), ButtonStyle::Danger),
        HazardCommandKind::List => alike(office::list(lang), ButtonStyle::Danger),
        HazardCommandKind::Suspend => alike(office::suspend(lang), ButtonStyle::Danger),
        HazardCommandKind::LiftSuspension => alike(office::lift_suspension(lang), ButtonStyle::Primary),
        HazardCommandKind::Refer if hazard.is_to_be_referred() => {
            alike(office::refer(lang), ButtonStyle::Primary)
        }
        HazardCommandKind::Refer => alike(office::refer(lang), ButtonStyle::Danger),
        HazardCommandKind::Merge => alike(office::merge(lang), ButtonStyle::Danger),
        HazardCommandKind::Reopen => alike(office::reopen(lang), ButtonStyle::Quiet),
        HazardCommandKind::Report | HazardCommandKind::Rectify | HazardCommandKind::AskExtension => None,
    }
}

pub fn hint(lang: Lang, field: CommandField) -> Option<&'static str> {
    match field {
        CommandField::Responsible => Some(office::responsible_hint(lang)),
        CommandField::Funds => Some(office::funds_hint(lang)),
        CommandField::Contingency => Some(office::contingency_hint(lang)),
        CommandField::Into => Some(office::merged_hint(lang)),
        CommandField::What
        | CommandField::Department
        | CommandField::Measures
        | CommandField::Deadline
        | CommandField::Until
        | CommandField::Due
        | CommandField::Reason
        | CommandField::Note
        | CommandField::Authority
        | CommandField::Photos => None,
    }
}
