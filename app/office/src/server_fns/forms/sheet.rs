//! A form as an inspector will be asked it, in words: its parts in their order, each question with what it asks, when, which
//! answer is a hazard, and what it rests on.

use super::{hazard_words::HazardWords, question_words::QuestionWords};
use crate::{
    form_words::{basis::QuoteWords, condition::ConditionWords},
    i18n::forms as t,
};
use chrono::NaiveDate;
use domain::{
    form::{Entry, Layer, Review, basis::EndedBasis},
    id::FormId,
    sector::Sector,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormSheet {
    pub id: FormId,
    pub title: String,
    pub sector: Sector,
    pub layer: Layer,
    pub version: u32,
    /// How many somebody answers.
    pub questions: usize,
    pub kinds: String,
    pub offered_if: Option<String>,
    pub review: Option<Review>,
    /// The day by which somebody has to look again at what it rests on.
    pub review_due: Option<NaiveDate>,
    /// How many bases are not in force.
    pub ended: usize,
    pub parts: Vec<SheetPart>,
}

/// What stands in a group of the form; of what stands in none, without a title.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SheetPart {
    pub heading: Option<SheetHeading>,
    pub lines: Vec<SheetLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetHeading {
    pub title: String,
    /// When it is asked, and of how many.
    pub remarks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SheetLine {
    /// A group in a group.
    Heading(SheetHeading),
    Question(Box<SheetQuestion>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetQuestion {
    /// Its place among what is answered; what is only shown or worked out has none.
    pub number: Option<usize>,
    pub asked: QuestionWords,
    pub hazard: Option<HazardWords>,
    pub basis: Option<String>,
    pub quotes: Vec<QuoteWords>,
    /// What of it is not in force.
    pub ended: Vec<String>,
}

impl FormSheet {
    /// `ended`: what the form rests on that is not in force.
    pub fn of(words: &ConditionWords<'_>, ended: &[EndedBasis]) -> Self {
        let (lang, form) = (words.lang, words.form);
        let (mut parts, mut number): (Vec<SheetPart>, usize) = (vec![], 0);
        for entry in &form.entries {
            if let Some(heading) = heading(words, entry) {
                let mut lines = vec![];
                add(words, entry.entries(), ended, &mut number, &mut lines);
                parts.push(SheetPart { heading: Some(heading), lines });
                continue;
            }
            if parts.last().is_none_or(|part| part.heading.is_some()) {
                parts.push(SheetPart::default());
            }
            if let Some(part) = parts.last_mut() {
                add(words, std::slice::from_ref(entry), ended, &mut number, &mut part.lines);
            }
        }
        Self {
            id: form.id.clone(),
            title: form.title.get(lang).to_owned(),
            sector: form.sector,
            layer: form.layer,
            version: form.version,
            questions: number,
            kinds: words.kinds(&form.site_kinds),
            offered_if: form.offered_if.as_ref().map(|offered_if| words.holds(offered_if, None)),
            review: form.review.clone(),
            review_due: form.review_due,
            ended: ended.len(),
            parts,
        }
    }
}

impl FormSheet {
    /// Whether any question shows how it should look.
    pub fn has_pictures(&self) -> bool {
        self.parts.iter().flat_map(|part| &part.lines).any(|line| match line {
            SheetLine::Heading(_) => false,
            SheetLine::Question(question) => question.asked.picture.is_some(),
        })
    }
}

fn add(
    words: &ConditionWords<'_>,
    entries: &[Entry],
    ended: &[EndedBasis],
    number: &mut usize,
    lines: &mut Vec<SheetLine>,
) {
    for entry in entries {
        if let Some(heading) = heading(words, entry) {
            lines.push(SheetLine::Heading(heading));
            add(words, entry.entries(), ended, number, lines);
        }
        if let Entry::Question(question) = entry {
            *number += usize::from(question.asks());
            let number = question.asks().then_some(*number);
            lines.push(SheetLine::Question(Box::new(super::question_words::sheet(
                words, question, number, ended,
            ))));
        }
    }
}

/// None: it is a question.
fn heading(words: &ConditionWords<'_>, entry: &Entry) -> Option<SheetHeading> {
    let lang = words.lang;
    let asked_if = entry.relevant().map(|relevant| t::asked_if(lang, words.holds(relevant, None)));
    let (title, remarks) = match entry {
        Entry::Group(group) => (&group.title, asked_if.into_iter().collect()),
        Entry::Repeat(repeat) => {
            let each = match &repeat.count {
                Some(count) => {
                    [t::for_each(lang).to_owned(), t::as_many_as(lang, words.amount(count))].join(" · ")
                }
                None => t::for_each_up_to(lang, repeat.most),
            };
            (&repeat.title, [each].into_iter().chain(asked_if).collect())
        }
        Entry::Question(_) => return None,
    };
    Some(SheetHeading { title: title.get(lang).to_owned(), remarks })
}
