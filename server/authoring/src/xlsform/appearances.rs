//! # Appearances and parameters
//!
//! How other programs show a question. What changes nothing of the answer is passed over with a remark; what would change it
//! is refused.

use super::fault::{Advice, Words};
use i18n::xlsform as t;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Use {
    /// Of an image: a signature.
    Signature,
    /// Of a date: a month.
    Month,
    /// Of a text: several lines.
    Lines,
    /// Taken on the spot, as all photos are unless the row allows others.
    New,
    Refused(Advice),
}

const fn refused(word: &'static str, instead: Words) -> (&'static str, Use) {
    (word, Use::Refused(Advice(instead)))
}

/// Words of the column `appearance`. One that is not here is passed over with a remark.
pub const APPEARANCES: &[(&str, Use)] = &[
    ("signature", Use::Signature),
    ("month-year", Use::Month),
    ("multiline", Use::Lines),
    ("new", Use::New),
    refused("year", t::instead_year),
    refused("draw", t::instead_drawing),
    refused("annotate", t::instead_drawing),
    refused("masked", t::instead_masked),
    refused("hidden-answer", t::instead_masked),
    refused("printer", t::instead_app),
    refused("bearing", t::instead_app),
    refused("image-map", t::instead_map),
    refused("map", t::instead_map),
    refused("ethiopian", t::instead_calendar),
    refused("coptic", t::instead_calendar),
    refused("islamic", t::instead_calendar),
    refused("bikram-sambat", t::instead_calendar),
    refused("myanmar", t::instead_calendar),
    refused("persian", t::instead_calendar),
    refused("buddhist", t::instead_calendar),
];

/// An appearance that opens another program: `ex:org.example.app(…)`.
pub const APP: Advice = Advice(t::instead_app);

/// Keys of the column `parameters` that are used.
pub const PARAMETERS: [&str; 4] = ["rows", "start", "end", "step"];

/// Keys that would change the answer.
pub const PARAMETERS_REFUSED: &[(&str, Advice)] = &[
    ("randomize", Advice(t::instead_random)),
    ("seed", Advice(t::instead_random)),
    ("app", Advice(t::instead_app)),
    ("value", Advice(t::instead_file_list)),
    ("label", Advice(t::instead_file_list)),
];

/// `None`: nothing is known of it.
pub fn appearance(word: &str) -> Option<Use> {
    APPEARANCES.iter().find(|(known, _)| *known == word).map(|(_, r#use)| *r#use)
}
