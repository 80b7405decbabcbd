//! # Searching, the same on the phone and at the desk
//!
//! What is searched through and what is typed are [folded](fold) alike, and then compared. A site carries what it is found
//! by in one text, made by the server, which alone has the table of sounds: every reading of every character of its name,
//! then name, code and address as folded texts. A phone compares with the very same function and needs no table.
//!
//! ```text
//! zhong/chong qing lu 1 hao      all readings, the usual one first, a syllable to a character
//! 重庆路1号                       name
//! a-12                           code
//! 金河路1号                       address
//! ```
//!
//! Unicode's compatibility forms (NFKC: full-width letters, `㎡`, `①`) are undone before folding: by [`nfkc`] on the server,
//! by the browser's own `normalize` on the phone, whose program would otherwise carry a large table.

use crate::limits;
use unicode_normalization::UnicodeNormalization;

/// Between the parts of what a record is found by; no folded text holds it.
const PART: char = '\n';
/// Between the readings of one character.
const OR: char = '/';

/// Compatibility forms undone: `Ａ①㎡` as `A1m2`.
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// One case, no blanks, nothing invisible, ü as v. The text is in [`nfkc`] form already.
pub fn fold(normal: &str) -> String {
    let seen = normal.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !limits::is_invisible(*c));
    // By way of capitals: `ß` and `SS` are one.
    let cased = seen.flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    cased.map(|c| if c == 'ü' { 'v' } else { c }).collect()
}

/// What a record is found by. `sounds` are the readings of each character of its name, the usual one first; `texts` are
/// found by any part of them.
pub fn key(sounds: &[Vec<String>], texts: &[&str]) -> String {
    let sounds: Vec<_> = sounds.iter().map(|readings| readings.join(&OR.to_string())).collect();
    let texts = texts.iter().map(|text| fold(&nfkc(text)));
    std::iter::once(sounds.join(" ")).chain(texts).collect::<Vec<_>>().join(&PART.to_string())
}

/// What somebody types: words, each of which must be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Of a text in [`nfkc`] form. What goes beyond [`limits::QUERY`] characters is left out.
    pub fn new(normal: &str) -> Self {
        let short: String = normal.chars().take(limits::QUERY).collect();
        let words = short.split_whitespace().map(|word| fold(word).replace(['\'', '’'], ""));
        Self { words: words.filter(|word| !word.is_empty()).collect() }
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is found in the record's [`key`] or in one of the folded `texts`.
    pub fn finds(&self, key: &str, texts: &[&str]) -> bool {
        self.words.iter().all(|word| texts.iter().any(|text| text.contains(word)) || finds(key, word))
    }
}

/// Whether one folded word is found in a record's [`key`].
pub fn finds(key: &str, word: &str) -> bool {
    let mut parts = key.split(PART);
    let sounds = parts.next().unwrap_or_default();
    parts.any(|text| text.contains(word)) || sounds_like(sounds, word)
}

/// Whether the word is how some of the characters, one after another, are read: in full, the last one perhaps begun only,
/// or by their initials.
fn sounds_like(sounds: &str, word: &str) -> bool {
    let syllables: Vec<Vec<&str>> = sounds.split(' ').map(|one| one.split(OR).collect()).collect();
    let in_full = |rest: &str, reading: &str| match rest.strip_prefix(reading) {
        Some(after) => Some(word.len() - after.len()),
        None => reading.starts_with(rest).then_some(word.len()),
    };
    let by_initial = |rest: &str, reading: &str| {
        let initial = reading.chars().next()?;
        rest.starts_with(initial).then(|| word.len() - rest.len() + initial.len_utf8())
    };
    is_walked(&syllables, word, in_full) || is_walked(&syllables, word, by_initial)
}

/// Walks the syllables from any of them on, keeping every place in the word that can be reached; `step` says where a
/// reading leads from what is left of the word.
fn is_walked(syllables: &[Vec<&str>], word: &str, step: impl Fn(&str, &str) -> Option<usize>) -> bool {
    let mut reached = vec![false; word.len() + 1];
    for readings in syllables {
        let mut next = vec![false; word.len() + 1];
        if let Some(begin) = reached.first_mut() {
            *begin = true;
        }
        for (at, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            let Some(rest) = word.get(at..) else { continue };
            for reading in readings.iter().filter(|reading| !reading.is_empty()) {
                if let Some(place) = step(rest, reading).and_then(|to| next.get_mut(to)) {
                    *place = true;
                }
            }
        }
        if next.last() == Some(&true) {
            return true;
        }
        reached = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn street() -> String {
        let sounds: Vec<Vec<String>> = [&["zhong", "chong"][..], &["qing"], &["lv", "lu"], &["1"]]
            .iter()
            .map(|readings| readings.iter().map(ToString::to_string).collect())
            .collect();
        key(&sounds, &["重庆绿１", "Ａ-12", "ß 路 B座"])
    }

    fn found(typed: &str) -> bool {
        Query::new(&nfkc(typed)).finds(&street(), &[])
    }

    #[test]
    fn every_reading_finds_in_full_begun_and_by_initials() {
        for typed in
            ["zhongqing", "chongqing", "chongq", "qinglv", "qinglü", "QINGLU", "cql1", "zq", "chong'qing"]
        {
            assert!(found(typed), "{typed}");
        }
        for typed in ["chongqinglub", "hongqing", "gqing", "zc"] {
            assert!(!found(typed), "{typed}");
        }
    }

    #[test]
    fn width_case_and_blanks_do_not_matter() {
        for typed in ["重庆绿1", "a-12", "Ａ－１２", "b座", "Ｂ座", "SS路b", "重 庆", "重\u{200b}庆"]
        {
            assert!(found(typed), "{typed}");
        }
        assert!(!found("c座"));
    }

    #[test]
    fn what_cannot_be_seen_searches_for_nothing() {
        assert!(Query::new("\0 \u{200b}").is_empty());
        assert_eq!(Query::new(&"长".repeat(60_000)).words().len(), 1);
    }
}
