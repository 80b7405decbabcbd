//! What makes a sealed visit valid: the server asks it of whatever a phone sends.

use super::{
    FilledForm, Participant, RecordedAnswer, SignOff, SignOffAsked, SignOffLack, Visit, VisitNature,
    draft::only_of,
};
use crate::{
    form::{
        Answer, AnswerError, Form, Verdict,
        session::{Context, FormsOfVisit, Lack, PreparedForm, Problem, Session},
    },
    id::{FormId, QuestionId},
    inspection::Breach,
    limits::{OverLimit, operations::check_visit, tidy_text},
};
use std::{collections::BTreeSet, sync::Arc};
use thiserror::Error;

/// Why a visit is invalid.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum InvalidVisit {
    #[error("the visit ends before it begins")]
    EndsBeforeItBegins,
    #[error("form `{0}` in this version is not known")]
    UnknownForm(FormId),
    #[error("form `{0}` was filled in twice")]
    FilledTwice(FormId),
    #[error("question `{0}` is not on the form")]
    UnknownQuestion(QuestionId),
    #[error("question `{0}` was answered twice")]
    AnsweredTwice(QuestionId),
    #[error("question `{question}`: {error}")]
    Answer { question: QuestionId, error: AnswerError },
    #[error("question `{0}` was answered against its constraint")]
    Constraint(QuestionId),
    #[error("question `{0}` was answered and is not asked")]
    NotAsked(QuestionId),
    #[error("question `{0}` carries another answer than stands there")]
    OtherAnswer(QuestionId),
    #[error("question `{0}` carries another verdict than its answer means")]
    Verdict(QuestionId),
    #[error("question `{0}` names a hazard where nothing fails")]
    NothingFound(QuestionId),
    #[error("question `{0}` names a hazard twice")]
    FoundTwice(QuestionId),
    #[error("question `{0}` was asked and not answered")]
    Unanswered(QuestionId),
    /// What is worked out, only shown, or asked in another form of the visit.
    #[error("question `{0}` has an answer that the record lacks")]
    LeftOut(QuestionId),
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    /// Nothing was filled in, or a form without one answer.
    #[error("not one question was answered")]
    Empty,
    #[error("nothing was checked, and a form is filled in all the same")]
    FormsOfNothingDone,
    #[error("form `{0}` was asked in part, and this is no recheck")]
    AsksLess(FormId),
    #[error("it is not said what was met with")]
    Unexplained,
    #[error("somebody signs off where there is nothing to sign for")]
    NothingToSign,
    #[error("the sign-off: {0}")]
    SignOff(#[from] SignOffLack),
    #[error("an administrative inspection that does not say what was in hand")]
    NotAdministrative,
    #[error("what belongs to an administrative inspection stands in another visit")]
    Administrative,
    #[error("against the rules of administrative inspections: {0:?}")]
    Breach(Breach),
    #[error("a participant without a name")]
    Nameless,
    #[error("`{0}` took part twice")]
    TookPartTwice(String),
    #[error("the inspector is named as a participant too")]
    InspectorTakesPart,
}

impl Visit {
    /// Checks the record against the forms that it was filled in from, and against what the phone knew of the site: what was
    /// asked there was answered, and what nobody answers is what it comes to. The time is that of the visit's beginning.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self, forms: &[Arc<PreparedForm>]) -> Result<(), InvalidVisit> {
        if self.submitted_at < self.started_at {
            return Err(InvalidVisit::EndsBeforeItBegins);
        }
        check_visit(self)?;
        self.check_participants()?;
        self.check_sign_off()?;
        match (self.nature.is_administrative(), self.administrative.is_some()) {
            (true, false) => return Err(InvalidVisit::NotAdministrative),
            (false, true) => return Err(InvalidVisit::Administrative),
            (true, true) | (false, false) => {}
        }
        if self.outcome.needs_note() && self.note.trim().is_empty() {
            return Err(InvalidVisit::Unexplained);
        }
        match (self.outcome.is_done(), self.forms.is_empty()) {
            (true, true) => return Err(InvalidVisit::Empty),
            (false, false) => return Err(InvalidVisit::FormsOfNothingDone),
            (true, false) | (false, true) => {}
        }
        self.check_forms(forms)
    }

    fn check_forms(&self, forms: &[Arc<PreparedForm>]) -> Result<(), InvalidVisit> {
        let only = only_of(self.forms.iter().map(|form| (&form.form, form.only.as_slice())));
        let context = Arc::new(Context { only, ..self.site_seen.context(self.started_at) });
        let (mut filled, mut together) = (BTreeSet::new(), FormsOfVisit::default());
        for form in &self.forms {
            if !filled.insert(&form.form) {
                return Err(InvalidVisit::FilledTwice(form.form.clone()));
            }
            let prepared = forms.iter().find(|prepared| form.is_of(prepared.form()));
            let prepared = prepared.ok_or_else(|| InvalidVisit::UnknownForm(form.form.clone()))?;
            form.check_only(self.nature, prepared.form())?;
            together.add_sealed(Arc::clone(prepared), form.given(), Arc::clone(&context));
        }
        for (form, session) in self.forms.iter().zip(together.sessions()) {
            form.check(session)?;
        }
        Ok(())
    }

    fn check_sign_off(&self) -> Result<(), InvalidVisit> {
        let Some(sign_off) = &self.sign_off else { return Ok(()) };
        match SignOff::asked(self.nature, self.outcome, false, false) {
            SignOffAsked::NotOffered => return Err(InvalidVisit::NothingToSign),
            SignOffAsked::Optional | SignOffAsked::Asked => {}
        }
        match sign_off.lacks().into_iter().next() {
            Some(lack) => Err(lack.into()),
            None => Ok(()),
        }
    }

    fn check_participants(&self) -> Result<(), InvalidVisit> {
        if self.participants.iter().any(|one| one.name.trim().is_empty()) {
            return Err(InvalidVisit::Nameless);
        }
        if self.participants.iter().any(|one| one.person == Some(self.inspector)) {
            return Err(InvalidVisit::InspectorTakesPart);
        }
        match Participant::doubled(&self.participants) {
            Some(twice) => Err(InvalidVisit::TookPartTwice(twice.name.clone())),
            None => Ok(()),
        }
    }
}

impl FilledForm {
    /// Whoever rechecks may ask less than the form does: what failed before. Nobody else may.
    fn check_only(&self, nature: VisitNature, form: &Form) -> Result<(), InvalidVisit> {
        if !self.only.is_empty() && nature != VisitNature::Recheck {
            return Err(InvalidVisit::AsksLess(self.form.clone()));
        }
        match self.only.iter().find(|id| form.question(id).is_none()) {
            Some(unknown) => Err(InvalidVisit::UnknownQuestion(unknown.clone())),
            None => Ok(()),
        }
    }

    /// Against the form as it stands with these answers.
    fn check(&self, session: &Session) -> Result<(), InvalidVisit> {
        if self.answers.is_empty() {
            return Err(InvalidVisit::Empty);
        }
        let mut keys = BTreeSet::new();
        for sealed in &self.answers {
            let id = || sealed.key.question.clone();
            let state = session.question(&sealed.key).ok_or_else(|| InvalidVisit::UnknownQuestion(id()))?;
            if !keys.insert(&sealed.key) {
                return Err(InvalidVisit::AnsweredTwice(id()));
            }
            match state.problem {
                Some(Problem::Answer(error)) => {
                    return Err(InvalidVisit::Answer { question: id(), error: error.clone() });
                }
                Some(Problem::Constraint) => return Err(InvalidVisit::Constraint(id())),
                None => {}
            }
            let stands = state.answer.ok_or_else(|| InvalidVisit::NotAsked(id()))?;
            if !is_same(stands, &sealed.answer) {
                return Err(InvalidVisit::OtherAnswer(id()));
            }
            if state.verdict.unwrap_or(Verdict::Information) != sealed.verdict
                || state.is_asked_elsewhere != sealed.elsewhere
            {
                return Err(InvalidVisit::Verdict(id()));
            }
            sealed.check_hazards()?;
        }
        for issue in session.issues() {
            let question = issue.question.question;
            match issue.lack {
                Lack::Unanswered | Lack::NotAnAnswer => return Err(InvalidVisit::Unanswered(question)),
                Lack::Invalid(Problem::Answer(error)) => {
                    return Err(InvalidVisit::Answer { question, error });
                }
                Lack::Invalid(Problem::Constraint) => return Err(InvalidVisit::Constraint(question)),
                // A photo that is wanted is the phone's to ask for: the record says what was seen without one, too.
                Lack::NeedsPhoto => {}
                Lack::OverLimit(over) => return Err(over.into()),
            }
        }
        match session.record().into_iter().find(|recorded| !keys.contains(&recorded.key)) {
            Some(recorded) => Err(InvalidVisit::LeftOut(recorded.key.question)),
            None => Ok(()),
        }
    }
}

impl RecordedAnswer {
    /// Whether each is there is asked when it comes: it names the visit, and the visit has to name it.
    fn check_hazards(&self) -> Result<(), InvalidVisit> {
        if !self.hazards.is_empty() && self.verdict != Verdict::Fail {
            return Err(InvalidVisit::NothingFound(self.key.question.clone()));
        }
        let named: BTreeSet<_> = self.hazards.iter().collect();
        if named.len() < self.hazards.len() {
            return Err(InvalidVisit::FoundTwice(self.key.question.clone()));
        }
        Ok(())
    }
}

/// What is worked out was worked out by another processor: its last digits may be others. A text is sealed without the blanks
/// around it.
fn is_same(stands: &Answer, sealed: &Answer) -> bool {
    match (stands, sealed) {
        (Answer::Number(one), Answer::Number(other)) => (one - other).abs() <= NEARLY * one.abs().max(1.0),
        (Answer::Text(one), Answer::Text(other)) => tidy_text(one) == *other,
        (one, other) => one == other,
    }
}

const NEARLY: f64 = 1e-9;
