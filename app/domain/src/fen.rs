//! Money, as a number.
//!
//! A sum is kept in whole fen, so that sums of sums are right to the last of them, and it is written as people write it only
//! where somebody reads it. What people type is read strictly: what could mean two sums (`1,5`, `2 000`) means none, and words
//! such as 无 are asked back, since in a plan they may mean that nothing is needed as well as that there is nothing.

use crate::limits::is_invisible;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// A sum in whole fen: none, or more, and never beyond [`Fen::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "i64", into = "i64")]
pub struct Fen(i64);

/// Why a text or a number is no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum NotASum {
    #[error("no sum is given; 0 is one")]
    Missing,
    #[error("not a sum of money, such as 2000 or 1.5万")]
    Unreadable,
    #[error("a part of a fen")]
    TooFine,
    #[error("beyond ten billion yuan")]
    TooMuch,
}

/// 元 in fen.
const YUAN: i64 = 100;
/// 万元 in fen.
const WAN: i64 = 10_000 * YUAN;

impl Fen {
    pub const ZERO: Self = Self(0);
    /// Ten billion yuan: more than any office spends, and a number that every program holds exactly.
    pub const MOST: Self = Self(10_000_000_000 * YUAN);
    /// Characters of what is typed; the longest sum with its signs and blanks has fewer.
    pub const LONGEST: usize = 40;

    pub const fn of_yuan(yuan: u32) -> Self {
        // The largest number of this type is less than the most.
        Self(yuan as i64 * YUAN)
    }

    pub const fn get(self) -> i64 {
        self.0
    }

    /// In yuan, for a spreadsheet; exact to the fen up to the most.
    pub fn yuan(self) -> f64 {
        self.0 as f64 / YUAN as f64
    }

    /// In yuan as a person would type it and a program reads it: `2000`, `0.50`.
    pub fn plain(self) -> String {
        let (yuan, rest) = (self.0 / YUAN, self.0 % YUAN);
        if rest == 0 { yuan.to_string() } else { format!("{yuan}.{rest:02}") }
    }
}

/// In yuan as it stands on paper, without the unit, which depends on the language: `2,000.00`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = (self.0 / YUAN).to_string();
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", self.0 % YUAN)
    }
}

impl TryFrom<i64> for Fen {
    type Error = NotASum;

    fn try_from(fen: i64) -> Result<Self, NotASum> {
        match fen {
            ..0 => Err(NotASum::Unreadable),
            fen if fen > Self::MOST.0 => Err(NotASum::TooMuch),
            fen => Ok(Self(fen)),
        }
    }
}

impl From<Fen> for i64 {
    fn from(sum: Fen) -> Self {
        sum.0
    }
}

/// As people type it: `2000`, `2,000 元`, `¥2,000.00`, `1.5万`; full-width letters as well.
impl FromStr for Fen {
    type Err = NotASum;

    fn from_str(typed: &str) -> Result<Self, NotASum> {
        // What a clipboard adds unseen is not what was typed.
        let narrow: String = typed.chars().filter(|c| !is_invisible(*c)).map(narrow).collect();
        let narrow = narrow.trim();
        let sum = narrow.strip_prefix('¥').unwrap_or(narrow).trim_start();
        let sum = sum.strip_suffix('元').unwrap_or(sum).trim_end();
        let (sum, unit) = match sum.strip_suffix('万') {
            Some(sum) => (sum.trim_end(), WAN),
            None => (sum, YUAN),
        };
        if narrow.is_empty() {
            return Err(NotASum::Missing);
        }
        let (whole, part) = sum.split_once('.').unwrap_or((sum, "0"));
        let whole = number(&ungrouped(whole).ok_or(NotASum::Unreadable)?)?;
        let whole = whole.checked_mul(unit).ok_or(NotASum::TooMuch)?;
        let fen = whole.checked_add(fraction(part, unit)?).ok_or(NotASum::TooMuch)?;
        Self::try_from(fen)
    }
}

/// The same sign as a keyboard for English makes it.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        _ => c,
    }
}

/// Without the commas between its groups of three; none where they stand elsewhere.
fn ungrouped(digits: &str) -> Option<String> {
    let mut groups = digits.split(',');
    let first = groups.next()?;
    let mut all = first.to_owned();
    for group in groups {
        if first.len() > 3 || group.len() != 3 {
            return None;
        }
        all.push_str(group);
    }
    Some(all)
}

fn number(digits: &str) -> Result<i64, NotASum> {
    only_digits(digits)?.parse().map_err(|_| NotASum::TooMuch)
}

/// What stands behind the point, in fen.
fn fraction(digits: &str, unit: i64) -> Result<i64, NotASum> {
    let mut fen = 0;
    // A power of ten: what a digit of the place before is worth.
    let mut worth = unit;
    for digit in only_digits(digits)?.bytes().map(|digit| i64::from(digit - b'0')) {
        if worth < 10 && digit != 0 {
            return Err(NotASum::TooFine);
        }
        worth /= 10;
        fen += digit * worth;
    }
    Ok(fen)
}

fn only_digits(text: &str) -> Result<&str, NotASum> {
    let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text) } else { Err(NotASum::Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<i64, NotASum> {
        typed.parse().map(Fen::get)
    }

    #[test]
    fn a_sum_is_read_as_people_type_it() {
        for (typed, fen) in [
            ("2000", 200_000),
            (" 2,000 元 ", 200_000),
            ("２，０００元", 200_000),
            ("￥2,000.00", 200_000),
            ("1.5万", 1_500_000),
            ("1.5 万元", 1_500_000),
            ("0.000001万", 1),
            ("\u{200b}2000\u{feff} ", 200_000),
            ("\u{3000}２０００\u{3000}元", 200_000),
            ("0.50", 50),
            ("0.5", 50),
            ("12.3400", 1_234),
            ("0", 0),
            ("0 元", 0),
            ("1,234,567.89", 123_456_789),
            ("10000000000", 1_000_000_000_000),
            ("1000000万", 1_000_000_000_000),
        ] {
            assert_eq!(read(typed), Ok(fen), "{typed}");
        }
    }

    #[test]
    fn what_is_no_sum_or_could_be_two_is_none() {
        for typed in [
            "无",
            "不需要",
            "约2000",
            "2000左右",
            "-5",
            "+5",
            "1,5",
            "2 000",
            "20,00",
            "1000,000",
            "1.2.3",
            ".5",
            "5.",
            "元",
            "万",
            "1e3",
            "２千",
            "1.,5",
        ] {
            assert_eq!(read(typed), Err(NotASum::Unreadable), "{typed}");
        }
        assert_eq!([read(""), read("  ")], [Err(NotASum::Missing); 2]);
        for typed in ["0.001", "0.0001", "1.0000001万"] {
            assert_eq!(read(typed), Err(NotASum::TooFine), "{typed}");
        }
        let much = ["10000000000.01", "1000001万", "9999999999999999999999", "9223372036854775807"];
        assert_eq!(much.map(read), [Err(NotASum::TooMuch); 4]);
    }

    #[test]
    fn a_sum_is_written_in_yuan() {
        let written = |fen: i64| Fen::try_from(fen).unwrap();
        for (fen, paper, plain) in [
            (0, "0.00", "0"),
            (5, "0.05", "0.05"),
            (200_000, "2,000.00", "2000"),
            (99_999, "999.99", "999.99"),
            (123_456_789, "1,234,567.89", "1234567.89"),
            (1_000_000_000_000, "10,000,000,000.00", "10000000000"),
        ] {
            let sum = written(fen);
            assert_eq!((sum.to_string().as_str(), sum.plain().as_str()), (paper, plain));
            for text in [paper, plain] {
                assert_eq!(text.parse::<Fen>(), Ok(sum), "{text}");
            }
        }
        assert_eq!(Fen::of_yuan(300), written(30_000));
    }

    #[test]
    fn a_number_on_the_wire_has_the_same_limits() {
        let read = |json: &str| serde_json::from_str::<Fen>(json).map_err(|_| ());
        assert_eq!(read("200000"), Ok(Fen::of_yuan(2_000)));
        for json in ["-1", "1000000000001", "1.5", "\"2000\"", "null"] {
            assert_eq!(read(json), Err(()), "{json}");
        }
    }
}
