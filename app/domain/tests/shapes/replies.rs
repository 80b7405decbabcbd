//! What the office says to what it was sent.

use crate::values::{at, id, photo};
use domain::{
    hazard::{Incomplete, Misfit, Unfounded},
    limits::{Excess, Field, OverLimit},
    receipt::{Receipt, Seal},
    sync::{Reason, Refusal},
};

pub fn receipt() -> Receipt {
    Receipt {
        number: "HZ-2026-004817".into(),
        operation: id(0x51),
        hash: photo(9).to_string(),
        at: at(),
        seal: Some(Seal { key: "0011223344556677".into(), signature: "ab".repeat(64) }),
    }
}

/// Of a server before signing.
pub fn bare_receipt() -> Receipt {
    Receipt { seal: None, ..receipt() }
}

pub fn misfits() -> Vec<Misfit> {
    let by = || "王磊".to_owned();
    every!(Misfit {
        Misfit::AlreadyClosed { .. } => [Misfit::AlreadyClosed { by: by(), at: at() }],
        Misfit::AlreadyRectified { .. } => [Misfit::AlreadyRectified { by: by(), at: at() }],
        Misfit::AlreadyAssigned { .. } => [Misfit::AlreadyAssigned { by: by(), at: at() }],
        Misfit::AlreadyFound => [Misfit::AlreadyFound],
        Misfit::NotAssigned => [Misfit::NotAssigned],
        Misfit::NothingToAccept => [Misfit::NothingToAccept],
        Misfit::OwnWork => [Misfit::OwnWork],
        Misfit::SamePersonTwice => [Misfit::SamePersonTwice],
        Misfit::NoExtensionAsked => [Misfit::NoExtensionAsked],
        Misfit::ExtensionWaits => [Misfit::ExtensionWaits],
        Misfit::NotMajor => [Misfit::NotMajor],
        Misfit::Referred { .. } => [Misfit::Referred { authority: "消防救援大队".into() }],
        Misfit::Merged { .. } => [Misfit::Merged { into: id(0x32) }],
        Misfit::StillOpen => [Misfit::StillOpen],
        Misfit::IntoItself => [Misfit::IntoItself],
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

fn incomplete() -> Vec<Incomplete> {
    let over = |excess| Incomplete::OverLimit(OverLimit { field: Field::Note, excess });
    let missing = every!(Incomplete {
        Incomplete::What => [Incomplete::What],
        Incomplete::AfterPhoto => [Incomplete::AfterPhoto],
        Incomplete::Responsible => [Incomplete::Responsible],
        Incomplete::Measures => [Incomplete::Measures],
        Incomplete::Funds => [Incomplete::Funds],
        Incomplete::Contingency => [Incomplete::Contingency],
        Incomplete::Reason => [Incomplete::Reason],
        Incomplete::OverLimit(_) => [over(Excess::Markup)],
    });
    missing.into_iter().chain(excesses().into_iter().map(over)).collect()
}

/// Every reason, and within it everything that can be missing, unfounded or too late.
pub fn reasons() -> Vec<Reason> {
    let unfounded = words!(Unfounded { Department, NoSuchHazard, TargetMoved, Inspection, DayPast });
    let reasons = every!(Reason {
        Reason::Malformed { .. } => [Reason::Malformed { detail: "no id".into() }],
        Reason::TooLarge { .. } => [Reason::TooLarge { bytes: 300_000, most: 262_144 }],
        Reason::UnknownVersion { .. } => [Reason::UnknownVersion { schema: 7 }],
        Reason::NotAllowed => [Reason::NotAllowed],
        Reason::UnknownSite => [Reason::UnknownSite],
        Reason::UnknownChecklist => [Reason::UnknownChecklist],
        Reason::UnknownHazard => [Reason::UnknownHazard],
        Reason::Unsound { .. } => [Reason::Unsound { detail: "item `clear`".into() }],
        Reason::Incomplete { .. } => [Reason::Incomplete { missing: Incomplete::What }],
        Reason::Unfounded { .. } => [Reason::Unfounded { claim: Unfounded::DayPast }],
        Reason::Misfit { .. } => [Reason::Misfit { misfit: Misfit::OwnWork }],
        Reason::IdReused => [Reason::IdReused],
        Reason::PhotoRefused => [Reason::PhotoRefused],
    });
    let incomplete = incomplete().into_iter().map(|missing| Reason::Incomplete { missing });
    let unfounded = unfounded.into_iter().map(|claim| Reason::Unfounded { claim });
    let misfits = misfits().into_iter().map(|misfit| Reason::Misfit { misfit });
    reasons.into_iter().chain(incomplete).chain(unfounded).chain(misfits).collect()
}

pub fn refusal(reason: Reason) -> Refusal {
    Refusal { reason, kept: None, words: "请联系管理员".into() }
}
