//! How large a place may be and still be one of the nine small premises (九小场所).

use super::SiteAttributes;
use serde::{Deserialize, Serialize};

/// The largest that is still small; what has no limit may be of any size.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SizeLimits {
    /// In square metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_at_most: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beds_at_most: Option<u32>,
    /// Pupils or children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places_at_most: Option<u32>,
}

impl SizeLimits {
    /// Whether what is known says that a site is larger. What is not known says nothing.
    pub fn are_exceeded_by(&self, site: &SiteAttributes) -> bool {
        fn over<T: PartialOrd>(known: Option<T>, most: Option<T>) -> bool {
            known.zip(most).is_some_and(|(known, most)| known > most)
        }
        over(site.area, self.area_at_most)
            || over(site.beds, self.beds_at_most)
            || over(site.places, self.places_at_most)
    }
}
