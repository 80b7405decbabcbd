//! # Columns
//!
//! Every column that is known, of each sheet: standard ones of XLSForm, our own, those that are not used, and those that are
//! refused with what to write instead. A column that stands nowhere here is remarked upon and not read.

use super::fault::{Advice, Words};
use i18n::xlsform as t;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Support {
    /// Of XLSForm.
    Standard,
    /// Of this product; other programs pass it over.
    Own,
    /// Changes only how other programs show or send a form.
    NotUsed,
    Refused(Advice),
}

/// The rows that may fill it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Every,
    /// All but the ends of groups and repeats.
    Begins,
    Questions,
    /// What somebody answers.
    Asked,
    Repeats,
    Numbers,
    Selects,
    Dates,
    Calculations,
    Choices,
    Settings,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub word: &'static str,
    /// What other authors and older workbooks write for it.
    pub aliases: &'static [&'static str],
    /// One column a language: `label::中文 (zh)`; of our own also `finding_zh`.
    pub translated: bool,
    /// A file: a workbook may have one column a language, and here all of them name the same.
    pub media: bool,
    pub on: On,
    pub support: Support,
}

const fn standard(word: &'static str, aliases: &'static [&'static str], on: On) -> Column {
    Column { word, aliases, translated: false, media: false, on, support: Support::Standard }
}

const fn own(word: &'static str, aliases: &'static [&'static str], on: On) -> Column {
    Column { word, aliases, translated: false, media: false, on, support: Support::Own }
}

const fn not_used(word: &'static str, aliases: &'static [&'static str], on: On) -> Column {
    Column { word, aliases, translated: false, media: false, on, support: Support::NotUsed }
}

const fn refused(word: &'static str, aliases: &'static [&'static str], instead: Words) -> Column {
    let support = Support::Refused(Advice(instead));
    Column { word, aliases, translated: true, media: false, on: On::Every, support }
}

impl Column {
    const fn translated(mut self) -> Self {
        self.translated = true;
        self
    }

    const fn media(mut self) -> Self {
        self.media = true;
        self
    }
}

pub const SURVEY: &[Column] = &[
    standard("type", &["command"], On::Every),
    standard("name", &["tag"], On::Every),
    standard("label", &["caption"], On::Begins).translated(),
    standard("hint", &[], On::Questions).translated(),
    standard("required", &[], On::Asked),
    standard("relevant", &["relevance", "skip_logic"], On::Begins),
    standard("constraint", &[], On::Asked),
    standard("constraint_message", &["constraining_message"], On::Asked).translated(),
    standard("calculation", &["calculate"], On::Calculations),
    standard("default", &[], On::Asked),
    standard("read_only", &["readonly", "read-only"], On::Questions),
    standard("appearance", &[], On::Begins),
    standard("parameters", &[], On::Questions),
    standard("choice_filter", &[], On::Selects),
    standard("repeat_count", &["count", "jr:count"], On::Repeats),
    standard("image", &["media::image"], On::Questions).media(),
    standard("rows", &[], On::Asked),
    own("picture", &[], On::Questions).translated(),
    own("unit", &[], On::Numbers).translated(),
    own("decimals", &[], On::Numbers),
    own("from", &[], On::Numbers),
    own("to", &[], On::Numbers),
    own("absent", &[], On::Dates),
    own("most", &[], On::Repeats),
    own("fails_if", &["criterion"], On::Asked),
    own("level", &[], On::Asked),
    own("major_by", &[], On::Asked),
    own("finding", &[], On::Asked).translated(),
    own("at_once", &[], On::Asked).translated(),
    own("days", &["deadline"], On::Asked),
    own("responsible", &[], On::Asked),
    own("authority", &[], On::Asked).translated(),
    own("hazard", &[], On::Asked),
    own("law", &[], On::Questions),
    own("standard", &[], On::Questions),
    own("plan", &["clause"], On::Questions),
    own("good_practice", &[], On::Questions),
    own("photo", &[], On::Questions),
    own("allow_existing_photo", &[], On::Questions),
    own("every", &[], On::Questions),
    own("fact", &[], On::Questions),
    not_used("required_message", &["requiredmsg", "requirement_message"], On::Every).translated(),
    not_used("autoplay", &[], On::Every),
    not_used("buttontext", &[], On::Every),
    not_used("noapperrorstring", &[], On::Every),
    refused("guidance_hint", &[], t::instead_hint),
    refused("audio", &["media::audio"], t::instead_media),
    refused("video", &["media::video"], t::instead_media),
    refused("big-image", &["media::big-image"], t::instead_media),
    refused("trigger", &[], t::instead_trigger),
    refused("save_to", &[], t::instead_save_to),
    refused("duty", &[], t::instead_duty),
    refused("basis", &[], t::instead_basis),
    refused("bind", &[], t::instead_xml),
    refused("body", &[], t::instead_xml),
    refused("control", &[], t::instead_xml),
    refused("instance", &[], t::instead_xml),
];

pub const CHOICES: &[Column] = &[
    standard("list_name", &[], On::Choices),
    standard("name", &["value"], On::Choices),
    standard("label", &["caption"], On::Choices).translated(),
    own("shown_if", &[], On::Choices),
    refused("image", &["media::image"], t::instead_media),
    refused("audio", &["media::audio"], t::instead_media),
    refused("video", &["media::video"], t::instead_media),
    refused("big-image", &["media::big-image"], t::instead_media),
];

pub const SETTINGS: &[Column] = &[
    standard("form_title", &["set_form_title"], On::Settings),
    standard("form_id", &["id_string", "set_form_id"], On::Settings),
    standard("version", &[], On::Settings),
    standard("default_language", &[], On::Settings),
    standard("allow_choice_duplicates", &[], On::Settings),
    own("title", &[], On::Settings).translated(),
    own("layer", &[], On::Settings),
    own("sector", &[], On::Settings),
    own("site_kinds", &[], On::Settings),
    own("offered_if", &[], On::Settings),
    own("reviewed_by", &[], On::Settings),
    own("reviewed_on", &[], On::Settings),
    own("review_due", &[], On::Settings),
];

/// A heading as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// In small letters, blanks as `_`, without its language.
    pub word: String,
    /// What stands behind `::`.
    pub language: Option<String>,
}

impl Heading {
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let lower = text.to_lowercase();
        // `media::image::English (en)`; older workbooks have one colon, as in `label:English (en)`.
        let (from, between) = match lower.strip_prefix("media") {
            Some(rest) if rest.starts_with(':') => {
                (rest.find(|c| c != ':').map_or(0, |at| at + 5), "media::")
            }
            Some(_) | None => (0, ""),
        };
        let rest = text.get(from..).unwrap_or(text);
        let at = rest.find(':').filter(|_| !rest.to_lowercase().starts_with("jr:"));
        let (word, language) = match at {
            Some(at) => (&rest[..at], Some(rest[at..].trim_start_matches(':').trim().to_owned())),
            None => (rest, None),
        };
        let word = word.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
        Self { word: format!("{between}{word}"), language }
    }
}

/// The column of a table that a heading means, and the language that it is written in where it says one.
pub fn find(table: &'static [Column], heading: &Heading) -> Option<(&'static Column, Option<String>)> {
    let is = |column: &&Column, word: &str| column.word == word || column.aliases.contains(&word);
    if let Some(column) = table.iter().find(|column| is(column, &heading.word)) {
        return Some((column, heading.language.clone()));
    }
    let (word, language) = ["_zh", "_en"]
        .into_iter()
        .find_map(|ending| Some((heading.word.strip_suffix(ending)?, &ending[1..])))?;
    let is_own = |column: &Column| column.translated && column.support == Support::Own;
    let column = table.iter().find(|column| is_own(column) && column.word == word)?;
    Some((column, Some(language.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_all_ages_are_read() {
        let heading = |word: &str, language: Option<&str>| Heading {
            word: word.to_owned(),
            language: language.map(str::to_owned),
        };
        assert_eq!(Heading::parse("label::中文 (zh)"), heading("label", Some("中文 (zh)")));
        assert_eq!(Heading::parse("label:English (en)"), heading("label", Some("English (en)")));
        assert_eq!(Heading::parse(" Constraint Message "), heading("constraint_message", None));
        assert_eq!(Heading::parse("media::image::English"), heading("media::image", Some("English")));
        assert_eq!(Heading::parse("media"), heading("media", None));
        assert_eq!(Heading::parse("bind::saveIncomplete"), heading("bind", Some("saveIncomplete")));
    }

    #[test]
    fn own_columns_have_their_language_behind_an_underscore() {
        let found = find(SURVEY, &Heading::parse("finding_en")).unwrap();
        assert_eq!((found.0.word, found.1.as_deref()), ("finding", Some("en")));
        assert!(find(SURVEY, &Heading::parse("days_en")).is_none());
    }

    #[test]
    fn no_column_stands_twice() {
        for table in [SURVEY, CHOICES, SETTINGS] {
            let mut words: Vec<_> =
                table.iter().flat_map(|one| std::iter::once(&one.word).chain(one.aliases)).collect();
            let count = words.len();
            words.sort();
            words.dedup();
            assert_eq!(words.len(), count);
        }
    }
}
