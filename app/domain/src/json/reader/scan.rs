//! Signs, words, figures and texts, and passing over what nobody asks for.

use super::{
    Reader,
    error::{Read, ReadError},
};
use crate::json::float;
use std::borrow::Cow;

/// What is inside of what at the most; a deeper text is nobody's record.
const DEEPEST: u8 = 128;

/// As it is written: with a point or an exponent it is a float.
pub(super) enum Number {
    Positive(u64),
    Negative(i64),
    Float(f64),
}

impl<'de> Reader<'de> {
    pub(super) fn no_json(&self) -> ReadError {
        ReadError::NoJson(self.at)
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// The next byte that is no blank; zero at the end.
    #[inline(never)]
    pub(super) fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Passes this sign.
    #[inline(never)]
    pub(super) fn pass(&mut self, sign: u8) -> Read<()> {
        if self.peek() != sign {
            return Err(match sign {
                b'[' | b'{' | b'"' => ReadError::OtherType(self.at),
                _ => self.no_json(),
            });
        }
        self.at += 1;
        Ok(())
    }

    #[inline(never)]
    pub(super) fn open(&mut self, sign: u8) -> Read<()> {
        self.pass(sign)?;
        self.depth += 1;
        if self.depth < DEEPEST { Ok(()) } else { Err(self.no_json()) }
    }

    #[inline(never)]
    pub(super) fn close(&mut self, sign: u8) -> Read<()> {
        self.depth -= 1;
        self.pass(sign)
    }

    /// Passes the comma before another entry; false where the list ends, whose end stays.
    #[inline(never)]
    pub(super) fn goes_on(&mut self, end: u8, first: &mut bool) -> Read<bool> {
        let next = self.peek();
        if next == end {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.pass(b',')?;
            if self.peek() == end {
                return Err(self.no_json());
            }
        }
        Ok(true)
    }

    #[inline(never)]
    fn word(&mut self, word: &str) -> Read<()> {
        let here = self.text.get(self.at..).unwrap_or_default();
        if !here.starts_with(word) {
            return Err(self.no_json());
        }
        self.at += word.len();
        Ok(())
    }

    /// Passes `null`, if it stands here.
    #[inline(never)]
    pub(super) fn null(&mut self) -> Read<bool> {
        let is_null = self.peek() == b'n';
        if is_null {
            self.word("null")?;
        }
        Ok(is_null || self.is_missing)
    }

    #[inline(never)]
    pub(super) fn truth(&mut self) -> Read<bool> {
        match self.peek() {
            b't' => self.word("true").map(|()| true),
            b'f' => self.word("false").map(|()| false),
            _ => Err(ReadError::OtherType(self.at)),
        }
    }

    fn digits(&mut self) -> Read<()> {
        let begin = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > begin { Ok(()) } else { Err(self.no_json()) }
    }

    #[inline(never)]
    pub(super) fn number(&mut self) -> Read<Number> {
        if !matches!(self.peek(), b'-' | b'0'..=b'9') {
            return Err(ReadError::OtherType(self.at));
        }
        let begin = self.at;
        let is_negative = self.byte() == b'-';
        self.at += usize::from(is_negative);
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let mut is_whole = true;
        if self.byte() == b'.' {
            is_whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            is_whole = false;
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        let digits = self.text.get(begin..self.at).unwrap_or_default();
        // A minus before zero is a float's.
        if is_whole
            && is_negative
            && let Ok(number @ ..0) = digits.parse()
        {
            return Ok(Number::Negative(number));
        }
        if is_whole
            && !is_negative
            && let Ok(number) = digits.parse()
        {
            return Ok(Number::Positive(number));
        }
        float(digits).map(Number::Float).ok_or_else(|| self.no_json())
    }

    #[inline(never)]
    pub(super) fn string(&mut self) -> Read<Cow<'de, str>> {
        self.pass(b'"')?;
        let mut whole = Cow::Borrowed("");
        loop {
            let begin = self.at;
            while !matches!(self.byte(), b'"' | b'\\' | ..0x20) {
                self.at += 1;
            }
            let piece = self.text.get(begin..self.at).unwrap_or_default();
            if whole.is_empty() {
                whole = Cow::Borrowed(piece);
            } else {
                whole.to_mut().push_str(piece);
            }
            let sign = self.byte();
            self.at += 1;
            match sign {
                b'"' => return Ok(whole),
                b'\\' => whole.to_mut().push(self.escaped()?),
                _ => return Err(self.no_json()),
            }
        }
    }

    fn escaped(&mut self) -> Read<char> {
        let sign = self.byte();
        self.at += 1;
        Ok(match sign {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let mut units = vec![first];
                // Signs beyond 65,535 are written as two.
                if (0xD800..0xDC00).contains(&first) {
                    self.word("\\u")?;
                    units.push(self.unit()?);
                }
                let mut signs = char::decode_utf16(units);
                match (signs.next(), signs.next()) {
                    (Some(Ok(sign)), None) => sign,
                    _ => return Err(self.no_json()),
                }
            }
            _ => return Err(self.no_json()),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Read<u16> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(self.no_json());
        }
        self.at += 4;
        u16::from_str_radix(digits, 16).map_err(|_| self.no_json())
    }

    /// Passes over a whole value.
    #[inline(never)]
    pub(super) fn skip(&mut self) -> Read<()> {
        match self.peek() {
            b'n' => self.word("null"),
            b't' | b'f' => self.truth().map(drop),
            b'"' => self.string().map(drop),
            b'[' => {
                self.open(b'[')?;
                let mut first = true;
                while self.goes_on(b']', &mut first)? {
                    self.skip()?;
                }
                self.close(b']')
            }
            b'{' => {
                self.open(b'{')?;
                let mut first = true;
                while self.goes_on(b'}', &mut first)? {
                    self.string()?;
                    self.pass(b':')?;
                    self.skip()?;
                }
                self.close(b'}')
            }
            _ => self.number().map(drop),
        }
    }
}
