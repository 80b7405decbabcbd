//! The draft on the phone, as it is kept: every tap is one change to it, and it is saved after each.

mod merge;
mod open;
mod renumbered;
mod sign_off;

pub(crate) use merge::{laid_photos, later};
pub use open::{Missing, OpenDraft};
pub use renumbered::Renumbered;
pub use sign_off::{Pad, SignOffDraft, SignOffWay, Signer, WitnessDraft};

use super::{Finding, Participant, SiteSeen, Visit, VisitNature, VisitOutcome, check_participants};
use crate::{
    form::{AnswerKey, Answers, Form, session::Context},
    hazard::HazardCommand,
    id::{FormId, HazardId, PersonId, QuestionId, SealedOrderId, SiteId, VisitId},
    inspection::AdministrativeInspection,
    limits::{Checked, FORMS, Field, PHOTOS, check_count, check_text, tidy_text},
    order::{collected, sort_by_key},
    photo::PhotoHash,
    place::Location,
    severity::Severity,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A visit under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: VisitId,
    pub site: SiteId,
    /// The site when the visit began; it decides what is asked. Nothing that comes in later changes it under the thumb.
    pub site_seen: SiteSeen,
    pub nature: VisitNature,
    /// Of an administrative inspection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative: Option<AdministrativeInspection>,
    pub inspector: PersonId,
    #[serde(default)]
    pub participants: Vec<Participant>,
    /// Counts while nothing is filled in; with a form, the visit is done.
    #[serde(default)]
    pub outcome: VisitOutcome,
    pub started_at: DateTime<Utc>,
    /// The order that it carries out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<SealedOrderId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// No form stands here twice.
    #[serde(default)]
    pub forms: Vec<DraftForm>,
    /// Where the thumb was last: the draft reopens here.
    #[serde(default)]
    pub position: Position,
    #[serde(default)]
    pub note: String,
    /// Of the visit itself: the closed door.
    #[serde(default)]
    pub photos: Vec<PhotoHash>,
    #[serde(default, skip_serializing_if = "SignOffDraft::is_default")]
    pub sign_off: SignOffDraft,
}

/// One form being filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftForm {
    pub form: FormId,
    pub version: u32,
    #[serde(default)]
    pub answers: Answers,
    /// 复查: what alone is asked of the form; empty: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<QuestionId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<KeptFinding>,
}

/// The sheet of a hazard, at the question from which it was opened; a question may have several. Kept when the answer changes back,
/// so that a slip of the thumb loses nothing; it counts only while something about the same fact fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptFinding {
    pub question: AnswerKey,
    /// Among the sheets of its question, from 0. Where one is taken away, the others keep theirs.
    #[serde(default)]
    pub number: u16,
    /// The level that was proposed last: where a graver question joins, the sheet goes up with it.
    #[serde(default)]
    pub proposed: Severity,
    pub finding: Finding,
}

/// A place in a draft: which form, and which of its questions, if one was touched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Position {
    pub form: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<AnswerKey>,
}

/// A sealed visit and the hazards that it found.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletedVisit {
    pub visit: Visit,
    pub hazards: Vec<(HazardId, HazardCommand)>,
}

impl DraftForm {
    pub fn of(form: &Form) -> Self {
        let (answers, only, findings) = (Answers::default(), vec![], vec![]);
        Self { form: form.id.clone(), version: form.version, answers, only, findings }
    }

    pub fn is_of(&self, form: &Form) -> bool {
        self.form == form.id && self.version == form.version
    }

    /// The sheets of a question's hazards, in the order of their numbers.
    pub fn findings_of(&self, question: &AnswerKey) -> Vec<&KeptFinding> {
        let mut all: Vec<_> = self.findings.iter().filter(|kept| kept.question == *question).collect();
        sort_by_key(&mut all, |kept| kept.number);
        all
    }

    fn finding_mut(&mut self, question: &AnswerKey, number: u16) -> Option<&mut Finding> {
        let mut all = self.findings.iter_mut();
        let kept = all.find(|kept| kept.question == *question && kept.number == number)?;
        Some(&mut kept.finding)
    }

    /// Adds a sheet behind those of its question, and gives its number.
    fn push_finding(&mut self, question: AnswerKey, proposed: Severity, finding: Finding) -> u16 {
        let last = self.findings_of(&question).last().map(|kept| kept.number);
        let number = last.map_or(0, |last| last.saturating_add(1));
        self.findings.push(KeptFinding { question, number, proposed, finding });
        number
    }

    /// A sheet that comes from another question of the same hazard, behind those that are there. One that another tab had brought
    /// here already is that one: its words are the later ones, and photos of both stay.
    fn take_in(&mut self, question: &AnswerKey, kept: KeptFinding) {
        let is_it = |known: &&mut KeptFinding| {
            known.question == *question && known.finding.hazard == kept.finding.hazard
        };
        let Some(known) = self.findings.iter_mut().find(is_it) else {
            self.push_finding(question.clone(), kept.proposed, kept.finding);
            return;
        };
        let of_both = |before: &[PhotoHash], more: &[PhotoHash]| -> Vec<PhotoHash> {
            let new = more.iter().filter(|photo| !before.contains(photo));
            before.iter().chain(new).cloned().collect()
        };
        let photos = of_both(&known.finding.photos, &kept.finding.photos);
        let after = of_both(&known.finding.after, &kept.finding.after);
        known.proposed = known.proposed.max(kept.proposed);
        known.finding = Finding { photos, after, ..kept.finding };
    }

    /// Nothing was given yet: it can be taken out again without a loss.
    pub fn is_untouched(&self) -> bool {
        let Answers { responses, instances, aside } = &self.answers;
        let is_empty = responses.iter().all(crate::form::Response::is_empty) && aside.is_empty();
        is_empty && instances.iter().all(|known| known.numbers.is_empty()) && self.findings.is_empty()
    }

    fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        let aside = self.answers.aside.iter().map(|aside| &aside.response);
        let given = self.answers.responses.iter().chain(aside).flat_map(|response| {
            let files = response.answer.as_ref().map(crate::form::Answer::files).unwrap_or_default();
            files.iter().chain(&response.photos)
        });
        let found = self.findings.iter().map(|kept| &kept.finding);
        given.chain(found.flat_map(|finding| finding.photos.iter().chain(&finding.after)))
    }
}

impl Draft {
    /// One that nothing was written down of yet, begun at `started_at` by the clock of whoever begins it: closed, until a form is
    /// added.
    pub fn begun(
        id: VisitId,
        site: SiteId,
        site_seen: SiteSeen,
        nature: VisitNature,
        inspector: PersonId,
        started_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            site,
            site_seen,
            nature,
            administrative: None,
            inspector,
            participants: vec![],
            outcome: VisitOutcome::Closed,
            started_at,
            order: None,
            location: None,
            forms: vec![],
            position: Position::default(),
            note: String::new(),
            photos: vec![],
            sign_off: SignOffDraft::default(),
        }
    }

    /// Goes on with another form: none that is there already, for what was asked is asked once. The visit is done.
    pub fn add_form(&mut self, form: &Form) {
        let there = self.forms.iter().position(|known| known.form == form.id);
        let place = there.unwrap_or_else(|| {
            self.forms.push(DraftForm::of(form));
            self.forms.len() - 1
        });
        self.outcome = VisitOutcome::Done;
        self.position = Position { form: place, question: None };
    }

    /// 复查: of this form nothing is asked but these; without any, all of it is.
    pub fn ask_only(&mut self, form: &FormId, only: Vec<QuestionId>) {
        if let Some(kept) = self.forms.iter_mut().find(|kept| kept.form == *form) {
            kept.only = only;
        }
    }

    /// What its forms go by.
    fn context(&self) -> Context {
        let only = self.forms.iter().map(|kept| (&kept.form, kept.only.as_slice()));
        Context { only: only_of(only), ..self.site_seen.context(self.started_at) }
    }

    /// What became of the visit: with a form, it is done.
    pub fn outcome(&self) -> VisitOutcome {
        if self.forms.is_empty() { self.outcome } else { VisitOutcome::Done }
    }

    /// The forms that are being filled in, in their order.
    pub fn form_ids(&self) -> Vec<FormId> {
        self.forms.iter().map(|form| form.form.clone()).collect()
    }

    /// Every photo that the draft names.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        let own = self.photos.iter().chain(self.sign_off.photos());
        self.forms.iter().flat_map(DraftForm::photos).chain(own)
    }

    fn check_whole(&self) -> Checked {
        check_text(Field::Note, &tidy_text(&self.note))?;
        check_count(Field::Photos, self.photos.len(), PHOTOS)?;
        check_count(Field::Forms, self.forms.len(), FORMS)?;
        self.sign_off.check_limits()?;
        self.administrative.as_ref().map_or(Ok(()), AdministrativeInspection::check_limits)?;
        check_participants(&self.participants)
    }
}

/// Of those that ask only some of their questions, as sessions want it.
pub(super) fn only_of<'a>(
    forms: impl Iterator<Item = (&'a FormId, &'a [QuestionId])>,
) -> Vec<(FormId, BTreeSet<QuestionId>)> {
    let some = forms.filter(|(_, only)| !only.is_empty());
    some.map(|(form, only)| (form.clone(), collected(only.iter().cloned()))).collect()
}
