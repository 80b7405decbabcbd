//! 口令: four everyday words that the leader says over the telephone where there is no signal.
//!
//! # How hard they are to guess
//!
//! The list has 1,024 words, so a word drawn evenly says ten bits and four of them forty. Whoever has copied a phone's storage and
//! tries them all has to derive a key for each try ([`ROUNDS`] rounds of PBKDF2 with SHA-256): half of 2⁴⁰ tries at nine thousand a
//! second, which is what a large graphics card does, take two years. The order is open to everybody in the team by then. On the phone
//! itself tries are [limited](super::Attempts). Each check has words of its own: those of one team open nobody else's order.
//!
//! # The list
//!
//! Two characters each, of things that everybody knows: food, plants, animals, tools, places. They are plain words of the language,
//! chosen for this list and copied from no other. Each stands with its pinyin, syllable by syllable and without tones. No two sound
//! alike, not even to those who do not tell `z` from `zh`, `n` from `l` or `in` from `ing`: what is heard on a bad line is typed right.
//! The list travels with the order, so that the words that were drawn always stand in it, and a phone without an order never loads it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Words that are said.
pub const WORDS: usize = 4;

/// Words of the list.
pub const LISTED: usize = 1_024;

/// Of the derivation: about a second on a cheap phone, once for each try.
pub const ROUNDS: u32 = 1_000_000;

/// `白鹭 bai lu`, a line a word, in the order of their sound.
const LIST: &str = include_str!("words.txt");

/// A word of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    pub text: &'a str,
    /// Pinyin without tones.
    pub syllables: [&'a str; 2],
}

impl<'a> Word<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut parts = line.split(' ');
        let (text, first, second) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(Self { text, syllables: [first, second] })
    }

    /// Whether somebody who types this may mean it: its characters, its sound, its initials, or the beginning of any of these.
    fn is_meant_by(&self, typed: &str) -> bool {
        let [first, second] = self.syllables;
        let goes_on = |at: usize| {
            let rest = first.get(..at).and_then(|begin| typed.strip_prefix(begin));
            rest.is_some_and(|rest| second.starts_with(rest))
        };
        self.text.starts_with(typed) || first.starts_with(typed) || (1..=first.len()).any(goes_on)
    }
}

/// The words that may have been said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordList<'a>(Vec<Word<'a>>);

impl WordList<'static> {
    /// The list that words are drawn from.
    pub fn of_this_version() -> Self {
        Self::read(LIST)
    }

    /// The same as it travels.
    pub fn text() -> &'static str {
        LIST
    }
}

impl<'a> WordList<'a> {
    /// Lines that are no words are passed over.
    pub fn read(text: &'a str) -> Self {
        Self(text.lines().filter_map(Word::read).collect())
    }

    pub fn words(&self) -> &[Word<'a>] {
        &self.0
    }

    /// Those that somebody who types this may mean, in the list's order, at most so many. Capitals and spaces do not matter.
    pub fn candidates(&self, typed: &str, most: usize) -> Vec<Word<'a>> {
        let typed = plain(typed);
        if typed.is_empty() {
            return vec![];
        }
        self.0.iter().filter(|word| word.is_meant_by(&typed)).take(most).copied().collect()
    }

    /// The word that these characters are.
    pub fn find(&self, text: &str) -> Option<Word<'a>> {
        self.0.iter().find(|word| word.text == text.trim()).copied()
    }
}

fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '\'');
    letters.flat_map(char::to_lowercase).map(|letter| if letter == 'ü' { 'v' } else { letter }).collect()
}

/// The words of one check, in the order in which they are said. They stand in no log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpokenWords(pub [String; WORDS]);

impl fmt::Debug for SpokenWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpokenWords(…)")
    }
}

impl SpokenWords {
    /// Those that forty random bits choose.
    pub fn drawn(list: &WordList<'_>, bits: [u8; 5]) -> Self {
        let bits = bits.into_iter().fold(0_u64, |all, byte| (all << 8) | u64::from(byte));
        let word = |shift: u32| {
            let at = usize::try_from((bits >> shift) % LISTED as u64).unwrap_or_default();
            list.words().get(at).map(|word| word.text.to_owned()).unwrap_or_default()
        };
        Self([30, 20, 10, 0].map(word))
    }

    /// From which the key is derived.
    pub fn phrase(&self) -> String {
        self.0.join(" ")
    }
}
