//! Where expressions stand in an entry, and what each of them looks at.

use super::{Entry, QuestionKind};
use crate::{
    expression::{Expression, Function},
    id::{OptionId, QuestionId},
};

/// The place of an expression in its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionPlace {
    Relevant,
    /// How many instances a repeat has.
    Count,
    Default,
    Calculation,
    /// Whether this choice is offered.
    Choice(OptionId),
    Required,
    Constraint,
    Criterion,
    /// Of the form, not of an entry.
    OfferedIf,
}

impl ExpressionPlace {
    /// Whether what others see of the entry comes from it. The rest says only what the answer means.
    pub(super) fn makes_values(&self) -> bool {
        match self {
            Self::Relevant | Self::Count | Self::Default | Self::Calculation | Self::Choice(_) => true,
            Self::Required | Self::Constraint | Self::Criterion | Self::OfferedIf => false,
        }
    }
}

impl Entry {
    /// Its own expressions, without those of what stands in it.
    pub fn expressions(&self) -> Vec<(ExpressionPlace, &Expression)> {
        use ExpressionPlace as At;
        let relevant = self.relevant().map(|relevant| (At::Relevant, relevant));
        let mut found: Vec<_> = relevant.into_iter().collect();
        match self {
            Self::Group(_) => {}
            Self::Repeat(repeat) => found.extend(repeat.count.as_ref().map(|count| (At::Count, count))),
            Self::Question(question) => {
                found.extend(question.default.as_ref().map(|default| (At::Default, default)));
                if let QuestionKind::Calculation(calculation) = &question.kind {
                    found.push((At::Calculation, calculation));
                }
                for choice in question.kind.choices() {
                    found.extend(choice.shown_if.as_ref().map(|test| (At::Choice(choice.id.clone()), test)));
                }
                found.extend(question.required.as_ref().map(|required| (At::Required, required)));
                let constraint = question.constraint.as_ref();
                found.extend(constraint.map(|constraint| (At::Constraint, &constraint.test)));
                let fails_if = question.criterion.as_ref().and_then(|criterion| criterion.fails_if.as_ref());
                found.extend(fails_if.map(|fails_if| (At::Criterion, fails_if)));
            }
        }
        found
    }
}

/// Every name that an expression looks at; true where it looks at all instances of it, and not only at the nearest.
pub(super) fn names(expression: &Expression) -> Vec<(&QuestionId, bool)> {
    let mut found = vec![];
    collect(expression, false, &mut found);
    found
}

fn collect<'a>(expression: &'a Expression, all: bool, found: &mut Vec<(&'a QuestionId, bool)>) {
    if let Expression::Answer(name) = expression {
        found.push((name, all));
    }
    let all = all || matches!(expression, Expression::Call(function, _) if looks_at_all(*function));
    for part in expression.parts() {
        collect(part, all, found);
    }
}

/// Whether it looks at all instances where others look at the nearest.
fn looks_at_all(function: Function) -> bool {
    matches!(function, Function::Count | Function::CountNonEmpty | Function::IndexedRepeat)
}
