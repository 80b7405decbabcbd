//! What makes a sealed visit valid: the server asks it of whatever a phone sends.

use super::{FilledForm, Participant, Visit};
use crate::{
    answer::AnswerError,
    checklist::Checklist,
    id::{ChecklistId, ItemId, SiteKind},
    limits::{OverLimit, operations::check_visit},
    time::office_day,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use thiserror::Error;

/// Why a visit is invalid.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum InvalidVisit {
    #[error("the visit ends before it begins")]
    EndsBeforeItBegins,
    #[error("checklist `{0}` in this version is not known")]
    UnknownChecklist(ChecklistId),
    #[error("checklist `{0}` was filled in twice")]
    FilledTwice(ChecklistId),
    #[error("item `{0}` is not on the checklist")]
    UnknownItem(ItemId),
    #[error("item `{item}`: {error}")]
    Answer { item: ItemId, error: AnswerError },
    #[error("item `{0}` carries another verdict than its answer means")]
    Verdict(ItemId),
    #[error("item `{0}` was asked and not answered")]
    Unanswered(ItemId),
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    /// Nothing was filled in, or a form without one answer.
    #[error("not one item was answered")]
    Empty,
    #[error("nothing was checked, and a form is filled in all the same")]
    FormsOfNothingDone,
    #[error("it is not said what was met with")]
    Unexplained,
    #[error("a participant without a name")]
    Nameless,
    #[error("`{0}` took part twice")]
    TookPartTwice(String),
    #[error("the inspector is named as a participant too")]
    InspectorTakesPart,
}

impl Visit {
    /// Checks the record against the checklists that it was filled in from, and against the kinds that the phone knew the site
    /// by: what was asked at those was answered.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self, checklists: &[&Checklist]) -> Result<(), InvalidVisit> {
        if self.submitted_at < self.started_at {
            return Err(InvalidVisit::EndsBeforeItBegins);
        }
        check_visit(self)?;
        self.check_participants()?;
        if self.outcome.needs_note() && self.note.trim().is_empty() {
            return Err(InvalidVisit::Unexplained);
        }
        match (self.outcome.is_done(), self.forms.is_empty()) {
            (true, true) => return Err(InvalidVisit::Empty),
            (false, false) => return Err(InvalidVisit::FormsOfNothingDone),
            (true, false) | (false, true) => {}
        }
        let mut filled = BTreeSet::new();
        for form in &self.forms {
            if !filled.insert(&form.checklist) {
                return Err(InvalidVisit::FilledTwice(form.checklist.clone()));
            }
            let checklist = checklists.iter().find(|list| form.is_of(list));
            let unknown = || InvalidVisit::UnknownChecklist(form.checklist.clone());
            form.check(checklist.ok_or_else(unknown)?, &self.site_seen.kinds, office_day(self.started_at))?;
        }
        Ok(())
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
    fn check(&self, checklist: &Checklist, kinds: &[SiteKind], day: NaiveDate) -> Result<(), InvalidVisit> {
        if self.answers.is_empty() {
            return Err(InvalidVisit::Empty);
        }
        for (id, sealed) in &self.answers {
            let item = checklist.item(id).ok_or_else(|| InvalidVisit::UnknownItem(id.clone()))?;
            let verdict = item.evaluate(&sealed.answer, day);
            let verdict = verdict.map_err(|error| InvalidVisit::Answer { item: id.clone(), error })?;
            if verdict != sealed.verdict {
                return Err(InvalidVisit::Verdict(id.clone()));
            }
        }
        let mut asked = checklist.relevant_items(kinds, &self.answers).map(|item| &item.id);
        match asked.find(|id| !self.answers.contains_key(*id)) {
            Some(unanswered) => Err(InvalidVisit::Unanswered(unanswered.clone())),
            None => Ok(()),
        }
    }
}
