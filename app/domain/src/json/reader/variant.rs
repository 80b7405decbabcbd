//! The variant of an enum.

use super::{
    Reader,
    error::{Read, ReadError},
};
use serde::de::{self, EnumAccess, VariantAccess, Visitor, value::StrDeserializer};

/// A variant: by its word alone, or with what belongs to it.
pub(super) struct Variant<'a, 'de> {
    pub(super) reader: &'a mut Reader<'de>,
    pub(super) is_word: bool,
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
