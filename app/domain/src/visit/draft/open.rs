//! The draft in hand: its forms worked out, each change carried into what is kept.
//!
//! The sessions hold what is asked and what answers mean; the draft holds what lies on the phone. A change goes to the session
//! first and is copied into the draft when it was taken.

mod findings;
mod submit;

use super::{super::Tally, Draft, DraftForm, Position};
use crate::{
    form::{
        Answer, AnswerKey, Entry, Form, GroupKey, Question, QuestionKind, Verdict,
        session::{
            Change, FailedQuestion, FormsOfVisit, Line, PreparedForm, ProposedFinding, QuestionState,
            Refused, Session, Standing,
        },
    },
    photo::PhotoHash,
};
use std::sync::Arc;

/// How much stands between a form and its submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// Questions without an answer.
    pub unanswered: usize,
    /// These, and whatever else is missing.
    pub all: usize,
}

/// A draft and the sessions of its forms, in their order. Forms are named by their place.
#[derive(Debug)]
pub struct OpenDraft {
    draft: Draft,
    forms: FormsOfVisit,
    /// The hazards that the answers propose, found out when a verdict changes: screens ask for them at every turn.
    proposed: Vec<(FailedQuestion, ProposedFinding)>,
}

impl OpenDraft {
    /// None: a form of the draft is not among these.
    pub fn open(draft: Draft, forms: &[Arc<PreparedForm>]) -> Option<Self> {
        let context = Arc::new(draft.context());
        let mut together = FormsOfVisit::default();
        for kept in &draft.forms {
            let prepared = forms.iter().find(|prepared| kept.is_of(prepared.form()))?;
            together.add(Arc::clone(prepared), kept.answers.clone(), Arc::clone(&context));
        }
        let mut open = Self { draft, forms: together, proposed: vec![] };
        open.proposed = open.find_hazards();
        open.bring_sheets_together();
        Some(open)
    }

    /// As it is kept.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// To be changed where no form is concerned: who was there, what became of it, where the thumb is.
    pub fn draft_mut(&mut self) -> &mut Draft {
        &mut self.draft
    }

    pub fn sessions(&self) -> &[Session] {
        self.forms.sessions()
    }

    pub fn form(&self, form: usize) -> Option<&Form> {
        self.sessions().get(form).map(Session::form)
    }

    /// A group, a repeat or a question by its name.
    pub fn entry(&self, form: usize, name: &str) -> Option<&Entry> {
        self.sessions().get(form)?.prepared().entry_named(name)
    }

    /// A question, shown or not.
    pub fn question(&self, form: usize, key: &AnswerKey) -> Option<QuestionState<'_>> {
        self.sessions().get(form)?.question(key)
    }

    pub fn fails(&self, form: usize, key: &AnswerKey) -> bool {
        self.question(form, key).is_some_and(|state| state.verdict == Some(Verdict::Fail))
    }

    /// What is asked and answered on the form, whatever its hazards lack.
    pub fn standing(&self, form: usize) -> Standing {
        self.sessions().get(form).map(Session::standing).unwrap_or_default()
    }

    pub fn tally(&self, form: usize) -> Tally {
        self.sessions().get(form).map(Session::tally).unwrap_or_default()
    }

    /// How much the form lacks, with its hazards: questions without an answer, and all that [`form_issues`](Self::form_issues)
    /// names. Asked after every tap, it goes through the hazards alone.
    pub fn missing(&self, form: usize) -> Missing {
        let Standing { lacking, unanswered, .. } = self.standing(form);
        Missing { unanswered, all: lacking + self.finding_issues(form).count() }
    }

    /// What the form shows now, in its order.
    pub fn outline(&self, form: usize) -> Vec<Line<'_>> {
        self.sessions().get(form).map(Session::outline).unwrap_or_default()
    }

    /// See [`Session::set`]. The thumb is here now.
    ///
    /// # Errors
    /// As there.
    pub fn answer(&mut self, form: usize, key: &AnswerKey, answer: Answer) -> Result<Vec<Change>, Refused> {
        self.change_at(form, key, &|session| session.set(key, answer.clone()))
    }

    /// Keeps what was typed in place of an answer.
    ///
    /// # Errors
    /// As [`Session::type_in`] says.
    pub fn type_in(&mut self, form: usize, key: &AnswerKey, words: &str) -> Result<Vec<Change>, Refused> {
        self.change_at(form, key, &|session| session.type_in(key, words.to_owned()))
    }

    /// Takes an answer back; note, photos and finding stay.
    ///
    /// # Errors
    /// As [`Session::clear`] says.
    pub fn clear(&mut self, form: usize, key: &AnswerKey) -> Result<Vec<Change>, Refused> {
        self.change_at(form, key, &|session| session.clear(key))
    }

    /// # Errors
    /// As [`Session::write_note`] says.
    pub fn write_note(&mut self, form: usize, key: &AnswerKey, note: &str) -> Result<Vec<Change>, Refused> {
        self.change_at(form, key, &|session| session.write_note(key, note.to_owned()))
    }

    /// # Errors
    /// As [`Session::set_photos`] says.
    pub fn set_photos(
        &mut self,
        form: usize,
        key: &AnswerKey,
        photos: &[PhotoHash],
    ) -> Result<Vec<Change>, Refused> {
        self.change_at(form, key, &|session| session.set_photos(key, photos.to_vec()))
    }

    /// Another instance of a repeat, and its number.
    ///
    /// # Errors
    /// As [`Session::add_instance`] says.
    pub fn add_instance(&mut self, form: usize, repeat: &GroupKey) -> Result<(u16, Vec<Change>), Refused> {
        let added = self.forms.add_instance(form, repeat)?;
        self.keep(form);
        self.look_at_hazards();
        Ok(added)
    }

    /// Takes an instance out, with all that was answered in it and the hazards of that.
    ///
    /// # Errors
    /// As [`Session::remove_instance`] says.
    pub fn remove_instance(
        &mut self,
        form: usize,
        repeat: &GroupKey,
        number: u16,
    ) -> Result<Vec<Change>, Refused> {
        self.keep_hazards_of_others(form, repeat, number);
        let changes = self.forms.remove_instance(form, repeat, number)?;
        self.keep(form);
        let sessions = self.forms.sessions();
        if let (Some(kept), Some(session)) = (self.draft.forms.get_mut(form), sessions.get(form)) {
            kept.findings.retain(|kept| session.question(&kept.question).is_some());
        }
        self.look_at_hazards();
        Ok(changes)
    }

    /// 本节其余全部合格: passes what is asked directly in the group, can simply be passed, and is still open.
    pub fn pass_rest(&mut self, form: usize, group: &GroupKey) -> Vec<Change> {
        let mut changes = vec![];
        // Passing one may bring another into view, hence one look for each.
        for key in self.simple_questions(form, group) {
            if self.is_open(form, &key)
                && let Ok(change) = self.answer(form, &key, Answer::Pass)
            {
                changes.extend(change);
            }
        }
        changes
    }

    /// 全部正常: passes whatever is asked in any of its forms, can simply be passed, and is still open. What wants a figure, a
    /// choice, a text or a photo stays open, and stands between the draft and its submission.
    pub fn pass_all(&mut self) {
        for form in 0..self.sessions().len() {
            // Passing one may bring another into view, behind it or before it.
            while self.pass_shown(form) {}
        }
    }

    /// What can simply be passed, and is shown now or by what is passed before it; whether there was any.
    fn pass_shown(&mut self, form: usize) -> bool {
        let mut passed = false;
        for key in self.sessions().get(form).map(Session::order).unwrap_or_default() {
            let may_pass =
                self.question(form, &key).is_some_and(|state| state.is_open() && is_simple(state.question));
            passed |= may_pass && self.answer(form, &key, Answer::Pass).is_ok();
        }
        passed
    }

    /// Questions that were passed, form after form in their order: what a door's short list shows.
    pub fn passed(&self) -> Vec<(usize, AnswerKey)> {
        let sessions = self.sessions().iter().enumerate();
        let keys =
            sessions.flat_map(|(form, session)| session.order().into_iter().map(move |key| (form, key)));
        keys.filter(|(form, key)| {
            self.question(*form, key)
                .is_some_and(|state| state.answer == Some(&Answer::Pass) && !state.is_asked_elsewhere)
        })
        .collect()
    }

    /// Questions directly in the group that may simply pass, whether they are asked now or not.
    pub fn simple_questions(&self, form: usize, group: &GroupKey) -> Vec<AnswerKey> {
        let entries = self.entry(form, group.group.as_str()).map(Entry::entries);
        let questions = entries.unwrap_or_default().iter().filter_map(Entry::question);
        questions
            .filter(|question| is_simple(question))
            .map(|question| AnswerKey { question: question.id.clone(), instance: group.instance.clone() })
            .collect()
    }

    fn is_open(&self, form: usize, key: &AnswerKey) -> bool {
        self.question(form, key).is_some_and(|state| state.is_open())
    }

    /// Takes a form out in which nothing was given; the last one stays.
    pub fn remove_form(&mut self, form: usize) {
        let is_untouched = self.draft.forms.get(form).is_some_and(DraftForm::is_untouched);
        if self.draft.forms.len() > 1 && is_untouched {
            self.draft.forms.remove(form);
            self.forms.remove(form);
            self.draft.position = Position::default();
            self.look_at_hazards();
        }
    }

    fn change_at(
        &mut self,
        form: usize,
        key: &AnswerKey,
        act: &dyn Fn(&mut Session) -> Result<Change, Refused>,
    ) -> Result<Vec<Change>, Refused> {
        let changes = self.forms.change(form, act)?;
        self.draft.position = Position { form, question: Some(key.clone()) };
        self.keep(form);
        if changes.iter().any(|change| !change.verdicts.is_empty()) {
            self.look_at_hazards();
        }
        Ok(changes)
    }

    fn keep(&mut self, form: usize) {
        if let Some((kept, session)) = self.draft.forms.get_mut(form).zip(self.forms.sessions().get(form)) {
            kept.answers = session.answers();
        }
    }
}

/// What can simply be passed.
fn is_simple(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::PassFail) && question.asks()
}
