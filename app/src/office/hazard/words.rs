//! What the desk calls the commands that it offers.

use super::forms::Weight;
use crate::i18n::office;
use domain::{
    hazard::{CommandField, Hazard, HazardCommandKind},
    text::Lang,
};

pub struct Wording {
    /// Above the form, or what it is folded behind.
    pub title: &'static str,
    pub submit: &'static str,
    pub weight: Weight,
}

/// None: the desk has no form for it.
pub fn of(lang: Lang, kind: HazardCommandKind, hazard: &Hazard) -> Option<Wording> {
    let alike = |words, weight| Some(Wording { title: words, submit: words, weight });
    match kind {
        HazardCommandKind::Assign if hazard.plan.is_some() => alike(office::reassign(lang), Weight::Primary),
        HazardCommandKind::Assign => Some(Wording {
            title: office::assign_title(lang),
            submit: office::assign(lang),
            weight: Weight::Primary,
        }),
        HazardCommandKind::GrantExtension => alike(office::grant(lang), Weight::Primary),
        HazardCommandKind::RefuseExtension => alike(office::refuse(lang), Weight::Danger),
        HazardCommandKind::Accept if hazard.needs_second_acceptance() => {
            alike(office::accept_first(lang), Weight::Primary)
        }
        HazardCommandKind::Accept => alike(office::accept(lang), Weight::Primary),
        HazardCommandKind::Return => alike(office::send_back(lang), Weight::Danger),
        HazardCommandKind::List => alike(office::list(lang), Weight::Danger),
        HazardCommandKind::Suspend => alike(office::suspend(lang), Weight::Danger),
        HazardCommandKind::LiftSuspension => alike(office::lift_suspension(lang), Weight::Primary),
        HazardCommandKind::Refer => alike(office::refer(lang), Weight::Danger),
        HazardCommandKind::Merge => alike(office::merge(lang), Weight::Danger),
        HazardCommandKind::Reopen => alike(office::reopen(lang), Weight::Quiet),
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
