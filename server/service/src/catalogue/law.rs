//! The library of laws and criteria, as built in: a file a sector or topic.
//!
//! `criteria` has the sentences that say when a hazard is major, each with the kinds of site that it binds; `law` has all else.
//! What may be printed was decided when the files were made: each sentence was seen in a full text with its article, of a law
//! that was in force. Here it is only read, and checked for what an author may get wrong.

#[cfg(test)]
mod tests;

use domain::{
    id::{LawId, LawTopicId, QuoteId, SiteKind},
    law::{Law, LawLibrary, LawTopic, Quotation},
};
use serde::Deserialize;
use std::collections::BTreeSet;
use thiserror::Error;

/// Topics stand first, then what is cited most.
const FILES: [(&str, &str); 20] = [
    ("law/topics", include_str!("../../../catalogue/law/topics.toml")),
    ("law/general", include_str!("../../../catalogue/law/general.toml")),
    ("law/fire", include_str!("../../../catalogue/law/fire.toml")),
    ("law/fire-premises", include_str!("../../../catalogue/law/fire-premises.toml")),
    ("law/hazchem", include_str!("../../../catalogue/law/hazchem.toml")),
    ("law/school", include_str!("../../../catalogue/law/school.toml")),
    ("law/transport", include_str!("../../../catalogue/law/transport.toml")),
    ("law/construction", include_str!("../../../catalogue/law/construction.toml")),
    ("law/hazardous-waste", include_str!("../../../catalogue/law/hazardous-waste.toml")),
    ("law/culture", include_str!("../../../catalogue/law/culture.toml")),
    ("law/equipment", include_str!("../../../catalogue/law/equipment.toml")),
    ("law/gas", include_str!("../../../catalogue/law/gas.toml")),
    ("law/property", include_str!("../../../catalogue/law/property.toml")),
    ("law/enterprise", include_str!("../../../catalogue/law/enterprise.toml")),
    ("law/enforcement", include_str!("../../../catalogue/law/enforcement.toml")),
    ("criteria/industry-and-trade", include_str!("../../../catalogue/criteria/industry-and-trade.toml")),
    ("criteria/special-equipment", include_str!("../../../catalogue/criteria/special-equipment.toml")),
    ("criteria/gas", include_str!("../../../catalogue/criteria/gas.toml")),
    ("criteria/construction", include_str!("../../../catalogue/criteria/construction.toml")),
    ("criteria/fireworks", include_str!("../../../catalogue/criteria/fireworks.toml")),
];

/// The library contradicts itself: a bug of this build.
#[derive(Debug, Error)]
pub enum LawLibraryError {
    #[error("{file}: {error}")]
    Unreadable { file: String, error: toml::de::Error },
    #[error("the topic {0} stands twice")]
    TopicTwice(LawTopicId),
    #[error("the law {0} stands twice")]
    LawTwice(LawId),
    #[error("the quotation {0} stands twice")]
    QuoteTwice(QuoteId),
    #[error("{quote} is quoted from the unknown law {law}")]
    UnknownLaw { quote: QuoteId, law: LawId },
    #[error("{quote} is about the unknown topic {topic}")]
    UnknownTopic { quote: QuoteId, topic: LawTopicId },
    #[error("{quote} binds the unknown kind {kind}")]
    UnknownKind { quote: QuoteId, kind: SiteKind },
    #[error("{file}: {quote} says whom it binds if it is a criterion, and only then")]
    Misplaced { file: String, quote: QuoteId },
    #[error("{0} has no article or no words")]
    Empty(QuoteId),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    topic: Vec<LawTopic>,
    #[serde(default)]
    law: Vec<Law>,
    #[serde(default)]
    quote: Vec<Quotation>,
}

/// Reads the library; `kinds` are the kinds of site that there are.
pub fn library(kinds: &BTreeSet<SiteKind>) -> Result<LawLibrary, LawLibraryError> {
    let files = FILES
        .into_iter()
        .map(|(name, text)| {
            let unreadable = |error| LawLibraryError::Unreadable { file: name.to_owned(), error };
            toml::from_str(text).map(|file| (name, file)).map_err(unreadable)
        })
        .collect::<Result<Vec<(&str, File)>, _>>()?;
    joined(files, kinds)
}

/// Puts the files together. A sentence may be quoted in another file than the one in which its law stands.
fn joined(files: Vec<(&str, File)>, kinds: &BTreeSet<SiteKind>) -> Result<LawLibrary, LawLibraryError> {
    let mut library = LawLibrary::default();
    for (name, file) in files {
        let criteria = name.starts_with("criteria/");
        if let Some(quote) = file.quote.iter().find(|quote| quote.is_criterion() != criteria) {
            return Err(LawLibraryError::Misplaced { file: name.to_owned(), quote: quote.id.clone() });
        }
        library.topics.extend(file.topic);
        library.laws.extend(file.law);
        library.quotations.extend(file.quote);
    }
    let topics = unique(library.topics.iter().map(|topic| &topic.id), LawLibraryError::TopicTwice)?;
    let laws = unique(library.laws.iter().map(|law| &law.id), LawLibraryError::LawTwice)?;
    unique(library.quotations.iter().map(|quote| &quote.id), LawLibraryError::QuoteTwice)?;
    for quote in &library.quotations {
        refers(quote, &laws, &topics, kinds)?;
    }
    Ok(library)
}

fn unique<'a, Id: Ord + Clone>(
    ids: impl Iterator<Item = &'a Id>,
    twice: impl Fn(Id) -> LawLibraryError,
) -> Result<BTreeSet<&'a Id>, LawLibraryError> {
    let mut known = BTreeSet::new();
    for id in ids {
        if !known.insert(id) {
            return Err(twice(id.clone()));
        }
    }
    Ok(known)
}

/// What a quotation names exists, and it has words.
fn refers(
    quote: &Quotation,
    laws: &BTreeSet<&LawId>,
    topics: &BTreeSet<&LawTopicId>,
    kinds: &BTreeSet<SiteKind>,
) -> Result<(), LawLibraryError> {
    let id = || quote.id.clone();
    if quote.article.trim().is_empty() || quote.text.trim().is_empty() {
        return Err(LawLibraryError::Empty(id()));
    }
    if !laws.contains(&quote.law) {
        return Err(LawLibraryError::UnknownLaw { quote: id(), law: quote.law.clone() });
    }
    if let Some(topic) = quote.topics.iter().find(|topic| !topics.contains(topic)) {
        return Err(LawLibraryError::UnknownTopic { quote: id(), topic: topic.clone() });
    }
    if let Some(kind) = quote.binds.iter().flatten().find(|kind| !kinds.contains(*kind)) {
        return Err(LawLibraryError::UnknownKind { quote: id(), kind: kind.clone() });
    }
    Ok(())
}
