//! 未完成项: what a form still needs before it can be submitted.

use super::{Problem, Session};
use crate::{form::AnswerKey, limits::OverLimit};

/// How far a form is. An optional question is asked, too; it lacks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    pub asked: usize,
    pub answered: usize,
    /// Questions that stand between the form and its submission.
    pub lacking: usize,
    /// Of these, those that have no answer.
    pub unanswered: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    pub question: AnswerKey,
    pub lack: Lack,
}

/// What a question lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum Lack {
    Unanswered,
    /// What was typed is no answer.
    NotAnAnswer,
    Invalid(Problem),
    NeedsPhoto,
    /// Its note or its photos are more than anybody takes.
    OverLimit(OverLimit),
}

impl Session {
    /// What stands between the form and its submission, in form order.
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = vec![];
        self.walk(&mut |session, node, scope| {
            let lack = session.cell(node, scope).lack.clone();
            let question = session.prepared.question(node);
            issues.extend(
                lack.zip(question)
                    .map(|(lack, question)| Issue { question: session.key(question, scope), lack }),
            );
        });
        issues
    }
}
