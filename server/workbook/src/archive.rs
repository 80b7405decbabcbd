//! # A workbook's parts
//!
//! Just enough of the ZIP format to take single parts out of it. What the archive says of sizes is used only to refuse
//! early; what counts is what comes out, counted while it comes, all parts of one workbook together.

use crate::{Limits, UnpackError};
use flate2::bufread::DeflateDecoder;
use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
    time::Instant,
};

/// Bytes of one tag or text at the most.
const LARGEST_PIECE: usize = 256 * 1024;

/// Bytes that are taken at a time of what is read whole.
const AT_ONCE: usize = 64 * 1024;

pub struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry<'a>>,
    /// Bytes that may still be unpacked.
    left: Rc<Cell<u64>>,
    deadline: Instant,
    limits: Limits,
}

struct Entry<'a> {
    name: &'a [u8],
    method: u16,
    packed: usize,
    offset: usize,
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(width)?)?;
    Some(field.iter().rev().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)))
}

impl<'a> Archive<'a> {
    /// Nothing is unpacked yet; `deadline` ends every reading of a part.
    pub fn open(bytes: &'a [u8], limits: Limits, deadline: Instant) -> Result<Self, UnpackError> {
        let broken = || UnpackError::Broken("zip");
        // The end record lies in the last 64 KB, before a comment.
        let from = bytes.len().saturating_sub(65_557);
        let tail = bytes.get(from..).unwrap_or_default();
        let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06").ok_or_else(broken)? + from;
        let count = number(bytes, end + 10, 2).ok_or_else(broken)?;
        let mut at = number(bytes, end + 16, 4).ok_or_else(broken)?;
        if count > limits.entries {
            return Err(UnpackError::TooBig);
        }
        let mut entries = Vec::with_capacity(count);
        let mut said: u64 = 0;
        for _ in 0..count {
            if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
                return Err(broken());
            }
            let field = |offset, width| number(bytes, at + offset, width).ok_or_else(broken);
            if field(8, 2)? & 1 == 1 {
                return Err(UnpackError::Encrypted);
            }
            let name = field(28, 2)?;
            said = said.saturating_add(field(24, 4)? as u64);
            entries.push(Entry {
                name: bytes.get(at + 46..at + 46 + name).ok_or_else(broken)?,
                method: u16::try_from(field(10, 2)?).unwrap_or(u16::MAX),
                packed: field(20, 4)?,
                offset: field(42, 4)?,
            });
            at += 46 + name + field(30, 2)? + field(32, 2)?;
        }
        if said > limits.unpacked {
            return Err(UnpackError::TooBig);
        }
        Ok(Self { bytes, entries, left: Rc::new(Cell::new(limits.unpacked)), deadline, limits })
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether a part's name, in small letters, ends so.
    pub fn has_part(&self, ending: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.to_ascii_lowercase().ends_with(ending.as_bytes()))
    }

    /// None where there is no such part. Names of parts ignore case, and some programs turn the slashes round.
    pub fn part(&self, name: &str) -> Result<Option<Part<'a>>, UnpackError> {
        let plain = |byte: &u8| if *byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
        let is_it =
            |entry: &&Entry<'_>| entry.name.iter().map(plain).eq(name.bytes().map(|byte| plain(&byte)));
        let mut found = self.entries.iter().filter(is_it);
        let Some(entry) = found.next() else { return Ok(None) };
        if found.next().is_some() {
            return Err(UnpackError::Broken("zip"));
        }
        self.unpacked(entry).map(Some)
    }

    /// Names of the files inside, as they stand there: programs write them in UTF-8 or in the code of their country.
    pub fn names(&self) -> impl Iterator<Item = &'a [u8]> {
        self.entries.iter().map(|entry| entry.name)
    }

    /// All that the file at this place among [`names`](Self::names) holds. None where there is no such place.
    ///
    /// # Errors
    /// [`UnpackError::TooBig`] where that is more than `most` bytes, or more than is left of the limits.
    pub fn whole(&self, place: usize, most: usize) -> Result<Option<Vec<u8>>, UnpackError> {
        let Some(entry) = self.entries.get(place) else { return Ok(None) };
        let mut part = self.unpacked(entry)?;
        let since = part.since();
        let mut whole = vec![];
        let mut piece = vec![0; AT_ONCE];
        loop {
            since.set(0);
            let read = part.read(&mut piece).map_err(|error| stopped(&error))?;
            if read == 0 {
                return Ok(Some(whole));
            }
            if whole.len() + read > most {
                return Err(UnpackError::TooBig);
            }
            whole.extend_from_slice(piece.get(..read).unwrap_or_default());
        }
    }

    fn unpacked(&self, entry: &Entry<'_>) -> Result<Part<'a>, UnpackError> {
        let broken = UnpackError::Broken("zip");
        if self.bytes.get(entry.offset..entry.offset + 4) != Some(b"PK\x03\x04") {
            return Err(broken);
        }
        let field = |offset| number(self.bytes, entry.offset + offset, 2);
        let (Some(name), Some(extra)) = (field(26), field(28)) else { return Err(broken) };
        let start = entry.offset + 30 + name + extra;
        let end = start.saturating_add(entry.packed).min(self.bytes.len());
        let packed = self.bytes.get(start..end).ok_or_else(|| broken.clone())?;
        let source: Box<dyn Read + 'a> = match entry.method {
            0 => Box::new(packed),
            8 => Box::new(DeflateDecoder::new(packed)),
            _ => return Err(broken),
        };
        let since = Rc::new(Cell::new(0));
        Ok(Part { source, left: Rc::clone(&self.left), since, deadline: self.deadline })
    }
}

fn stopped(error: &io::Error) -> UnpackError {
    let stopped = error.get_ref().and_then(|error| error.downcast_ref::<Stopped>());
    stopped.map_or(UnpackError::Broken("zip"), |stopped| stopped.0.clone())
}

/// One part as it is unpacked.
pub struct Part<'a> {
    source: Box<dyn Read + 'a>,
    left: Rc<Cell<u64>>,
    /// Bytes since the last tag or text began.
    since: Rc<Cell<usize>>,
    deadline: Instant,
}

impl Part<'_> {
    /// To be set to 0 at each tag and text.
    pub fn since(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.since)
    }
}

/// Why a part gave no more; told from damage by its type.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Stopped(pub UnpackError);

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if Instant::now() > self.deadline {
            return Err(io::Error::other(Stopped(UnpackError::TooSlow)));
        }
        let read = self.source.read(into)?;
        let left = self.left.get().checked_sub(read as u64);
        let since = self.since.get() + read;
        self.since.set(since);
        match left {
            Some(left) if since <= LARGEST_PIECE => {
                self.left.set(left);
                Ok(read)
            }
            _ => Err(io::Error::other(Stopped(UnpackError::TooBig))),
        }
    }
}
