//! 示例图: how it should look, beside a question's hint.
//!
//! It is named by what it holds, as photos are, and travels apart from the form. Where its bytes have not come the form is
//! whole all the same: what the picture shows is said in words.

use super::Form;
use crate::{
    photo::{Format, PhotoHash},
    text::Bilingual,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Pictures of one form: a phone brings all of them along.
pub const MOST_PICTURES: usize = 40;

/// Characters of a description in one language.
pub const MOST_OF_A_DESCRIPTION: usize = 200;

/// 示例图, and what it shows in words: for whoever cannot see it, and where it has not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionPicture {
    pub image: PhotoHash,
    pub description: Bilingual,
}

impl QuestionPicture {
    /// What an author may choose; it is made anew within the limits below.
    pub const FORMATS: [Format; 3] = [Format::Jpeg, Format::Png, Format::WebP];
    /// Bytes of a file that an author may choose.
    pub const LARGEST_CHOSEN: u64 = 10 * 1024 * 1024;
    /// Bytes of one as it is kept and sent to phones: half a minute on a bad line.
    pub const LARGEST: u64 = 256 * 1024;
    /// Pixels of its long edge at the most.
    pub const LONG_EDGE: u32 = 1024;
}

impl Form {
    /// All that its questions show, each once.
    pub fn pictures(&self) -> BTreeSet<&PhotoHash> {
        let shown = self.questions().filter_map(|question| question.picture.as_ref());
        shown.map(|picture| &picture.image).collect()
    }
}
