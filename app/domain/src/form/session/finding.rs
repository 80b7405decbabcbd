//! Hazards that the answers propose: one for each fact, however many questions about it fail.

use super::Session;
use crate::{
    answer::Verdict,
    checklist::Severity,
    form::{AnswerKey, Basis, Proposal, Question, Responsible},
    id::QuoteId,
    text::Bilingual,
};
use chrono::NaiveDate;

/// A hazard, proposed. What one question says is of the one that weighs most, the first in order among equals.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedFinding {
    /// Every question that fails by it; the one that weighs most stands first.
    pub questions: Vec<FailedQuestion>,
    pub level: Severity,
    /// The criterion by which it is major.
    pub major_by: Option<QuoteId>,
    pub what: Bilingual,
    /// Everything that has to be done before one leaves.
    pub at_once: Vec<Bilingual>,
    /// The earliest day that a question proposes.
    pub due: NaiveDate,
    /// It is to be put right on the spot.
    pub is_on_the_spot: bool,
    pub responsible: Responsible,
    /// All that its questions rest on.
    pub basis: Basis,
    hazard: Option<String>,
    fact: Option<String>,
}

/// A question of one of the visit's forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedQuestion {
    /// The form's place in the visit.
    pub form: usize,
    pub key: AnswerKey,
}

impl Session {
    /// The hazards that the answers propose, in form order.
    pub fn findings(&self) -> Vec<ProposedFinding> {
        let mut findings = vec![];
        self.add_findings(0, &mut findings);
        findings
    }

    /// Adds those of the form at this place of a visit.
    pub(super) fn add_findings(&self, form: usize, findings: &mut Vec<ProposedFinding>) {
        self.walk(&mut |session, node, scope| {
            if session.cell(node, scope).verdict != Some(Verdict::Fail) {
                return;
            }
            let Some(question) = session.prepared.question(node) else { return };
            let Some(criterion) = &question.criterion else { return };
            let failed = FailedQuestion { form, key: session.key(question, scope) };
            let proposal = &criterion.finding;
            let due = proposal.due(session.context.day());
            let same = |known: &&mut ProposedFinding| {
                let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
                same(&known.hazard, &proposal.hazard) || same(&known.fact, &question.fact)
            };
            match findings.iter_mut().find(same) {
                Some(known) => known.join(failed, question, proposal, due),
                None => findings.push(ProposedFinding::of(failed, question, proposal, due)),
            }
        });
    }
}

impl ProposedFinding {
    fn of(failed: FailedQuestion, question: &Question, proposal: &Proposal, due: NaiveDate) -> Self {
        let level = proposal.proposed_level();
        Self {
            questions: vec![failed],
            level,
            major_by: proposal.major_by.clone().filter(|_| level == Severity::Major),
            what: proposal.what.clone(),
            at_once: proposal.at_once.iter().cloned().collect(),
            due,
            is_on_the_spot: proposal.days == 0,
            responsible: proposal.responsible.clone(),
            basis: question.basis.clone(),
            hazard: proposal.hazard.clone(),
            fact: question.fact.clone(),
        }
    }

    fn join(&mut self, failed: FailedQuestion, question: &Question, proposal: &Proposal, due: NaiveDate) {
        let level = proposal.proposed_level();
        if level > self.level {
            self.questions.insert(0, failed);
            self.level = level;
            self.major_by = proposal.major_by.clone();
            self.what = proposal.what.clone();
            self.responsible = proposal.responsible.clone();
        } else {
            self.questions.push(failed);
        }
        add(&mut self.at_once, proposal.at_once.as_slice());
        self.due = self.due.min(due);
        self.is_on_the_spot |= proposal.days == 0;
        self.hazard = self.hazard.take().or_else(|| proposal.hazard.clone());
        self.fact = self.fact.take().or_else(|| question.fact.clone());
        let Basis { law, standard, plan, good_practice } = &question.basis;
        add(&mut self.basis.law, law);
        add(&mut self.basis.standard, standard);
        add(&mut self.basis.plan, plan);
        self.basis.good_practice |= good_practice;
    }
}

fn add<T: PartialEq + Clone>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}
