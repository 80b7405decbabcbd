//! A patrol list takes three minutes.

use crate::{assert_none, built_in};
use domain::{
    expression::{Expression, Function, Operator},
    form::{Entry, Layer, MOST_OF_A_PATROL, Question},
    id::SiteKind,
};

/// What can be asked at a site of this kind at the most, whatever is answered there and whatever else is known of it.
fn most_asked(entries: &[Entry], kind: &SiteKind) -> usize {
    let asked = |entry: &Entry| {
        if entry.relevant().and_then(|relevant| settled(relevant, kind)) == Some(false) {
            return 0;
        }
        let own = entry.question().is_some_and(Question::asks);
        usize::from(own) + most_asked(entry.entries(), kind)
    };
    entries.iter().map(asked).sum()
}

/// What a condition comes to at a site of just this kind; None where it depends on more than the kind.
fn settled(condition: &Expression, kind: &SiteKind) -> Option<bool> {
    let of = |part: &Expression| settled(part, kind);
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
            [Expression::Text(id)] => Some(id == kind.as_str()),
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

/// Stricter than what is refused when a form is read, which takes what is not known of a site for absent.
#[test]
fn no_patrol_asks_more_than_fifteen_questions_at_a_site_of_any_kind() {
    let mut too_long = vec![];
    for form in built_in().iter().filter(|form| form.layer == Layer::Patrol) {
        for kind in &form.site_kinds {
            let asked = most_asked(&form.entries, kind);
            println!("{} at {kind}: {asked}", form.id);
            if asked > MOST_OF_A_PATROL {
                too_long.push(format!("{}: up to {asked} questions at {kind}", form.id));
            }
        }
    }
    assert_none(&too_long);
}
