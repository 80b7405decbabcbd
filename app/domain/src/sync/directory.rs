//! What surrounds the records, and what lies before those that are sent by themselves.

use super::Envelope;
use crate::{
    id::SiteKind,
    inspection::InspectionDirectory,
    map::Outline,
    photo::PhotoHash,
    place::{Community, Department, Grid, Office},
    quick_report::office::OfficePhrase,
    role::Actor,
    schedule::VisitIntervals,
    sector::Sector,
    task::Colleague,
    text::Bilingual,
    window::LiveWindow,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What surrounds the records: the places, the departments, the kinds of site, and who the person is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Directory {
    pub office: Office,
    pub me: Actor,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    #[serde(deserialize_with = "super::readable")]
    pub departments: Vec<Department>,
    #[serde(deserialize_with = "super::readable")]
    pub kinds: Vec<SiteKindInfo>,
    #[serde(default)]
    pub intervals: VisitIntervals,
    /// Whom this person may give work to, for whoever may give any. Whether somebody sees the place where it is, and is still
    /// there, is asked when it is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::readable")]
    pub colleagues: Vec<Colleague>,
    /// For how long this person's device keeps what has ended.
    #[serde(default)]
    pub window: LiveWindow,
    /// What the office writes most, the most used first.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::readable")]
    pub phrases: Vec<OfficePhrase>,
    /// For those who may inspect in the office's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection: Option<InspectionDirectory>,
    /// 界线: of this person's own grids and of their communities, for the map.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "super::readable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub outlines: Vec<Outline>,
}

/// Of a [`Directory`] what a phone needs from its first screen to a form's first answer, read for itself: outlines, phrases,
/// colleagues, certificates and rules are read where they are shown. It lies on a phone as part of the whole, and is never written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DirectoryHead {
    pub office: Office,
    pub me: Actor,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    #[serde(deserialize_with = "super::readable")]
    pub departments: Vec<Department>,
    #[serde(deserialize_with = "super::readable")]
    pub kinds: Vec<SiteKindInfo>,
    #[serde(default)]
    pub intervals: VisitIntervals,
}

/// What a site's past holds: closed hazards and visits that are not live any more, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarlierRecords {
    pub records: Vec<Envelope>,
    /// Where the next page begins; none: there is nothing earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// A kind of site with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteKindInfo {
    pub id: SiteKind,
    pub name: Bilingual,
    pub sector: Sector,
}

/// The reply to a photo's upload: its bytes are the office's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoReceipt {
    pub hash: PhotoHash,
    pub bytes: u64,
    pub at: DateTime<Utc>,
    /// Whether it is a picture that somebody can see.
    #[serde(default)]
    pub unpacking: Unpacking,
}

/// How far a photo's picture has been unpacked, which is done behind the answer. Until it is known the phone keeps the bytes,
/// and asks for the receipt again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unpacking {
    #[default]
    ToCome,
    /// It was, or there is nothing to unpack: a paper, a HEIC.
    Done,
    /// It cannot be: it proves nothing.
    Failed,
}
