//! 短码: what stands on a paper, in a message or on a wall, and opens one thing for whoever has no account.
//!
//! A code is said on the telephone and copied from paper by people in a hurry, so its symbols cannot be mistaken for one
//! another and its last one tells a mistyped code from one that is not there. Whoever guesses has 31 symbols in nine places to
//! guess, against the limits of the server; and what a code opens still asks for six digits of a telephone number that the
//! office has on record ([`proves`]).

mod complaint;
mod scanned;

pub use complaint::{
    ComplaintFilter, ComplaintHazard, ComplaintMark, ComplaintPage, ComplaintRefusal, ComplaintRow,
    ComplaintState, VisitComplaint,
};
pub use scanned::Scanned;

use crate::{
    id::{HazardId, SiteId},
    site::Site,
};
use std::{fmt, str::FromStr};
use thiserror::Error;
use uuid::Uuid;

/// Thirty-one symbols: a prime, so that the check symbol finds every wrong symbol and every two that changed places. Left out
/// are `0` and `O`, `I` and `L`, and `U`, which is read as `V`.
const SYMBOLS: &[u8; 31] = b"123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols that are drawn.
const DRAWN: usize = 9;

/// With the check symbol.
const LENGTH: usize = DRAWN + 1;

/// Symbols of a group as people read them.
const GROUP: usize = 5;

/// Digits of a telephone number that are asked for.
pub const DIGITS: usize = 6;

/// A code whose check symbol fits; whether anybody gave it out is the office's to say.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShortCode([u8; LENGTH]);

/// It is no code of anybody's: a symbol is missing, wrong, or stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a code")]
pub struct NotACode;

impl ShortCode {
    /// From sixteen random bytes: so many that no symbol comes up more often than another.
    pub fn drawn(random: [u8; 16]) -> Self {
        let mut left = u128::from_be_bytes(random);
        let mut symbols = [0; LENGTH];
        let base = SYMBOLS.len() as u128;
        for symbol in symbols.iter_mut().take(DRAWN) {
            *symbol = (left % base) as u8;
            left /= base;
        }
        symbols[DRAWN] = check_symbol(&symbols);
        Self(symbols)
    }

    /// Without the dash: as it stands in addresses.
    pub fn plain(&self) -> String {
        self.0.iter().map(|symbol| letter(*symbol)).collect()
    }
}

/// The sum in which each symbol counts as often as its place says.
fn check_symbol(symbols: &[u8; LENGTH]) -> u8 {
    let weighted = (1_u32..).zip(symbols.iter().take(DRAWN));
    let sum: u32 = weighted.map(|(weight, symbol)| weight * u32::from(*symbol)).sum();
    (sum % SYMBOLS.len() as u32) as u8
}

fn letter(symbol: u8) -> char {
    SYMBOLS.get(usize::from(symbol)).map_or('?', |letter| char::from(*letter))
}

/// Letters, digits and signs of a Chinese keyboard, as those of an English one. The table of all such forms is large, and phones do
/// not carry it.
fn narrow(c: char) -> char {
    let is_wide = ('\u{ff01}'..='\u{ff5e}').contains(&c);
    if is_wide { u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c) } else { c }
}

fn digits(text: &str) -> Vec<char> {
    text.chars().map(narrow).filter(char::is_ascii_digit).collect()
}

/// As people type it: small letters, and the two that look like a one.
fn symbol_of(typed: char) -> Option<u8> {
    let meant = match typed.to_ascii_uppercase() {
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|symbol| char::from(*symbol) == meant).and_then(|at| u8::try_from(at).ok())
}

impl fmt::Display for ShortCode {
    /// `7K2M9-4QD8X`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        let (first, second) = plain.split_at(GROUP);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for ShortCode {
    /// Never whole: what is logged opens nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShortCode(…)")
    }
}

impl FromStr for ShortCode {
    type Err = NotACode;

    /// However wide it was typed, with dashes and blanks or without.
    fn from_str(typed: &str) -> Result<Self, NotACode> {
        // Longer than anybody types a code: nobody has to look through it.
        if typed.len() > 8 * LENGTH {
            return Err(NotACode);
        }
        let is_between = |c: &char| c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '—' | '−');
        let mut symbols = [0; LENGTH];
        let mut known = 0;
        for typed in typed.chars().map(narrow).filter(|c| !is_between(c)) {
            let place = symbols.get_mut(known).ok_or(NotACode)?;
            *place = symbol_of(typed).ok_or(NotACode)?;
            known += 1;
        }
        let is_whole = known == LENGTH && symbols.last() == Some(&check_symbol(&symbols));
        if is_whole { Ok(Self(symbols)) } else { Err(NotACode) }
    }
}

/// What a code opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeSubject {
    /// On a paper or in a message: one hazard's page for whoever answers for it.
    Hazard(HazardId),
    /// 墙上的码: a site, for whoever stands before it.
    Site(SiteId),
}

impl CodeSubject {
    /// In the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hazard(_) => "hazard",
            Self::Site(_) => "site",
        }
    }

    pub fn id(self) -> Uuid {
        match self {
            Self::Hazard(HazardId(id)) | Self::Site(SiteId(id)) => id,
        }
    }

    /// None: of a later version.
    pub fn parse(word: &str, id: Uuid) -> Option<Self> {
        [Self::Hazard(HazardId(id)), Self::Site(SiteId(id))].into_iter().find(|known| known.as_str() == word)
    }
}

/// The last six digits of a telephone number; none of one that has fewer.
pub fn last_digits(phone: &str) -> Option<String> {
    let digits = digits(phone);
    let from = digits.len().checked_sub(DIGITS)?;
    Some(digits.iter().skip(from).collect())
}

/// Whether somebody who answers for the site has a number that ends in these six digits. A number of another length is
/// nobody's, and where no number is on record nothing proves anything.
pub fn proves(site: &Site, typed: &str) -> bool {
    let typed: String = digits(typed).into_iter().collect();
    // Every number is compared, however early one fits: how long it takes tells nobody how many there are.
    let people = site.people();
    let fits =
        people.iter().filter_map(|one| last_digits(&one.phone)).filter(|known| *known == typed).count();
    typed.len() == DIGITS && fits > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(seed: u8) -> ShortCode {
        ShortCode::drawn(std::array::from_fn(|at| seed.wrapping_mul(37).wrapping_add(at as u8 * 11)))
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for seed in 0..=255 {
            let code = code(seed);
            let (shown, plain) = (code.to_string(), code.plain());
            assert_eq!(shown.len(), LENGTH + 1);
            let wide: String =
                plain.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
            let spaced = plain.chars().map(|c| format!("{c} ")).collect::<String>();
            let typed = [shown.clone(), plain.to_lowercase(), plain.replace('1', "l"), wide, spaced];
            for typed in typed {
                assert_eq!(typed.parse::<ShortCode>(), Ok(code), "{typed}");
            }
        }
    }

    #[test]
    fn one_wrong_symbol_and_two_that_changed_places_are_noticed() {
        let plain = code(7).plain();
        let symbols: Vec<char> = plain.chars().collect();
        for at in 0..LENGTH {
            for other in SYMBOLS.iter().map(|symbol| char::from(*symbol)).filter(|c| *c != symbols[at]) {
                let mut wrong = symbols.clone();
                wrong[at] = other;
                assert_eq!(wrong.iter().collect::<String>().parse::<ShortCode>(), Err(NotACode));
            }
        }
        for at in 0..DRAWN - 1 {
            let mut wrong = symbols.clone();
            wrong.swap(at, at + 1);
            if wrong != symbols {
                assert_eq!(wrong.iter().collect::<String>().parse::<ShortCode>(), Err(NotACode));
            }
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        let long = "7".repeat(1_000_000);
        for typed in
            ["", "7K2M9", "7K2M9-4QD8X1", "7K2M9-4QD80", "<script>", "7K2M9\u{0}4QD8X", long.as_str()]
        {
            assert_eq!(typed.parse::<ShortCode>(), Err(NotACode));
        }
        assert_eq!(format!("{:?}", code(1)), "ShortCode(…)");
    }

    #[test]
    fn codes_differ_and_nothing_is_drawn_more_often() {
        let mut counts = [0_u32; SYMBOLS.len()];
        for seed in 0..20_000_u32 {
            let mut random = [0; 16];
            // Far apart, as chance is.
            let mixed = u128::from(seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
            random.copy_from_slice(&mixed.to_be_bytes());
            for symbol in ShortCode::drawn(random).0.iter().take(DRAWN) {
                counts[usize::from(*symbol)] += 1;
            }
        }
        let mean = 20_000.0 * DRAWN as f64 / SYMBOLS.len() as f64;
        for count in counts {
            assert!((f64::from(count) - mean).abs() < mean / 10.0, "{counts:?}");
        }
    }

    #[test]
    fn six_digits_of_a_number_on_record_prove_who_asks() {
        let site: Site = serde_json::from_value(serde_json::json!({
            "id": "00000000-0000-0000-0000-000000000001",
            "community": "00000000-0000-0000-0000-000000000002",
            "grid": "00000000-0000-0000-0000-000000000003",
            "name": "老味道川菜馆", "code": "A1", "kinds": [], "sector": "fire", "risk": "low",
            "contacts": [{ "name": "张经理", "phone": "138 0000-6412" }, { "name": "孙强", "phone": "6412" }],
        }))
        .unwrap();
        assert!(proves(&site, "006412"));
        assert!(proves(&site, "００６４１２"));
        assert!(proves(&site, " 00 64 12 "));
        for wrong in ["", "6412", "06412", "006413", "13800006412", "abcdef", "00641２3"] {
            assert!(!proves(&site, wrong), "{wrong}");
        }
        assert!(!proves(&Site { contacts: vec![], ..site }, ""));
    }
}
