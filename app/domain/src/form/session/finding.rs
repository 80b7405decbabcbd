//! Hazards that the answers propose: one for each fact, however many questions about it fail.

use super::Session;
use crate::{
    form::Verdict,
    form::{AnswerKey, Basis, Proposal, Question, Responsible},
    id::QuoteId,
    severity::Severity,
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
            let same = |known: &ProposedFinding| {
                known.is_about(proposal.hazard.as_deref(), question.fact.as_deref())
            };
            match findings.iter().position(same) {
                Some(place) => {
                    findings[place].join(failed, question, proposal, due);
                    gather(findings, place, (proposal.hazard.as_deref(), question.fact.as_deref()));
                }
                None => findings.push(ProposedFinding::of(failed, question, proposal, due)),
            }
        });
    }
}

/// A question that goes by two words, its hazard's and its fact's, brings together what each of them is about.
fn gather(findings: &mut Vec<ProposedFinding>, place: usize, words: (Option<&str>, Option<&str>)) {
    loop {
        let known = &findings[place];
        let (hazard, fact) = (known.hazard.clone(), known.fact.clone());
        let is_same = |other: &ProposedFinding| {
            other.is_about(hazard.as_deref(), fact.as_deref()) || other.is_about(words.0, words.1)
        };
        let other = findings.iter().enumerate().position(|(at, other)| at != place && is_same(other));
        let Some(other) = other else { return };
        // What is about the same stands behind, or else it would have been found first.
        let absorbed = findings.remove(other);
        findings[place - usize::from(other < place)].absorb(absorbed);
        if other < place {
            return;
        }
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

    /// Takes in another that turns out to be about the same.
    fn absorb(&mut self, other: Self) {
        let Self {
            questions,
            level,
            major_by,
            what,
            at_once,
            due,
            is_on_the_spot,
            responsible,
            basis,
            hazard,
            fact,
        } = other;
        if level > self.level {
            let own = std::mem::replace(&mut self.questions, questions);
            self.questions.extend(own);
            (self.level, self.major_by, self.what, self.responsible) = (level, major_by, what, responsible);
        } else {
            self.questions.extend(questions);
        }
        add(&mut self.at_once, &at_once);
        self.due = self.due.min(due);
        self.is_on_the_spot |= is_on_the_spot;
        self.hazard = self.hazard.take().or(hazard);
        self.fact = self.fact.take().or(fact);
        add(&mut self.basis.law, &basis.law);
        add(&mut self.basis.standard, &basis.standard);
        add(&mut self.basis.plan, &basis.plan);
        self.basis.good_practice |= basis.good_practice;
    }

    /// Whether a question with these words is about the fact that this hazard is of.
    pub(crate) fn is_about(&self, hazard: Option<&str>, fact: Option<&str>) -> bool {
        let same = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
        same(self.hazard.as_deref(), hazard) || same(self.fact.as_deref(), fact)
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
