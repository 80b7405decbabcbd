//! A record with all that belongs to it, as the desk opens it.

use crate::{
    form::Form,
    hazard::Hazard,
    inspection::InspectionRules,
    integrity::{Comparison, PhotoFinding, PhotoFlag, Thresholds},
    ledger::LedgerRow,
    notice::PartyNotice,
    party::{InspectionCount, Party},
    photo::{Format, PhotoFacts, PhotoHash},
    place::{
        Community, Department, FormerPlace, Grid, Office, PlaceId,
        command::{Living, PlacesSnapshot},
    },
    risk::RiskLevel,
    schedule::VisitIntervals,
    settings::standards::OfficeStandard,
    site::{Site, SiteRow},
    text::Bilingual,
    visit::{FilledForm, SiteSnapshot, Visit, VisitRow},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Everything about one hazard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HazardFile {
    pub hazard: Hazard,
    /// Whoever sees the hazard does not always see its site's own page, where telephones stand.
    pub site_name: String,
    pub risk: RiskLevel,
    pub department_name: Option<String>,
    /// Photos named by the log, with whether their bytes are here.
    pub photos: Vec<ReviewedPhoto>,
    /// What its party was told by short message, the newest first.
    #[serde(default)]
    pub told: Vec<PartyNotice>,
    /// From where on something speaks against them.
    pub thresholds: Thresholds,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewedPhoto {
    pub hash: PhotoHash,
    pub received: bool,
    pub facts: Option<PhotoFacts>,
    /// What speaks against it as proof.
    pub findings: Vec<PhotoFinding>,
    pub comparison: Comparison,
}

/// The standards that an office's forms name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StandardsFile {
    pub standards: Vec<StandardLine>,
}

/// What is known of one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StandardLine {
    pub number: String,
    pub title: Option<Bilingual>,
    pub in_force_from: Option<NaiveDate>,
    /// The first day on which it is in force no more.
    pub in_force_until: Option<NaiveDate>,
    pub replaced_by: Option<String>,
    /// What the office says of it.
    pub said: Option<OfficeStandard>,
    /// The register shows no end, so that what the office says is what counts.
    pub counts: bool,
    /// How many published forms name it.
    pub forms: usize,
}

/// Everything about one site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteFile {
    pub site: Site,
    pub next_visit: NaiveDate,
    pub hazards: Vec<LedgerRow>,
    pub visits: Vec<VisitRow>,
}

/// A party with what of it the person sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyFile {
    pub party: Party,
    /// That it answers for: the first page of them.
    pub sites: Vec<SiteRow>,
    /// Open ones that were found while it answered: the first page of them.
    pub hazards: Vec<LedgerRow>,
    /// 行政检查 of this year.
    pub inspections: InspectionCount,
}

/// What administrative inspections are held to, for people who may set it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InspectionRulesFile {
    pub rules: InspectionRules,
    /// All of the office.
    pub departments: Vec<Department>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitFile {
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub inspector_name: String,
    pub visit: Visit,
    /// Of the visit's forms, in their order.
    pub forms: Vec<Form>,
    /// 参加部门, by name, where it carried a joint check out.
    #[serde(default)]
    pub departments: Vec<String>,
    /// As it was when the visit was sealed.
    pub site: SiteSnapshot,
    /// What the site is called today.
    pub site_name_now: String,
    pub hazards: Vec<LedgerRow>,
    /// Of the hazards, in their order.
    pub proofs: Vec<Proof>,
    pub photos: Vec<ReviewedPhoto>,
    /// From where on something speaks against them.
    pub thresholds: Thresholds,
}

impl VisitFile {
    /// Each form beside the version that it was filled in from.
    pub fn filled(&self) -> impl Iterator<Item = (&FilledForm, &Form)> {
        self.visit.forms.iter().zip(&self.forms)
    }
}

impl ReviewedPhoto {
    /// Browsers can show it.
    pub fn is_drawn(&self) -> bool {
        let kept_as_it_is = |facts: &PhotoFacts| facts.media_type == Format::Heif.media_type();
        self.received && !self.is_damaged() && !self.facts.as_ref().is_some_and(kept_as_it_is)
    }

    /// Nobody can.
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(|found| found.finding == PhotoFlag::Damaged)
    }
}

/// A hazard's photos of how it was found and how it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    pub before: Vec<PhotoHash>,
    pub after: Vec<PhotoHash>,
    /// Every photo of the hazard.
    pub photos: Vec<ReviewedPhoto>,
}

/// Departments, communities and grids, for people who may manage them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlacesFile {
    pub office: Office,
    pub intervals: VisitIntervals,
    pub departments: Vec<Department>,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    /// Places where nothing lives are left out.
    pub living: Vec<(PlaceId, Living)>,
    /// The newest first.
    pub former: Vec<FormerPlace>,
}

impl PlacesFile {
    pub fn living(&self, place: PlaceId) -> Living {
        self.living.iter().find(|(known, _)| *known == place).map(|(_, living)| *living).unwrap_or_default()
    }

    /// As the rules see it.
    pub fn snapshot(&self) -> PlacesSnapshot {
        PlacesSnapshot {
            office: self.office.clone(),
            intervals: self.intervals,
            departments: self.departments.clone(),
            communities: self.communities.clone(),
            grids: self.grids.clone(),
            living: self.living.iter().copied().collect(),
        }
    }
}
