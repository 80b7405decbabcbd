//! Several forms of one visit. What two of them ask with the same word ([`Question::fact`](crate::form::Question::fact)) is
//! asked once: by the first in which it is shown. The later ones take the answer, evaluate it by their own criterion, and propose
//! no second hazard for it.
//!
//! A change goes through the forms once, from the one that changed on: an earlier form never looks at a later one.

use super::{Change, Context, PreparedForm, ProposedFinding, Refused, Session};
use crate::{
    form::{Answer, AnswerKey, Answers, Entry, GroupKey},
    visit::Tally,
};
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct FormsOfVisit {
    sessions: Vec<Session>,
    /// For each form, its questions that another may ask: word and node.
    facts: Vec<Vec<(String, usize)>>,
}

impl FormsOfVisit {
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Goes on with another form, after those that there are. What they ask already, it does not ask again.
    pub fn add(&mut self, prepared: Arc<PreparedForm>, answers: Answers, context: Arc<Context>) {
        self.put(Session::open(prepared, answers, context));
    }

    /// The same with a form as it was recorded.
    pub fn add_sealed(&mut self, prepared: Arc<PreparedForm>, answers: Answers, context: Arc<Context>) {
        self.put(Session::open_sealed(prepared, answers, context));
    }

    fn put(&mut self, session: Session) {
        let prepared = Arc::clone(&session.prepared);
        let nodes = 0..prepared.layout.nodes.len();
        let facts = nodes.filter(|node| prepared.layout.nodes[*node].repeats.is_empty()).filter_map(|node| {
            let question = prepared.entry(node).and_then(Entry::question)?;
            Some((question.fact.clone()?, node))
        });
        self.facts.push(facts.collect());
        self.sessions.push(session);
        self.pass_on(self.sessions.len() - 1);
    }

    /// Takes a form out; later ones ask themselves what it asked. Answers what changed, form by form.
    pub fn remove(&mut self, form: usize) -> Vec<Change> {
        if form < self.sessions.len() {
            self.sessions.remove(form);
            self.facts.remove(form);
        }
        self.pass_on(form)
    }

    /// Does something with one form. Answers what changed, form by form.
    ///
    /// # Errors
    /// As the form says.
    pub fn change(
        &mut self,
        form: usize,
        act: &dyn Fn(&mut Session) -> Result<Change, Refused>,
    ) -> Result<Vec<Change>, Refused> {
        let change = act(self.sessions.get_mut(form).ok_or(Refused::Unknown)?)?;
        let mut changes = self.pass_on(form + 1);
        if let Some(own) = changes.get_mut(form) {
            *own = change;
        }
        Ok(changes)
    }

    /// See [`Session::set`].
    ///
    /// # Errors
    /// As there.
    pub fn set(&mut self, form: usize, key: &AnswerKey, answer: Answer) -> Result<Vec<Change>, Refused> {
        self.change(form, &|session| session.set(key, answer.clone()))
    }

    /// See [`Session::clear`].
    ///
    /// # Errors
    /// As there.
    pub fn clear(&mut self, form: usize, key: &AnswerKey) -> Result<Vec<Change>, Refused> {
        self.change(form, &|session| session.clear(key))
    }

    /// See [`Session::add_instance`].
    ///
    /// # Errors
    /// As there.
    pub fn add_instance(&mut self, form: usize, key: &GroupKey) -> Result<(u16, Vec<Change>), Refused> {
        let (number, change) = self.sessions.get_mut(form).ok_or(Refused::Unknown)?.add_instance(key)?;
        let mut changes = self.pass_on(form + 1);
        if let Some(own) = changes.get_mut(form) {
            *own = change;
        }
        Ok((number, changes))
    }

    /// See [`Session::remove_instance`].
    ///
    /// # Errors
    /// As there.
    pub fn remove_instance(
        &mut self,
        form: usize,
        key: &GroupKey,
        number: u16,
    ) -> Result<Vec<Change>, Refused> {
        self.change(form, &|session| session.remove_instance(key, number))
    }

    /// All forms together.
    pub fn tally(&self) -> Tally {
        self.sessions.iter().fold(Tally::default(), |all, session| all.plus(session.tally()))
    }

    /// The hazards that the answers of all forms propose, each fact once.
    pub fn findings(&self) -> Vec<ProposedFinding> {
        let mut findings = vec![];
        for (form, session) in self.sessions.iter().enumerate() {
            session.add_findings(form, &mut findings);
        }
        findings
    }

    /// Gives the forms from this one on what earlier ones ask. Answers what changed in each form.
    fn pass_on(&mut self, from: usize) -> Vec<Change> {
        let mut changes = vec![];
        changes.resize_with(self.sessions.len(), Change::default);
        for (form, change) in changes.iter_mut().enumerate().skip(from) {
            let supplied: Vec<_> = self.facts[form]
                .iter()
                .map(|(fact, node)| (*node, self.supplied(form, fact, *node)))
                .collect();
            for (node, taken) in supplied {
                self.sessions[form].take(node, taken, change);
            }
            self.sessions[form].settle(change);
        }
        changes
    }

    /// What an earlier form asks under this word, if it is the same and is asked there now.
    fn supplied(&self, form: usize, fact: &str, node: usize) -> Option<Option<Answer>> {
        let kind = &self.sessions[form].prepared.question(node)?.kind;
        let earlier = self.sessions.iter().zip(&self.facts).take(form);
        earlier.into_iter().find_map(|(session, facts)| {
            let (_, asked) = facts.iter().find(|(known, _)| known == fact)?;
            let cell = session.cell(*asked, 0);
            let is_same = session.prepared.question(*asked)?.kind.as_str() == kind.as_str();
            let fits = cell.effective.as_ref().is_none_or(|answer| answer.fits(kind).is_ok());
            (cell.shown && cell.taken.is_none() && is_same && fits).then(|| cell.effective.clone())
        })
    }
}

impl Session {
    /// Another form asks this question outside of repeats, and this was answered there; None: none does.
    fn take(&mut self, node: usize, taken: Option<Option<Answer>>, change: &mut Change) {
        if self.cell(node, 0).taken != taken {
            self.cell_mut(node, 0).taken = taken;
            self.make_unclear(node, 0);
            self.see(node, 0, change);
        }
    }
}
