//! A reader of JSON that is small where it is compiled many times.
//!
//! `serde_json`'s reads a struct from an object or an array, compares its names, keeps a place for each field and says of every
//! type what was expected instead: all that is compiled again for each type that a phone keeps, and is a good part of what it has to
//! load. Here names are looked for once for all, and a type is handed its fields in the order in which it declares them.

use super::float::float;
use serde::de::{
    self, Deserializer, EnumAccess, Expected, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
    value::StrDeserializer,
};
use std::borrow::Cow;

/// What is inside of what at the most; a deeper text is nobody's record.
const DEEPEST: u8 = 128;

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("no JSON at byte {0}")]
    NoJson(usize),
    #[error("another type than expected at byte {0}")]
    OtherType(usize),
    #[error("missing field `{0}`")]
    Missing(&'static str),
    #[error("{0}")]
    OtherContent(String),
}

impl de::Error for ReadError {
    fn custom<T: std::fmt::Display>(why: T) -> Self {
        Self::OtherContent(why.to_string())
    }

    // What stands there instead is not told: writing down whatever it may be takes more room than reading it.

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::OtherContent("another type than expected".to_owned())
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::OtherContent("another value than expected".to_owned())
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Missing("")
    }

    fn unknown_variant(word: &str, _: &'static [&'static str]) -> Self {
        Self::OtherContent(["unknown word `", word, "`"].concat())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

type Read<T> = Result<T, ReadError>;

enum Number {
    Positive(u64),
    Negative(i64),
    Float(f64),
}

pub struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
    /// What is asked for now does not stand anywhere: an option is none.
    is_missing: bool,
}

impl<'de> Reader<'de> {
    pub fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0, is_missing: false }
    }

    /// Nothing may come after what was read.
    pub fn end(&mut self) -> Read<()> {
        if self.peek() == 0 && self.at == self.text.len() { Ok(()) } else { Err(self.no_json()) }
    }

    fn no_json(&self) -> ReadError {
        ReadError::NoJson(self.at)
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// The next byte that is no blank; zero at the end.
    #[inline(never)]
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Passes this sign.
    #[inline(never)]
    fn pass(&mut self, sign: u8) -> Read<()> {
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
    fn open(&mut self, sign: u8) -> Read<()> {
        self.pass(sign)?;
        self.depth += 1;
        if self.depth < DEEPEST { Ok(()) } else { Err(self.no_json()) }
    }

    #[inline(never)]
    fn close(&mut self, sign: u8) -> Read<()> {
        self.depth -= 1;
        self.pass(sign)
    }

    /// Passes the comma before another entry; false where the list ends, whose end stays.
    #[inline(never)]
    fn goes_on(&mut self, end: u8, first: &mut bool) -> Read<bool> {
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
    fn null(&mut self) -> Read<bool> {
        let is_null = self.peek() == b'n';
        if is_null {
            self.word("null")?;
        }
        Ok(is_null || self.is_missing)
    }

    #[inline(never)]
    fn truth(&mut self) -> Read<bool> {
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
    fn number(&mut self) -> Read<Number> {
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
    fn string(&mut self) -> Read<Cow<'de, str>> {
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
    fn skip(&mut self) -> Read<()> {
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

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.open(b'{')?;
        let value = visitor.visit_map(Entries { reader: self, first: true })?;
        self.close(b'}')?;
        Ok(value)
    }

    fn fields<V: Visitor<'de>>(&mut self, names: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.open(b'{')?;
        let mut fields = Fields::new(self, names);
        let value = visitor.visit_seq(&mut fields);
        let value = value.map_err(|error| fields.named(error))?;
        fields.finish()?;
        self.close(b'}')?;
        Ok(value)
    }

    fn array<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.open(b'[')?;
        let value = visitor.visit_seq(Entries { reader: self, first: true })?;
        self.close(b']')?;
        Ok(value)
    }

    fn figure<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.number()? {
            Number::Positive(number) => visitor.visit_u64(number),
            Number::Negative(number) => visitor.visit_i64(number),
            Number::Float(number) => visitor.visit_f64(number),
        }
    }
}

macro_rules! read_as {
    ($how:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            self.$how(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = ReadError;

    read_as!(figure: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64 deserialize_f32 deserialize_f64);
    read_as!(array: deserialize_seq);
    read_as!(object: deserialize_map);
    read_as!(deserialize_str: deserialize_string deserialize_char deserialize_identifier deserialize_bytes deserialize_byte_buf);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'n' => self.deserialize_unit(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'"' => self.deserialize_str(visitor),
            b'[' => self.array(visitor),
            b'{' => self.object(visitor),
            _ => self.figure(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_bool(self.truth()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.null()? { visitor.visit_unit() } else { Err(ReadError::OtherType(self.at)) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.array(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.array(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.fields(names, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let is_word = self.peek() == b'"';
        if !is_word {
            self.open(b'{')?;
        }
        let value = visitor.visit_enum(Variant { reader: self, is_word })?;
        if !is_word {
            self.close(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// The fields of a struct in the order in which it declares them, whatever order they are written in.
struct Fields<'a, 'de> {
    reader: &'a mut Reader<'de>,
    names: &'static [&'static str],
    /// Which is asked for next.
    next: usize,
    /// Where the value of each begins; zero where it has not been met with.
    values: Vec<usize>,
    /// How far the object has been looked through, and whether nothing has been met with at all.
    looked: usize,
    first: bool,
    /// What is read now stands where the object has been looked through to.
    is_foremost: bool,
}

impl<'a, 'de> Fields<'a, 'de> {
    #[inline(never)]
    fn new(reader: &'a mut Reader<'de>, names: &'static [&'static str]) -> Self {
        let (looked, values) = (reader.at, vec![0; names.len()]);
        Self { reader, names, next: 0, values, looked, first: true, is_foremost: false }
    }

    /// Leads the reader to the value of the next field; false, and to the end of the text, where there is none.
    #[inline(never)]
    fn seek(&mut self) -> Read<bool> {
        let wanted = self.next;
        self.next += 1;
        if let Some(known @ 1..) = self.values.get(wanted).copied() {
            self.reader.at = known;
            return Ok(true);
        }
        let is_here = self.look(wanted)?;
        if !is_here {
            self.reader.is_missing = true;
            self.reader.at = self.reader.text.len();
        }
        Ok(is_here)
    }

    /// Looks the object through as far as this field; true where the reader stands before its value.
    #[inline(never)]
    fn look(&mut self, wanted: usize) -> Read<bool> {
        self.reader.at = self.looked;
        while self.reader.goes_on(b'}', &mut self.first)? {
            let key = self.reader.string()?;
            self.reader.pass(b':')?;
            self.reader.peek();
            let field = self.names.iter().position(|name| *name == key);
            if let Some(value) = field.and_then(|field| self.values.get_mut(field)) {
                if *value > 0 {
                    return Err(ReadError::OtherContent(["field `", key.as_ref(), "` twice"].concat()));
                }
                *value = self.reader.at;
            }
            if field == Some(wanted) {
                self.is_foremost = true;
                return Ok(true);
            }
            self.reader.skip()?;
            self.looked = self.reader.at;
        }
        Ok(false)
    }

    /// The value has been read.
    #[inline(never)]
    fn passed(&mut self) {
        if std::mem::take(&mut self.is_foremost) {
            self.looked = self.reader.at;
        }
    }

    #[inline(never)]
    fn named(&self, error: ReadError) -> ReadError {
        match error {
            ReadError::Missing("") => {
                ReadError::Missing(self.names.get(self.next.wrapping_sub(1)).copied().unwrap_or_default())
            }
            other => other,
        }
    }

    /// Passes over whatever has not been asked for.
    #[inline(never)]
    fn finish(&mut self) -> Read<()> {
        self.look(usize::MAX).map(drop)
    }
}

impl<'de> SeqAccess<'de> for Fields<'_, 'de> {
    type Error = ReadError;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let is_here = self.seek()?;
        let value = seed.deserialize(&mut *self.reader);
        if is_here {
            self.passed();
            value.map(Some)
        } else {
            // None, or whatever the type has by default, or missing.
            self.reader.is_missing = false;
            Ok(value.ok())
        }
    }
}

/// What is left of an array or an object.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = ReadError;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        if self.reader.goes_on(b']', &mut self.first)? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = ReadError;

    fn next_key_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        if self.reader.goes_on(b'}', &mut self.first)? {
            let key = self.reader.string()?;
            self.reader.pass(b':')?;
            seed.deserialize(StrDeserializer::new(&key)).map(Some)
        } else {
            Ok(None)
        }
    }

    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant: by its word alone, or with what belongs to it.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_word: bool,
}

impl<'a, 'de> Variant<'a, 'de> {
    fn content(self) -> Read<&'a mut Reader<'de>> {
        if self.is_word { Err(ReadError::OtherType(self.reader.at)) } else { Ok(self.reader) }
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = ReadError;
    type Variant = Self;

    fn variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Read<(S::Value, Self)> {
        let word = self.reader.string()?;
        if !self.is_word {
            self.reader.pass(b':')?;
        }
        Ok((seed.deserialize(StrDeserializer::new(&word))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = ReadError;

    fn unit_variant(self) -> Read<()> {
        if self.is_word || self.reader.null()? { Ok(()) } else { Err(ReadError::OtherType(self.reader.at)) }
    }

    fn newtype_variant_seed<S: de::DeserializeSeed<'de>>(self, seed: S) -> Read<S::Value> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.content()?.array(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.content()?.fields(names, visitor)
    }
}
