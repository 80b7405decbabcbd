//! That the library quotes what stands in the collection that it was made from: word for word, and only what may be printed.
//!
//! The collection stands beside the repository and is no part of it.

use crate::{LIBRARY, assert_none};
use domain::{
    id::{LawId, QuoteId},
    law::Quotation,
};
use serde::Deserialize;
use std::{collections::BTreeMap, env, fs, path::PathBuf};

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

impl Collected {
    /// What of the library's quotation stands there otherwise, or must not be printed.
    fn differences(&self, quotation: &Quotation) -> Vec<&'static str> {
        let all = [
            ("law", self.law != quotation.law),
            ("article", self.article != quotation.article),
            ("lead", self.lead != quotation.lead),
            ("text", self.text != quotation.text),
            ("printable", !self.printable),
        ];
        all.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
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
    let known: BTreeMap<_, _> = collected.quote.iter().map(|quote| (&quote.id, quote)).collect();
    let mut wrong = vec![];
    for quotation in &LIBRARY.quotations {
        match known.get(&quotation.id).map(|collected| collected.differences(quotation)) {
            None => wrong.push(format!("{}: not in the collection", quotation.id)),
            Some(differences) if differences.is_empty() => {}
            Some(differences) => wrong.push(format!("{}: {}", quotation.id, differences.join(", "))),
        }
    }
    println!("{} quotations compared with {}", LIBRARY.quotations.len(), known.len());
    assert!(!LIBRARY.quotations.is_empty());
    assert_none(&wrong);
}
