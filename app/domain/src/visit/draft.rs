//! The draft on the phone: every tap is one change to it, and it is saved after each.

mod merge;

use super::{
    DraftIssue, FilledForm, Finding, HasAnswer, Participant, RecordedAnswer, SiteSeen, Tally,
    ValidationIssue, Visit, VisitNature, VisitOutcome, check_participants,
};
use crate::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, Item, PhotoRule, Question},
    hazard::HazardCommand,
    id::{ChecklistId, HazardId, ItemId, PersonId, SectionId, SiteId, SiteKind, VisitId},
    limits::{
        Checked, FORMS, Field, PHOTOS, check_count, check_text,
        operations::{check_command, tidy},
        tidy_text,
    },
    photo::PhotoHash,
    place::Location,
    time::office_day,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A visit under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: VisitId,
    pub site: SiteId,
    /// The site's kinds when the visit began; they decide what is asked.
    pub kinds: Vec<SiteKind>,
    pub nature: VisitNature,
    pub inspector: PersonId,
    #[serde(default)]
    pub participants: Vec<Participant>,
    /// Counts while nothing is filled in; with a form, the visit is done.
    #[serde(default)]
    pub outcome: VisitOutcome,
    pub started_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Each of another checklist.
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
}

/// One checklist being filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftForm {
    pub checklist: ChecklistId,
    pub version: u32,
    #[serde(default)]
    pub items: BTreeMap<ItemId, ItemResponse>,
}

/// A place in a draft: which form, and which of its items, if one was touched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Position {
    pub form: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
}

/// What was given for an item. A note or photo may come before the answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ItemResponse {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What was typed and is no answer: kept, so that it is there to be mended.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typed: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub photos: Vec<PhotoHash>,
    /// Kept when the answer changes back, so that a slip of the thumb loses nothing; counts only while it fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

impl HasAnswer for ItemResponse {
    fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }
}

/// How far a form is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    pub answered: usize,
    pub asked: usize,
    /// What it lacks, in the checklist's order.
    pub issues: Vec<ValidationIssue>,
}

/// A sealed visit and the hazards that it found.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletedVisit {
    pub visit: Visit,
    pub hazards: Vec<(HazardId, HazardCommand)>,
}

impl DraftForm {
    pub fn of(checklist: &Checklist) -> Self {
        Self { checklist: checklist.id.clone(), version: checklist.version, items: BTreeMap::new() }
    }

    pub fn is_of(&self, checklist: &Checklist) -> bool {
        self.checklist == checklist.id && self.version == checklist.version
    }

    /// Its checklist among those at hand.
    pub fn among<'a>(&self, checklists: &'a [Checklist]) -> Option<&'a Checklist> {
        checklists.iter().find(|list| self.is_of(list))
    }

    /// Nothing was given yet: it can be taken out again without a loss.
    pub fn is_untouched(&self) -> bool {
        self.items.values().all(|given| *given == ItemResponse::default())
    }

    fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        self.items.values().flat_map(|given| {
            let of_finding = given.finding.iter().flat_map(|f| f.photos.iter().chain(&f.after));
            given.photos.iter().chain(of_finding)
        })
    }
}

/// What is done within a form. Forms are named by their place; where there is none, there is nothing to be asked or given.
impl Draft {
    pub fn given(&self, form: usize, item: &ItemId) -> Option<&ItemResponse> {
        self.forms.get(form)?.items.get(item)
    }

    /// What is given for an item, to be changed; the thumb is here now.
    pub fn given_mut(&mut self, form: usize, item: &ItemId) -> Option<&mut ItemResponse> {
        let given = self.forms.get_mut(form)?.items.entry(item.clone()).or_default();
        self.position = Position { form, item: Some(item.clone()) };
        Some(given)
    }

    pub fn verdict(&self, form: usize, item: &Item) -> Option<Result<Verdict, AnswerError>> {
        let answer = self.given(form, &item.id)?.answer.as_ref()?;
        Some(item.evaluate(answer, office_day(self.started_at)))
    }

    pub fn fails(&self, form: usize, item: &Item) -> bool {
        self.verdict(form, item) == Some(Ok(Verdict::Fail))
    }

    pub fn relevant_items<'a>(&self, form: usize, checklist: &'a Checklist) -> Vec<&'a Item> {
        let asked = |form: &DraftForm| checklist.relevant_items(&self.kinds, &form.items).collect();
        self.forms.get(form).map(asked).unwrap_or_default()
    }

    /// Items answered, and all that are asked.
    pub fn progress(&self, form: usize, checklist: &Checklist) -> (usize, usize) {
        let asked = self.relevant_items(form, checklist);
        (self.answered(form, &asked), asked.len())
    }

    fn answered(&self, form: usize, asked: &[&Item]) -> usize {
        asked.iter().filter(|item| matches!(self.verdict(form, item), Some(Ok(_)))).count()
    }

    /// How the form stands, in one look.
    pub fn standing(&self, form: usize, checklist: &Checklist) -> Standing {
        let asked = self.relevant_items(form, checklist);
        let issues = asked.iter().filter_map(|item| self.issue(form, item)).collect();
        Standing { answered: self.answered(form, &asked), asked: asked.len(), issues }
    }

    pub fn tally(&self, form: usize, checklist: &Checklist) -> Tally {
        let mut tally = Tally::default();
        let asked = self.relevant_items(form, checklist).into_iter();
        asked.filter_map(|item| self.verdict(form, item)?.ok()).for_each(|verdict| tally.add(verdict));
        tally
    }

    /// Records an answer and where the thumb was.
    pub fn answer(&mut self, form: usize, item: &ItemId, answer: Answer) {
        let Some(given) = self.given_mut(form, item) else { return };
        given.answer = Some(answer);
        given.typed.clear();
    }

    /// Keeps what was typed in place of an answer.
    pub fn type_in(&mut self, form: usize, item: &ItemId, words: String) {
        let Some(given) = self.given_mut(form, item) else { return };
        given.answer = None;
        given.typed = words;
    }

    /// Takes an answer back; note, photos and finding stay.
    pub fn clear(&mut self, form: usize, item: &ItemId) {
        if let Some(given) = self.forms.get_mut(form).and_then(|form| form.items.get_mut(item)) {
            given.answer = None;
        }
    }

    /// 本节其余全部合格: passes what is asked in the section, can simply be passed, and is still open.
    pub fn pass_rest(&mut self, form: usize, checklist: &Checklist, section: &SectionId) {
        let Some(section) = checklist.sections.iter().find(|known| known.id == *section) else { return };
        // Passing one item may bring another into view, hence one look for each.
        for item in &section.items {
            let open = self.given(form, &item.id).is_none_or(|given| given.answer.is_none());
            let simple = open && item.question == Question::PassFail;
            if simple && self.relevant_items(form, checklist).iter().any(|asked| asked.id == item.id) {
                self.answer(form, &item.id, Answer::Pass);
            }
        }
    }

    /// What the form lacks, in the checklist's order.
    pub fn form_issues(&self, form: usize, checklist: &Checklist) -> Vec<ValidationIssue> {
        self.standing(form, checklist).issues
    }

    /// The item's validation issue, if any.
    pub fn issue(&self, form: usize, item: &Item) -> Option<ValidationIssue> {
        let id = || item.id.clone();
        let verdict = match self.verdict(form, item) {
            None => return Some(ValidationIssue::Unanswered(id())),
            Some(Err(error)) => return Some(ValidationIssue::Invalid(id(), error)),
            Some(Ok(verdict)) => verdict,
        };
        let given = self.given(form, &item.id)?;
        if let Err(over) = self.check_limits(form, item, given, verdict) {
            return Some(ValidationIssue::OverLimit(id(), over));
        }
        if verdict != Verdict::Fail {
            let wanted = item.photo == PhotoRule::Always && verdict != Verdict::NotApplicable;
            return (wanted && given.photos.is_empty()).then(|| ValidationIssue::NeedsPhoto(id()));
        }
        let Some(finding) = &given.finding else { return Some(ValidationIssue::NeedsFinding(id())) };
        if finding.what.trim().is_empty() {
            return Some(ValidationIssue::NeedsWords(id()));
        }
        if item.photo != PhotoRule::Never && finding.photos.is_empty() && given.photos.is_empty() {
            return Some(ValidationIssue::NeedsPhoto(id()));
        }
        (finding.fixed && finding.after.is_empty()).then(|| ValidationIssue::NeedsAfterPhoto(id()))
    }

    /// As the operations will be checked that this becomes.
    fn check_limits(&self, form: usize, item: &Item, given: &ItemResponse, verdict: Verdict) -> Checked {
        check_text(Field::Note, &tidy_text(&given.note))?;
        check_count(Field::Photos, given.photos.len(), PHOTOS)?;
        let finding = given.finding.as_ref().filter(|_| verdict == Verdict::Fail);
        let Some((finding, form)) = finding.zip(self.forms.get(form)) else { return Ok(()) };
        check_command(&finding.report(self.id, &form.checklist, &item.id).tidied())
    }
}

/// The visit as a whole.
impl Draft {
    /// Goes on with another checklist: none that is there already, for what was asked is asked once. The visit is done.
    pub fn add_form(&mut self, checklist: &Checklist) {
        let there = self.forms.iter().position(|form| form.checklist == checklist.id);
        let form = there.unwrap_or_else(|| {
            self.forms.push(DraftForm::of(checklist));
            self.forms.len() - 1
        });
        self.outcome = VisitOutcome::Done;
        self.position = Position { form, item: None };
    }

    /// Takes a form out in which nothing was given; the last one stays.
    pub fn remove_form(&mut self, form: usize) {
        if self.forms.len() > 1 && self.forms.get(form).is_some_and(DraftForm::is_untouched) {
            self.forms.remove(form);
            self.position = Position::default();
        }
    }

    /// What became of the visit: with a form, it is done.
    pub fn outcome(&self) -> VisitOutcome {
        if self.forms.is_empty() { self.outcome } else { VisitOutcome::Done }
    }

    /// All that stands between it and submission: form after form, then the visit itself.
    pub fn issues(&self, checklists: &[Checklist]) -> Vec<DraftIssue> {
        let mut issues = vec![];
        for (at, form) in self.forms.iter().enumerate() {
            match form.among(checklists) {
                Some(list) => {
                    let of_form = self.form_issues(at, list).into_iter();
                    issues.extend(of_form.map(|issue| DraftIssue::Item { form: at, issue }));
                }
                None => issues.push(DraftIssue::NeedsForm),
            }
        }
        if self.forms.is_empty() && self.outcome.is_done() {
            issues.push(DraftIssue::NeedsForm);
        }
        // As it will be sealed: what nobody can see is no word.
        if self.outcome().needs_note() && tidy_text(&self.note).is_empty() {
            issues.push(DraftIssue::NeedsNote);
        }
        issues.extend(self.check_whole().err().map(DraftIssue::OverLimit));
        issues
    }

    fn check_whole(&self) -> Checked {
        check_text(Field::Note, &tidy_text(&self.note))?;
        check_count(Field::Photos, self.photos.len(), PHOTOS)?;
        check_count(Field::Forms, self.forms.len(), FORMS)?;
        check_participants(&self.participants)
    }

    /// The checklists that are being filled in, in their order.
    pub fn checklists(&self) -> Vec<ChecklistId> {
        self.forms.iter().map(|form| form.checklist.clone()).collect()
    }

    /// Every photo that the draft names.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        self.forms.iter().flat_map(DraftForm::photos).chain(&self.photos)
    }

    /// Seals the draft with all its forms, or says what it lacks. Answers to items no longer asked stay behind.
    ///
    /// # Errors
    /// What stands between it and submission.
    pub fn submit(
        self,
        checklists: &[Checklist],
        now: DateTime<Utc>,
    ) -> Result<CompletedVisit, Vec<DraftIssue>> {
        let issues = self.issues(checklists);
        if !issues.is_empty() {
            return Err(issues);
        }
        let (mut forms, mut hazards) = (vec![], vec![]);
        for (at, form) in self.forms.iter().enumerate() {
            let list = form.among(checklists);
            forms.extend(list.map(|list| self.seal(at, form, list, &mut hazards)));
        }
        let visit = Visit {
            outcome: self.outcome(),
            id: self.id,
            site: self.site,
            site_seen: SiteSeen { kinds: self.kinds },
            nature: self.nature,
            inspector: self.inspector,
            participants: self.participants,
            started_at: self.started_at,
            // A clock set back during the visit must not make the record invalid.
            submitted_at: now.max(self.started_at),
            location: self.location,
            forms,
            note: tidy_text(&self.note),
            photos: self.photos,
            signature: None,
        };
        Ok(CompletedVisit { visit, hazards })
    }

    fn seal(
        &self,
        at: usize,
        form: &DraftForm,
        checklist: &Checklist,
        hazards: &mut Vec<(HazardId, HazardCommand)>,
    ) -> FilledForm {
        let mut answers = BTreeMap::new();
        for item in self.relevant_items(at, checklist) {
            let (Some(Ok(verdict)), Some(given)) = (self.verdict(at, item), form.items.get(&item.id)) else {
                continue;
            };
            let Some(mut answer) = given.answer.clone() else { continue };
            if let Answer::Text(text) = &mut answer {
                tidy(text);
            }
            let finding = given.finding.as_ref().filter(|_| verdict == Verdict::Fail);
            hazards.extend(finding.map(|finding| {
                let report = finding.report(self.id, &form.checklist, &item.id);
                (finding.hazard, report.tidied())
            }));
            let sealed = RecordedAnswer {
                answer,
                verdict,
                note: tidy_text(&given.note),
                photos: given.photos.clone(),
                hazard: finding.map(|finding| finding.hazard),
            };
            answers.insert(item.id.clone(), sealed);
        }
        FilledForm { checklist: form.checklist.clone(), version: form.version, answers }
    }
}
