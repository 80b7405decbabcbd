//! The texts that a workbook's cells share, in one piece of memory.

use crate::{
    Limits, UnpackError,
    xml::{Piece, Xml},
};

#[derive(Debug, Default)]
pub struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }

    /// How many there are is counted, whatever the part says.
    pub fn read(mut xml: Xml<'_>, limits: Limits) -> Result<Self, UnpackError> {
        let mut strings = Self::default();
        while let Some(piece) = xml.next()? {
            if matches!(&piece, Piece::Open(element) if element.name == "si") {
                let words = words(&mut xml, "si", limits.cell)?;
                strings.text.push_str(&words);
                if strings.text.len() > limits.text || strings.ends.len() >= limits.strings {
                    return Err(UnpackError::TooBig);
                }
                strings.ends.push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
            }
        }
        Ok(strings)
    }
}

/// The text of an element that has begun, without its readings (`rPh`); longer ones are cut one character beyond what a
/// cell may hold (`longest`), so that whoever uses them can refuse them by name.
pub fn words(xml: &mut Xml<'_>, until: &str, longest: usize) -> Result<String, UnpackError> {
    let (mut words, mut length) = (String::new(), 0);
    let (mut in_text, mut in_reading) = (false, false);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(element) if element.name == "rPh" => in_reading = true,
            Piece::Open(element) if element.name == "t" => in_text = true,
            Piece::Close(name) if name == "rPh" => in_reading = false,
            Piece::Close(name) if name == "t" => in_text = false,
            Piece::Close(name) if name == until => break,
            Piece::Text(text) if in_text && !in_reading => {
                let room = (longest + 1).saturating_sub(length);
                let taken = text.chars().take(room);
                length += taken.clone().count();
                words.extend(taken);
            }
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(unescaped(words))
}

/// `_x000D_`: how a workbook writes what XML cannot.
fn unescaped(words: String) -> String {
    if !words.contains("_x") {
        return words;
    }
    let mut plain = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let closed = rest.get(at + 6..at + 7) == Some("_");
        plain.push_str(&rest[..at]);
        match code.and_then(char::from_u32).filter(|_| closed) {
            Some(character) => {
                plain.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_say_is_read_as_it_was_typed() {
        assert_eq!(unescaped("a_x000D_b_x5F20_c".into()), "a\rb张c");
        assert_eq!(unescaped("T_x1_y _x".into()), "T_x1_y _x");
    }
}
