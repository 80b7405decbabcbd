//! Criteria, and what they rest on.

use super::{Fault, Faults, TextOf};
use crate::{
    expression::{Expression, Operator},
    form::{Criterion, Form, Question, QuestionKind, Responsible},
    severity::Severity,
};

/// Ten years.
const MOST_DAYS: u16 = 3_650;

pub(super) fn check(form: &Form, question: &Question, faults: &mut Faults) {
    let at = Some(question.id.as_str());
    let major_by = question.criterion.as_ref().and_then(|criterion| criterion.finding.major_by.as_ref());
    for quote in question.basis.law.iter().chain(major_by) {
        if form.quote(quote).is_none() {
            faults.add(at, Fault::QuoteNotCarried(quote.clone()));
        }
    }
    let Some(Criterion { fails_if, finding }) = &question.criterion else { return };
    faults.text(at, TextOf::What, &finding.what);
    if let Some(at_once) = &finding.at_once {
        faults.text(at, TextOf::AtOnce, at_once);
    }
    if let Responsible::Authority(authority) = &finding.responsible {
        faults.text(at, TextOf::Authority, authority);
    }
    if finding.level == Severity::Major && finding.major_by.is_none() {
        faults.add(at, Fault::MajorWithoutCriterion);
    }
    if finding.days > MOST_DAYS {
        faults.add(at, Fault::TooManyDays);
    }
    if !question.basis.can_be_said() {
        faults.add(at, Fault::NoBasis);
    }
    match (&question.kind, fails_if) {
        (QuestionKind::Note, _) => faults.add(at, Fault::NothingToJudge),
        (kind, None) if !fails_by_itself(kind) => faults.add(at, Fault::NoTest),
        (QuestionKind::Number(rule) | QuestionKind::Count(rule), Some(test)) => {
            if compared(test, question).any(|limit| !(rule.from..=rule.to).contains(&limit)) {
                faults.add(at, Fault::CriterionOutsideRange);
            }
        }
        (_, Some(_) | None) => {}
    }
}

/// Whether there is an answer that fails without a test: 不合格, 没有, 未出示.
fn fails_by_itself(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::PassFail => true,
        QuestionKind::Date(rule) | QuestionKind::Month(rule) => rule.none || rule.not_shown,
        QuestionKind::Number(_)
        | QuestionKind::Count(_)
        | QuestionKind::SelectOne(_)
        | QuestionKind::SelectMultiple(_)
        | QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => false,
    }
}

/// Figures that the answer itself is compared with.
fn compared<'a>(test: &'a Expression, question: &'a Question) -> Box<dyn Iterator<Item = f64> + 'a> {
    let own = match test {
        Expression::Binary(operator, left, right) if compares(*operator) => {
            let limit = |own: &Expression, limit| if is_own(own, question) { figure(limit) } else { None };
            limit(left, right).or_else(|| limit(right, left))
        }
        Expression::Binary(..)
        | Expression::Number(_)
        | Expression::Text(_)
        | Expression::Answer(_)
        | Expression::This
        | Expression::Negative(_)
        | Expression::Call(..) => None,
    };
    let below = test.parts().into_iter().flat_map(move |part| compared(part, question));
    Box::new(own.into_iter().chain(below))
}

fn compares(operator: Operator) -> bool {
    match operator {
        Operator::Equal
        | Operator::NotEqual
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual => true,
        Operator::Or
        | Operator::And
        | Operator::Add
        | Operator::Subtract
        | Operator::Multiply
        | Operator::Divide
        | Operator::Remainder => false,
    }
}

fn is_own(part: &Expression, question: &Question) -> bool {
    matches!(part, Expression::This) || matches!(part, Expression::Answer(name) if *name == question.id)
}

fn figure(part: &Expression) -> Option<f64> {
    match part {
        Expression::Number(number) => Some(*number),
        Expression::Negative(part) => figure(part).map(|number| -number),
        Expression::Text(_)
        | Expression::Answer(_)
        | Expression::This
        | Expression::Binary(..)
        | Expression::Call(..) => None,
    }
}
