//! What happened to a hazard, and the line of its log that says who did it and when.

use super::{
    Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, Found, HazardCommand, HazardEventKind,
    Listing, Merger, RectificationPlan, Referral, RejectedBecause, Reopening, Return, Suspension,
    SuspensionLift,
};
use crate::{
    id::{EventId, PersonId},
    party::PartyRef,
    photo::PhotoHash,
    role::{Actor, ResourceScope},
    time::{day_meant, happened},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An event. Where one command can come to different things, each is an event of its own, so that nothing has to be judged
/// when it is read again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HazardEvent {
    Found(Opening),
    FoundRectified(Opening),
    FoundClosed(Opening),
    Assigned(RectificationPlan),
    ExtensionAsked(ExtensionRequest),
    /// The same, by its party and its code.
    ExtensionAskedByParty(ExtensionRequest),
    ExtensionGranted(ExtensionGrant),
    ExtensionRefused(ExtensionRefusal),
    Rectified(Evidence),
    /// The same, by its party and its code.
    RectifiedByParty(Evidence),
    /// A word of its party, or another photo.
    PartyWrote(Evidence),
    AcceptedOnce(Evidence),
    Accepted(Evidence),
    Returned(Return),
    Listed(Listing),
    Suspended(Suspension),
    SuspensionLifted(SuspensionLift),
    Referred(Referral),
    Merged(Merger),
    Reopened(Reopening),
    PlaceChanged(PlaceChange),
    Rejected(Rejection),
}

/// What a hazard begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opening {
    /// Where it lay then, as the office knew it.
    pub place: ResourceScope,
    /// Who answered for the site then, as the office knew it; the finder's own words stay in `found`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyRef>,
    pub found: Found,
}

/// Where the hazard lies from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceChange {
    pub place: ResourceScope,
}

/// An attempt that came too late to count: kept, shown to its author, without effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rejection {
    pub command: HazardCommand,
    pub because: RejectedBecause,
}

impl HazardEvent {
    pub fn kind(&self) -> HazardEventKind {
        match self {
            Self::Found(_) => HazardEventKind::Found,
            Self::FoundRectified(_) => HazardEventKind::FoundRectified,
            Self::FoundClosed(_) => HazardEventKind::FoundClosed,
            Self::Assigned(_) => HazardEventKind::Assigned,
            Self::ExtensionAsked(_) => HazardEventKind::ExtensionAsked,
            Self::ExtensionAskedByParty(_) => HazardEventKind::ExtensionAskedByParty,
            Self::ExtensionGranted(_) => HazardEventKind::ExtensionGranted,
            Self::ExtensionRefused(_) => HazardEventKind::ExtensionRefused,
            Self::Rectified(_) => HazardEventKind::Rectified,
            Self::RectifiedByParty(_) => HazardEventKind::RectifiedByParty,
            Self::PartyWrote(_) => HazardEventKind::PartyWrote,
            Self::AcceptedOnce(_) => HazardEventKind::AcceptedOnce,
            Self::Accepted(_) => HazardEventKind::Accepted,
            Self::Returned(_) => HazardEventKind::Returned,
            Self::Listed(_) => HazardEventKind::Listed,
            Self::Suspended(_) => HazardEventKind::Suspended,
            Self::SuspensionLifted(_) => HazardEventKind::SuspensionLifted,
            Self::Referred(_) => HazardEventKind::Referred,
            Self::Merged(_) => HazardEventKind::Merged,
            Self::Reopened(_) => HazardEventKind::Reopened,
            Self::PlaceChanged(_) => HazardEventKind::PlaceChanged,
            Self::Rejected(_) => HazardEventKind::Rejected,
        }
    }

    /// The command that it came of, or that was rejected; none where the office's service recorded it by itself, or for the
    /// hazard's party.
    pub fn command(&self) -> Option<HazardCommand> {
        Some(match self.clone() {
            Self::Found(opening) | Self::FoundRectified(opening) | Self::FoundClosed(opening) => {
                HazardCommand::Report(opening.found)
            }
            Self::Assigned(plan) => HazardCommand::Assign(plan),
            Self::ExtensionAsked(request) => HazardCommand::AskExtension(request),
            Self::ExtensionGranted(grant) => HazardCommand::GrantExtension(grant),
            Self::ExtensionRefused(refusal) => HazardCommand::RefuseExtension(refusal),
            Self::Rectified(evidence) => HazardCommand::Rectify(evidence),
            Self::AcceptedOnce(evidence) | Self::Accepted(evidence) => HazardCommand::Accept(evidence),
            Self::Returned(back) => HazardCommand::Return(back),
            Self::Listed(listing) => HazardCommand::List(listing),
            Self::Suspended(suspension) => HazardCommand::Suspend(suspension),
            Self::SuspensionLifted(lift) => HazardCommand::LiftSuspension(lift),
            Self::Referred(referral) => HazardCommand::Refer(referral),
            Self::Merged(merger) => HazardCommand::Merge(merger),
            Self::Reopened(reopening) => HazardCommand::Reopen(reopening),
            Self::Rejected(rejection) => rejection.command,
            Self::PlaceChanged(_)
            | Self::ExtensionAskedByParty(_)
            | Self::RectifiedByParty(_)
            | Self::PartyWrote(_) => return None,
        })
    }

    /// Those that it shows, and those that a rejected attempt would have shown.
    pub fn photos(&self) -> Vec<&PhotoHash> {
        match self {
            Self::Found(Opening { found, .. })
            | Self::FoundRectified(Opening { found, .. })
            | Self::FoundClosed(Opening { found, .. }) => {
                found.lists_of_photos().into_iter().flatten().collect()
            }
            Self::Rectified(Evidence { photos, .. })
            | Self::RectifiedByParty(Evidence { photos, .. })
            | Self::PartyWrote(Evidence { photos, .. })
            | Self::AcceptedOnce(Evidence { photos, .. })
            | Self::Accepted(Evidence { photos, .. })
            | Self::Returned(Return { photos, .. }) => photos.iter().collect(),
            Self::Rejected(rejection) => rejection.command.photos(),
            Self::Assigned(_)
            | Self::ExtensionAsked(_)
            | Self::ExtensionAskedByParty(_)
            | Self::ExtensionGranted(_)
            | Self::ExtensionRefused(_)
            | Self::Listed(_)
            | Self::Suspended(_)
            | Self::SuspensionLifted(_)
            | Self::Referred(_)
            | Self::Merged(_)
            | Self::Reopened(_)
            | Self::PlaceChanged(_) => vec![],
        }
    }

    /// What the hazard begins with, where this is its beginning.
    pub fn opening(&self) -> Option<&Opening> {
        match self {
            Self::Found(opening) | Self::FoundRectified(opening) | Self::FoundClosed(opening) => {
                Some(opening)
            }
            Self::Assigned(_)
            | Self::ExtensionAsked(_)
            | Self::ExtensionAskedByParty(_)
            | Self::ExtensionGranted(_)
            | Self::ExtensionRefused(_)
            | Self::Rectified(_)
            | Self::RectifiedByParty(_)
            | Self::PartyWrote(_)
            | Self::AcceptedOnce(_)
            | Self::Accepted(_)
            | Self::Returned(_)
            | Self::Listed(_)
            | Self::Suspended(_)
            | Self::SuspensionLifted(_)
            | Self::Referred(_)
            | Self::Merged(_)
            | Self::Reopened(_)
            | Self::PlaceChanged(_)
            | Self::Rejected(_) => None,
        }
    }
}

/// One line of the log: what happened, by whom and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventRecord {
    pub id: EventId,
    /// By the clock of who did it; the order of the log is the server's.
    pub at: DateTime<Utc>,
    /// By the office's; none until it has come there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<DateTime<Utc>>,
    /// None: whoever may log in to the office's machine, or the hazard's party, as the event says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    #[serde(default)]
    pub name: String,
    pub event: HazardEvent,
}

impl EventRecord {
    /// When it was done, as far as the office can say.
    pub fn when(&self) -> DateTime<Utc> {
        happened(self.at, self.received_at)
    }

    /// Whether its maker's clock cannot have been right.
    pub fn clock_was_wrong(&self) -> bool {
        self.when() != self.at
    }

    /// Why it did not count; none where it did.
    pub fn rejection(&self) -> Option<&RejectedBecause> {
        let HazardEvent::Rejected(rejection) = &self.event else { return None };
        Some(&rejection.because)
    }

    pub fn is_rejected(&self) -> bool {
        self.rejection().is_some()
    }

    /// A day that its maker chose.
    pub(super) fn day(&self, day: NaiveDate) -> Option<NaiveDate> {
        day_meant(day, self.at, self.received_at)
    }
}

/// Who gives a command, when, and under which id it is remembered.
#[derive(Debug, Clone, Copy)]
pub struct Issued<'a> {
    pub id: EventId,
    /// By the clock of who gives it.
    pub at: DateTime<Utc>,
    /// By the office's; none until it has come there.
    pub received_at: Option<DateTime<Utc>>,
    pub by: &'a Actor,
}

impl Issued<'_> {
    /// When it is given, as far as the office can say.
    pub(super) fn when(&self) -> DateTime<Utc> {
        happened(self.at, self.received_at)
    }

    /// Whether the clock of who gives it cannot have been right.
    pub fn clock_was_wrong(&self) -> bool {
        self.when() != self.at
    }

    /// What the log makes of a day that was chosen by that clock.
    pub(super) fn day(&self, day: NaiveDate) -> Option<NaiveDate> {
        day_meant(day, self.at, self.received_at)
    }

    /// As the log takes them. The first bears the command's id; those behind it count on from there, the same on every
    /// machine that decides the same.
    pub fn records(&self, events: Vec<HazardEvent>) -> Vec<EventRecord> {
        let ids = (0..).map(|n: u128| EventId(Uuid::from_u128(self.id.0.as_u128().wrapping_add(n))));
        ids.zip(events).map(|(id, event)| EventRecord { id, ..self.record(event) }).collect()
    }

    pub fn record(&self, event: HazardEvent) -> EventRecord {
        let Self { id, at, received_at, by } = *self;
        EventRecord { id, at, received_at, by: Some(by.person), name: by.name.clone(), event }
    }
}
