//! 常用说法: what the office writes most. The server learns it from all of the office's hazards and tells phones of it with the
//! sounds of its words ([`office`]); beside these a phone learns from the hazards that it has, the unsent ones among them.
//!
//! A phrase is found by any part of its words. By the initials of its sounds (`xftd`) it is found where it came from the server:
//! the table of sounds is there alone ([`crate::search`]), and a phone's program would be larger by all of it.

pub mod office;

use crate::{hazard::Hazard, limits::tidy_line, order::sort_by_key, search::Query, sector::Sector};
use office::OfficePhrase;
use std::{cmp::Reverse, collections::BTreeMap};

/// As many as a thumb chooses among.
pub const OFFERED_MOST: usize = 6;

/// Characters of a sentence that may be meant again; a longer one tells of one case.
const LONGEST: usize = 40;

/// A sentence, and how often it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As it was written last.
    pub words: String,
    pub times: usize,
    folded: String,
    /// Initials of its sounds, where they are known.
    sounds: String,
    /// Of the sites at which it is written, where that is known.
    sectors: Vec<Sector>,
}

/// The sentences of these hazards, the most used first, of equals the newest. `fold` makes alike what differs in width, case
/// and blanks alone: [`search::fold`](crate::search::fold) of the normal form.
pub fn learned(hazards: &[Hazard], fold: &dyn Fn(&str) -> String) -> Vec<Phrase> {
    let mut newest: Vec<&Hazard> = hazards.iter().collect();
    sort_by_key(&mut newest, |hazard| Reverse(hazard.found_at));
    let mut phrases: Vec<Phrase> = vec![];
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for hazard in newest {
        let Some((words, folded)) = sentence(&hazard.found.what, fold) else { continue };
        let at = *places.entry(folded.clone()).or_insert(phrases.len());
        match phrases.get_mut(at) {
            Some(known) => known.times += 1,
            None => {
                let (sounds, sectors) = (String::new(), vec![]);
                phrases.push(Phrase { words, times: 1, folded, sounds, sectors });
            }
        }
    }
    sort_by_key(&mut phrases, |phrase| Reverse(phrase.times));
    phrases
}

/// Those of the office with those that only this phone knows, the most used first. What both know the office has counted: the
/// phone's hazards are among its own, but for those on their way.
pub fn with_those_of_office(
    own: Vec<Phrase>,
    office: &[OfficePhrase],
    fold: &dyn Fn(&str) -> String,
) -> Vec<Phrase> {
    let known = office.iter().map(|phrase| Phrase {
        words: phrase.words.clone(),
        times: phrase.times as usize,
        folded: fold(&phrase.words),
        sounds: phrase.sounds.clone(),
        sectors: phrase.sectors.clone(),
    });
    let mut all: Vec<Phrase> = known.collect();
    let of_office = all.len();
    for phrase in own {
        let is_known = all.iter().take(of_office).any(|known| known.folded == phrase.folded);
        if !is_known {
            all.push(phrase);
        }
    }
    sort_by_key(&mut all, |phrase| Reverse(phrase.times));
    all
}

/// One line, without the sign at its end, and the same folded; none where there is nothing in it, or too much to be meant again.
fn sentence(what: &str, fold: &dyn Fn(&str) -> String) -> Option<(String, String)> {
    let is_end = |c: char| c.is_whitespace() || "。．.；;，,、！!".contains(c);
    let words = tidy_line(what).trim_end_matches(is_end).to_owned();
    let folded = fold(&words);
    (!folded.is_empty() && words.chars().count() <= LONGEST).then_some((words, folded))
}

/// Those that hold every word that was typed, or sound so by their initials: first those that are written at sites of this sector.
/// What was written out already is not offered. `written`: all of it, folded.
pub fn offered<'a>(
    phrases: &'a [Phrase],
    typed: &Query,
    written: &str,
    sector: Option<Sector>,
) -> Vec<&'a Phrase> {
    let fits = |phrase: &&Phrase| phrase.folded != written && typed.finds(&phrase.sounds, &[&phrase.folded]);
    let is_here = |phrase: &&Phrase| sector.is_some_and(|sector| phrase.sectors.contains(&sector));
    let here = phrases.iter().filter(|phrase| is_here(phrase));
    let elsewhere = phrases.iter().filter(|phrase| !is_here(phrase));
    here.chain(elsewhere).filter(fits).take(OFFERED_MOST).collect()
}
