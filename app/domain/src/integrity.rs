//! # Whether a photo proves what it is said to prove
//!
//! Hazards are closed by photos: old ones, ones of another place, the same one twice. What speaks against a photo is
//! found by comparing it with its own facts and with every photo before it, and shown with its reason to the person who
//! accepts. Nothing is refused for it: a clock may be wrong, and two doors look alike. Only what cannot be unpacked is no
//! proof at all ([`Unfounded::Proof`](crate::hazard::Unfounded)).

use crate::{
    id::{HazardId, SiteId, VisitId},
    photo::{Camera, Format, ImageFingerprint, PhotoFacts, PhotoHash, Source},
    place::Location,
    sync::Unpacking,
    time::office_day,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// From where on something speaks against a photo. Offices may set them otherwise; screens say which ones hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Thresholds {
    /// Bits of 256 in which two prints may differ and still be of the same picture.
    pub alike_bits: u32,
    /// From the site, in metres.
    pub far_metres: f64,
    /// Similarity of structure, in percent, below which two photos hardly show the same place.
    pub same_place_percent: u8,
}

impl Default for Thresholds {
    /// As measured (`cargo bench -p server --bench fingerprints`).
    fn default() -> Self {
        Self { alike_bits: 80, far_metres: 300.0, same_place_percent: 20 }
    }
}

/// A record that shows a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordRef {
    Hazard(HazardId),
    Visit(VisitId),
    /// That was made on the spot.
    Site(SiteId),
}

/// A photo in an earlier record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriorUse {
    /// Which record and which photo; told only to whoever may see that record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<PhotoUse>,
    /// When the office received that record.
    pub at: DateTime<Utc>,
}

/// A photo in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoUse {
    pub photo: PhotoHash,
    pub by: RecordRef,
}

/// What speaks against a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoFlag {
    /// The file cannot be unpacked: there is no picture, and so no proof.
    Damaged,
    /// The same file was used before.
    SameBytes {
        earlier: PriorUse,
    },
    /// Nearly the same picture was: so many of 256 bits differ.
    NearlySame {
        earlier: PriorUse,
        bits: u32,
    },
    /// The camera's day is another than that of the record.
    OtherDay {
        taken: NaiveDate,
        recorded: NaiveDate,
    },
    FarAway {
        metres: u32,
    },
    /// Chosen from the phone's gallery: not taken on the spot.
    FromGallery,
    /// The file says nothing of a camera.
    NoCamera,
    /// A program for changing pictures wrote the file.
    Edited {
        software: String,
    },
    /// The found photo once more, said to show how it is now; without bits it is the same file.
    SameAsFound {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bits: Option<u32>,
    },
    /// Hardly the place of the found photo. A hint at the most.
    OtherPlace {
        percent: u8,
    },
}

impl PhotoFlag {
    /// The picture was used before, whatever else is right about it.
    pub fn is_of_another_use(&self) -> bool {
        matches!(self, Self::SameBytes { .. } | Self::NearlySame { .. } | Self::SameAsFound { .. })
    }
}

impl PhotoFlag {
    /// Which record showed the picture before.
    pub fn prior_use(&self) -> Option<&PhotoUse> {
        self.earlier().and_then(|earlier| earlier.of.as_ref())
    }

    pub fn earlier(&self) -> Option<&PriorUse> {
        match self {
            Self::SameBytes { earlier } | Self::NearlySame { earlier, .. } => Some(earlier),
            Self::Damaged
            | Self::OtherDay { .. }
            | Self::FarAway { .. }
            | Self::FromGallery
            | Self::NoCamera
            | Self::Edited { .. }
            | Self::SameAsFound { .. }
            | Self::OtherPlace { .. } => None,
        }
    }

    /// Without what leads to a record that is out of sight: its id would name it, its photo's hash would fetch it.
    pub fn without_use(self) -> Self {
        let hidden = |earlier: PriorUse| PriorUse { of: None, ..earlier };
        match self {
            Self::SameBytes { earlier } => Self::SameBytes { earlier: hidden(earlier) },
            Self::NearlySame { earlier, bits } => Self::NearlySame { earlier: hidden(earlier), bits },
            other => other,
        }
    }
}

/// A finding, as one person may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoFinding {
    pub finding: PhotoFlag,
    /// Where the photo was used before; none where that record is out of sight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<PriorRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriorRecord {
    pub by: RecordRef,
    pub number: String,
}

/// What speaks against the photos of a hazard, for whoever accepts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoChecks {
    pub thresholds: Thresholds,
    pub photos: Vec<PhotoCheck>,
}

/// A photo of a hazard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoCheck {
    pub hash: PhotoHash,
    pub comparison: Comparison,
    pub findings: Vec<PhotoFinding>,
}

/// How far a photo has been compared with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Not compared yet: its bytes have not arrived, or its job is not done. Flags may still follow.
    ToCome,
    Done,
    /// The server cannot decode it, as HEIC: only its facts and its file are compared.
    Impossible,
}

/// Programs for changing pictures, as they name themselves in the files that they write.
const EDITORS: [&str; 16] = [
    "photoshop",
    "lightroom",
    "gimp",
    "snapseed",
    "picsart",
    "pixelmator",
    "affinity",
    "vsco",
    "canva",
    "meitu",
    "美图",
    "醒图",
    "xingtu",
    "polish",
    "facetune",
    "paint.net",
];

/// What the photo's own facts say against it. `site`: where the record says that it was.
pub fn of_facts(facts: &PhotoFacts, site: Option<&Location>, thresholds: &Thresholds) -> Vec<PhotoFlag> {
    let camera = facts.camera.as_ref();
    let mut findings = vec![];
    if facts.source == Some(Source::Gallery) {
        findings.push(PhotoFlag::FromGallery);
    }
    let recorded = office_day(facts.at);
    if let Some(taken) = camera.and_then(|camera| camera.taken).map(|taken| taken.date())
        && taken != recorded
    {
        findings.push(PhotoFlag::OtherDay { taken, recorded });
    }
    // Where the camera says it was; else where the phone was when the photo was taken in.
    let there = camera.and_then(|camera| camera.location).or(facts.location);
    if let (Some(there), Some(site)) = (there, site) {
        let away = site.distance(&there) - there.accuracy.unwrap_or_default();
        if away > thresholds.far_metres {
            findings.push(PhotoFlag::FarAway { metres: away.round() as u32 });
        }
    }
    if let Some(software) = camera.map(|camera| &camera.software).filter(|software| is_editor(software)) {
        findings.push(PhotoFlag::Edited { software: software.clone() });
    }
    if lacks_camera(facts, camera) {
        findings.push(PhotoFlag::NoCamera);
    }
    findings
}

fn is_editor(software: &str) -> bool {
    let software = software.to_lowercase();
    EDITORS.iter().any(|editor| software.contains(editor))
}

/// Pictures of the camera inside the app never say anything; of phones that did not tell yet nothing is known.
fn lacks_camera(facts: &PhotoFacts, camera: Option<&Camera>) -> bool {
    let from_file = matches!(facts.source, Some(Source::Camera | Source::Gallery));
    from_file && camera.is_none_or(|camera| camera.device.is_empty() && camera.taken.is_none())
}

/// A record that shows a photo, or one that is as good as it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarUse {
    pub record: PhotoUse,
    /// When the office received that record.
    pub at: DateTime<Utc>,
    /// Bits of 256 in which its look differs; none where it is the same file.
    pub bits: Option<u32>,
}

/// Whether the photo was used before by any other record than its `own`: a hazard and the visit that found it are one
/// matter. `shown`: every record that shows it or its like, the own ones among them. Of each earlier record only the
/// stronger finding is given; the earliest record comes first.
pub fn used_before(own: &[RecordRef], shown: &[SimilarUse], thresholds: &Thresholds) -> Vec<PhotoFlag> {
    let place = |shown: &SimilarUse| (shown.at, shown.record.by);
    let is_own = |shown: &&SimilarUse| own.contains(&shown.record.by);
    let first = shown.iter().filter(is_own).filter(|shown| shown.bits.is_none()).map(place).min();
    let mut before: Vec<_> = shown.iter().filter(|shown| !is_own(shown)).collect();
    before.retain(|shown| first.is_none_or(|first| place(shown) < first));
    before.sort_by_key(|shown| (place(shown), shown.bits));
    before.dedup_by_key(|shown| shown.record.by);
    let finding = |shown: &SimilarUse| {
        let earlier = PriorUse { of: Some(shown.record.clone()), at: shown.at };
        match shown.bits {
            None => Some(PhotoFlag::SameBytes { earlier }),
            Some(bits) => (bits <= thresholds.alike_bits).then_some(PhotoFlag::NearlySame { earlier, bits }),
        }
    };
    before.into_iter().filter_map(finding).collect()
}

/// Whether a photo's fingerprint has been computed.
#[derive(Debug, Clone, PartialEq)]
pub enum FingerprintState {
    Pending,
    /// The picture is blank, or the server does not decode its kind.
    Unavailable,
    /// It could not be unpacked.
    Damaged,
    Known(Box<ImageFingerprint>),
}

impl FingerprintState {
    pub fn fingerprint(&self) -> Option<&ImageFingerprint> {
        match self {
            Self::Known(fingerprint) => Some(fingerprint),
            Self::Pending | Self::Unavailable | Self::Damaged => None,
        }
    }

    pub fn unpacking(&self) -> Unpacking {
        match self {
            Self::Pending => Unpacking::ToCome,
            Self::Unavailable | Self::Known(_) => Unpacking::Done,
            Self::Damaged => Unpacking::Failed,
        }
    }
}

/// A received photo and its fingerprint.
#[derive(Debug, Clone)]
pub struct ExaminedPhoto {
    pub facts: PhotoFacts,
    pub fingerprint: FingerprintState,
}

impl ExaminedPhoto {
    pub fn comparison(&self) -> Comparison {
        match &self.fingerprint {
            FingerprintState::Pending => Comparison::ToCome,
            FingerprintState::Unavailable if self.facts.media_type == Format::Heif.media_type() => {
                Comparison::Impossible
            }
            // A bare wall is like every other, which says nothing; of what cannot be unpacked the flag says so.
            FingerprintState::Unavailable | FingerprintState::Known(_) | FingerprintState::Damaged => {
                Comparison::Done
            }
        }
    }

    /// What speaks against the photo by itself, whatever else shows it.
    pub fn damage(&self) -> Option<PhotoFlag> {
        match self.fingerprint.unpacking() {
            Unpacking::Failed => Some(PhotoFlag::Damaged),
            Unpacking::ToCome | Unpacking::Done => None,
        }
    }
}

/// What a photo of the rectification says beside the found ones: it may be one of them, or hardly show their place.
pub fn compare_before_after(
    after: &ExaminedPhoto,
    found: &[ExaminedPhoto],
    thresholds: &Thresholds,
) -> Option<PhotoFlag> {
    let file = |facts: &PhotoFacts| facts.original.clone().unwrap_or_else(|| facts.hash.clone());
    if found.iter().any(|found| file(&found.facts) == file(&after.facts)) {
        return Some(PhotoFlag::SameAsFound { bits: None });
    }
    let after = after.fingerprint.fingerprint()?;
    let found = || found.iter().filter_map(|found| found.fingerprint.fingerprint());
    let bits = found().map(|found| found.distance(after).fine).min()?;
    if bits <= thresholds.alike_bits {
        return Some(PhotoFlag::SameAsFound { bits: Some(bits) });
    }
    let best = found().map(|found| found.structure.similarity(&after.structure)).max_by(f32::total_cmp)?;
    let percent = (best * 100.0).round() as u8;
    (percent < thresholds.same_place_percent).then_some(PhotoFlag::OtherPlace { percent })
}
