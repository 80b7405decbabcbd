//! What an entry is made of: its texts, its range, its choices.

use super::{DEEPEST, DEEPEST_REPEAT, Fault, Faults, TextOf, is_choice};
use crate::{
    form::PhotoRule,
    form::{
        Choice, Entry, Form, MOST_INSTANCES, MOST_OF_A_DESCRIPTION, NumberRule, Question, QuestionKind,
        layout::Layout,
    },
};

pub(super) fn check(form: &Form, layout: &Layout, node: usize, entry: &Entry, faults: &mut Faults) {
    let at = Some(entry.name());
    let around =
        std::iter::successors(layout.nodes[node].parent, |parent| layout.nodes[*parent].parent).count();
    if around + 1 > DEEPEST || layout.nodes[node].repeats.len() > DEEPEST_REPEAT {
        faults.add(at, Fault::TooDeep);
    }
    match entry {
        Entry::Group(group) => {
            faults.text(at, TextOf::Title, &group.title);
            if group.entries.is_empty() {
                faults.add(at, Fault::Empty);
            }
        }
        Entry::Repeat(repeat) => {
            faults.text(at, TextOf::Title, &repeat.title);
            if repeat.entries.is_empty() {
                faults.add(at, Fault::Empty);
            }
            if !(1..=MOST_INSTANCES).contains(&repeat.most) {
                faults.add(at, Fault::Most);
            }
        }
        Entry::Question(question) => {
            check_question(question, faults);
            check_fact(form, layout, node, question, faults);
        }
    }
}

fn check_question(question: &Question, faults: &mut Faults) {
    let at = Some(question.id.as_str());
    // Nobody reads what is only worked out.
    if question.is_seen() {
        faults.text(at, TextOf::Question, &question.text);
    }
    if let Some(hint) = &question.hint {
        faults.text(at, TextOf::Hint, hint);
    }
    if let Some(picture) = &question.picture {
        faults.line(at, TextOf::Picture, &picture.description, MOST_OF_A_DESCRIPTION);
    }
    if let Some(constraint) = &question.constraint {
        faults.text(at, TextOf::ConstraintMessage, &constraint.message);
    }
    match &question.kind {
        QuestionKind::Number(rule) | QuestionKind::Count(rule) => check_rule(question, rule, faults),
        QuestionKind::SelectOne(choices) | QuestionKind::SelectMultiple(choices) => {
            check_choices(question, choices, faults);
        }
        QuestionKind::PassFail
        | QuestionKind::Date(_)
        | QuestionKind::Month(_)
        | QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => {}
    }
    if question.read_only && question.kind.asks() && question.default.is_none() {
        faults.add(at, Fault::ReadOnlyWithoutDefault);
    }
    if question.photo == PhotoRule::Always && question.hint.is_none() {
        faults.add(at, Fault::PhotoWithoutHint);
    }
}

fn check_rule(question: &Question, rule: &NumberRule, faults: &mut Faults) {
    let at = Some(question.id.as_str());
    faults.text(at, TextOf::Unit, &rule.unit);
    let is_range = rule.from.is_finite() && rule.to.is_finite() && rule.from <= rule.to;
    let counts = matches!(question.kind, QuestionKind::Count(_));
    let whole = !counts || (rule.from >= 0.0 && rule.to <= f64::from(u32::MAX) && rule.decimals == 0);
    if !is_range || !whole || rule.decimals > 9 {
        faults.add(at, Fault::Range);
    }
}

fn check_choices(question: &Question, choices: &[Choice], faults: &mut Faults) {
    let at = Some(question.id.as_str());
    if choices.len() < 2 {
        faults.add(at, Fault::TooFewChoices);
    }
    for (place, choice) in choices.iter().enumerate() {
        if choices[..place].iter().any(|earlier| earlier.id == choice.id) {
            faults.add(at, Fault::DuplicateChoice(choice.id.clone()));
        }
        if !is_choice(choice.id.as_str()) {
            faults.add(at, Fault::BadChoice(choice.id.clone()));
        }
        faults.text(at, TextOf::Choice(choice.id.clone()), &choice.text);
    }
}

fn check_fact(form: &Form, layout: &Layout, node: usize, question: &Question, faults: &mut Faults) {
    let Some(fact) = &question.fact else { return };
    let at = Some(question.id.as_str());
    if !layout.nodes[node].repeats.is_empty() {
        faults.add(at, Fault::FactInRepeat);
    }
    let earlier = (0..node).filter_map(|node| layout.entry(form, node)?.question());
    if let Some(first) = earlier.into_iter().find(|earlier| earlier.fact.as_ref() == Some(fact)) {
        faults.add(at, Fault::FactTwice(first.id.clone()));
    }
}
