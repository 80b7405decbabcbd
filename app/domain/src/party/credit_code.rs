//! 统一社会信用代码 by GB 32100-2015: eighteen characters, of which the last checks the others.
//!
//! ```text
//! 9 1  4 1 0 1 0 0  M A 0 0 0 0 0 0 X  ?
//! │ │  └ place of registration         └ check character
//! │ └ category       └ the subject's own code
//! └ who registers
//! ```

use super::PartyKind;
use crate::limits::is_invisible;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// The characters by their values: digits and capitals without I, O, S, V and Z, which are taken for others.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

const MODULUS: usize = 31;

/// What each character but the last weighs: the powers of 3, modulo 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// A code whose check character fits; its letters are capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Why a text is no such code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CreditCodeError {
    #[error("not eighteen characters")]
    Length,
    #[error("`{0}` is not among the characters of such codes")]
    Character(char),
    #[error("the check character does not fit the others")]
    Check,
}

impl CreditCode {
    /// Characters of a code.
    pub const LENGTH: usize = 18;

    /// As people write it: in whatever case and width, with blanks between, and with what a clipboard adds unseen.
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let seen = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c));
        let code: String = seen.map(|c| narrow(c).to_ascii_uppercase()).collect();
        if code.chars().count() != Self::LENGTH {
            return Err(CreditCodeError::Length);
        }
        let mut values = [0; Self::LENGTH];
        for (value, character) in values.iter_mut().zip(code.chars()) {
            let position = ALPHABET.iter().position(|known| char::from(*known) == character);
            *value = position.ok_or(CreditCodeError::Character(character))?;
        }
        let [body @ .., check] = values;
        if check == check_value(&body) { Ok(Self(code)) } else { Err(CreditCodeError::Check) }
    }

    /// The code that these seventeen characters begin. None where there are not seventeen of them, of such codes.
    pub fn completing(body: &str) -> Option<Self> {
        let mut values = [0; WEIGHTS.len()];
        if body.len() != values.len() {
            return None;
        }
        for (value, character) in values.iter_mut().zip(body.bytes()) {
            *value = ALPHABET.iter().position(|known| *known == character)?;
        }
        let check = ALPHABET.get(check_value(&values)).copied()?;
        Some(Self(format!("{body}{}", char::from(check))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is registered under such a code, by who registers and the category; none where that says nothing.
    pub fn kind(&self) -> Option<PartyKind> {
        match self.0.get(..2)? {
            "11" => Some(PartyKind::Department),
            "12" => Some(PartyKind::PublicInstitution),
            "51" | "52" | "53" => Some(PartyKind::Association),
            "91" | "93" => Some(PartyKind::Enterprise),
            "92" => Some(PartyKind::SoleTrader),
            _ => None,
        }
    }
}

/// The same sign as a keyboard for English makes it.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// What makes the weighted sum of all a multiple of 31.
fn check_value(body: &[usize; WEIGHTS.len()]) -> usize {
    let sum: usize = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    (MODULUS - sum % MODULUS) % MODULUS
}

impl TryFrom<String> for CreditCode {
    type Error = CreditCodeError;

    fn try_from(text: String) -> Result<Self, CreditCodeError> {
        Self::parse(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHARACTERS: &str = "[0-9A-HJ-NP-RTUW-Y]{17}";

    #[test]
    fn the_weights_are_the_powers_of_three() {
        let mut power = 1;
        for weight in WEIGHTS {
            assert_eq!(weight, power);
            power = power * 3 % MODULUS;
        }
    }

    /// The check characters are reckoned by hand: a body of zeros sums up to 0, and one whose only digit is a 1 in the first
    /// place, which weighs 1, wants 30, the last of the characters.
    #[test]
    fn a_code_is_read_and_a_wrong_one_says_what_is_wrong() {
        assert_eq!(CreditCode::parse("000000000000000000").unwrap().as_str(), "000000000000000000");
        assert_eq!(CreditCode::parse("10000000000000000Y").unwrap().as_str(), "10000000000000000Y");
        assert_eq!(CreditCode::parse(" 1000 0000 0000 0000 0y ").unwrap().as_str(), "10000000000000000Y");
        for typed in [
            "１００００００００００００００００Ｙ",
            "１0000000000000000ｙ",
            "\u{200b}10000000000000000Y\u{feff}",
        ] {
            assert_eq!(CreditCode::parse(typed).unwrap().as_str(), "10000000000000000Y", "{typed}");
        }
        assert_eq!(CreditCode::parse("100000000000000000"), Err(CreditCodeError::Check));
        assert_eq!(CreditCode::parse("10000000000000000"), Err(CreditCodeError::Length));
        assert_eq!(CreditCode::parse(""), Err(CreditCodeError::Length));
        for strange in ['I', 'O', 'S', 'V', 'Z', '-', '一'] {
            let text = format!("{strange}00000000000000000");
            assert_eq!(CreditCode::parse(&text), Err(CreditCodeError::Character(strange)), "{text}");
        }
    }

    #[test]
    fn a_code_says_what_is_registered_under_it() {
        let kind = |begins: &str| CreditCode::completing(&format!("{begins}000000000000000")).unwrap().kind();
        assert_eq!(kind("91"), Some(PartyKind::Enterprise));
        assert_eq!(kind("92"), Some(PartyKind::SoleTrader));
        assert_eq!(kind("12"), Some(PartyKind::PublicInstitution));
        assert_eq!(kind("52"), Some(PartyKind::Association));
        assert_eq!(kind("11"), Some(PartyKind::Department));
        assert_eq!(kind("00"), None);
        assert_eq!(CreditCode::completing("91"), None);
        assert_eq!(CreditCode::completing("9100000000000000I"), None);
    }

    proptest! {
        /// Whatever it begins with, exactly one last character is taken, and no single character can be another's.
        #[test]
        fn one_wrong_character_is_always_found(
            body in CHARACTERS,
            place in 0_usize..18,
            by in 1_usize..31,
        ) {
            let code = CreditCode::completing(&body).unwrap();
            prop_assert_eq!(CreditCode::parse(code.as_str()).unwrap(), code.clone());
            let mut wrong = code.as_str().as_bytes().to_vec();
            let value = ALPHABET.iter().position(|known| *known == wrong[place]).unwrap();
            wrong[place] = ALPHABET[(value + by) % MODULUS];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(CreditCode::parse(&wrong), Err(CreditCodeError::Check));
        }

        /// As clerks do: two neighbours in each other's place.
        #[test]
        fn two_neighbours_that_are_exchanged_are_found(body in CHARACTERS, place in 0_usize..17) {
            let code = CreditCode::completing(&body).unwrap();
            let mut wrong = code.as_str().as_bytes().to_vec();
            wrong.swap(place, place + 1);
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assume!(wrong != code.as_str());
            prop_assert_eq!(CreditCode::parse(&wrong), Err(CreditCodeError::Check));
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused(text in "\\PC{0,24}") {
            if let Ok(code) = CreditCode::parse(&text) {
                let sent = serde_json::to_string(&code).unwrap();
                prop_assert_eq!(serde_json::from_str::<CreditCode>(&sent).unwrap(), code);
            }
        }
    }
}
