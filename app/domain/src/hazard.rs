//! # 隐患: the closed loop
//!
//! Somebody wants something of a hazard: a [`HazardCommand`]. [`decide()`] says what comes of it, [`HazardEvent`]s or the
//! reason why it does not fit ([`RejectedBecause`]). What happened is appended to the hazard's log, and the [`Hazard`] is the
//! fold of its log: [`Hazard::evolve`] applies an event and never judges it, so that a rule that changes leaves what
//! happened before it as it was. What does not fit any more, because somebody else was there first while this phone had no
//! signal, is an event too, [`Rejection`]: it stays in the log, is shown to its author, and has no effect.
//!
//! Commands and events are two enums, because one command may come to different events: who accepts a major hazard accepts
//! it once or closes it. What both hold is written down once, in `content.rs`. Everything that is known of each kind stands
//! in two tables, [`HazardCommandKind`] and [`HazardEventKind`].
//!
//! ```text
//! found ─┬─ fixed on the spot ───────────────────────────────► closed
//!        └─ assigned ─► rectified ─► accepted (major: twice) ─► closed
//!              ▲ ╰ extension asked, granted, refused   │
//!              └────────────── returned ◄──────────────┘
//! any open one: referred, merged; ended ones: reopened
//! ```
//!
//! Whoever answers for the site and has no account says what it has to say by a code: [`PartyAnswer`], which comes to events of
//! its own and never ends anything.
//!
//! What is not the site's party's to put right ([`Found::responsible_kind`]) begins as any other: a finder refers nothing, the
//! office does. Until it has acted, such a hazard waits to be referred and not to be assigned
//! ([`Hazard::is_to_be_referred`]); that is read off the fold and no status of its own, so phones of every version know it.

mod actions;
mod by_party;
mod claims;
mod command;
mod content;
mod decide;
mod event;
mod evolve;
mod extension;
mod kinds;
mod proposed;
mod relocate;
mod status;

pub use actions::{HazardAction, HazardActions, actions_for, waits_for};
pub use by_party::{MOST_ANSWERS, PartyAnswer, PartyRefusal, days_to_ask_for};
pub use claims::{Around, Unfounded};
pub use command::{FilledIn, HazardCommand, NotFilledIn, ValidationError};
pub use content::{
    Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, FixedOnSpot, Found, Listing, Merger,
    RectificationPlan, Referral, Reopening, Return, Suspension, SuspensionLift,
};
pub use decide::{RejectedBecause, decide, report};
pub use event::{EventRecord, HazardEvent, Issued, Opening, PlaceChange, Rejection};
pub use evolve::{MissingCreationEvent, PROJECTION_VERSION};
pub use kinds::{
    Asks, CommandField, CommandRow, Control, EventRow, HazardCommandKind, HazardEventKind, Offered,
};
pub use relocate::relocate;
pub use status::{HazardStatus, HazardStatusKind};

use crate::{
    due::Due,
    id::{EventId, GridId, HazardId, PersonId, SiteId},
    party::PartyRef,
    photo::PhotoHash,
    role::ResourceScope,
    severity::Severity,
    time::office_day,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An extension that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Extension {
    pub until: NaiveDate,
    pub reason: String,
    /// None: its party asked, by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

/// A hazard as folded from its events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hazard {
    pub id: HazardId,
    /// `XC-2026-000318`; none until the server has it. Given once by the office, and no part of the fold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub place: ResourceScope,
    /// 责任主体: who answered for the site when it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyRef>,
    pub found: Found,
    pub found_at: DateTime<Utc>,
    pub found_by: PersonId,
    pub status: HazardStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<RectificationPlan>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Photos of the newest rectification.
    #[serde(default)]
    pub after: Vec<PhotoHash>,
    /// 挂牌督办
    #[serde(default)]
    pub listed: bool,
    /// 重患必停: the site, or its part, is stopped until that is lifted, or until acceptance.
    #[serde(default)]
    pub suspended: bool,
    /// What happened, in the server's order, rejected attempts included.
    pub events: Vec<EventRecord>,
}

impl Hazard {
    /// Where it is seen, if its site lies in this grid now. An open one moves with its site. One that has ended lies where it
    /// lay, and is seen by whoever walks there now: they look after the site.
    pub fn seen_in(&self, grid_of_site: GridId) -> ResourceScope {
        let grid = if self.is_open() { self.place.grid } else { grid_of_site };
        ResourceScope { grid, ..self.place }
    }

    /// The site at which it was found. It lies at another where that one was merged since.
    pub fn found_at_site(&self) -> SiteId {
        let opening = self.events.first().and_then(|record| record.event.opening());
        opening.map_or(self.place.site, |opening| opening.place.site)
    }

    /// What is remembered under this id.
    pub fn record(&self, id: EventId) -> Option<&EventRecord> {
        self.events.iter().find(|record| record.id == id)
    }

    /// Attempts of this person that the log keeps without effect.
    pub fn rejections_of(&self, person: PersonId) -> usize {
        self.events.iter().filter(|record| record.by == Some(person) && record.is_rejected()).count()
    }

    /// Since when it has its status: by the newest event that moved it, at the office's time where a phone's clock cannot
    /// have been right. A phone's clock may run ahead a little; the office's bounds it.
    pub fn status_since(&self) -> DateTime<Utc> {
        let moved = self.events.iter().rev().find(|record| record.event.kind().row().moves.is_some());
        moved.map_or(self.found_at, |record| {
            record.when().min(record.received_at.unwrap_or(DateTime::<Utc>::MAX_UTC))
        })
    }

    /// Whether a second person must accept: a major hazard needs two.
    pub fn needs_second_acceptance(&self) -> bool {
        self.level() == Severity::Major && self.status.kind() != HazardStatusKind::AcceptedOnce
    }

    pub fn level(&self) -> Severity {
        self.found.level
    }

    pub fn is_open(&self) -> bool {
        self.status.kind().is_open()
    }

    /// The deadline's status today; an ended hazard has none.
    pub fn due(&self, now: DateTime<Utc>) -> Due {
        if self.is_open() { Due::of(self.due, office_day(now)) } else { Due::Unset }
    }

    /// Every photo that the log names, in its order.
    pub fn photos(&self) -> Vec<&PhotoHash> {
        self.events.iter().flat_map(|record| record.event.photos()).collect()
    }

    /// Those that were handed in to show that it is gone.
    pub fn photos_of_rectification(&self) -> impl Iterator<Item = &PhotoHash> {
        let later = self.events.iter().filter_map(|record| match &record.event {
            HazardEvent::Rectified(evidence)
            | HazardEvent::RectifiedByParty(evidence)
            | HazardEvent::PartyWrote(evidence) => Some(&evidence.photos),
            HazardEvent::Found(_)
            | HazardEvent::FoundRectified(_)
            | HazardEvent::FoundClosed(_)
            | HazardEvent::Assigned(_)
            | HazardEvent::ExtensionAsked(_)
            | HazardEvent::ExtensionAskedByParty(_)
            | HazardEvent::ExtensionGranted(_)
            | HazardEvent::ExtensionRefused(_)
            | HazardEvent::AcceptedOnce(_)
            | HazardEvent::Accepted(_)
            | HazardEvent::Returned(_)
            | HazardEvent::Listed(_)
            | HazardEvent::Suspended(_)
            | HazardEvent::SuspensionLifted(_)
            | HazardEvent::Referred(_)
            | HazardEvent::Merged(_)
            | HazardEvent::Reopened(_)
            | HazardEvent::PlaceChanged(_)
            | HazardEvent::Rejected(_) => None,
        });
        self.found.fixed.iter().map(|fixed| &fixed.photos).chain(later).flatten()
    }

    /// 等移送: whether it is another authority's or nobody's known to put right, as its finder said, and the office has not acted
    /// on that yet. The office may still assign it, where it turns out that the site answers for it.
    pub fn is_to_be_referred(&self) -> bool {
        let is_new = self.status == HazardStatus::Found && self.plan.is_none();
        is_new && !self.found.responsible_kind.is_site()
    }

    /// What to call it in a list.
    pub fn title(&self) -> &str {
        &self.found.what
    }
}
