//! What a screen shows of a form.

use super::{Problem, Session};
use crate::{
    form::Verdict,
    form::{Answer, AnswerKey, Choice, Entry, Group, GroupKey, Question, Repeat},
    photo::PhotoHash,
};

/// A line of the form as it is shown now.
#[derive(Debug, Clone, PartialEq)]
pub enum Line<'a> {
    Group(GroupKey, &'a Group),
    /// What stands in a repeat follows each of its instances.
    Repeat {
        key: GroupKey,
        repeat: &'a Repeat,
        can_add: bool,
    },
    /// The number by which it is removed, and its position, from 1.
    Instance {
        repeat: GroupKey,
        number: u16,
        position: usize,
    },
    Question(AnswerKey, &'a Question),
}

/// All that is known of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionState<'a> {
    pub question: &'a Question,
    /// It is asked, or shows something.
    pub shown: bool,
    /// What counts: nothing while it is not shown.
    pub answer: Option<&'a Answer>,
    /// What was given, whether it counts or not.
    pub kept: Option<&'a Answer>,
    /// What was typed and is no answer.
    pub typed: &'a str,
    pub note: &'a str,
    pub photos: &'a [PhotoHash],
    /// It has to be answered.
    pub required: bool,
    pub problem: Option<&'a Problem>,
    pub verdict: Option<Verdict>,
    /// Another form of the visit asks it; the answer is the one given there.
    pub is_asked_elsewhere: bool,
    not_offered: &'a [usize],
}

impl<'a> QuestionState<'a> {
    /// It is asked here, and nothing was answered.
    pub fn is_open(&self) -> bool {
        self.shown && self.kept.is_none() && !self.is_asked_elsewhere
    }

    /// The choices that are offered now.
    pub fn choices(&self) -> impl Iterator<Item = &'a Choice> {
        let not_offered = self.not_offered;
        let all = self.question.kind.choices().iter().enumerate();
        all.filter(move |(place, _)| !not_offered.contains(place)).map(|(_, choice)| choice)
    }
}

impl Session {
    /// What is shown, in form order. A calculation shows nothing.
    pub fn outline(&self) -> Vec<Line<'_>> {
        let mut lines = vec![];
        for node in self.prepared.layout.roots() {
            self.lines(node, 0, &mut lines);
        }
        lines
    }

    fn lines<'a>(&'a self, node: usize, scope: usize, lines: &mut Vec<Line<'a>>) {
        let cell = self.cell(node, scope);
        if !cell.shown {
            return;
        }
        let layout = &self.prepared.layout;
        match self.prepared.entry(node) {
            Some(Entry::Group(group)) => {
                lines.push(Line::Group(
                    GroupKey { group: group.id.clone(), instance: self.instance(scope) },
                    group,
                ));
                layout.children(node).for_each(|child| self.lines(child, scope, lines));
            }
            Some(Entry::Repeat(repeat)) => {
                let key = GroupKey { group: repeat.id.clone(), instance: self.instance(scope) };
                let can_add = self.has_room(repeat, node, scope);
                lines.push(Line::Repeat { key: key.clone(), repeat, can_add });
                for (place, instance) in cell.instances.iter().enumerate() {
                    let Some(inside) = self.scopes.get(*instance).filter(|inside| inside.in_use) else {
                        continue;
                    };
                    lines.push(Line::Instance {
                        repeat: key.clone(),
                        number: inside.number,
                        position: place + 1,
                    });
                    layout.children(node).for_each(|child| self.lines(child, *instance, lines));
                }
            }
            Some(Entry::Question(question)) if question.is_seen() => {
                lines.push(Line::Question(self.key(question, scope), question));
            }
            Some(Entry::Question(_)) | None => {}
        }
    }

    /// A question of the form, shown or not. None: there is no such question or instance.
    pub fn question(&self, key: &AnswerKey) -> Option<QuestionState<'_>> {
        let (node, scope) = self.locate(key.question.as_str(), &key.instance)?;
        let cell = self.cell(node, scope);
        Some(QuestionState {
            question: self.prepared.question(node)?,
            shown: cell.shown,
            answer: cell.effective.as_ref(),
            kept: cell.answer.as_ref(),
            typed: &cell.typed,
            note: &cell.note,
            photos: &cell.photos,
            required: cell.required,
            problem: cell.problem.as_ref(),
            verdict: cell.verdict,
            is_asked_elsewhere: cell.taken.is_some(),
            not_offered: &cell.not_offered,
        })
    }
}
