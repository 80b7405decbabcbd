//! Forms and changes that are drawn from bytes, so that a failure shrinks.

use super::*;
use domain::form::session::Line;

/// A row of bytes, read round and round.
pub struct Draw<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Draw<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or_default();
        self.at = (self.at + 1) % self.bytes.len().max(1);
        usize::from(byte) % most.max(1)
    }
}

/// What an expression may look at: name and kind.
type Known = Vec<(String, &'static str)>;

pub fn form(draw: &mut Draw<'_>) -> Form {
    let (mut known, mut next) = (vec![], 0);
    form_of(entries(draw, 0, &mut known, &mut next))
}

fn entries(draw: &mut Draw<'_>, depth: usize, known: &mut Known, next: &mut usize) -> Value {
    let count = 1 + draw.below(if depth == 0 { 7 } else { 3 });
    Value::Array((0..count).map(|_| entry(draw, depth, known, next)).collect())
}

fn entry(draw: &mut Draw<'_>, depth: usize, known: &mut Known, next: &mut usize) -> Value {
    let id = format!("e{next}");
    *next += 1;
    let mut more = json!({});
    if draw.below(3) == 0 && !known.is_empty() {
        more = json!({ "relevant": condition(draw, known) });
    }
    let figures = |known: &Known| known.iter().any(|(_, kind)| *kind == "count");
    match draw.below(if depth < 2 { 11 } else { 9 }) {
        0 | 1 => {
            known.push((id.clone(), "pass_fail"));
            with_criterion(&id, more)
        }
        2 | 3 => {
            if draw.below(3) == 0 && figures(known) {
                more = with(more, json!({ "default": figure(draw, known) }));
                if draw.below(2) == 0 {
                    more = with(more, json!({ "read_only": true }));
                }
            }
            if draw.below(3) == 0 && !known.is_empty() {
                more = with(more, json!({ "required": condition(draw, known) }));
            }
            known.push((id.clone(), "count"));
            count(
                &id,
                with(
                    more,
                    json!({ "constraint": { "test": under(Expression::This, 7.0), "message": text("多") } }),
                ),
            )
        }
        4 | 5 => {
            let choices = ["a", "b", "c"].map(|choice| {
                let mut choice = json!({ "id": choice, "text": text(choice) });
                if draw.below(3) == 0 && !known.is_empty() {
                    choice = with(choice, json!({ "shown_if": condition(draw, known) }));
                }
                choice
            });
            let kind = if draw.below(2) == 0 { "select_one" } else { "select_multiple" };
            known.push((id.clone(), "select"));
            question(&id, json!({ kind: choices }), more)
        }
        6 | 7 => {
            let calculation = figure(draw, known);
            known.push((id.clone(), "count"));
            question(
                &id,
                json!({ "calculation": calculation }),
                with(
                    more,
                    json!({
                "criterion": { "fails_if": over(Expression::This, 3.0), "finding": proposal("多") } }),
                ),
            )
        }
        8 => {
            let later = if known.is_empty() { n(1.0) } else { figure(draw, known) };
            known.push((id.clone(), "pass_fail"));
            with_criterion(
                &id,
                with(
                    more,
                    json!({
                "criterion": { "fails_if": over(later, 2.0), "finding": proposal("多") } }),
                ),
            )
        }
        9 => {
            let entries = entries(draw, depth + 1, known, next);
            group(&id, entries, more)
        }
        _ => {
            if draw.below(3) == 0 && figures(known) {
                more = with(more, json!({ "count": figure(draw, known) }));
            }
            known.push((id.clone(), "repeat"));
            let entries = entries(draw, depth + 1, known, next);
            repeat(&id, entries, with(more, json!({ "most": 4 })))
        }
    }
}

fn condition(draw: &mut Draw<'_>, known: &Known) -> Expression {
    let (name, kind) = &known[draw.below(known.len())];
    match (*kind, draw.below(3)) {
        ("pass_fail", 0) => is(name, "pass"),
        ("pass_fail", _) => is(name, "fail"),
        ("select", 0) => call(Function::Not, [call(Function::Selected, [q(name), t("a")])]),
        ("select", _) => call(Function::Selected, [q(name), t("b")]),
        ("repeat", _) => over(call(Function::Count, [q(name)]), 1.0),
        (_, 0) => over(call(Function::Position, []), 1.0),
        (_, 1) => op(over(q(name), 2.0), Operator::Or, over(call(Function::Sum, [q(name)]), 5.0)),
        _ => over(q(name), 2.0),
    }
}

fn figure(draw: &mut Draw<'_>, known: &Known) -> Expression {
    let figures: Vec<_> = known.iter().filter(|(_, kind)| matches!(*kind, "count" | "repeat")).collect();
    if figures.is_empty() {
        return call(Function::Position, []);
    }
    let (name, kind) = figures[draw.below(figures.len())];
    if *kind == "repeat" {
        return call(Function::Count, [q(name)]);
    }
    match draw.below(6) {
        4 => call(Function::CountNonEmpty, [q(name)]),
        5 => {
            let place = n(1.0 + draw.below(2) as f64);
            call(Function::IndexedRepeat, [q(name), q(name), place])
        }
        0 => call(Function::Sum, [q(name)]),
        1 => call(Function::Once, [q(name)]),
        2 => op(call(Function::Sum, [q(name)]), Operator::Add, n(1.0)),
        _ => op(q(name), Operator::Add, n(1.0)),
    }
}

/// A drawn change of what is shown; answers to what is not, and whatever else is refused, do nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Set(AnswerKey, Answer),
    Clear(AnswerKey),
    Add(GroupKey),
    Remove(GroupKey, u16),
}

pub fn act(draw: &mut Draw<'_>, session: &Session) -> Option<Act> {
    let lines = session.outline();
    let which = draw.below(lines.len());
    match lines.get(which)? {
        Line::Group(..) => None,
        Line::Repeat { key, .. } => Some(Act::Add(key.clone())),
        Line::Instance { repeat, number, .. } => {
            (draw.below(3) == 0).then(|| Act::Remove(repeat.clone(), *number))
        }
        Line::Question(key, _) if draw.below(6) == 0 => Some(Act::Clear(key.clone())),
        Line::Question(key, question) => {
            use domain::form::QuestionKind as Kind;
            let choice = |draw: &mut Draw<'_>| ["a", "b", "c"][draw.below(3)].into();
            let given = match &question.kind {
                Kind::PassFail => {
                    [Answer::Pass, Answer::Fail, Answer::Fail, Answer::NotApplicable][draw.below(4)].clone()
                }
                Kind::Count(_) => Answer::Count(draw.below(9) as u32),
                Kind::SelectOne(_) => Answer::SelectOne(choice(draw)),
                Kind::SelectMultiple(_) => Answer::SelectMultiple([choice(draw), choice(draw)].into()),
                other => panic!("{other:?} is not drawn"),
            };
            Some(Act::Set(key.clone(), given))
        }
    }
}
