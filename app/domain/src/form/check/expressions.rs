//! Expressions: the names that they look at, the order in which things can be known, and types.

use super::{Fault, Faults};
use crate::{
    expression::{Expression, TypeError, TypeErrorKind, ValueType, check_types},
    form::{Entry, ExpressionPlace, Form, QuestionKind, expressions::names, layout::Layout},
    id::QuestionId,
};

/// What the answers of each entry come to; None of a group, which has none.
pub(super) fn types(form: &Form, layout: &Layout) -> Vec<Option<ValueType>> {
    let mut types = vec![None; layout.nodes.len()];
    // A calculation comes after what it looks at.
    for node in &layout.order {
        types[*node] = match layout.entry(form, *node) {
            Some(Entry::Repeat(_)) => Some(ValueType::Repeat),
            Some(Entry::Question(question)) => Some(match &question.kind {
                QuestionKind::Calculation(calculation) => {
                    let of = |name: &QuestionId| of(form, layout, &types, name);
                    check_types(calculation, &of, Some(ValueType::Any)).unwrap_or(ValueType::Any)
                }
                kind => type_of(kind),
            }),
            Some(Entry::Group(_)) | None => None,
        };
    }
    types
}

fn type_of(kind: &QuestionKind) -> ValueType {
    match kind {
        QuestionKind::PassFail | QuestionKind::SelectOne(_) | QuestionKind::SelectMultiple(_) => {
            ValueType::Choices
        }
        QuestionKind::Number(_) | QuestionKind::Count(_) => ValueType::Number,
        QuestionKind::Date(_) | QuestionKind::Month(_) => ValueType::Day,
        QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note => ValueType::Text,
        QuestionKind::Calculation(_) => ValueType::Any,
    }
}

fn of(form: &Form, layout: &Layout, types: &[Option<ValueType>], name: &QuestionId) -> Option<ValueType> {
    let node = layout.find(form, name.as_str())?;
    // In a circle nothing is known yet; the circle is named by itself.
    let is_group = matches!(layout.entry(form, node), Some(Entry::Group(_)));
    if is_group { None } else { Some(types[node].unwrap_or(ValueType::Any)) }
}

pub(super) fn check(
    form: &Form,
    layout: &Layout,
    types: &[Option<ValueType>],
    node: usize,
    entry: &Entry,
    faults: &mut Faults,
) {
    let at = Some(entry.name());
    let is_circular = layout.circular.contains(&node);
    if is_circular {
        faults.add(at, Fault::Circular);
    }
    let is_worked_out =
        matches!(entry.question().map(|question| &question.kind), Some(QuestionKind::Calculation(_)));
    for (place, expression) in entry.expressions() {
        for (name, _) in names(expression) {
            let later = layout.find(form, name.as_str()).is_some_and(|source| {
                // What is asked later, itself or what it is worked out from.
                asked_last(form, layout, source, &mut vec![]) > node
            });
            if later && place.makes_values() && !is_worked_out && !is_circular {
                faults.add(at, Fault::Forward { place: place.clone(), name: name.clone() });
            }
        }
        check_one(form, layout, types, entry, &place, expression, faults);
    }
}

/// The last node whose answer a node's value comes from.
fn asked_last(form: &Form, layout: &Layout, node: usize, seen: &mut Vec<usize>) -> usize {
    let Some(Entry::Question(question)) = layout.entry(form, node) else { return node };
    let QuestionKind::Calculation(calculation) = &question.kind else { return node };
    if seen.contains(&node) {
        return 0;
    }
    seen.push(node);
    let sources = names(calculation).into_iter().filter_map(|(name, _)| layout.find(form, name.as_str()));
    sources.map(|source| asked_last(form, layout, source, seen)).max().unwrap_or_default()
}

fn check_one(
    form: &Form,
    layout: &Layout,
    types: &[Option<ValueType>],
    entry: &Entry,
    place: &ExpressionPlace,
    expression: &Expression,
    faults: &mut Faults,
) {
    let at = Some(entry.name());
    let own = layout.find(form, entry.name()).and_then(|node| types[node]);
    let this = match place {
        ExpressionPlace::Required | ExpressionPlace::Constraint | ExpressionPlace::Criterion => own,
        // `once()` looks at what stands already; `.` itself would never come to rest.
        ExpressionPlace::Calculation => Some(ValueType::Any),
        ExpressionPlace::Relevant
        | ExpressionPlace::Count
        | ExpressionPlace::Default
        | ExpressionPlace::Choice(_)
        | ExpressionPlace::OfferedIf => None,
    };
    if *place == ExpressionPlace::Calculation && names_this(expression) {
        faults.add(at, Fault::LooksAtItself { place: place.clone() });
    }
    match check_types(expression, &|name| of(form, layout, types, name), this) {
        Err(error) => {
            let place = place.clone();
            return faults.add(
                at,
                match error {
                    TypeError { kind: TypeErrorKind::UnknownQuestion(name), .. } => {
                        Fault::UnknownName { place, name }
                    }
                    error => Fault::Type { place, error },
                },
            );
        }
        Ok(found) if !is_of_use(place, entry, found) => {
            faults.add(at, Fault::WrongResult { place: place.clone(), found });
        }
        Ok(_) => {}
    }
    for (name, words) in expression.words_compared() {
        let name = name.cloned().unwrap_or_else(|| QuestionId::from(entry.name()));
        let question = layout.find(form, name.as_str()).and_then(|node| layout.entry(form, node)?.question());
        let Some(question) = question else { continue };
        for word in words.split_whitespace().filter(|word| !offers(&question.kind, word)) {
            faults.add(
                at,
                Fault::UnknownChoice { place: place.clone(), name: name.clone(), word: word.to_owned() },
            );
        }
    }
}

fn names_this(expression: &Expression) -> bool {
    matches!(expression, Expression::This) || expression.parts().into_iter().any(names_this)
}

/// Whether an answer can be this word. Only choices and pass/fail have words of their own.
fn offers(kind: &QuestionKind, word: &str) -> bool {
    match kind {
        QuestionKind::PassFail => ["pass", "fail", "na"].contains(&word),
        QuestionKind::SelectOne(choices) | QuestionKind::SelectMultiple(choices) => {
            choices.iter().any(|choice| choice.id.as_str() == word)
        }
        QuestionKind::Number(_)
        | QuestionKind::Count(_)
        | QuestionKind::Date(_)
        | QuestionKind::Month(_)
        | QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => true,
    }
}

/// Whether what an expression comes to can be used where it stands.
fn is_of_use(place: &ExpressionPlace, entry: &Entry, found: ValueType) -> bool {
    use ValueType::{Any, Choices, Day, Moment, Number, Repeat, Text, Truth};
    match place {
        ExpressionPlace::Relevant
        | ExpressionPlace::Choice(_)
        | ExpressionPlace::Required
        | ExpressionPlace::Constraint
        | ExpressionPlace::Criterion
        | ExpressionPlace::OfferedIf => matches!(found, Truth | Number | Any),
        ExpressionPlace::Count => matches!(found, Number | Any),
        ExpressionPlace::Calculation => found != Repeat,
        ExpressionPlace::Default => match entry.question().map(|question| &question.kind) {
            Some(QuestionKind::PassFail | QuestionKind::SelectOne(_) | QuestionKind::SelectMultiple(_)) => {
                matches!(found, Text | Choices | Any)
            }
            Some(QuestionKind::Number(_) | QuestionKind::Count(_)) => matches!(found, Number | Any),
            Some(QuestionKind::Date(_) | QuestionKind::Month(_)) => matches!(found, Day | Moment | Any),
            Some(QuestionKind::Time) => matches!(found, Text | Any),
            Some(QuestionKind::Text { .. } | QuestionKind::Code) => !matches!(found, Repeat | Truth),
            Some(
                QuestionKind::Photo
                | QuestionKind::Signature
                | QuestionKind::Place
                | QuestionKind::Note
                | QuestionKind::Calculation(_),
            )
            | None => false,
        },
    }
}

/// Whether the form is offered is known before anything is answered.
pub(super) fn check_offer(form: &Form, layout: &Layout, types: &[Option<ValueType>], faults: &mut Faults) {
    let Some(offered_if) = &form.offered_if else { return };
    let place = ExpressionPlace::OfferedIf;
    if let Some((name, _)) = names(offered_if).first() {
        return faults.add(None, Fault::OfferedByAnswer((*name).clone()));
    }
    match check_types(offered_if, &|name| of(form, layout, types, name), None) {
        Err(error) => faults.add(None, Fault::Type { place, error }),
        Ok(ValueType::Truth | ValueType::Any) => {}
        Ok(found) => faults.add(None, Fault::WrongResult { place, found }),
    }
}
