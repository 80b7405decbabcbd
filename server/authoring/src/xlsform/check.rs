//! # The form's own rules, told at cells

use super::{
    fault::{Fault, Place, Problem},
    read::Reading,
};
use crate::faults;
use domain::form::{ExpressionPlace, Fault as Rule, Form, FormFault, check::TextOf};

impl Reading<'_> {
    /// Tells what the form's rules say; nothing of rows that could not be read whole, and nothing that follows from them.
    pub fn check(&mut self, form: &Form) {
        let was_read = self.told.iter().all(Fault::is_remark);
        for fault in form.check() {
            let is_broken =
                fault.at.as_ref().is_some_and(|at| self.broken.iter().any(|name| name == at.as_str()));
            // What its cell says of a name is told there already.
            let is_told = fault.at.is_none() && fault.fault == Rule::BadName && !was_read;
            if is_broken || is_told || (!was_read && may_follow(&fault)) {
                continue;
            }
            let words = faults::words(form, &fault);
            self.tell(self.place_of(&fault), Problem::Form(Box::new(fault), words));
        }
    }

    fn place_of(&self, fault: &FormFault) -> Place {
        let line = fault.at.as_ref().and_then(|at| self.lines.get(at.as_str()));
        if let Some(line) = line {
            return line.at(column(&fault.fault));
        }
        // Of the form itself.
        let heading = match column(&fault.fault) {
            "name" => "form_id",
            "label" => "form_title",
            "offered_if" => "offered_if",
            _ => return Place::sheet("survey"),
        };
        self.settings.map_or_else(|| Place::sheet("settings"), |settings| settings.at(heading))
    }
}

/// The column that a fault is about.
fn column(fault: &Rule) -> &'static str {
    match fault {
        Rule::UnknownName { place, .. }
        | Rule::Forward { place, .. }
        | Rule::LooksAtItself { place }
        | Rule::Type { place, .. }
        | Rule::WrongResult { place, .. }
        | Rule::UnknownChoice { place, .. } => match place {
            ExpressionPlace::Relevant => "relevant",
            ExpressionPlace::Count => "repeat_count",
            ExpressionPlace::Default => "default",
            ExpressionPlace::Calculation => "calculation",
            ExpressionPlace::Choice(_) => "choice_filter",
            ExpressionPlace::Required => "required",
            ExpressionPlace::Constraint => "constraint",
            ExpressionPlace::Criterion => "fails_if",
            ExpressionPlace::OfferedIf => "offered_if",
        },
        Rule::Untranslated(of) | Rule::BadText { of, .. } => match of {
            TextOf::Title | TextOf::Question => "label",
            TextOf::Hint => "hint",
            TextOf::Picture => "picture",
            TextOf::Unit => "unit",
            TextOf::Choice(_) => "type",
            TextOf::ConstraintMessage => "constraint_message",
            TextOf::What => "finding",
            TextOf::AtOnce => "at_once",
            TextOf::Authority => "authority",
        },
        Rule::DuplicateName | Rule::BadName => "name",
        Rule::Most => "most",
        Rule::Range => "from",
        Rule::ReadOnlyWithoutDefault => "default",
        Rule::PhotoWithoutHint => "hint",
        Rule::FactInRepeat | Rule::FactTwice(_) => "fact",
        Rule::NothingToJudge | Rule::NoTest | Rule::CriterionOutsideRange => "fails_if",
        Rule::MajorWithoutCriterion => "major_by",
        Rule::TooManyDays => "days",
        Rule::NoBasis | Rule::QuoteNotCarried(_) | Rule::DuplicateQuote(_) => "law",
        Rule::Circular => "relevant",
        Rule::OfferedByAnswer(_) => "offered_if",
        Rule::NothingAsked
        | Rule::TooManyEntries
        | Rule::TooManyPictures
        | Rule::PatrolTooLong { .. }
        | Rule::Empty
        | Rule::TooDeep
        | Rule::TooFewChoices
        | Rule::DuplicateChoice(_)
        | Rule::BadChoice(_) => "type",
    }
}

/// Whether it may be there only because something else could not be read.
fn may_follow(fault: &FormFault) -> bool {
    match &fault.fault {
        Rule::NothingAsked
        | Rule::Empty
        | Rule::Type { .. }
        | Rule::WrongResult { .. }
        | Rule::UnknownChoice { .. }
        | Rule::TooFewChoices
        | Rule::NoTest
        | Rule::NoBasis
        | Rule::MajorWithoutCriterion
        | Rule::ReadOnlyWithoutDefault
        | Rule::Untranslated(_) => true,
        Rule::TooManyEntries
        | Rule::TooManyPictures
        | Rule::PatrolTooLong { .. }
        | Rule::OfferedByAnswer(_)
        | Rule::DuplicateQuote(_)
        | Rule::DuplicateName
        | Rule::BadName
        | Rule::BadText { .. }
        | Rule::TooDeep
        | Rule::Most
        | Rule::Range
        | Rule::DuplicateChoice(_)
        | Rule::BadChoice(_)
        | Rule::PhotoWithoutHint
        | Rule::FactInRepeat
        | Rule::FactTwice(_)
        | Rule::UnknownName { .. }
        | Rule::Forward { .. }
        | Rule::Circular
        | Rule::LooksAtItself { .. }
        | Rule::NothingToJudge
        | Rule::CriterionOutsideRange
        | Rule::TooManyDays
        | Rule::QuoteNotCarried(_) => false,
    }
}
