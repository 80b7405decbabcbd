//! What a record keeps of a form that was filled in.

use super::Session;
use crate::{
    form::Verdict,
    form::{Answer, AnswerKey},
};

/// An answer that counts, what is worked out included.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub key: AnswerKey,
    pub answer: Answer,
    pub verdict: Verdict,
    /// It was given in another form of the visit, and is counted there.
    pub is_asked_elsewhere: bool,
}

impl Session {
    /// Every question of every instance, shown or not, in form order.
    pub fn order(&self) -> Vec<AnswerKey> {
        let mut order = vec![];
        self.walk(&mut |session, node, scope| {
            order.extend(session.prepared.question(node).map(|question| session.key(question, scope)));
        });
        order
    }

    /// Every answer that counts, in form order. What is not asked stays behind, and what is no answer.
    pub fn record(&self) -> Vec<Recorded> {
        let mut recorded = vec![];
        self.walk(&mut |session, node, scope| {
            let cell = session.cell(node, scope);
            let (Some(question), Some(answer), None) =
                (session.prepared.question(node), &cell.effective, &cell.problem)
            else {
                return;
            };
            recorded.push(Recorded {
                key: session.key(question, scope),
                answer: answer.clone(),
                // What is only worked out or shown went no way.
                verdict: cell.verdict.unwrap_or(Verdict::Information),
                is_asked_elsewhere: cell.taken.is_some(),
            });
        });
        recorded
    }
}
