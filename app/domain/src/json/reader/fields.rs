//! The fields of a struct.

use super::{
    Reader,
    error::{Read, ReadError},
};
use serde::de::{self, SeqAccess};

/// The fields of a struct in the order in which it declares them, whatever order they are written in.
pub(super) struct Fields<'a, 'de> {
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
    pub(super) fn new(reader: &'a mut Reader<'de>, names: &'static [&'static str]) -> Self {
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
    pub(super) fn named(&self, error: ReadError) -> ReadError {
        match error {
            ReadError::Missing("") => {
                ReadError::Missing(self.names.get(self.next.wrapping_sub(1)).copied().unwrap_or_default())
            }
            other => other,
        }
    }

    /// Passes over whatever has not been asked for.
    #[inline(never)]
    pub(super) fn finish(&mut self) -> Read<()> {
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
