//! The draft on the phone: every tap is one change to it, and it is saved after each.

use super::{HasAnswer, RecordedAnswer, Tally, Visit, VisitNature};
use crate::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, Item, PhotoRule, Severity},
    hazard::{FixedOnSpot, Found, HazardCommand},
    id::{ChecklistId, HazardId, ItemId, PersonId, SiteId, SiteKind, VisitId},
    limits::{
        Checked, Field, OverLimit, PHOTOS, check_count, check_text,
        operations::{check_command, tidy},
        tidy_text,
    },
    photo::PhotoHash,
    place::Location,
    text::Lang,
    time::office_day,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A visit under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: VisitId,
    pub site: SiteId,
    /// The site's kinds when the visit began; they decide what is asked.
    pub kinds: Vec<SiteKind>,
    pub kind: VisitNature,
    pub checklist: ChecklistId,
    pub version: u32,
    pub inspector: PersonId,
    pub started_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    #[serde(default)]
    pub items: BTreeMap<ItemId, ItemResponse>,
    /// Where the thumb was last: the draft reopens here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<ItemId>,
    #[serde(default)]
    pub note: String,
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

/// The hazard sheet of a failed item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub hazard: HazardId,
    pub level: Severity,
    pub what: String,
    pub basis: String,
    pub due: NaiveDate,
    pub responsible: String,
    pub photos: Vec<PhotoHash>,
    /// 立查立改
    pub fixed: bool,
    pub after: Vec<PhotoHash>,
    pub after_note: String,
}

impl Finding {
    /// Everything already proposed, so that failing costs one tap more than passing.
    pub fn propose(hazard: HazardId, item: &Item, responsible: &str, today: NaiveDate, lang: Lang) -> Self {
        let days = Days::new(item.deadline_days.into());
        Self {
            hazard,
            level: item.severity,
            what: item.hazard.as_ref().unwrap_or(&item.text).get(lang).to_owned(),
            basis: item.basis.as_ref().map(|basis| basis.get(lang).to_owned()).unwrap_or_default(),
            due: today.checked_add_days(days).unwrap_or(today),
            responsible: responsible.to_owned(),
            photos: vec![],
            fixed: false,
            after: vec![],
            after_note: String::new(),
        }
    }

    fn report(&self, draft: &Draft, item: &ItemId) -> HazardCommand {
        HazardCommand::Report(Found {
            level: self.level,
            what: self.what.trim().to_owned(),
            basis: self.basis.clone(),
            due: (!self.fixed).then_some(self.due),
            responsible: self.responsible.trim().to_owned(),
            photos: self.photos.clone(),
            visit: Some(draft.id),
            checklist: Some(draft.checklist.clone()),
            item: Some(item.clone()),
            fixed: self
                .fixed
                .then(|| FixedOnSpot { note: self.after_note.clone(), photos: self.after.clone() }),
        })
    }
}

/// Something that must be completed before the draft can be submitted.
#[derive(Debug, Clone, PartialEq)]
pub enum ValidationIssue {
    Unanswered(ItemId),
    /// The answer is invalid, for example outside the plausible range.
    Invalid(ItemId, AnswerError),
    NeedsPhoto(ItemId),
    NeedsFinding(ItemId),
    NeedsWords(ItemId),
    NeedsAfterPhoto(ItemId),
    /// A text or a list is longer than anybody takes.
    OverLimit(ItemId, OverLimit),
}

impl ValidationIssue {
    pub fn item(&self) -> &ItemId {
        match self {
            Self::Unanswered(item)
            | Self::Invalid(item, _)
            | Self::NeedsPhoto(item)
            | Self::NeedsFinding(item)
            | Self::NeedsWords(item)
            | Self::NeedsAfterPhoto(item)
            | Self::OverLimit(item, _) => item,
        }
    }
}

/// A sealed visit and the hazards that it found.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletedVisit {
    pub visit: Visit,
    pub hazards: Vec<(HazardId, HazardCommand)>,
}

impl Draft {
    pub fn verdict(&self, item: &Item) -> Option<Result<Verdict, AnswerError>> {
        let answer = self.items.get(&item.id)?.answer.as_ref()?;
        Some(item.evaluate(answer, office_day(self.started_at)))
    }

    pub fn fails(&self, item: &Item) -> bool {
        self.verdict(item) == Some(Ok(Verdict::Fail))
    }

    pub fn relevant_items<'a>(&self, checklist: &'a Checklist) -> impl Iterator<Item = &'a Item> {
        checklist.relevant_items(&self.kinds, &self.items)
    }

    /// Items asked, and those of them answered.
    pub fn progress(&self, checklist: &Checklist) -> (usize, usize) {
        self.relevant_items(checklist).fold((0, 0), |(answered, asked), item| {
            (answered + usize::from(matches!(self.verdict(item), Some(Ok(_)))), asked + 1)
        })
    }

    pub fn tally(&self, checklist: &Checklist) -> Tally {
        let mut tally = Tally::default();
        self.relevant_items(checklist).filter_map(|item| self.verdict(item)?.ok()).for_each(|v| tally.add(v));
        tally
    }

    /// Records an answer and where the thumb was.
    pub fn answer(&mut self, item: &ItemId, answer: Answer) {
        let given = self.items.entry(item.clone()).or_default();
        given.answer = Some(answer);
        given.typed.clear();
        self.position = Some(item.clone());
    }

    /// Keeps what was typed in place of an answer.
    pub fn type_in(&mut self, item: &ItemId, words: String) {
        let given = self.items.entry(item.clone()).or_default();
        given.answer = None;
        given.typed = words;
        self.position = Some(item.clone());
    }

    /// Takes an answer back; note, photos and finding stay.
    pub fn clear(&mut self, item: &ItemId) {
        if let Some(given) = self.items.get_mut(item) {
            given.answer = None;
        }
    }

    /// 本节其余全部合格: passes what is asked in the section, can simply be passed, and is still open.
    pub fn pass_rest(&mut self, checklist: &Checklist, section: &crate::id::SectionId) {
        let Some(section) = checklist.sections.iter().find(|known| known.id == *section) else { return };
        // Passing one item may bring another into view, hence one look for each.
        for item in &section.items {
            let open = self.items.get(&item.id).is_none_or(|given| given.answer.is_none());
            let simple = item.question == crate::checklist::Question::PassFail;
            if open && simple && self.relevant_items(checklist).any(|asked| asked.id == item.id) {
                self.answer(&item.id, Answer::Pass);
            }
        }
    }

    /// All validation issues, in the checklist's order.
    pub fn issues(&self, checklist: &Checklist) -> Vec<ValidationIssue> {
        self.relevant_items(checklist).filter_map(|item| self.issue(item)).collect()
    }

    /// The item's validation issue, if any.
    pub fn issue(&self, item: &Item) -> Option<ValidationIssue> {
        let id = || item.id.clone();
        let verdict = match self.verdict(item) {
            None => return Some(ValidationIssue::Unanswered(id())),
            Some(Err(error)) => return Some(ValidationIssue::Invalid(id(), error)),
            Some(Ok(verdict)) => verdict,
        };
        let given = self.items.get(&item.id)?;
        if let Err(over) = self.check_limits(item, given, verdict) {
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
    fn check_limits(&self, item: &Item, given: &ItemResponse, verdict: Verdict) -> Checked {
        check_text(Field::Note, &tidy_text(&given.note))?;
        check_count(Field::Photos, given.photos.len(), PHOTOS)?;
        let finding = given.finding.as_ref().filter(|_| verdict == Verdict::Fail);
        finding.map_or(Ok(()), |finding| check_command(&finding.report(self, &item.id).tidied()))
    }

    /// Every photo that the draft names.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        self.items.values().flat_map(|given| {
            let of_finding = given.finding.iter().flat_map(|f| f.photos.iter().chain(&f.after));
            given.photos.iter().chain(of_finding)
        })
    }

    /// Seals the draft, or says what it lacks. Answers to items no longer asked stay behind.
    pub fn submit(
        self,
        checklist: &Checklist,
        now: DateTime<Utc>,
    ) -> Result<CompletedVisit, Vec<ValidationIssue>> {
        let issues = self.issues(checklist);
        if !issues.is_empty() {
            return Err(issues);
        }
        let mut answers = BTreeMap::new();
        let mut hazards = vec![];
        for item in self.relevant_items(checklist) {
            let (Some(Ok(verdict)), Some(given)) = (self.verdict(item), self.items.get(&item.id)) else {
                continue;
            };
            let Some(mut answer) = given.answer.clone() else { continue };
            if let Answer::Text(text) = &mut answer {
                tidy(text);
            }
            let finding = given.finding.as_ref().filter(|_| verdict == Verdict::Fail);
            hazards.extend(finding.map(|finding| (finding.hazard, finding.report(&self, &item.id).tidied())));
            let sealed = RecordedAnswer {
                answer,
                verdict,
                note: tidy_text(&given.note),
                photos: given.photos.clone(),
                hazard: finding.map(|finding| finding.hazard),
            };
            answers.insert(item.id.clone(), sealed);
        }
        let visit = Visit {
            id: self.id,
            site: self.site,
            kind: self.kind,
            checklist: self.checklist,
            version: self.version,
            inspector: self.inspector,
            started_at: self.started_at,
            // A clock set back during the visit must not make the record invalid.
            submitted_at: now.max(self.started_at),
            location: self.location,
            answers,
            note: tidy_text(&self.note),
        };
        Ok(CompletedVisit { visit, hazards })
    }
}
