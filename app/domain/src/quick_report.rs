//! # 随手报: a hazard that somebody reports without a visit
//!
//! Whoever passes by sees something and reports it on the spot: photos, a sentence, the site, how grave it is and whose it
//! is to put right. It is a report like any other ([`HazardCommand::Report`]) that names no visit, form or question, and the
//! server holds it to the same rules.
//!
//! What makes it quick is what the phone knows already, without signal: the site nearby ([`nearest`]), the sentences that
//! the office uses most ([`learned`]), and what was reported here before ([`known_already`]), so that nothing is reported
//! twice.

mod known;
mod phrases;
mod places;

pub use known::{KNOWN_MOST, KnownHazard, NEAR_METRES, known_already};
pub use phrases::{OFFERED_MOST, Phrase, learned, offered, office, with_those_of_office};
pub use places::{AT_HAND_METRES, by_distance, may_report_at, nearest};

use crate::{
    form::ResponsibleKind,
    hazard::{Found, HazardCommand, ValidationError},
    id::SiteId,
    photo::PhotoHash,
    place::Location,
    role::Actor,
    severity::Severity,
    site::Site,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a person has chosen for a report and not yet made, beside its words and photos.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuickReport {
    /// As it was when it was chosen: it may leave the phone meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    pub level: Severity,
    #[serde(skip_serializing_if = "ResponsibleKind::is_site")]
    pub responsible_kind: ResponsibleKind,
    /// The authority that it is to be referred to. It stands beside the site's party, so that choosing again loses neither.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub authority: String,
    /// Where the person stood when it was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// 不是，另报: it is none of those that are known here already.
    pub is_another: bool,
}

/// Why a report is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotReported {
    #[error("{0}")]
    Incomplete(ValidationError),
    #[error("the site is missing")]
    NoSite,
    #[error("the role or the place does not allow it")]
    NotAllowed,
}

impl QuickReport {
    /// What was found, as it is sent.
    pub fn found(&self, words: &str, photos: &[PhotoHash]) -> Found {
        let responsible = match self.responsible_kind {
            ResponsibleKind::Site => self.site.as_ref().map(Site::who_answers).unwrap_or_default(),
            ResponsibleKind::Authority => self.authority.clone(),
            ResponsibleKind::Unknown => String::new(),
        };
        Found {
            level: self.level,
            what: words.to_owned(),
            basis: String::new(),
            // Nobody looked anything up: the office gives the deadline.
            due: None,
            responsible,
            responsible_kind: self.responsible_kind,
            photos: photos.to_vec(),
            location: self.location,
            visit: None,
            form: None,
            question: None,
            from_public: false,
            fixed: None,
        }
    }

    /// The report and its site.
    ///
    /// # Errors
    /// What is missing or beyond its limit, in the order of the screen; then that this person may not report there.
    pub fn report(
        &self,
        words: &str,
        photos: &[PhotoHash],
        by: &Actor,
    ) -> Result<(SiteId, HazardCommand), NotReported> {
        let command = HazardCommand::Report(self.found(words, photos)).tidied();
        command.check().map_err(NotReported::Incomplete)?;
        let site = self.site.as_ref().ok_or(NotReported::NoSite)?;
        if !by.may_command(&command, &site.resource_scope()) {
            return Err(NotReported::NotAllowed);
        }
        Ok((site.id, command))
    }
}
