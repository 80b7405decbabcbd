//! Papers as they are handed in: PDF, and nothing else.
//!
//! Only what the file itself says counts. It is not unpacked: it is given out as a download and never drawn here, so what
//! stands inside is for the reader's own program.

use super::AttachmentHash;
use crate::id::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is known of a paper without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperFacts {
    pub hash: AttachmentHash,
    pub bytes: u64,
    pub media_type: String,
    /// When it was taken in.
    pub at: DateTime<Utc>,
    pub by: PersonId,
}

/// Why a file is not taken as a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotAPaper {
    #[error("the file is empty")]
    Empty,
    /// Whatever it is called.
    #[error("not a PDF")]
    OtherKind,
    #[error("the file ends before the paper does")]
    Cut,
}

/// Bytes at the end among which the last line stands; programs write more behind it.
const TAIL: usize = 1024;

/// Whether the file begins and ends as a PDF does. The beginning is taken strictly: a file that is something else before it
/// is a PDF may be opened as something else.
pub fn check_paper(file: &[u8]) -> Result<(), NotAPaper> {
    if file.is_empty() {
        return Err(NotAPaper::Empty);
    }
    let version = file.strip_prefix(b"%PDF-").ok_or(NotAPaper::OtherKind)?;
    let [b'1'..=b'2', b'.', b'0'..=b'9', ..] = version else { return Err(NotAPaper::OtherKind) };
    let tail = file.get(file.len().saturating_sub(TAIL)..).unwrap_or_default();
    let ends = tail.windows(5).any(|five| five == b"%%EOF");
    if ends { Ok(()) } else { Err(NotAPaper::Cut) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_begins_and_ends_as_a_pdf() {
        for whole in ["%PDF-1.4\n1 0 obj\n%%EOF", "%PDF-2.0\r\n%%EOF\r\n", "%PDF-1.7\n%%EOF\nwritten behind"]
        {
            assert_eq!(check_paper(whole.as_bytes()), Ok(()), "{whole}");
        }
        assert_eq!(check_paper(b""), Err(NotAPaper::Empty));
        for other in
            ["<html>%PDF-1.4\n%%EOF", "%PDF-", "%PDF-9.1\n%%EOF", "\u{feff}%PDF-1.4\n%%EOF", "GIF89a"]
        {
            assert_eq!(check_paper(other.as_bytes()), Err(NotAPaper::OtherKind), "{other}");
        }
        let cut = [b"%PDF-1.4\n%%EOF".as_slice(), &[b'0'; 2 * TAIL]].concat();
        assert_eq!([check_paper(b"%PDF-1.4\n1 0 obj"), check_paper(&cut)], [Err(NotAPaper::Cut); 2]);
    }
}
