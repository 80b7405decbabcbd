//! What an answer means: whether it can be one, what the question lacks, which way it went.

use super::{Change, Lack, Session};
use crate::{
    expression::Value,
    form::PhotoRule,
    form::Verdict,
    form::{Answer, AnswerError, Constraint, Question, QuestionKind},
    limits::{Checked, Field, PHOTOS, check_count, check_text, tidy_text},
};

/// Why an answer does not count.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    Answer(AnswerError),
    /// The question's constraint does not hold; its message says why.
    Constraint,
}

/// How a question counts in the figures of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    asked: bool,
    answered: bool,
    lacking: bool,
    unanswered: bool,
    verdict: Option<Verdict>,
}

#[derive(Debug, Default)]
struct Meaning {
    required: bool,
    problem: Option<Problem>,
    verdict: Option<Verdict>,
    lack: Option<Lack>,
    counts: Counts,
}

impl Session {
    pub(super) fn look_at_meaning(&mut self, node: usize, scope: usize, change: &mut Change) {
        let prepared = self.prepared.clone();
        let Some(question) = prepared.question(node) else { return };
        let shown = self.cell(node, scope).shown;
        let meaning = if shown { self.meaning(node, scope, question) } else { Meaning::default() };
        let key = self.key(question, scope);
        let cell = self.cell_mut(node, scope);
        let Meaning { required, problem, verdict, lack, counts } = meaning;
        if cell.required != required || cell.lack != lack || cell.problem != problem {
            change.marks.push(key.clone());
        }
        if cell.verdict != verdict {
            change.verdicts.push((key, verdict));
        }
        let before = std::mem::replace(&mut cell.counts, counts);
        (cell.required, cell.problem, cell.verdict, cell.lack) = (required, problem, verdict, lack);
        self.count(before, counts);
    }

    /// The figures, as one question goes from this to that.
    fn count(&mut self, before: Counts, now: Counts) {
        let step = |figure: &mut usize, (before, now): (bool, bool)| {
            *figure = *figure + usize::from(now) - usize::from(before);
        };
        step(&mut self.standing.asked, (before.asked, now.asked));
        step(&mut self.standing.answered, (before.answered, now.answered));
        step(&mut self.standing.lacking, (before.lacking, now.lacking));
        step(&mut self.standing.unanswered, (before.unanswered, now.unanswered));
        if let Some(verdict) = now.verdict {
            self.tally.add(verdict);
        }
        if let Some(verdict) = before.verdict {
            *match verdict {
                Verdict::Pass => &mut self.tally.passed,
                Verdict::Fail => &mut self.tally.failed,
                Verdict::NotApplicable => &mut self.tally.not_applicable,
                Verdict::StillOpen => &mut self.tally.still_open,
                Verdict::Information => &mut self.tally.information,
            } -= 1;
        }
    }

    /// Of a question that is shown.
    fn meaning(&mut self, node: usize, scope: usize, question: &Question) -> Meaning {
        let this = self.value(node, scope);
        let taken = self.cell(node, scope).taken.is_some();
        let asked = question.asks() && !taken;
        let mut meaning = Meaning::default();
        if asked {
            meaning.required = match &question.required {
                None => true,
                Some(required) => self.holds(required, node, scope, this.clone()),
            };
            meaning.problem = self.problem(node, scope, question, &this);
        }
        if meaning.problem.is_none()
            && let Some(answer) = self.cell(node, scope).effective.clone()
        {
            meaning.verdict = self.verdict(node, scope, question, &answer, this);
        }
        if asked {
            meaning.lack = self.lack(node, scope, question, &meaning);
        }
        meaning.counts = Counts {
            asked,
            answered: asked && meaning.problem.is_none() && self.cell(node, scope).effective.is_some(),
            lacking: meaning.lack.is_some(),
            unanswered: meaning.lack == Some(Lack::Unanswered),
            verdict: meaning.verdict.filter(|_| !taken),
        };
        meaning
    }

    fn problem(&mut self, node: usize, scope: usize, question: &Question, this: &Value) -> Option<Problem> {
        let cell = self.cell(node, scope);
        // What is of another type counts for nothing, and has to be mended all the same.
        let given = cell.effective.as_ref().or(cell.answer.as_ref())?;
        if let Err(error) = given.fits(&question.kind) {
            return Some(Problem::Answer(error));
        }
        let answer = cell.effective.as_ref()?;
        let is_said =
            !matches!(answer, Answer::NotApplicable | Answer::StillOpen | Answer::Absent | Answer::NotShown);
        let Constraint { test, .. } = question.constraint.as_ref().filter(|_| is_said)?;
        (!self.holds(test, node, scope, this.clone())).then_some(Problem::Constraint)
    }

    fn verdict(
        &mut self,
        node: usize,
        scope: usize,
        question: &Question,
        answer: &Answer,
        this: Value,
    ) -> Option<Verdict> {
        if *answer == Answer::NotApplicable {
            return Some(Verdict::NotApplicable);
        }
        if *answer == Answer::StillOpen {
            return Some(Verdict::StillOpen);
        }
        let Some(criterion) = &question.criterion else {
            return question.asks().then_some(Verdict::Information);
        };
        // What does not exist or cannot be shown does not pass.
        let fails = match (&criterion.fails_if, answer) {
            (_, Answer::Fail | Answer::Absent | Answer::NotShown) => true,
            (Some(fails_if), _) => self.holds(fails_if, node, scope, this),
            (None, _) => false,
        };
        Some(if fails { Verdict::Fail } else { Verdict::Pass })
    }

    fn lack(&self, node: usize, scope: usize, question: &Question, meaning: &Meaning) -> Option<Lack> {
        let cell = self.cell(node, scope);
        if let Some(problem) = &meaning.problem {
            return Some(Lack::Invalid(problem.clone()));
        }
        if let Err(over) = within(&cell.note, cell.photos.len()) {
            return Some(Lack::OverLimit(over));
        }
        if cell.effective.is_none() {
            return match (cell.typed.is_empty(), meaning.required) {
                (false, _) => Some(Lack::NotAnAnswer),
                (true, true) => Some(Lack::Unanswered),
                (true, false) => None,
            };
        }
        // What fails has its photos with its hazard, which the visit asks for; what failed before has them already.
        let wanted = question.photo == PhotoRule::Always
            && !matches!(meaning.verdict, Some(Verdict::NotApplicable | Verdict::StillOpen | Verdict::Fail));
        let shows = matches!(question.kind, QuestionKind::Photo);
        (wanted && !shows && cell.photos.is_empty()).then_some(Lack::NeedsPhoto)
    }
}

fn within(note: &str, photos: usize) -> Checked {
    check_text(Field::Note, &tidy_text(note))?;
    check_count(Field::Photos, photos, PHOTOS)
}
