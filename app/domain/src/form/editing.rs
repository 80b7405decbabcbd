//! 检查表编制: what the desk shows to whoever writes forms.

use super::{Form, FormSheets, Layer, Review, Validity};
use crate::{
    id::{FormId, SiteKind},
    sector::Sector,
    text::Bilingual,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A line of the list of forms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormOverview {
    pub id: FormId,
    pub title: Bilingual,
    pub layer: Layer,
    pub sector: Sector,
    pub site_kinds: Vec<SiteKind>,
    /// Of the newest version; none: it was never published.
    pub published: Option<Edition>,
    /// Questions that rest on something that has ended.
    pub ended: usize,
    pub draft: Option<DraftHead>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    pub version: u32,
    pub validity: Validity,
    pub review: Option<Review>,
    /// The day by which somebody has to look again at what it rests on.
    pub review_due: Option<NaiveDate>,
    pub questions: usize,
    /// Written by the office; else it is built in.
    pub own: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    pub saved_at: DateTime<Utc>,
    pub saved_by: String,
    /// What keeps it from being published.
    pub faults: usize,
}

/// Something that is wrong with a draft, or a remark about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFault {
    /// `survey`, `choices`, `settings`; empty: the whole.
    pub sheet: String,
    /// From 0, without the headings.
    pub row: Option<usize>,
    pub heading: String,
    /// Where, what, and what to write instead, in the person's language.
    pub words: String,
}

/// What would be told of a draft if it were saved so.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftLint {
    pub faults: Vec<SheetFault>,
    /// What it rests on that is not in force; known while it has no faults.
    pub ended: Vec<SheetFault>,
}

/// A draft as its author works on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftFile {
    pub id: FormId,
    pub saved_at: DateTime<Utc>,
    pub saved_by: String,
    pub sheets: FormSheets,
    pub faults: Vec<SheetFault>,
    /// What it rests on that is not in force; known while it has no faults.
    pub ended: Vec<SheetFault>,
    pub remarks: Vec<SheetFault>,
    /// As an inspector would be asked it; none while it has faults.
    pub form: Option<Form>,
    /// The newest published version.
    pub published: Option<Form>,
}
