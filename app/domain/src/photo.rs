//! Photos as facts; their bytes travel apart from the records that name them.

mod exif;
mod file;
mod fingerprint;
mod grey;

pub use exif::{Camera, LOOKED_THROUGH};
pub use file::{Format, NotAPhoto, PhotoFile};
pub use fingerprint::{Distance, HogDescriptor, ImageFingerprint, PerceptualHash};
pub use grey::{CropMargins, Grey};

use crate::{attachment::AttachmentHash, id::PersonId, place::Location};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The attachment that is a photo.
pub type PhotoHash = AttachmentHash;

/// What is known of a photo without its bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoFacts {
    pub hash: PhotoHash,
    pub bytes: u64,
    pub media_type: String,
    /// After orientation; 0 where the phone could not decode the picture and keeps the original.
    pub width: u32,
    /// With the stamp below the picture.
    pub height: u32,
    /// When the phone took it in.
    pub at: DateTime<Utc>,
    pub by: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// SHA-256 of the file as the camera made it: nothing is drawn into that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<PhotoHash>,
    /// What the camera wrote into that file; the picture that is sent has nothing of it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera: Option<Camera>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Rows of the stamp, which stands below the picture and covers nothing of it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub caption_height: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(rows: &u32) -> bool {
    *rows == 0
}

/// Where a photo came from, as far as the phone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The phone's own camera.
    Camera,
    /// The camera inside the app.
    InApp,
    Gallery,
}

impl PhotoFacts {
    /// The largest photo that the server takes.
    pub const LARGEST: u64 = 20 * 1024 * 1024;
    /// Photos of one hazard or item.
    pub const MOST: usize = 9;
    pub const MEDIA_TYPES: [&'static str; 4] = [
        Format::Jpeg.media_type(),
        Format::Png.media_type(),
        Format::WebP.media_type(),
        Format::Heif.media_type(),
    ];
}
