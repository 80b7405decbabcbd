//! 依据: the laws, regulations, rules and standards that a finding can rest on, and the sentences that are quoted from them.
//!
//! They are data (`server/catalogue/law`, `server/catalogue/criteria`). A quotation is Chinese as printed; only titles are in
//! two languages. Whether something may be quoted at all is decided before it comes into the library; what it was decided for
//! may end afterwards, so whoever prints a basis asks [`Law::status`] with the day.

mod article;
mod library;
mod standards;

pub use article::in_figures;
pub use library::{EndedBasis, LawLibrary, LawTopic, SectorLaw};
pub use standards::{RegisteredStandard, StandardRegister, StandardTwice, is_same_standard};

use crate::{
    id::{LawId, LawTopicId, QuoteId, SiteKind},
    sector::Sector,
    text::Bilingual,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a text is, by who made it. The stored word is the snake-case name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LawKind {
    /// 法律
    Law,
    /// 行政法规, of the State Council.
    AdministrativeRegulation,
    /// 地方性法规, of a province's or a city's people's congress.
    LocalRegulation,
    /// 部门规章, of a ministry.
    DepartmentRule,
    /// 规范性文件: notices, opinions, criteria that were issued as such.
    NormativeDocument,
    /// 强制性国家标准
    MandatoryStandard,
}

impl LawKind {
    pub const ALL: [Self; 6] = [
        Self::Law,
        Self::AdministrativeRegulation,
        Self::LocalRegulation,
        Self::DepartmentRule,
        Self::NormativeDocument,
        Self::MandatoryStandard,
    ];

    pub fn name(self) -> Bilingual {
        match self {
            Self::Law => Bilingual::new("法律", "Law"),
            Self::AdministrativeRegulation => Bilingual::new("行政法规", "Administrative regulation"),
            Self::LocalRegulation => Bilingual::new("地方性法规", "Local regulation"),
            Self::DepartmentRule => Bilingual::new("部门规章", "Departmental rule"),
            Self::NormativeDocument => Bilingual::new("规范性文件", "Normative document"),
            Self::MandatoryStandard => Bilingual::new("强制性国家标准", "Mandatory national standard"),
        }
    }

    /// Whether a penalty can rest on such a text. Normative documents and standards set none.
    pub fn may_set_penalty(self) -> bool {
        match self {
            Self::Law | Self::AdministrativeRegulation | Self::LocalRegulation | Self::DepartmentRule => true,
            Self::NormativeDocument | Self::MandatoryStandard => false,
        }
    }
}

/// Where a text stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LawStatus {
    /// It has been passed and is not in force yet.
    NotYet,
    InForce,
    /// It has been repealed or replaced.
    Ended,
}

/// Of what is in force from a day, and from another day on no more. A day that nobody has seen keeps nothing from being in force.
fn status(from: Option<NaiveDate>, until: Option<NaiveDate>, on: NaiveDate) -> LawStatus {
    if until.is_some_and(|end| on >= end) {
        LawStatus::Ended
    } else if from.is_some_and(|start| on < start) {
        LawStatus::NotYet
    } else {
        LawStatus::InForce
    }
}

/// One text in one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Law {
    pub id: LawId,
    /// The sector that it is read in first; its quotations are read in those of their topics besides.
    pub sector: Sector,
    pub title: Bilingual,
    pub kind: LawKind,
    /// 文号 or the standard's number, e.g. `应急管理部令第5号`; empty where nobody has seen it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The day on which this text was passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<NaiveDate>,
    /// The first day on which it is in force; of a regulation that was amended, the first day of the regulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<NaiveDate>,
    /// The first day on which it is in force no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_until: Option<NaiveDate>,
}

impl Law {
    /// A text whose first day nobody has seen counts as in force until it ends.
    pub fn status(&self, on: NaiveDate) -> LawStatus {
        status(self.in_force_from, self.in_force_until, on)
    }

    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        self.status(on) == LawStatus::InForce
    }

    /// As papers name an article: `《中华人民共和国消防法》第二十八条`; of what is known by its number, with the number.
    pub fn cite(&self, article: &str) -> String {
        let title = &self.title.zh;
        match self.kind {
            LawKind::Law | LawKind::AdministrativeRegulation | LawKind::LocalRegulation => {
                format!("《{title}》{article}")
            }
            LawKind::DepartmentRule | LawKind::NormativeDocument if self.number.is_empty() => {
                format!("《{title}》{article}")
            }
            LawKind::DepartmentRule | LawKind::NormativeDocument => {
                format!("《{title}》（{}）{article}", self.number)
            }
            LawKind::MandatoryStandard => format!("{}《{title}》{article}", self.number),
        }
    }
}

/// A sentence, or one item of an enumeration, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quotation {
    pub id: QuoteId,
    pub law: LawId,
    /// 条款项, or the clause of a standard.
    pub article: String,
    /// The opening words that an item of an enumeration hangs on; they are printed with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
    pub text: String,
    /// The text is a part of its sentence; where it is printed, that is to be seen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excerpt: bool,
    pub topics: Vec<LawTopicId>,
    /// Of a criterion of a major hazard, the kinds of site that it binds; it may be none of the catalogue's. What is no
    /// criterion has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binds: Option<Vec<SiteKind>>,
}

impl Quotation {
    /// Whether it says when a hazard is major.
    pub fn is_criterion(&self) -> bool {
        self.binds.is_some()
    }

    /// Whether a hazard at a site of these kinds is graded major by it. Who is not bound is never graded by it: a restaurant
    /// not by the criteria of gas operators, a house not by those of building sites.
    pub fn grades(&self, kinds: &[SiteKind]) -> bool {
        self.binds.iter().flatten().any(|bound| kinds.contains(bound))
    }
}
