//! A reader of JSON that is small where it is compiled many times.
//!
//! `serde_json`'s reads a struct from an object or an array, compares its names, keeps a place for each field and says of every
//! type what was expected instead: all that is compiled again for each type that a phone keeps, and is a good part of what it has to
//! load. Here names are looked for once for all, and a type is handed its fields in the order in which it declares them.

mod entries;
mod error;
mod fields;
mod scan;
mod variant;

pub use error::ReadError;

use entries::Entries;
use error::Read;
use fields::Fields;
use scan::Number;
use serde::de::{Deserializer, Visitor};
use variant::Variant;

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
