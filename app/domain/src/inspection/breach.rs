//! What of an inspection does not fit the rules.

use super::{CapException, InspectionRule};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breach {
    /// Neither the sub-district nor a department that may inspect in its own name.
    BodyNotQualified,
    /// Whose role inspects nobody.
    NotAnInspector {
        name: String,
    },
    MatterMissing,
    /// It is not on the published list, or no longer.
    MatterNotPublished,
    ApprovalMissing,
    NoticeMissing,
    NoticeNotServed,
    TooFewOfficers {
        named: u32,
        needed: u32,
    },
    NamedTwice {
        name: String,
    },
    /// No number was given.
    CertificateMissing {
        name: String,
    },
    /// The office does not know that they hold it.
    CertificateUnknown {
        name: String,
    },
    CertificateExpired {
        name: String,
        valid_until: NaiveDate,
    },
    CertificatesNotShown,
    EntryCodeMissing,
    EntryNotRegistered,
    CapReached {
        counted: u32,
        cap: u32,
    },
    /// The office's rules do not have this exception.
    ExceptionNotOpen {
        exception: CapException,
    },
    ResultNotTold,
    SpecialApprovalMissing,
    /// By an authority below the county.
    SpecialApprovalTooLow,
    /// Of an observation: nobody is named who was there.
    NobodyNamed,
}

impl Breach {
    /// The rule that it is against.
    pub fn rule(&self) -> InspectionRule {
        match self {
            Self::BodyNotQualified => InspectionRule::QualifiedBody,
            Self::NotAnInspector { .. } => InspectionRule::NoGridMember,
            Self::MatterMissing | Self::MatterNotPublished => InspectionRule::PublishedMatter,
            Self::ApprovalMissing => InspectionRule::PriorApproval,
            Self::NoticeMissing | Self::NoticeNotServed => InspectionRule::NoticeServed,
            Self::TooFewOfficers { .. } | Self::NamedTwice { .. } => InspectionRule::TwoOfficers,
            Self::CertificateMissing { .. }
            | Self::CertificateUnknown { .. }
            | Self::CertificateExpired { .. }
            | Self::CertificatesNotShown => InspectionRule::ValidCertificates,
            Self::EntryCodeMissing | Self::EntryNotRegistered => InspectionRule::EntryCode,
            Self::CapReached { .. } => InspectionRule::YearlyCap,
            Self::ExceptionNotOpen { exception } => exception.rule(),
            Self::ResultNotTold => InspectionRule::ResultTold,
            Self::SpecialApprovalMissing | Self::SpecialApprovalTooLow => InspectionRule::SpecialApproval,
            Self::NobodyNamed => InspectionRule::ObservationRecorded,
        }
    }

    /// Whether a phone that has the rules knows it for certain. How often somebody was inspected meanwhile, and whose certificate
    /// was renewed or taken back, it learns later.
    pub fn is_known_offline(&self) -> bool {
        match self {
            Self::CertificateUnknown { .. } | Self::CertificateExpired { .. } | Self::CapReached { .. } => {
                false
            }
            Self::BodyNotQualified
            | Self::NotAnInspector { .. }
            | Self::MatterMissing
            | Self::MatterNotPublished
            | Self::ApprovalMissing
            | Self::NoticeMissing
            | Self::NoticeNotServed
            | Self::TooFewOfficers { .. }
            | Self::NamedTwice { .. }
            | Self::CertificateMissing { .. }
            | Self::CertificatesNotShown
            | Self::EntryCodeMissing
            | Self::EntryNotRegistered
            | Self::ExceptionNotOpen { .. }
            | Self::ResultNotTold
            | Self::SpecialApprovalMissing
            | Self::SpecialApprovalTooLow
            | Self::NobodyNamed => true,
        }
    }

    /// Whether it can only be put right when the checklists are filled in.
    pub fn is_of_the_end(&self) -> bool {
        *self == Self::ResultNotTold
    }
}
