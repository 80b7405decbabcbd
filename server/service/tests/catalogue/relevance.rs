//! Which questions of a form can be asked at a site, as far as its kinds decide.

use domain::{
    expression::{Expression, Function, Operator},
    form::{Entry, Form, Question},
    id::SiteKind,
};

/// What can be asked at a site of these kinds and no others, whatever is answered there and whatever else is known of it; in form
/// order.
pub fn asked_at<'a>(form: &'a Form, kinds: &[&SiteKind]) -> Vec<&'a Question> {
    let mut asked = vec![];
    collect(&form.entries, kinds, &mut asked);
    asked
}

fn collect<'a>(entries: &'a [Entry], kinds: &[&SiteKind], asked: &mut Vec<&'a Question>) {
    for entry in entries {
        if entry.relevant().and_then(|relevant| settled(relevant, kinds)) == Some(false) {
            continue;
        }
        asked.extend(entry.question().filter(|question| question.asks()));
        collect(entry.entries(), kinds, asked);
    }
}

/// What a condition comes to at a site of just these kinds; None where it depends on more than the kinds.
fn settled(condition: &Expression, kinds: &[&SiteKind]) -> Option<bool> {
    let of = |part: &Expression| settled(part, kinds);
    match condition {
        Expression::Binary(Operator::Or, left, right) => match (of(left), of(right)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            (None, _) | (_, None) => None,
        },
        Expression::Binary(Operator::And, left, right) => match (of(left), of(right)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            (None, _) | (_, None) => None,
        },
        Expression::Call(Function::Not, parts) => parts.first().and_then(of).map(|truth| !truth),
        Expression::Call(Function::True, _) => Some(true),
        Expression::Call(Function::False, _) => Some(false),
        Expression::Call(Function::SiteKind, parts) => match parts.as_slice() {
            [Expression::Text(id)] => Some(kinds.iter().any(|kind| kind.as_str() == id)),
            _ => None,
        },
        Expression::Number(_)
        | Expression::Text(_)
        | Expression::Answer(_)
        | Expression::This
        | Expression::Negative(_)
        | Expression::Binary(..)
        | Expression::Call(..) => None,
    }
}
