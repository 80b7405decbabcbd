//! That the library quotes what stands in the collection that it was made from: word for word, and only what may be printed.
//!
//! The collection stands beside the repository and is no part of it.

use crate::{LIBRARY, assert_none};
use domain::{
    id::{LawId, QuoteId},
    law::Quotation,
};
use serde::Deserialize;
use std::{env, fs, path::PathBuf};

/// Names the folder; without it, the usual one.
const FOLDER: &str = "XUNAN_LAW";

#[derive(Deserialize)]
struct Collection {
    quote: Vec<Collected>,
}

#[derive(Deserialize)]
struct Collected {
    id: QuoteId,
    law: LawId,
    article: String,
    #[serde(default)]
    lead: String,
    text: String,
    printable: bool,
}

impl Collection {
    fn quote(&self, id: &QuoteId) -> Option<&Collected> {
        self.quote.iter().find(|quote| quote.id == *id)
    }

    /// What of a quotation stands there otherwise, or must not be printed.
    fn differences(&self, quotation: &Quotation) -> Vec<&'static str> {
        let Some(collected) = self.quote(&quotation.id) else { return vec!["not in the collection"] };
        let all = [
            ("law", collected.law != quotation.law),
            ("article", collected.article != quotation.article),
            ("lead", collected.lead != quotation.lead && !self.has_lead(quotation)),
            ("text", collected.text != quotation.text),
            ("not printable", !collected.printable),
        ];
        all.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
    }

    /// Whether another sentence of the same article hangs on the same opening words, and may be printed with them.
    fn has_lead(&self, quotation: &Quotation) -> bool {
        self.quote.iter().any(|other| {
            let is_same = other.law == quotation.law && other.article == quotation.article;
            is_same && other.printable && !other.lead.is_empty() && other.lead == quotation.lead
        })
    }
}

fn collection() -> Option<PathBuf> {
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/law");
    let file = env::var_os(FOLDER).map_or(usual, PathBuf::from).join("laws.toml");
    file.is_file().then_some(file)
}

#[test]
fn every_quotation_of_the_library_is_verbatim_printable_in_the_collection() {
    let Some(file) = collection() else {
        println!("skipped: there is no collection of laws; {FOLDER} may name its folder");
        return;
    };
    let collected: Collection = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let mut wrong = vec![];
    for quotation in &LIBRARY.quotations {
        let differences = collected.differences(quotation);
        if !differences.is_empty() {
            wrong.push(format!("{}: {}", quotation.id, differences.join(", ")));
        }
    }
    println!("{} quotations compared with {}", LIBRARY.quotations.len(), collected.quote.len());
    assert!(!LIBRARY.quotations.is_empty());
    assert_none(&wrong);
}
