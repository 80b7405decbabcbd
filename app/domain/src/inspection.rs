//! # 行政检查: an act of administration at a site, and what makes it lawful
//!
//! A patrol looks, notes and advises; whoever inspects in the name of the office acts with public power, and 国办发〔2024〕54号 says
//! who may, with what in hand, and how often. What was in hand is part of the visit ([`AdministrativeInspection`]); what it is held
//! to are the office's [`InspectionRules`], each with the place that it comes from; [`check()`] says what does not fit, on the phone
//! before the door and on the server at receipt.
//!
//! No rule refuses what has happened: what a phone could not know is kept and marked ([`ReceivedInspection`]).

mod breach;
mod change;
mod check;
mod rule;
mod rules;
mod went_by;

pub use breach::Breach;
pub use change::{RulesCommand, RulesRejection};
pub use check::{Facts, check};
pub use rule::{InspectionRule, RuleRow, RuleSource};
pub use rules::{InspectionMatter, InspectionRules, RuleSetting};
pub use went_by::{OfficerSeen, WentBy};

use crate::{
    id::{DepartmentId, PartyId, PersonId, SiteId},
    limits::{self, CODE, Checked, Field, NAME, OFFICERS, check_count, check_line, tidy_line},
    person::{Certificate, Person},
    role::{Actor, Role},
    site::Site,
    text::Bilingual,
    time::office_day,
    visit::{Draft, VisitNature},
};
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

/// What was in hand, and what was done by the rules. Texts are empty where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct AdministrativeInspection {
    pub kind: InspectionKind,
    pub body: InspectingBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<ChosenMatter>,
    /// 审批文号: of the approval before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub approval: String,
    /// It could not wait for the approval, which is made up for afterwards.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// 通知书文号
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notice: String,
    /// Whoever inspects, the one who records it first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<InspectionOfficer>,
    /// 扫企业码: the number under which the platform noted the entry.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entry_code: String,
    /// Of a special inspection: who ordered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special: Option<SpecialApproval>,
    /// Why it does not count against the yearly cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<CapException>,
    /// What was done at the door and at the end.
    pub done: InspectionSteps,
    /// The version of the rules that the phone went by.
    pub rules: u32,
    /// What else it went by; put in when the visit is sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub went_by: Option<WentBy>,
}

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InspectionKind {
    /// 日常检查
    #[default]
    Ordinary,
    /// 专项检查: of a campaign that somebody above has approved.
    Special,
    /// 观摩: others look on.
    Observation,
    /// 督导: how others carry it out is looked at.
    Supervision,
}

impl InspectionKind {
    pub const ALL: [Self; 4] = [Self::Ordinary, Self::Special, Self::Observation, Self::Supervision];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Special => "special",
            Self::Observation => "observation",
            Self::Supervision => "supervision",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Ordinary => Bilingual::new("日常检查", "Ordinary"),
            Self::Special => Bilingual::new("专项检查", "Special"),
            Self::Observation => Bilingual::new("观摩", "Observation"),
            Self::Supervision => Bilingual::new("督导", "Supervision"),
        }
    }

    /// Whether the party is inspected, and not only visited by people who look on.
    pub fn inspects(self) -> bool {
        match self {
            Self::Ordinary | Self::Special => true,
            Self::Observation | Self::Supervision => false,
        }
    }
}

/// In whose name. A coordinating body such as a safety committee's office has no name of its own here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InspectingBody {
    /// 街道办事处
    #[default]
    Office,
    /// Named as it was then.
    Department { id: DepartmentId, name: String },
}

/// 检查事项: of the published list, as it stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChosenMatter {
    pub code: String,
    pub name: String,
}

/// 检查人员, with the certificate that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectionOfficer {
    pub person: PersonId,
    pub name: String,
    /// Its number.
    pub certificate: String,
}

/// Of which level whoever approved a special inspection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorityLevel {
    /// 乡镇（街道）
    Township,
    /// 县（区）
    #[default]
    County,
    /// 市
    City,
    /// 省
    Province,
    /// 国家
    State,
}

impl AuthorityLevel {
    pub const ALL: [Self; 5] = [Self::Township, Self::County, Self::City, Self::Province, Self::State];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Township => "township",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
            Self::State => "state",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Township => Bilingual::new("乡镇（街道）", "Township or sub-district"),
            Self::County => Bilingual::new("县（区）级", "County or district"),
            Self::City => Bilingual::new("市级", "City"),
            Self::Province => Bilingual::new("省级", "Province"),
            Self::State => Bilingual::new("国家级", "State"),
        }
    }
}

/// 专项检查的批准
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpecialApproval {
    pub level: AuthorityLevel,
    /// 文号
    pub number: String,
}

/// Why an inspection may go beyond the cap, as far as the office's rules have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CapException {
    /// 投诉举报
    Report,
    /// 转办、交办的线索
    Transfer,
    /// 重大隐患
    MajorHazard,
    /// 复查
    Recheck,
}

impl CapException {
    pub const ALL: [Self; 4] = [Self::Report, Self::Transfer, Self::MajorHazard, Self::Recheck];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Transfer => "transfer",
            Self::MajorHazard => "major_hazard",
            Self::Recheck => "recheck",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|exception| exception.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Report => Bilingual::new("投诉举报", "Complaint or report"),
            Self::Transfer => Bilingual::new("转办、交办的线索", "Lead handed over"),
            Self::MajorHazard => Bilingual::new("重大隐患", "Major hazard"),
            Self::Recheck => Bilingual::new("整改复查", "Recheck"),
        }
    }

    /// The rule that opens it.
    pub fn rule(self) -> InspectionRule {
        match self {
            Self::Report => InspectionRule::UncountedReport,
            Self::Transfer => InspectionRule::UncountedTransfer,
            Self::MajorHazard => InspectionRule::UncountedMajorHazard,
            Self::Recheck => InspectionRule::UncountedRecheck,
        }
    }
}

/// What is ticked off, at the door and at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct InspectionSteps {
    /// 亮证
    pub shown: bool,
    /// 送达通知书
    pub served: bool,
    /// 扫企业码登记
    pub registered: bool,
    /// 结果告知
    pub told: bool,
}

/// Who is inspected: whoever answers for the site, all of whose sites count together; where nobody is known to, the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Inspected {
    Party(PartyId),
    Site(SiteId),
}

impl Inspected {
    pub fn at(site: &Site) -> Self {
        site.party.as_ref().map_or(Self::Site(site.id), |party| Self::Party(party.id))
    }
}

/// How often somebody was inspected in a calendar year, as far as it counts against the cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedInspections {
    pub of: Inspected,
    pub year: i32,
    pub count: u32,
}

/// Somebody who holds certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertifiedPerson {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub certificates: Vec<Certificate>,
}

impl CertifiedPerson {
    /// None: they hold none, or their account is switched off.
    pub fn of(person: &Person) -> Option<Self> {
        (!person.disabled && !person.certificates.is_empty()).then(|| Self {
            person: person.id,
            name: person.name.clone(),
            role: person.role,
            certificates: person.certificates.clone(),
        })
    }

    /// Whether they may be sent: no grid member inspects.
    pub fn may_inspect(&self) -> bool {
        VisitNature::AdministrativeInspection.is_for(self.role)
    }
}

/// What a phone needs to inspect without signal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectionDirectory {
    pub rules: InspectionRules,
    /// Of whom the second one is chosen.
    pub certified: Vec<CertifiedPerson>,
    /// Of this year.
    pub counted: Vec<CountedInspections>,
}

impl InspectionDirectory {
    /// None where what is here is of another year.
    pub fn counted(&self, of: Inspected, year: i32) -> u32 {
        let known = self.counted.iter().find(|known| known.of == of && known.year == year);
        known.map_or(0, |known| known.count)
    }

    /// What an inspection begins with: in the office's name, by whoever begins it, with their newest certificate.
    pub fn begin(&self, me: &Actor) -> AdministrativeInspection {
        let own = self.certified.iter().find(|known| known.person == me.person);
        let newest = own.and_then(|own| Certificate::newest(&own.certificates));
        let officer = InspectionOfficer {
            person: me.person,
            name: me.name.clone(),
            certificate: newest.map(|held| held.number.clone()).unwrap_or_default(),
        };
        AdministrativeInspection {
            officers: vec![officer],
            rules: self.rules.version,
            ..AdministrativeInspection::default()
        }
    }

    /// What a phone went by that seals this inspection now.
    pub fn went_by(&self, me: &Actor, site: &Site, inspection: &AdministrativeInspection) -> WentBy {
        let party = site.party.as_ref().map(|party| party.kind);
        WentBy::of(me.role, party, &inspection.officers, &self.certified)
    }

    /// What of the draft does not fit, as far as this phone knows. Nothing where nobody was inspected.
    pub fn breaches(&self, me: &Actor, site: &Site, draft: &Draft) -> Vec<Breach> {
        let Some(inspection) = draft.administrative.as_ref().filter(|_| draft.outcome().is_done()) else {
            return vec![];
        };
        let day = office_day(draft.started_at);
        let facts = Facts {
            day,
            role: me.role,
            name: &me.name,
            party: site.party.as_ref().map(|party| party.kind),
            counted: self.counted(Inspected::at(site), day.year()),
            certified: &self.certified,
        };
        check(&self.rules, inspection, &facts)
    }
}

impl InspectionOfficer {
    /// Takes part from now on, with their newest certificate; whoever did does so no longer.
    pub fn toggle(officers: &mut Vec<Self>, one: &CertifiedPerson) {
        let before = officers.len();
        officers.retain(|known| known.person != one.person);
        if officers.len() == before {
            let newest = Certificate::newest(&one.certificates);
            let certificate = newest.map(|held| held.number.clone()).unwrap_or_default();
            officers.push(Self { person: one.person, name: one.name.clone(), certificate });
        }
    }

    /// `王磊 0173、赵欣 0219`
    pub fn words(officers: &[Self]) -> String {
        let each =
            officers.iter().map(|one| format!("{} {}", one.name, one.certificate).trim_end().to_owned());
        each.collect::<Vec<_>>().join("、")
    }
}

/// What the office made of it when it came in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceivedInspection {
    /// Whether it counts against the cap.
    pub counts: bool,
    /// Which of the year it was, where it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
    /// What did not fit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<Breach>,
}

impl AdministrativeInspection {
    /// Whether it counts against the yearly cap by these rules: nobody is let off by a reason that the office does not know.
    pub fn counts(&self, rules: &InspectionRules) -> bool {
        let is_excepted = self.exception.is_some_and(|exception| rules.is_on(exception.rule()));
        self.kind.inspects() && !is_excepted
    }

    /// Whether every text and list is within its limit.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check_limits(&self) -> Checked {
        check_line(Field::Approval, &self.approval, CODE)?;
        check_line(Field::Notice, &self.notice, CODE)?;
        check_line(Field::EntryCode, &self.entry_code, CODE)?;
        if let Some(matter) = &self.matter {
            check_line(Field::Matter, &matter.code, CODE)?;
            check_line(Field::Matter, &matter.name, NAME)?;
        }
        if let Some(special) = &self.special {
            check_line(Field::Approval, &special.number, CODE)?;
        }
        if let InspectingBody::Department { name, .. } = &self.body {
            limits::check_name(Field::Name, name)?;
        }
        self.went_by.as_ref().map_or(Ok(()), WentBy::check_limits)?;
        check_count(Field::Officers, self.officers.len(), OFFICERS)?;
        self.officers.iter().try_for_each(|officer| {
            check_line(Field::Officers, &officer.name, NAME)?;
            check_line(Field::Certificates, &officer.certificate, CODE)
        })
    }

    /// With every text as a person would have it.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for text in [&mut self.approval, &mut self.notice, &mut self.entry_code] {
            *text = tidy_line(text);
        }
        if let Some(special) = &mut self.special {
            special.number = tidy_line(&special.number);
        }
        self
    }
}
