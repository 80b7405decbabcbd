//! A draft as its page shows it: its cells, each row in words, and what is wrong.

use super::preview::Preview;
use crate::{
    form_edit::{
        kinds::RowKind,
        slots::{Control, SLOTS},
    },
    form_words::{basis::basis_words, condition::ConditionWords},
    i18n::{form_editing as t, forms, trade},
};
use chrono::{DateTime, Utc};
use domain::{
    form::{
        Difference, Entry, Form, FormSheets, Question,
        editing::SheetFault,
        reference::{Reference, ids},
    },
    id::{FormId, SiteKind},
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftPage {
    pub id: FormId,
    pub title: String,
    /// Which version it will be.
    pub version: u32,
    /// The newest that is published.
    pub published: Option<u32>,
    /// None while it cannot be compared.
    pub differs: Option<Differs>,
    pub saved_at: DateTime<Utc>,
    pub saved_by: String,
    pub sheets: FormSheets,
    /// One for each row of the survey.
    pub rows: Vec<RowWords>,
    pub faults: Vec<SheetFault>,
    /// What it rests on that is not in force.
    pub ended: Vec<SheetFault>,
    pub remarks: Vec<SheetFault>,
    /// What is known of the ids that it names.
    pub references: Vec<Reference>,
    /// Where the form is tried out.
    pub kind: Option<SiteKind>,
    /// None while it has faults.
    pub preview: Option<Preview>,
}

/// How many entries differ from the published version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Differs {
    pub added: usize,
    pub changed: usize,
    pub moved: usize,
    pub removed: usize,
}

/// A row in words; of one that cannot be read, what stands in its cells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowWords {
    pub text: String,
    pub kind: String,
    pub when: String,
    pub fails: String,
    pub basis: String,
}

impl Differs {
    pub fn of(differences: &[Difference]) -> Self {
        let mut differs = Self::default();
        for difference in differences {
            match difference {
                Difference::Added(_) => differs.added += 1,
                Difference::Removed(_) => differs.removed += 1,
                Difference::Moved(_) => differs.moved += 1,
                Difference::Changed(..) | Difference::Form(_) => differs.changed += 1,
            }
        }
        differs
    }

    pub fn words(self, lang: Lang) -> String {
        let parts = [
            (self.added, t::differs_added as fn(Lang, usize) -> String),
            (self.changed, t::differs_changed),
            (self.moved, t::differs_moved),
            (self.removed, t::differs_removed),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| words(lang, count))
            .collect();
        if parts.is_empty() { t::differs_not(lang).to_owned() } else { parts.join(t::between(lang)) }
    }
}

/// The ids of the catalogue that stand in its cells.
pub fn named(sheets: &FormSheets) -> BTreeSet<&str> {
    let picked = SLOTS.iter().filter(|slot| matches!(slot.control, Control::Pick(_)));
    let cells = picked.flat_map(|slot| {
        let cells = if slot.is_of_form() { &sheets.settings } else { &sheets.survey };
        let heading = slot.heading_in(cells);
        (0..cells.rows.len()).map(move |row| cells.get(row, &heading))
    });
    cells.flat_map(ids).collect()
}

/// `words` where the draft is a form.
pub fn rows(lang: Lang, sheets: &FormSheets, words: Option<&ConditionWords<'_>>) -> Vec<RowWords> {
    let entries = words.map(|words| words.form.all_entries()).unwrap_or_default();
    let row = |row: usize| {
        let raw = raw(lang, sheets, row);
        let name = sheets.survey.get(row, "name");
        let entry = entries.iter().find(|entry| !name.is_empty() && entry.name() == name);
        match (words, entry) {
            (Some(words), Some(entry)) => read(words, entry, raw),
            (Some(_) | None, _) => raw,
        }
    };
    (0..sheets.survey.rows.len()).map(row).collect()
}

fn raw(lang: Lang, sheets: &FormSheets, row: usize) -> RowWords {
    let survey = &sheets.survey;
    let cell = |name: &str| {
        let slot = SLOTS.iter().find(|slot| slot.name == name);
        slot.map_or("", |slot| slot.value(survey, row))
    };
    let [zh, en] = [cell("label_zh"), cell("label_en")];
    let text = match lang {
        Lang::En if !en.is_empty() => en,
        Lang::Zh if zh.is_empty() => en,
        Lang::Zh | Lang::En => zh,
    };
    let kind = survey.get(row, "type");
    let name = RowKind::of(kind, survey.get(row, "appearance")).map(|(kind, _)| kind.name(lang));
    let joined = |names: &[&str]| {
        let cells: Vec<_> = names.iter().map(|name| cell(name)).filter(|text| !text.is_empty()).collect();
        cells.join(" · ").replace('\n', "；")
    };
    RowWords {
        text: text.to_owned(),
        kind: name.unwrap_or(kind).to_owned(),
        when: cell("relevant").to_owned(),
        fails: joined(&["level", "fails_if", "finding_zh"]),
        basis: joined(&["law", "standard", "plan"]),
    }
}

fn read(words: &ConditionWords<'_>, entry: &Entry, raw: RowWords) -> RowWords {
    let question = entry.question();
    let when = entry.relevant().map(|relevant| words.holds(relevant, question)).unwrap_or_default();
    let (fails, basis) = question.map(|question| meant(words.lang, words.form, question)).unwrap_or_default();
    RowWords { when, fails, basis, ..raw }
}

/// `一般隐患 · 3 天内整改`, and what that rests on.
fn meant(lang: Lang, form: &Form, question: &Question) -> (String, String) {
    let fails = question.criterion.as_ref().map(|criterion| {
        let within = match criterion.finding.days {
            0 => forms::on_the_spot(lang).to_owned(),
            days => forms::within_days(lang, days),
        };
        format!("{} · {within}", trade::severity(lang, criterion.finding.proposed_level()))
    });
    (fails.unwrap_or_default(), basis_words(lang, &question.basis, form).unwrap_or_default())
}
