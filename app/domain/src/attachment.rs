//! Attachments: bytes that records name and that travel apart from them. Whatever they are, they are called by their hash,
//! told of before they come, taken only as what they are, and stored once.
//!
//! A [`Photo`](AttachmentFacts::Photo) is looked at, made small and compared with others; a paper is kept and given out as it
//! came. What a photo is besides its bytes stands in [`crate::photo`].

mod paper;

pub use paper::{NotAPaper, PaperFacts, check_paper};

use crate::{
    id::PersonId,
    photo::{Format, PhotoFacts},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// SHA-256 of an attachment's bytes, lower-case hexadecimal: its name everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct AttachmentHash(String);

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not a SHA-256 in hexadecimal")]
pub struct NotAHash;

impl AttachmentHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(Sha256::digest(bytes)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AttachmentHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        let well_formed = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if well_formed { Ok(Self(text)) } else { Err(NotAHash) }
    }
}

impl FromStr for AttachmentHash {
    type Err = NotAHash;
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        Self::try_from(text.to_owned())
    }
}

impl From<AttachmentHash> for String {
    fn from(hash: AttachmentHash) -> Self {
        hash.0
    }
}

impl fmt::Display for AttachmentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the office does with the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttachmentKind {
    Photo,
    Paper,
}

impl AttachmentKind {
    /// In the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Paper => "paper",
        }
    }
}

/// What the bytes are. Nothing else is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Picture(Format),
    Pdf,
}

impl MediaType {
    pub const ALL: [Self; 5] = [
        Self::Picture(Format::Jpeg),
        Self::Picture(Format::Png),
        Self::Picture(Format::WebP),
        Self::Picture(Format::Heif),
        Self::Pdf,
    ];

    /// As HTTP says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Picture(format) => format.media_type(),
            Self::Pdf => "application/pdf",
        }
    }

    /// None: it is not taken.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == word)
    }

    /// Attachments of which kind are of this type.
    pub const fn kind(self) -> AttachmentKind {
        match self {
            Self::Picture(_) => AttachmentKind::Photo,
            Self::Pdf => AttachmentKind::Paper,
        }
    }

    /// Whether a browser may show it where it stands. Nobody has looked into a HEIC, and few browsers draw one; a PDF may
    /// hold scripts and forms, which are not to run beside the office's pages.
    pub const fn is_shown_inline(self) -> bool {
        match self {
            Self::Picture(Format::Jpeg | Format::Png | Format::WebP) => true,
            Self::Picture(Format::Heif) | Self::Pdf => false,
        }
    }
}

/// What is known of an attachment without its bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentFacts {
    Photo(PhotoFacts),
    Paper(PaperFacts),
}

impl AttachmentFacts {
    /// The largest that the server takes.
    pub const LARGEST: u64 = PhotoFacts::LARGEST;

    pub const fn kind(&self) -> AttachmentKind {
        match self {
            Self::Photo(_) => AttachmentKind::Photo,
            Self::Paper(_) => AttachmentKind::Paper,
        }
    }

    pub const fn hash(&self) -> &AttachmentHash {
        match self {
            Self::Photo(facts) => &facts.hash,
            Self::Paper(facts) => &facts.hash,
        }
    }

    pub const fn bytes(&self) -> u64 {
        match self {
            Self::Photo(facts) => facts.bytes,
            Self::Paper(facts) => facts.bytes,
        }
    }

    /// As it was told; see [`is_taken`](Self::is_taken).
    pub fn media_type(&self) -> &str {
        match self {
            Self::Photo(facts) => &facts.media_type,
            Self::Paper(facts) => &facts.media_type,
        }
    }

    /// Who told of it.
    pub const fn by(&self) -> PersonId {
        match self {
            Self::Photo(facts) => facts.by,
            Self::Paper(facts) => facts.by,
        }
    }

    /// Of a photo, the file that the camera made.
    pub const fn original(&self) -> Option<&AttachmentHash> {
        match self {
            Self::Photo(facts) => facts.original.as_ref(),
            Self::Paper(_) => None,
        }
    }

    /// Whether attachments of its kind may be of its type.
    pub fn is_taken(&self) -> bool {
        MediaType::parse(self.media_type()).is_some_and(|known| known.kind() == self.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read_as_it_is_written_and_photos_have_the_pictures() {
        for known in MediaType::ALL {
            assert_eq!(MediaType::parse(known.as_str()), Some(known));
            let is_a_picture = PhotoFacts::MEDIA_TYPES.contains(&known.as_str());
            assert_eq!(is_a_picture, known.kind() == AttachmentKind::Photo, "{known:?}");
        }
        for other in ["", "image/svg+xml", "text/html", "application/PDF", "application/pdf; charset=utf-8"] {
            assert_eq!(MediaType::parse(other), None, "{other}");
        }
    }
}
