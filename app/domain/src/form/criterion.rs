//! 判定标准: which answer is a hazard, and what is proposed for it.

use crate::{expression::Expression, id::QuoteId, severity::Severity, text::Bilingual};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Criterion {
    /// `.` is the answer. None, for pass/fail only: failing is the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails_if: Option<Expression>,
    pub finding: Proposal,
}

/// The hazard that is proposed; whoever fills in the form may change its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    #[serde(default)]
    pub level: Severity,
    /// The criterion of law by which it is 重大. Without it the hazard is never proposed as major.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major_by: Option<QuoteId>,
    pub what: Bilingual,
    /// What has to be done before one leaves: 停用、断电、清人、封闭.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_once: Option<Bilingual>,
    /// Days proposed for putting it right; 0 is on the spot.
    pub days: u16,
    #[serde(default)]
    pub responsible: Responsible,
    /// Questions with the same word are about one fact: one hazard, however many of them fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<String>,
}

/// Who is to put it right. Where it is not the site, the finding is referred.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    /// The site's party.
    #[default]
    Site,
    /// 移送: another authority, by its usual name.
    Authority(Bilingual),
    /// Nobody known.
    Unknown,
}

/// Of which kind whoever is to put it right is, whatever they are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResponsibleKind {
    /// The site's party.
    #[default]
    Site,
    /// Another authority, to which it is referred.
    Authority,
    /// Nobody known.
    Unknown,
}

impl ResponsibleKind {
    pub const ALL: [Self; 3] = [Self::Site, Self::Authority, Self::Unknown];

    pub fn is_site(&self) -> bool {
        match self {
            Self::Site => true,
            Self::Authority | Self::Unknown => false,
        }
    }
}

impl Responsible {
    pub fn kind(&self) -> ResponsibleKind {
        match self {
            Self::Site => ResponsibleKind::Site,
            Self::Authority(_) => ResponsibleKind::Authority,
            Self::Unknown => ResponsibleKind::Unknown,
        }
    }
}

impl Proposal {
    /// The level that may be proposed: major only by a criterion of law.
    pub fn proposed_level(&self) -> Severity {
        if self.major_by.is_some() { self.level } else { Severity::General }
    }

    /// The day by which it is to be put right, counted from the day of the visit.
    pub fn due(&self, visit: NaiveDate) -> NaiveDate {
        visit.checked_add_days(Days::new(self.days.into())).unwrap_or(visit)
    }
}
