//! # Types of rows
//!
//! Every word that XLSForm has for a type stands here once: what becomes of it, or what to write instead.

use super::fault::{Advice, Words};
use i18n::xlsform as t;

/// What a row of the survey becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Means {
    Text,
    /// A whole number.
    Integer,
    Decimal,
    Range,
    /// A list's name follows, and perhaps `or_other`.
    SelectOne,
    SelectMultiple,
    Note,
    Date,
    Time,
    Place,
    Image,
    Code,
    Calculate,
    /// The day of the visit.
    Today,
    /// The moment at which the visit began.
    Start,
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
    /// The visit keeps it by itself; the row is left out.
    Kept,
    Refused(Advice),
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    pub word: &'static str,
    /// What other authors and older workbooks write for it.
    pub aliases: &'static [&'static str],
    pub means: Means,
}

const fn row(word: &'static str, aliases: &'static [&'static str], means: Means) -> Type {
    Type { word, aliases, means }
}

const fn refused(word: &'static str, aliases: &'static [&'static str], instead: Words) -> Type {
    Type { word, aliases, means: Means::Refused(Advice(instead)) }
}

pub const TYPES: &[Type] = &[
    row("text", &["string"], Means::Text),
    row("integer", &["int"], Means::Integer),
    row("decimal", &[], Means::Decimal),
    row("range", &[], Means::Range),
    row("select_one", &["select one", "select1"], Means::SelectOne),
    row("select_multiple", &["select multiple", "select all that apply"], Means::SelectMultiple),
    row("note", &[], Means::Note),
    row("date", &[], Means::Date),
    row("time", &[], Means::Time),
    row("geopoint", &["location", "gps"], Means::Place),
    row("image", &["photo"], Means::Image),
    row("barcode", &[], Means::Code),
    row("calculate", &["calculation"], Means::Calculate),
    row("today", &[], Means::Today),
    row("start", &["start time"], Means::Start),
    row("begin_group", &["begin group"], Means::BeginGroup),
    row("end_group", &["end group"], Means::EndGroup),
    row("begin_repeat", &["begin repeat"], Means::BeginRepeat),
    row("end_repeat", &["end repeat"], Means::EndRepeat),
    row("end", &["end time"], Means::Kept),
    row("deviceid", &["device id", "imei", "uri:deviceid"], Means::Kept),
    row("username", &["uri:username"], Means::Kept),
    row("email", &["uri:email"], Means::Kept),
    row("phonenumber", &["uri:phonenumber"], Means::Kept),
    row("simserial", &["sim id", "uri:simserial"], Means::Kept),
    row("subscriberid", &["subscriber id", "uri:subscriberid"], Means::Kept),
    row("start-geopoint", &[], Means::Kept),
    row("audit", &[], Means::Kept),
    refused("select_one_from_file", &[], t::instead_file_list),
    refused("select_multiple_from_file", &[], t::instead_file_list),
    refused("select_one_external", &["select one external"], t::instead_file_list),
    refused("rank", &[], t::instead_rank),
    refused("audio", &[], t::instead_sound),
    refused("video", &[], t::instead_sound),
    refused("file", &[], t::instead_sound),
    refused("background-audio", &[], t::instead_sound),
    refused("geotrace", &[], t::instead_line),
    refused("geoshape", &[], t::instead_line),
    refused("background-geopoint", &[], t::instead_line),
    refused("datetime", &["date_time", "date time"], t::instead_date_time),
    refused("acknowledge", &["trigger"], t::instead_acknowledge),
    refused("hidden", &[], t::instead_hidden),
    refused("xml-external", &[], t::instead_file_list),
    refused("csv-external", &[], t::instead_file_list),
    refused("begin_loop", &["begin loop", "begin loop over"], t::instead_loop),
    refused("end_loop", &["end loop"], t::instead_loop),
    refused(
        "select one from",
        &["select all that apply from", "add select one prompt using", "add select multiple prompt using"],
        t::instead_old_select,
    ),
    refused("phone number", &["phone_number"], t::instead_phone),
];

/// The row that a cell means, and what follows the word: the list of choices.
pub fn of(cell: &str) -> Option<(&'static Type, String)> {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let words = TYPES.iter().flat_map(|one| {
        std::iter::once(one.word).chain(one.aliases.iter().copied()).map(move |word| (one, word))
    });
    let fits = |word: &str| {
        lower == word || (lower.starts_with(word) && lower.as_bytes().get(word.len()) == Some(&b' '))
    };
    // The longest that fits: `select one from` before `select one`.
    let (found, word) = words.filter(|(_, word)| fits(word)).max_by_key(|(_, word)| word.len())?;
    // Lower case may have another length only beyond ASCII, where no word of the table is.
    let rest = text.get(word.len()..).unwrap_or_default().trim().to_owned();
    let takes_more = matches!(found.means, Means::SelectOne | Means::SelectMultiple | Means::Refused(_));
    (takes_more || rest.is_empty()).then_some((found, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_that_fits_is_meant() {
        let word = |cell: &str| of(cell).map(|(found, rest)| (found.word, rest));
        let is = |word: &'static str, rest: &str| Some((word, rest.to_owned()));
        assert_eq!(word("select_one  Yes_no or_other"), is("select_one", "Yes_no or_other"));
        assert_eq!(word("select one from colours"), is("select one from", "colours"));
        assert_eq!(word("dateTime"), is("datetime", ""));
        assert_eq!(word("begin group"), is("begin_group", ""));
        assert_eq!(word("text area"), None);
        assert_eq!(word("texts"), None);
    }

    #[test]
    fn no_word_stands_twice() {
        let mut words: Vec<_> =
            TYPES.iter().flat_map(|one| std::iter::once(&one.word).chain(one.aliases)).collect();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(words.iter().all(|word| word.to_lowercase() == **word));
    }
}
