//! The entries of an array and of an object.

use super::{
    Reader,
    error::{Read, ReadError},
};
use serde::de::{self, MapAccess, SeqAccess, value::StrDeserializer};

/// What is left of an array or an object.
pub(super) struct Entries<'a, 'de> {
    pub(super) reader: &'a mut Reader<'de>,
    pub(super) first: bool,
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
