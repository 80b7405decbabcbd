//! # 检查: from draft to sealed record
//!
//! Somebody is at a site: with whom, why, what became of it, and one or several filled-in forms.
//!
//! A [`Draft`] lives on the phone and is saved after every tap. [`OpenDraft`] is the draft in hand, with its forms worked
//! out: [`OpenDraft::issues`] says what still stands between it and submission; [`OpenDraft::submit`] consumes it and yields
//! the sealed [`Visit`] and the hazards that it found, ready to be sent. What is sealed never changes: a correction is another visit.
//!
//! A visit that could not be carried out has no form: its [outcome](VisitOutcome) says why. It does not count as the site's
//! last visit, for a closed door is to be tried again.

mod check;
mod draft;
mod finding;
mod form;
mod issue;
mod last;
mod list;
mod nature;
mod outcome;
mod participant;
mod seen;
mod sign_off;

pub use check::InvalidVisit;
pub use draft::{
    CompletedVisit, Draft, DraftForm, KeptFinding, Missing, OpenDraft, Pad, Position, Renumbered,
    SignOffDraft, SignOffWay, Signer, WitnessDraft,
};
pub(crate) use draft::{laid_photos, later};
pub use finding::Finding;
pub use form::{FilledForm, RecordedAnswer, Tally};
pub use issue::{DraftIssue, ValidationIssue};
pub use list::{VisitFilter, VisitPage, VisitRow};
pub use nature::VisitNature;
pub use outcome::VisitOutcome;
pub use participant::Participant;
pub(crate) use participant::check_participants;
pub use seen::{PartySnapshot, PlaceNames, SiteSeen, SiteSnapshot};
pub use sign_off::{
    Circumstances, DrawnSignature, RefusalReason, SignOff, SignOffAsked, SignOffLack, Signed, Witness,
};

use crate::{
    id::{FormId, PersonId, SealedOrderId, SiteId, VisitId},
    inspection::AdministrativeInspection,
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
    /// What was in hand: of an administrative inspection, and of no other visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrative: Option<Box<AdministrativeInspection>>,
    pub inspector: PersonId,
    /// Who was there beside the inspector.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    pub outcome: VisitOutcome,
    pub started_at: DateTime<Utc>,
    pub submitted_at: DateTime<Utc>,
    /// 封存任务: the order that led to the site, perhaps out of the inspector's usual scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<SealedOrderId>,
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
    /// None: nobody was asked to sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<Box<SignOff>>,
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
    /// The forms that were filled in.
    pub forms: Vec<FormId>,
    pub inspector: PersonId,
    pub inspector_name: String,
    pub submitted_at: DateTime<Utc>,
    /// Of all forms together.
    pub tally: Tally,
}

impl Visit {
    /// Where a visit at this site is seen, and where one must be allowed to inspect to submit it: where the site is. Whoever
    /// supervises the site's sector answers for what is done there; of which sectors the forms are does not matter.
    pub fn seen_at(site: &Site) -> ResourceScope {
        site.resource_scope()
    }

    /// Whether it counts as the office's last visit to the site: something was checked, and not by the site itself.
    pub fn counts_as_last(&self) -> bool {
        self.nature.counts_as_last(self.outcome)
    }

    /// Of all forms together.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.answers().filter(|sealed| !sealed.elsewhere).for_each(|sealed| tally.add(sealed.verdict));
        tally
    }

    /// Of all forms, one form after another.
    pub fn answers(&self) -> impl Iterator<Item = &RecordedAnswer> {
        self.forms.iter().flat_map(|form| &form.answers)
    }

    /// The forms that were filled in, in their order.
    pub fn form_ids(&self) -> Vec<FormId> {
        self.forms.iter().map(|form| form.form.clone()).collect()
    }

    /// Every photo named: given as an answer, beside one, the visit's own, and those of its sign-off; findings' apart.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        let of_sign_off = self.sign_off.iter().flat_map(|sign_off| sign_off.photos());
        self.answers().flat_map(RecordedAnswer::files).chain(&self.photos).chain(of_sign_off)
    }
}
