//! What a person has written for a command on a hazard and not yet given, with copies of what it is about: the hazard may leave
//! the phone meanwhile, and what was begun is finished all the same.

use crate::{hazard::Hazard, id::HazardId, photo::PhotoHash, site::Site};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionDraft {
    /// Note or reason.
    pub words: String,
    pub day: Option<NaiveDate>,
    pub photos: Vec<PhotoHash>,
    /// As it stood when this was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Box<About>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    pub hazard: Hazard,
    #[serde(default)]
    pub site: Option<Site>,
    #[serde(default)]
    pub department: Option<String>,
}

/// One of them, and what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BegunAction {
    pub hazard: HazardId,
    /// [`HazardCommandKind::as_str`](crate::hazard::HazardCommandKind::as_str)
    pub command: String,
    pub draft: ActionDraft,
}

impl ActionDraft {
    /// Whether anything would be lost with it; a day is proposed anyway.
    pub fn holds_something(&self) -> bool {
        !self.words.trim().is_empty() || !self.photos.is_empty()
    }
}
