//! Filling in a form: what is asked now, what an answer means, and what is still missing.
//!
//! [`Session::open`] works everything out once. After that each change ([`Session::set`], [`clear`](Session::clear),
//! [`add_instance`](Session::add_instance), …) works out again what looks at the thing that changed, directly or through
//! others, and answers exactly what is different now ([`Change`]).
//!
//! **What it costs.** Opening evaluates each expression of what is shown once, for each instance it stands in: linear in the
//! form and its instances. A change costs the evaluations of what depends on it, and a logarithm for keeping them in order;
//! what does not depend on it is not looked at, however long the form is. [`Session::standing`] and [`Session::tally`] are
//! kept as figures. [`Session::outline`], [`Session::issues`], [`Session::findings`], [`Session::record`] and
//! [`Session::answers`] go through the whole form, without evaluating anything.
//!
//! **Nothing is lost.** An answer to a question that is not asked any more counts for nothing and is kept; it is there again
//! when the question is. So are a chosen option that is not offered for the moment, and what stands in instances beyond a
//! count. Only [`clear`](Session::clear), another answer and [`remove_instance`](Session::remove_instance) end an answer.
//!
//! **Defaults** are given once, when the question is shown for the first time; whoever takes one back does not get it again.
//! What is only shown has nobody who could take it back: it follows its default, as a calculation does.

mod change;
mod context;
mod evaluate;
mod facts;
mod finding;
mod instances;
mod issue;
mod meaning;
mod open;
mod outline;
mod record;
mod together;

pub use change::{Change, Refused};
pub use context::Context;
pub(in crate::form) use context::SiteOnly;
pub use finding::{FailedQuestion, ProposedFinding};
pub use issue::{Issue, Lack, Standing};
use meaning::Counts;
pub use meaning::Problem;
pub use outline::{Line, QuestionState};
pub use record::Recorded;
pub use together::FormsOfVisit;

use super::{Answer, AnswerKey, Aside, Entry, Form, Instances, Question, Response, layout::Layout};
use crate::{form::Verdict, photo::PhotoHash, visit::Tally};
use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

/// A form with what depends on what in it, found out once for all sessions of it.
#[derive(Debug)]
pub struct PreparedForm {
    form: Arc<Form>,
    layout: Layout,
}

impl PreparedForm {
    /// A form that [`check`](Form::check) finds nothing wrong with. Others are worked out as far as they can be.
    pub fn new(form: Arc<Form>) -> Arc<Self> {
        let layout = Layout::of(&form);
        Arc::new(Self { form, layout })
    }

    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The entry of this name, found without going through the form.
    pub fn entry_named(&self, name: &str) -> Option<&Entry> {
        self.entry(self.layout.find(&self.form, name)?)
    }

    fn entry(&self, node: usize) -> Option<&Entry> {
        self.layout.entry(&self.form, node)
    }

    fn question(&self, node: usize) -> Option<&Question> {
        self.entry(node).and_then(Entry::question)
    }
}

/// One form being filled in.
#[derive(Debug)]
pub struct Session {
    prepared: Arc<PreparedForm>,
    context: Arc<Context>,
    /// The first is what is in no repeat. Those of removed instances stay, empty.
    scopes: Vec<Scope>,
    /// What waits to be worked out: rank and scope.
    waiting: BinaryHeap<Reverse<(usize, usize)>>,
    /// Questions whose answer has to be looked at again: node and scope.
    unclear: Vec<(usize, usize)>,
    standing: Standing,
    tally: Tally,
    aside: Vec<Aside>,
    /// Of repeats that the form's version has not.
    unknown_instances: Vec<Instances>,
    evaluations: u64,
    /// A record is looked at: what was a default and counts stands in it, and what does not was taken back.
    sealed: bool,
}

/// An instance of a repeat, or all that is in none.
#[derive(Debug, Default)]
struct Scope {
    /// Where its repeat stands.
    parent: usize,
    repeat: Option<usize>,
    number: u16,
    /// Its repeat is shown, and it is not beyond the count.
    in_use: bool,
    cells: Vec<Cell>,
}

/// The state of an entry in a scope. Of a group only `shown` counts, of a repeat that and its instances.
#[derive(Debug, Default)]
struct Cell {
    // What is kept.
    answer: Option<Answer>,
    /// The default was given, or somebody answered before it was.
    touched: bool,
    typed: String,
    note: String,
    photos: Vec<PhotoHash>,
    instances: Vec<usize>,
    /// The number of the instance that was made last.
    last_number: u16,
    /// Another form of the visit asks it; this is what was answered there.
    taken: Option<Option<Answer>>,
    // What is worked out.
    shown: bool,
    /// What others see of it.
    effective: Option<Answer>,
    /// Places of choices that are not offered.
    not_offered: Vec<usize>,
    required: bool,
    problem: Option<Problem>,
    verdict: Option<Verdict>,
    lack: Option<Lack>,
    /// How it counts in the figures.
    counts: Counts,
    // What has to be done.
    waiting: u8,
    is_unclear: bool,
}

impl Session {
    pub fn form(&self) -> &Form {
        &self.prepared.form
    }

    pub fn prepared(&self) -> &Arc<PreparedForm> {
        &self.prepared
    }

    /// How many questions are asked and answered, and how much is missing.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// How many answers went which way. A question without a criterion is information; what another form of the visit asks is
    /// counted there.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// What the form's version has no place for.
    pub fn aside(&self) -> &[Aside] {
        &self.aside
    }

    /// How many expressions were evaluated since the session was opened, opening included: what a change costs.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// Gives an answer. What is implausible is kept and named as a problem; what is of another type is refused.
    ///
    /// Options that are chosen and not offered for the moment stay chosen.
    ///
    /// # Errors
    /// Why it cannot be answered, or not so.
    pub fn set(&mut self, key: &AnswerKey, mut answer: Answer) -> Result<Change, Refused> {
        let (node, scope) = self.open_question(key)?;
        let prepared = self.prepared.clone();
        let Some(question) = prepared.question(node) else { return Err(Refused::Unknown) };
        if answer.fits(&question.kind) == Err(super::AnswerError::WrongType) {
            return Err(Refused::WrongType);
        }
        let cell = self.cell(node, scope);
        if let (Answer::SelectMultiple(chosen), Some(Answer::SelectMultiple(before))) =
            (&mut answer, &cell.answer)
        {
            let choices = question.kind.choices();
            let is_offered = |id: &crate::id::OptionId| {
                let place = choices.iter().position(|choice| choice.id == *id);
                place.is_some_and(|place| !cell.not_offered.contains(&place))
            };
            chosen.extend(before.iter().filter(|id| !is_offered(id)).cloned());
        }
        let cell = self.cell_mut(node, scope);
        cell.answer = Some(answer);
        cell.typed.clear();
        Ok(self.changed(node, scope))
    }

    /// Takes an answer back, with what was typed in place of one; note and photos stay.
    ///
    /// # Errors
    /// Why it cannot be answered at all.
    pub fn clear(&mut self, key: &AnswerKey) -> Result<Change, Refused> {
        let (node, scope) = self.open_question(key)?;
        let cell = self.cell_mut(node, scope);
        cell.answer = None;
        cell.typed.clear();
        Ok(self.changed(node, scope))
    }

    /// Keeps what was typed and is no answer, in place of one.
    ///
    /// # Errors
    /// Why it cannot be answered at all.
    pub fn type_in(&mut self, key: &AnswerKey, typed: String) -> Result<Change, Refused> {
        let (node, scope) = self.open_question(key)?;
        let cell = self.cell_mut(node, scope);
        cell.answer = None;
        cell.typed = typed;
        Ok(self.changed(node, scope))
    }

    /// Writes the note beside an answer.
    ///
    /// # Errors
    /// Why there is nothing to write it beside.
    pub fn write_note(&mut self, key: &AnswerKey, note: String) -> Result<Change, Refused> {
        let (node, scope) = self.open_question(key)?;
        self.cell_mut(node, scope).note = note;
        Ok(self.beside(node, scope))
    }

    /// The photos beside an answer, all of them.
    ///
    /// # Errors
    /// Why there is nothing to put them beside.
    pub fn set_photos(&mut self, key: &AnswerKey, photos: Vec<PhotoHash>) -> Result<Change, Refused> {
        let (node, scope) = self.open_question(key)?;
        self.cell_mut(node, scope).photos = photos;
        Ok(self.beside(node, scope))
    }

    /// Something beside the answer changed.
    fn beside(&mut self, node: usize, scope: usize) -> Change {
        let mut change = Change::default();
        self.make_unclear(node, scope);
        self.settle(&mut change);
        change
    }

    fn changed(&mut self, node: usize, scope: usize) -> Change {
        let mut change = Change::default();
        self.cell_mut(node, scope).touched = true;
        self.see(node, scope, &mut change);
        self.make_unclear(node, scope);
        self.settle(&mut change);
        change
    }

    /// A question that may be answered now.
    fn open_question(&self, key: &AnswerKey) -> Result<(usize, usize), Refused> {
        let (node, scope) = self.locate(key.question.as_str(), &key.instance).ok_or(Refused::Unknown)?;
        let question = self.prepared.question(node).ok_or(Refused::Unknown)?;
        let cell = self.cell(node, scope);
        if !question.asks() {
            return Err(Refused::ReadOnly);
        }
        if !cell.shown {
            return Err(Refused::NotAsked);
        }
        if cell.taken.is_some() { Err(Refused::AskedElsewhere) } else { Ok((node, scope)) }
    }

    /// The node of this name and the scope of this instance.
    fn locate(&self, name: &str, instance: &[u16]) -> Option<(usize, usize)> {
        let layout = &self.prepared.layout;
        let node = layout.find(&self.prepared.form, name)?;
        let repeats = &layout.nodes[node].repeats;
        if repeats.len() != instance.len() {
            return None;
        }
        let inside = |scope: usize, (repeat, number): (&usize, &u16)| {
            let instances = &self.cell(*repeat, scope).instances;
            instances.iter().copied().find(|inside| self.scopes[*inside].number == *number)
        };
        Some((node, repeats.iter().zip(instance).try_fold(0, inside)?))
    }

    fn cell(&self, node: usize, scope: usize) -> &Cell {
        &self.scopes[scope].cells[self.prepared.layout.nodes[node].cell]
    }

    fn cell_mut(&mut self, node: usize, scope: usize) -> &mut Cell {
        &mut self.scopes[scope].cells[self.prepared.layout.nodes[node].cell]
    }

    /// Numbers of the instances that a scope is in, the outermost first.
    fn instance(&self, mut scope: usize) -> Vec<u16> {
        let mut numbers = vec![];
        while self.scopes[scope].repeat.is_some() {
            numbers.push(self.scopes[scope].number);
            scope = self.scopes[scope].parent;
        }
        numbers.reverse();
        numbers
    }

    fn key(&self, question: &Question, scope: usize) -> AnswerKey {
        AnswerKey { question: question.id.clone(), instance: self.instance(scope) }
    }
}

impl Cell {
    /// Nothing was given: an answer, something typed, a note, a photo.
    fn is_empty(&self) -> bool {
        let Self { answer, typed, note, photos, .. } = self;
        answer.is_none() && typed.is_empty() && note.is_empty() && photos.is_empty()
    }

    fn response(&self, key: AnswerKey) -> Response {
        let Self { answer, typed, note, photos, .. } = self;
        Response {
            key,
            answer: answer.clone(),
            typed: typed.clone(),
            note: note.clone(),
            photos: photos.clone(),
        }
    }
}
