//! What is reckoned with in a drawn form: any function, of whatever was asked before.

use super::{Drawing, Seen, TEXTS};
use domain::{
    expression::{Expression, Function, Operator},
    form::{Constraint, QuestionKind},
    id::QuestionId,
};

impl Drawing {
    /// True or false, from what was asked before.
    pub(super) fn condition(&mut self) -> Expression {
        let text = |text: &str| Expression::Text(text.to_owned());
        let Some((question, seen)) = self.of(|_| true) else {
            return Expression::Call(Function::SiteKind, vec![text("high-rise")]);
        };
        let answer = Expression::Answer(question);
        let one = match seen {
            Seen::Figure => binary(Operator::Less, answer, Expression::Number(4.5)),
            Seen::Word => binary(Operator::NotEqual, answer, text("it's")),
            Seen::Choices(choices) => {
                Expression::Call(Function::Selected, vec![answer, text(choices[0].as_str())])
            }
            Seen::Day => binary(Operator::Less, answer, Expression::Call(Function::Today, vec![])),
        };
        match self.roll(4) {
            0 => one,
            1 => Expression::Call(Function::Not, vec![one]),
            2 => binary(Operator::And, one, Expression::Call(Function::True, vec![])),
            _ => binary(Operator::Or, Expression::Call(Function::False, vec![]), one),
        }
    }

    /// Any function, of whatever was asked before that it can be given.
    pub(super) fn calculation(&mut self) -> Expression {
        use Function as F;
        let text = |text: &str| Expression::Text(text.to_owned());
        let number = Expression::Number;
        let mut all = vec![
            call(F::Today, []),
            call(F::Now, []),
            call(F::DecimalDateTime, [call(F::Today, [])]),
            call(F::Site, [text("storeys")]),
            call(F::PullData, [text("site"), text("value"), text("attribute"), text("storeys")]),
        ];
        if let Some((question, _)) = self.of(|seen| matches!(seen, Seen::Figure)) {
            let figure = || Expression::Answer(question.clone());
            all.extend([
                binary(Operator::Multiply, figure(), number(0.5)),
                call(F::If, [binary(Operator::Less, figure(), number(4.0)), number(1.0), figure()]),
                call(F::Coalesce, [figure(), number(0.0)]),
                call(F::Once, [figure()]),
                call(F::Round, [figure(), number(1.0)]),
                call(F::Int, [figure()]),
                call(F::Abs, [Expression::Negative(Box::new(figure()))]),
                call(F::Min, [figure(), number(3.0), number(2.5)]),
                call(F::Max, [figure(), number(3.0)]),
                call(F::String, [figure()]),
            ]);
        }
        if let Some((question, _)) = self.of(|seen| matches!(seen, Seen::Choices(_))) {
            let chosen = || Expression::Answer(question.clone());
            all.extend([
                call(F::CountSelected, [chosen()]),
                call(F::SelectedAt, [chosen(), number(0.0)]),
                call(F::ChoiceName, [chosen(), chosen()]),
            ]);
        }
        if let Some((question, _)) = self.of(|seen| matches!(seen, Seen::Word)) {
            let word = || Expression::Answer(question.clone());
            all.extend([
                call(F::Concat, [word(), text("-"), word()]),
                call(F::Join, [text("、"), word(), text("x")]),
                call(F::Substr, [word(), number(1.0), number(3.0)]),
                call(F::Substr, [word(), number(1.0)]),
                call(F::StringLength, [word()]),
                call(F::Contains, [word(), text("it's")]),
                call(F::StartsWith, [word(), text("车")]),
                call(F::EndsWith, [word(), text("\"")]),
                call(F::Number, [word()]),
            ]);
        }
        if let Some((question, _)) = self.of(|seen| matches!(seen, Seen::Day)) {
            let day = || Expression::Answer(question.clone());
            all.extend([
                call(F::FormatDate, [day(), text("%Y-%m-%d")]),
                call(F::FormatDateTime, [day(), text("%Y-%m-%d %H:%M")]),
                binary(Operator::Subtract, call(F::Today, []), day()),
            ]);
        }
        if let Some((question, _)) = self.of(|_| true) {
            let word = || text(question.as_str());
            all.extend([
                call(F::Last, [word()]),
                call(F::PullData, [text("last"), text("answer"), text("question"), word()]),
            ]);
        }
        if !self.repeats.is_empty() {
            let which = self.roll(self.repeats.len());
            let (repeat, question) = self.repeats[which].clone();
            let repeat = || Expression::Answer(QuestionId::from(repeat.as_str()));
            let figure = || Expression::Answer(question.clone());
            all.extend([
                call(F::Count, [repeat()]),
                call(F::CountNonEmpty, [figure()]),
                call(F::Sum, [figure()]),
                call(F::IndexedRepeat, [figure(), repeat(), number(2.0)]),
            ]);
        }
        if self.in_repeat > 0 {
            all.push(call(F::Position, []));
        }
        let drawn = self.roll(all.len());
        all.swap_remove(drawn)
    }

    pub(super) fn default_of(&mut self, kind: &QuestionKind) -> Option<Expression> {
        let text = |text: &str| Expression::Text(text.to_owned());
        if !self.one_in(3) {
            return None;
        }
        match kind {
            QuestionKind::Number(_) => Some(Expression::Negative(Box::new(Expression::Number(1.5)))),
            QuestionKind::Count(_) => Some(Expression::Number(7.0)),
            // XPath cannot say a text with both kinds of quotes.
            QuestionKind::Text { .. } => {
                let written = TEXTS[self.roll(TEXTS.len())];
                let has_both = written.contains('"') && written.contains('\'');
                Some(text(if has_both { "it's" } else { written }))
            }
            QuestionKind::PassFail => Some(text("pass")),
            QuestionKind::SelectOne(choices) => Some(text(choices[1].id.as_str())),
            QuestionKind::Date(_) => Some(match self.roll(2) {
                0 => Expression::Call(Function::Today, vec![]),
                _ => Expression::Call(Function::Date, vec![text("2026-11-30")]),
            }),
            _ => None,
        }
    }

    pub(super) fn constraint(&mut self, kind: &QuestionKind) -> Option<Constraint> {
        let test = match kind {
            QuestionKind::Number(_) | QuestionKind::Count(_) => {
                binary(Operator::LessOrEqual, Expression::This, Expression::Number(40.0))
            }
            QuestionKind::Text { .. } => {
                let pattern = Expression::Text("^[0-9]{11}$".to_owned());
                Expression::Call(Function::Regex, vec![Expression::This, pattern])
            }
            _ => return None,
        };
        Some(Constraint { test, message: self.text() })
    }
}

fn call<const N: usize>(function: Function, arguments: [Expression; N]) -> Expression {
    Expression::Call(function, arguments.into())
}

pub(super) fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}
