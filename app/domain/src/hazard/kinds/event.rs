//! What may happen to a hazard.

use super::HazardCommandKind;
use crate::hazard::HazardStatusKind;

/// A row of the events' table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRow {
    /// The command that it answers; none: the office's service records it by itself, or for the hazard's party.
    pub answers: Option<HazardCommandKind>,
    /// The status that the hazard has afterwards; none: it keeps its own.
    pub moves: Option<HazardStatusKind>,
    /// Whether the timeline marks it as a halt.
    pub halts: bool,
}

kinds! {
    /// What may happen to a hazard.
    HazardEventKind: EventRow {
        /// 发现, to be assigned.
        Found = "found" {
            answers: Some(HazardCommandKind::Report),
            moves: Some(HazardStatusKind::Found),
            halts: false,
        }
        /// 发现，当场改完; a major one, which waits to be accepted all the same.
        FoundRectified = "found_rectified" {
            answers: Some(HazardCommandKind::Report),
            moves: Some(HazardStatusKind::Rectified),
            halts: false,
        }
        /// 发现，当场改完; a general one, which is over by that.
        FoundClosed = "found_closed" {
            answers: Some(HazardCommandKind::Report),
            moves: Some(HazardStatusKind::Closed),
            halts: false,
        }
        Assigned = "assigned" {
            answers: Some(HazardCommandKind::Assign),
            moves: Some(HazardStatusKind::Assigned),
            halts: false,
        }
        ExtensionAsked = "extension_asked" {
            answers: Some(HazardCommandKind::AskExtension),
            moves: None,
            halts: false,
        }
        /// By its party and its code.
        ExtensionAskedByParty = "extension_asked_by_party" {
            answers: None,
            moves: None,
            halts: false,
        }
        ExtensionGranted = "extension_granted" {
            answers: Some(HazardCommandKind::GrantExtension),
            moves: None,
            halts: false,
        }
        ExtensionRefused = "extension_refused" {
            answers: Some(HazardCommandKind::RefuseExtension),
            moves: None,
            halts: true,
        }
        Rectified = "rectified" {
            answers: Some(HazardCommandKind::Rectify),
            moves: Some(HazardStatusKind::Rectified),
            halts: false,
        }
        /// By its party and its code; it waits to be accepted as any other.
        RectifiedByParty = "rectified_by_party" {
            answers: None,
            moves: Some(HazardStatusKind::Rectified),
            halts: false,
        }
        /// A word or another photo of its party.
        PartyWrote = "party_wrote" {
            answers: None,
            moves: None,
            halts: false,
        }
        /// 验收通过 by the first of two people.
        AcceptedOnce = "accepted_once" {
            answers: Some(HazardCommandKind::Accept),
            moves: Some(HazardStatusKind::AcceptedOnce),
            halts: false,
        }
        /// 验收通过，销号
        Accepted = "accepted" {
            answers: Some(HazardCommandKind::Accept),
            moves: Some(HazardStatusKind::Closed),
            halts: false,
        }
        Returned = "returned" {
            answers: Some(HazardCommandKind::Return),
            moves: Some(HazardStatusKind::Assigned),
            halts: true,
        }
        Listed = "listed" {
            answers: Some(HazardCommandKind::List),
            moves: None,
            halts: false,
        }
        Suspended = "suspended" {
            answers: Some(HazardCommandKind::Suspend),
            moves: None,
            halts: true,
        }
        SuspensionLifted = "suspension_lifted" {
            answers: Some(HazardCommandKind::LiftSuspension),
            moves: None,
            halts: false,
        }
        Referred = "referred" {
            answers: Some(HazardCommandKind::Refer),
            moves: Some(HazardStatusKind::Referred),
            halts: false,
        }
        Merged = "merged" {
            answers: Some(HazardCommandKind::Merge),
            moves: Some(HazardStatusKind::Merged),
            halts: false,
        }
        Reopened = "reopened" {
            answers: Some(HazardCommandKind::Reopen),
            moves: Some(HazardStatusKind::Found),
            halts: false,
        }
        /// Its site lies elsewhere by now, or another department answers for it.
        PlaceChanged = "place_changed" {
            answers: None,
            moves: None,
            halts: false,
        }
        /// Somebody wanted something that did not fit any more.
        Rejected = "rejected" {
            answers: None,
            moves: None,
            halts: true,
        }
    }
}

impl HazardEventKind {
    /// Whether its party did it, by its code.
    pub const fn is_of_party(self) -> bool {
        matches!(self, Self::ExtensionAskedByParty | Self::RectifiedByParty | Self::PartyWrote)
    }
}
