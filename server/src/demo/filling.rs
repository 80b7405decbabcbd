//! A form filled in as somebody might: whatever is asked gets an answer that can stand there, and some of them fail.

use super::rng::SeededRng;
use chrono::{Duration, NaiveDate};
use domain::{
    form::{
        Answer, AnswerKey, GroupKey, Month, NumberRule, PaperRule, QuestionKind, TimeOfDay,
        session::{Lack, Line, QuestionState},
    },
    id::OptionId,
    place::Location,
    severity::Severity,
    time::office_day,
    visit::OpenDraft,
};
use std::collections::BTreeSet;

/// Of so many questions in a hundred that can fail one does, as long as failures are wanted.
const FAILS: usize = 14;
/// The same, of what would be a major hazard: else there would be hardly any.
const FAILS_MAJOR: usize = 50;

/// Of a repeat whose instances nobody counts.
const INSTANCES: usize = 3;

/// Figures that people write down.
const FIGURES: [f64; 18] =
    [1.0, 2.0, 3.0, 4.0, 0.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, 40.0, 60.0, 100.0, 200.0, 500.0];

/// Answers everything that is asked; an answer may bring further questions into view. Photos are left out.
pub(super) fn fill(rng: &mut SeededRng, open: &mut OpenDraft, form: usize, failures: usize) {
    let (mut to_fail, mut seen) = (failures, BTreeSet::new());
    loop {
        while let Some(key) = next(open, form, &seen) {
            let chance = if is_major(open, form, &key) { FAILS_MAJOR } else { FAILS };
            let fail = to_fail > 0 && rng.percent(chance);
            answer(rng, open, form, &key, fail);
            to_fail = to_fail.saturating_sub(usize::from(open.fails(form, &key)));
            seen.insert(key);
        }
        let Some(repeat) = empty_repeat(open, form) else { return };
        for _ in 0..=rng.below(INSTANCES) {
            if open.add_instance(form, &repeat).is_err() {
                return;
            }
        }
    }
}

/// What nobody has answered or tried to.
fn next(open: &OpenDraft, form: usize, seen: &BTreeSet<AnswerKey>) -> Option<AnswerKey> {
    let issues = open.sessions().get(form)?.issues().into_iter();
    let unanswered = issues.filter(|issue| issue.lack == Lack::Unanswered).map(|issue| issue.question);
    let is_photo = |key: &AnswerKey| {
        open.question(form, key).is_some_and(|state| state.question.kind == QuestionKind::Photo)
    };
    unanswered.into_iter().find(|key| !seen.contains(key) && !is_photo(key))
}

fn is_major(open: &OpenDraft, form: usize, key: &AnswerKey) -> bool {
    let criterion = open.question(form, key).and_then(|state| state.question.criterion.as_ref());
    criterion.is_some_and(|criterion| criterion.finding.proposed_level() == Severity::Major)
}

/// A repeat that is shown with nothing in it.
fn empty_repeat(open: &OpenDraft, form: usize) -> Option<GroupKey> {
    let lines = open.outline(form);
    let has_instance = |of: &GroupKey| {
        lines.iter().any(|line| matches!(line, Line::Instance { repeat, .. } if repeat == of))
    };
    lines.iter().find_map(|line| match line {
        Line::Repeat { key, can_add: true, .. } if !has_instance(key) => Some(key.clone()),
        Line::Repeat { .. } | Line::Group(..) | Line::Instance { .. } | Line::Question(..) => None,
    })
}

/// Tries one answer after another, until one stands there and passes or fails as it is to.
fn answer(rng: &mut SeededRng, open: &mut OpenDraft, form: usize, key: &AnswerKey, fail: bool) {
    let day = office_day(open.draft().started_at);
    let at = open.draft().location;
    let Some(state) = open.question(form, key) else { return };
    let fail = fail && state.question.criterion.is_some();
    let candidates = candidates(rng, &state, day, at, fail);
    let mut other = None;
    for candidate in candidates {
        let is_taken = open.answer(form, key, candidate.clone()).is_ok();
        if !is_taken || open.question(form, key).is_none_or(|state| state.problem.is_some()) {
            continue;
        }
        if open.fails(form, key) == fail {
            return;
        }
        other = other.or(Some(candidate));
    }
    // Where nothing can fail, whatever stands there.
    let settled = other.filter(|_| fail).unwrap_or(Answer::NotApplicable);
    // What is refused stays unanswered, and the visit with it.
    let _ = open.answer(form, key, settled);
}

/// What may be answered, the likeliest first.
fn candidates(
    rng: &mut SeededRng,
    state: &QuestionState<'_>,
    day: NaiveDate,
    at: Option<Location>,
    fail: bool,
) -> Vec<Answer> {
    match &state.question.kind {
        QuestionKind::PassFail if fail => vec![Answer::Fail],
        QuestionKind::PassFail if rng.percent(4) => vec![Answer::NotApplicable],
        QuestionKind::PassFail => vec![Answer::Pass],
        QuestionKind::SelectOne(_) => choices(rng, state).into_iter().map(Answer::SelectOne).collect(),
        QuestionKind::SelectMultiple(_) => {
            let all = choices(rng, state);
            let alone = all.iter().cloned().map(|one| BTreeSet::from([one]));
            let pairs = all.windows(2).map(|pair| pair.iter().cloned().collect());
            let together = [all.iter().cloned().collect()];
            alone.chain(pairs).chain(together).map(Answer::SelectMultiple).collect()
        }
        QuestionKind::Number(rule) => figures(rng, rule).map(Answer::Number).collect(),
        QuestionKind::Count(rule) => figures(rng, rule).map(|figure| Answer::Count(figure as u32)).collect(),
        QuestionKind::Date(rule) => days(rng, *rule, day, Answer::Date),
        QuestionKind::Month(rule) => days(rng, *rule, day, |day| Answer::Month(Month::of(day))),
        QuestionKind::Time => TimeOfDay::new(9, 30).map(Answer::Time).into_iter().collect(),
        QuestionKind::Text { lines: 0 | 1 } => vec![Answer::Text("见现场记录".to_owned())],
        QuestionKind::Text { .. } => vec![Answer::Text("现场已向负责人说明".to_owned())],
        QuestionKind::Code => vec![Answer::Code("XC-0001".to_owned())],
        QuestionKind::Place => at.map(Answer::Place).into_iter().collect(),
        QuestionKind::Photo | QuestionKind::Signature | QuestionKind::Note | QuestionKind::Calculation(_) => {
            vec![]
        }
    }
}

/// Those that are offered, beginning anywhere.
fn choices(rng: &mut SeededRng, state: &QuestionState<'_>) -> Vec<OptionId> {
    let mut all: Vec<_> = state.choices().map(|choice| choice.id.clone()).collect();
    if !all.is_empty() {
        let first = rng.below(all.len());
        all.rotate_left(first);
    }
    all
}

fn figures(rng: &mut SeededRng, rule: &NumberRule) -> impl Iterator<Item = f64> {
    let (from, to) = (rule.from, rule.to);
    let mut all = FIGURES;
    all.rotate_left(rng.below(4));
    all.into_iter().chain([from, to]).filter(move |figure| (from..=to).contains(figure))
}

/// Lately, long ago, and still to come; then what is said where there is none.
fn days(
    rng: &mut SeededRng,
    rule: PaperRule,
    day: NaiveDate,
    answer: impl Fn(NaiveDate) -> Answer,
) -> Vec<Answer> {
    let around = [-rng.between(1, 28), -1, 0, -rng.between(60, 300), rng.between(40, 300), -800];
    let said = around.map(|days| answer(day + Duration::days(days)));
    let absent = rule.none.then_some(Answer::Absent);
    let hidden = rule.not_shown.then_some(Answer::NotShown);
    said.into_iter().chain(absent).chain(hidden).collect()
}
