//! # What is supported, made from the tables that reading goes by

use super::{
    appearances::{APPEARANCES, PARAMETERS, PARAMETERS_REFUSED, Use},
    columns::{CHOICES, Column, SETTINGS, SURVEY, Support},
    types::{Means, TYPES},
};
use domain::expression::{Function, LookupTable};
use domain::text::Lang;
use i18n::xlsform as t;
use std::fmt::Write;

/// Types, columns, appearances, parameters, functions and what can be looked up as tables of Markdown: what is supported, and what to write in place
/// of the rest.
pub fn supported(lang: Lang) -> String {
    let mut page = String::new();
    let mut types = vec![];
    for one in TYPES {
        let says = match one.means {
            Means::Refused(advice) => t::no_but(lang, advice.0(lang)),
            Means::Kept => t::kept(lang).to_owned(),
            Means::Text
            | Means::Integer
            | Means::Decimal
            | Means::Range
            | Means::SelectOne
            | Means::SelectMultiple
            | Means::Note
            | Means::Date
            | Means::Time
            | Means::Place
            | Means::Image
            | Means::Code
            | Means::Calculate
            | Means::Today
            | Means::Start
            | Means::BeginGroup
            | Means::EndGroup
            | Means::BeginRepeat
            | Means::EndRepeat => t::yes(lang).to_owned(),
        };
        types.push([words(one.word, one.aliases), says]);
    }
    table(&mut page, lang, t::types(lang), &types);
    for (sheet, columns) in [("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)] {
        let rows: Vec<_> = columns.iter().map(|column| row(lang, column)).collect();
        table(&mut page, lang, &t::columns_of(lang, sheet), &rows);
    }
    let appearances: Vec<_> = APPEARANCES
        .iter()
        .map(|(word, used)| {
            let says = match used {
                Use::Refused(advice) => t::no_but(lang, advice.0(lang)),
                Use::Signature | Use::Month | Use::Lines | Use::New => t::yes(lang).to_owned(),
            };
            [words(word, &[]), says]
        })
        .collect();
    table(&mut page, lang, t::appearances(lang), &appearances);
    let used = PARAMETERS.into_iter().map(|word| [words(word, &[]), t::yes(lang).to_owned()]);
    let refused =
        PARAMETERS_REFUSED.iter().map(|(word, advice)| [words(word, &[]), t::no_but(lang, advice.0(lang))]);
    table(&mut page, lang, t::parameters(lang), &used.chain(refused).collect::<Vec<_>>());
    let functions: Vec<_> = Function::ALL
        .into_iter()
        .map(|one| [format!("`{}()`", one.word()), t::yes(lang).to_owned()])
        .collect();
    table(&mut page, lang, t::functions(lang), &functions);
    let tables = LookupTable::ALL.map(|one| {
        let [key, tells] = one.columns();
        [format!("`pulldata('{}', '{tells}', '{key}', …)`", one.as_str()), t::yes(lang).to_owned()]
    });
    table(&mut page, lang, t::tables(lang), &tables);
    page
}

fn row(lang: Lang, column: &Column) -> [String; 2] {
    let says = match column.support {
        Support::Standard => t::yes(lang).to_owned(),
        Support::Own => t::own(lang).to_owned(),
        Support::NotUsed => t::passed_over(lang).to_owned(),
        Support::Refused(advice) => t::no_but(lang, advice.0(lang)),
    };
    [words(column.word, column.aliases), says]
}

/// `date` (`day`)
fn words(word: &str, aliases: &[&str]) -> String {
    let others: Vec<_> = aliases.iter().map(|alias| format!("`{alias}`")).collect();
    if others.is_empty() { format!("`{word}`") } else { format!("`{word}` ({})", others.join(", ")) }
}

fn table(page: &mut String, lang: Lang, title: &str, rows: &[[String; 2]]) {
    let mut line = |text: String| {
        // Writing into a text never fails.
        let _ = writeln!(page, "{text}");
    };
    line(format!("## {title}\n"));
    line(format!("| {} | {} |", t::written(lang), t::is_supported(lang)));
    line("| --- | --- |".to_owned());
    for [word, says] in rows {
        line(format!("| {} | {} |", word.replace('|', "\\|"), says.replace('|', "\\|")));
    }
    line(String::new());
}
