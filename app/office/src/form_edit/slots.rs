//! The fields of a row: which cell each stands for, and which rows have it.

use super::kinds::RowKind;
use crate::i18n::form_editing as t;
use domain::{
    form::{reference::ReferenceKind, sheets::Cells},
    text::Lang,
};

type Words = fn(Lang) -> &'static str;

/// How a field is filled in.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    Line,
    /// Several lines.
    Area,
    /// As authors write it: a formula or a word.
    Code,
    /// Words of the column, with what stands for none of them first.
    Words(Words, &'static [(&'static str, Words)]),
    /// One of the sectors.
    Sector,
    /// Ids of the catalogue.
    Pick(ReferenceKind),
}

/// The heading under which a field stands in its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Text,
    When,
    Fails,
    Basis,
}

/// Which rows have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Every,
    Questions,
    Asked,
    Numbers,
    Dates,
    Calculations,
    Repeats,
    /// No row: the form.
    Form,
}

/// A field, and the cell that it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    pub name: &'static str,
    /// As our own workbooks have it.
    pub heading: &'static str,
    pub label: Words,
    pub hint: Option<Words>,
    pub control: Control,
    pub part: Part,
    of: Of,
}

const fn slot(name: &'static str, heading: &'static str, label: Words, part: Part, of: Of) -> Slot {
    Slot { name, heading, label, hint: None, control: Control::Line, part, of }
}

impl Slot {
    const fn hint(mut self, hint: Words) -> Self {
        self.hint = Some(hint);
        self
    }

    const fn code(mut self) -> Self {
        self.control = Control::Code;
        self
    }

    const fn area(mut self) -> Self {
        self.control = Control::Area;
        self
    }

    const fn sector(mut self) -> Self {
        self.control = Control::Sector;
        self
    }

    const fn pick(mut self, kind: ReferenceKind) -> Self {
        self.control = Control::Pick(kind);
        self
    }

    const fn words(mut self, none: Words, words: &'static [(&'static str, Words)]) -> Self {
        self.control = Control::Words(none, words);
        self
    }

    /// Whether such a row has it.
    pub fn fits(&self, kind: Option<RowKind>) -> bool {
        // What cannot be read may be anything.
        let Some(kind) = kind else { return self.of != Of::Form };
        match self.of {
            Of::Every => true,
            Of::Questions => !kind.is_group(),
            Of::Asked => kind.asks(),
            Of::Numbers => matches!(kind, RowKind::Integer | RowKind::Decimal),
            Of::Dates => matches!(kind, RowKind::Date | RowKind::Month),
            Of::Calculations => kind == RowKind::Calculation,
            Of::Repeats => kind == RowKind::Repeat,
            Of::Form => false,
        }
    }

    pub fn is_of_form(&self) -> bool {
        self.of == Of::Form
    }

    /// The heading in this sheet under which it stands, or will.
    pub fn heading_in(&self, cells: &Cells) -> String {
        let own = parts(self.heading);
        let known = |fits: &dyn Fn(&str) -> bool| cells.headings.iter().find(|known| fits(known)).cloned();
        let exact = known(&|heading| heading == self.heading);
        let same = || known(&|heading| parts(heading) == own);
        // A column that says no language holds the first one.
        let plain = || known(&|heading| own.1 == Some(Lang::Zh) && parts(heading) == (own.0.clone(), None));
        exact.or_else(same).or_else(plain).unwrap_or_else(|| self.heading.to_owned())
    }

    pub fn value<'a>(&self, cells: &'a Cells, row: usize) -> &'a str {
        cells.get(row, &self.heading_in(cells))
    }

    /// Whether something that is wrong under this heading is wrong here.
    pub fn is_under(&self, heading: &str, cells: &Cells) -> bool {
        if heading.is_empty() {
            return false;
        }
        let (word, lang) = parts(heading);
        let own = parts(self.heading);
        self.heading_in(cells) == heading
            || (word == own.0 && (lang == own.1 || lang.is_none() && own.1 != Some(Lang::En)))
    }
}

/// The word of a heading, and its language: `label::中文 (zh)`, `finding_en`.
fn parts(heading: &str) -> (String, Option<Lang>) {
    let lower = heading.trim().to_lowercase();
    let lang = |said: &str| {
        let is = |words: [&str; 3]| words.iter().any(|word| said.contains(word));
        if is(["(zh", "中文", "chinese"]) || said == "zh" {
            Some(Lang::Zh)
        } else if is(["(en", "英文", "english"]) || said == "en" {
            Some(Lang::En)
        } else {
            None
        }
    };
    if let Some((word, said)) = lower.split_once(':') {
        return (word.trim().replace(' ', "_"), lang(said.trim_start_matches(':').trim()));
    }
    let own = [("_zh", Lang::Zh), ("_en", Lang::En)];
    let found = own.into_iter().find_map(|(end, lang)| Some((lower.strip_suffix(end)?.to_owned(), lang)));
    found.map_or_else(|| (lower.replace(' ', "_"), None), |(word, lang)| (word, Some(lang)))
}

const LEVELS: &[(&str, Words)] =
    &[("general", crate::i18n::trade::general_hazard), ("major", crate::i18n::trade::major_hazard)];
const RESPONSIBLE: &[(&str, Words)] = &[
    ("site", t::responsible_site),
    ("authority", t::responsible_authority),
    ("unknown", t::responsible_unknown),
];
const YES: &[(&str, Words)] = &[("yes", t::yes)];
const PHOTOS: &[(&str, Words)] =
    &[("never", t::photo_never), ("on_fail", t::photo_on_fail), ("always", t::photo_always)];
const LAYERS: &[(&str, Words)] = &[
    ("patrol", crate::i18n::forms::layer_patrol),
    ("campaign", crate::i18n::forms::layer_campaign),
    ("inspection", crate::i18n::forms::layer_inspection),
];

#[rustfmt::skip]
pub const SLOTS: &[Slot] = &[
    slot("label_zh", "label::中文 (zh)", t::label_zh, Part::Text, Of::Every),
    slot("label_en", "label::English (en)", t::label_en, Part::Text, Of::Every),
    slot("hint_zh", "hint::中文 (zh)", t::hint_zh, Part::Text, Of::Questions),
    slot("hint_en", "hint::English (en)", t::hint_en, Part::Text, Of::Questions),
    slot("picture_zh", "picture_zh", t::picture_zh, Part::Text, Of::Questions).hint(t::picture_hint),
    slot("picture_en", "picture_en", t::picture_en, Part::Text, Of::Questions),
    slot("name", "name", t::name, Part::Text, Of::Every).hint(t::name_hint).code(),
    slot("unit_zh", "unit_zh", t::unit_zh, Part::Text, Of::Numbers),
    slot("unit_en", "unit_en", t::unit_en, Part::Text, Of::Numbers),
    slot("from", "from", t::from, Part::Text, Of::Numbers),
    slot("to", "to", t::to, Part::Text, Of::Numbers),
    slot("decimals", "decimals", t::decimals, Part::Text, Of::Numbers),
    slot("absent", "absent", t::absent, Part::Text, Of::Dates).hint(t::absent_hint).code(),
    slot("calculation", "calculation", t::calculation, Part::Text, Of::Calculations).code(),
    slot("repeat_count", "repeat_count", t::repeat_count, Part::Text, Of::Repeats).code(),
    slot("most", "most", t::most, Part::Text, Of::Repeats),
    slot("relevant", "relevant", t::relevant, Part::When, Of::Every).code(),
    slot("required", "required", t::required, Part::When, Of::Asked).hint(t::required_hint).code(),
    slot("constraint", "constraint", t::constraint, Part::When, Of::Asked).code(),
    slot("message_zh", "constraint_message::中文 (zh)", t::message_zh, Part::When, Of::Asked),
    slot("message_en", "constraint_message::English (en)", t::message_en, Part::When, Of::Asked),
    slot("photo", "photo", t::photo, Part::When, Of::Asked).words(t::photo_default, PHOTOS),
    slot("fact", "fact", t::fact, Part::When, Of::Questions).hint(t::fact_hint).code(),
    slot("fails_if", "fails_if", t::fails_if, Part::Fails, Of::Asked).hint(t::fails_if_hint).code(),
    slot("finding_zh", "finding_zh", t::finding_zh, Part::Fails, Of::Asked),
    slot("finding_en", "finding_en", t::finding_en, Part::Fails, Of::Asked),
    slot("level", "level", t::level, Part::Fails, Of::Asked).words(t::level_default, LEVELS),
    slot("major_by", "major_by", t::major_by, Part::Fails, Of::Asked).hint(t::major_by_hint).pick(ReferenceKind::Criterion),
    slot("at_once_zh", "at_once_zh", t::at_once_zh, Part::Fails, Of::Asked),
    slot("at_once_en", "at_once_en", t::at_once_en, Part::Fails, Of::Asked),
    slot("days", "days", t::days, Part::Fails, Of::Asked),
    slot("responsible", "responsible", t::responsible, Part::Fails, Of::Asked).words(t::responsible_default, RESPONSIBLE),
    slot("authority_zh", "authority_zh", t::authority_zh, Part::Fails, Of::Asked),
    slot("authority_en", "authority_en", t::authority_en, Part::Fails, Of::Asked),
    slot("hazard", "hazard", t::hazard, Part::Fails, Of::Asked).hint(t::hazard_hint).code(),
    slot("law", "law", t::law, Part::Basis, Of::Questions).hint(t::law_hint).pick(ReferenceKind::Law),
    slot("standard", "standard", t::standard, Part::Basis, Of::Questions).hint(t::standard_hint).area(),
    slot("plan", "plan", t::plan, Part::Basis, Of::Questions).hint(t::plan_hint).pick(ReferenceKind::Clause),
    slot("good_practice", "good_practice", t::good_practice, Part::Basis, Of::Questions).words(t::no, YES),
    slot("title_zh", "title_zh", t::title_zh, Part::Text, Of::Form),
    slot("title_en", "title_en", t::title_en, Part::Text, Of::Form),
    slot("layer", "layer", crate::i18n::forms::layer, Part::Text, Of::Form).words(crate::i18n::forms::layer_inspection, LAYERS),
    slot("sector", "sector", crate::i18n::office::sector, Part::Text, Of::Form).sector(),
    slot("site_kinds", "site_kinds", t::site_kinds, Part::Text, Of::Form).hint(t::site_kinds_hint).pick(ReferenceKind::SiteKind),
    slot("offered_if", "offered_if", t::offered_if, Part::Text, Of::Form).code(),
    slot("review_due", "review_due", crate::i18n::forms::review_due, Part::Text, Of::Form).hint(t::review_due_hint),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(name: &str) -> &'static Slot {
        SLOTS.iter().find(|slot| slot.name == name).unwrap()
    }

    fn cells(headings: &[&str]) -> Cells {
        Cells { headings: headings.iter().map(|&heading| heading.to_owned()).collect(), rows: vec![] }
    }

    #[test]
    fn a_field_finds_its_column_in_the_workbooks_of_others() {
        let foreign = cells(&["Label : Chinese (zh)", "label::English", "hint"]);
        assert_eq!(slot("label_zh").heading_in(&foreign), "Label : Chinese (zh)");
        assert_eq!(slot("label_en").heading_in(&foreign), "label::English");
        assert_eq!(slot("hint_zh").heading_in(&foreign), "hint");
        assert_eq!(slot("hint_en").heading_in(&foreign), "hint::English (en)", "a column to come");
        assert_eq!(slot("days").heading_in(&foreign), "days");
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let own = cells(&["label::中文 (zh)", "label::English (en)", "finding_zh"]);
        assert!(slot("label_en").is_under("label::English (en)", &own));
        assert!(!slot("label_zh").is_under("label::English (en)", &own));
        assert!(slot("label_zh").is_under("label", &own), "of no language");
        assert!(slot("finding_zh").is_under("finding", &own));
        assert!(!slot("days").is_under("", &own));
    }

    #[test]
    fn no_field_stands_twice() {
        let mut names: Vec<_> = SLOTS.iter().map(|slot| slot.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SLOTS.len());
    }
}
