//! What the office says to what it was sent.

use crate::values::{at, id, photo};
use domain::{
    hazard::{RejectedBecause, Unfounded, ValidationError},
    limits::{Excess, Field, OverLimit},
    receipt::{Receipt, Signature},
    sync::{Reason, Refusal},
    task::TaskRefusal,
};

pub fn receipt() -> Receipt {
    Receipt {
        number: "HZ-2026-004817".into(),
        operation: id(0x51),
        hash: photo(9).to_string(),
        at: at(),
        signature: Some(Signature { key: "0011223344556677".into(), value: "ab".repeat(64) }),
    }
}

/// Of a server before signing.
pub fn bare_receipt() -> Receipt {
    Receipt { signature: None, ..receipt() }
}

pub fn rejections() -> Vec<RejectedBecause> {
    let by = || "王磊".to_owned();
    every!(RejectedBecause {
        RejectedBecause::AlreadyClosed { .. } => [RejectedBecause::AlreadyClosed { by: by(), at: at() }],
        RejectedBecause::AlreadyRectified { .. } => [RejectedBecause::AlreadyRectified { by: by(), at: at() }],
        RejectedBecause::AlreadyFound => [RejectedBecause::AlreadyFound],
        RejectedBecause::NotAssigned => [RejectedBecause::NotAssigned],
        RejectedBecause::NothingToAccept => [RejectedBecause::NothingToAccept],
        RejectedBecause::OwnWork => [RejectedBecause::OwnWork],
        RejectedBecause::SamePersonTwice => [RejectedBecause::SamePersonTwice],
        RejectedBecause::BeyondRole => [RejectedBecause::BeyondRole],
        RejectedBecause::ClosingReserved => [RejectedBecause::ClosingReserved],
        RejectedBecause::LongExtensionReserved { .. } => [RejectedBecause::LongExtensionReserved { days: 30 }],
        RejectedBecause::NoExtensionAsked => [RejectedBecause::NoExtensionAsked],
        RejectedBecause::ExtensionWaits => [RejectedBecause::ExtensionWaits],
        RejectedBecause::NotMajor => [RejectedBecause::NotMajor],
        RejectedBecause::NotSuspended => [RejectedBecause::NotSuspended],
        RejectedBecause::Referred { .. } => [RejectedBecause::Referred { authority: "消防救援大队".into() }],
        RejectedBecause::Merged { .. } => [RejectedBecause::Merged { into: id(0x32) }],
        RejectedBecause::StillOpen => [RejectedBecause::StillOpen],
        RejectedBecause::IntoItself => [RejectedBecause::IntoItself],
    })
}

fn excesses() -> Vec<Excess> {
    every!(Excess {
        Excess::TooLong(_) => [Excess::TooLong(2_000)],
        Excess::TooMany(_) => [Excess::TooMany(9)],
        Excess::Control => [Excess::Control],
        Excess::Invisible => [Excess::Invisible],
        Excess::Markup => [Excess::Markup],
        Excess::Letters => [Excess::Letters],
        Excess::Outside(..) => [Excess::Outside(-1, 3_650)],
        Excess::Day => [Excess::Day],
    })
}

fn incomplete() -> Vec<ValidationError> {
    let over = |excess| ValidationError::OverLimit(OverLimit { field: Field::Note, excess });
    let missing = every!(ValidationError {
        ValidationError::What => [ValidationError::What],
        ValidationError::AfterPhoto => [ValidationError::AfterPhoto],
        ValidationError::Responsible => [ValidationError::Responsible],
        ValidationError::Measures => [ValidationError::Measures],
        ValidationError::Contingency => [ValidationError::Contingency],
        ValidationError::Reason => [ValidationError::Reason],
        ValidationError::OverLimit(_) => [over(Excess::Markup)],
    });
    missing.into_iter().chain(excesses().into_iter().map(over)).collect()
}

/// Every reason, and within it everything that can be missing, unfounded or too late.
pub fn reasons() -> Vec<Reason> {
    let unfounded = words!(Unfounded { Department, NoSuchHazard, TargetMoved, Visit, DayPast, Proof });
    let reasons = every!(Reason {
        Reason::Malformed { .. } => [Reason::Malformed { detail: "no id".into() }],
        Reason::TooLarge { .. } => [Reason::TooLarge { bytes: 300_000, most: 262_144 }],
        Reason::UnknownVersion { .. } => [Reason::UnknownVersion { schema: 7 }],
        Reason::NotAllowed => [Reason::NotAllowed],
        Reason::UnknownSite => [Reason::UnknownSite],
        Reason::UnknownForm => [Reason::UnknownForm],
        Reason::UnknownHazard => [Reason::UnknownHazard],
        Reason::KindsNeverHad => [Reason::KindsNeverHad],
        Reason::InvalidVisit { .. } => [Reason::InvalidVisit { detail: "item `clear`".into() }],
        Reason::Incomplete { .. } => [Reason::Incomplete { missing: ValidationError::What }],
        Reason::Unfounded { .. } => [Reason::Unfounded { claim: Unfounded::DayPast }],
        Reason::Rejected { .. } => [Reason::Rejected { because: RejectedBecause::OwnWork }],
        Reason::Task { .. } => [Reason::Task { because: TaskRefusal::Left }],
        Reason::IdReused => [Reason::IdReused],
        Reason::AttachmentRefused => [Reason::AttachmentRefused],
    });
    let incomplete = incomplete().into_iter().map(|missing| Reason::Incomplete { missing });
    let unfounded = unfounded.into_iter().map(|claim| Reason::Unfounded { claim });
    let rejections = rejections().into_iter().map(|because| Reason::Rejected { because });
    reasons.into_iter().chain(incomplete).chain(unfounded).chain(rejections).collect()
}

pub fn refusal(reason: Reason) -> Refusal {
    Refusal { reason, kept: None, message: "请联系管理员".into() }
}
