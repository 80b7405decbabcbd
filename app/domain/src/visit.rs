//! # 检查: from draft to sealed record
//!
//! Somebody is at a site: with whom, why, what became of it, and one or several filled-in checklists.
//!
//! A [`Draft`] lives on the phone and changes with every tap. [`Draft::issues`] says what still stands between it and
//! submission; [`Draft::submit`] consumes it and yields the sealed [`Visit`] and the hazards that it found, ready
//! to be sent. What is sealed never changes: a correction is another visit.
//!
//! A visit that could not be carried out has no form: its [outcome](VisitOutcome) says why. It does not count as the site's
//! last visit, for a closed door is to be tried again.

mod check;
mod draft;
mod finding;
mod form;
mod issue;
mod list;
mod nature;
mod outcome;
mod participant;
mod seen;

pub use check::InvalidVisit;
pub use draft::{CompletedVisit, Draft, DraftForm, ItemResponse, Position, Standing};
pub use finding::Finding;
pub use form::{FilledForm, HasAnswer, RecordedAnswer, Tally};
pub use issue::{DraftIssue, ValidationIssue};
pub use list::{VisitFilter, VisitPage, VisitRow};
pub use nature::VisitNature;
pub use outcome::VisitOutcome;
pub use participant::Participant;
pub(crate) use participant::check_participants;
pub use seen::{PartySnapshot, PlaceNames, SiteSeen, SiteSnapshot};

use crate::{
    id::{ChecklistId, PersonId, SiteId, VisitId},
    photo::PhotoHash,
    place::Location,
    role::ResourceScope,
    site::Site,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A submitted visit. Sealed: nothing here changes after the server has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    pub id: VisitId,
    pub site: SiteId,
    /// As the phone knew it.
    pub site_seen: SiteSeen,
    pub nature: VisitNature,
    pub inspector: PersonId,
    /// Who was there beside the inspector.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    pub outcome: VisitOutcome,
    pub started_at: DateTime<Utc>,
    pub submitted_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// None where nothing could be checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FilledForm>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Of the visit itself: the closed door.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
    /// 签名: whoever was inspected signs. Nothing writes it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<PhotoHash>,
}

/// What lists show of a visit, and what the phone keeps of a site's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitSummary {
    pub id: VisitId,
    pub number: String,
    pub site: SiteId,
    pub nature: VisitNature,
    pub outcome: VisitOutcome,
    /// The checklists that were filled in.
    pub forms: Vec<ChecklistId>,
    pub inspector: PersonId,
    pub inspector_name: String,
    pub submitted_at: DateTime<Utc>,
    /// Of all forms together.
    pub tally: Tally,
}

impl Visit {
    /// Where a visit at this site is seen, and where one must be allowed to inspect to submit it: where the site is. Whoever
    /// supervises the site's sector answers for what is done there; of which sectors the checklists are does not matter.
    pub fn seen_at(site: &Site) -> ResourceScope {
        site.resource_scope()
    }

    /// Of all forms together.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.answers().for_each(|sealed| tally.add(sealed.verdict));
        tally
    }

    /// Of all forms, one form after another.
    pub fn answers(&self) -> impl Iterator<Item = &RecordedAnswer> {
        self.forms.iter().flat_map(|form| form.answers.values())
    }

    /// The checklists that were filled in, in their order.
    pub fn checklists(&self) -> Vec<ChecklistId> {
        self.forms.iter().map(|form| form.checklist.clone()).collect()
    }

    /// Every photo named, items' own and the visit's; findings' apart.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        self.answers().flat_map(|sealed| &sealed.photos).chain(&self.photos)
    }
}
