//! 场所类别: the kinds of site, as built in.

use domain::{
    id::SiteKind, sector::Sector, site::attributes::SizeLimits, sync::SiteKindInfo, text::Bilingual,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use thiserror::Error;

const KINDS: &str = include_str!("../../../catalogue/site_kinds.toml");

/// Every kind of site, with its name.
#[derive(Debug, Clone)]
pub struct SiteKinds {
    pub kinds: Arc<[SiteKindInfo]>,
    /// 九小场所: the kinds that are small premises, and how large one of them may be.
    pub small_premises: BTreeMap<SiteKind, SizeLimits>,
}

/// The file contradicts itself: a bug of this build.
#[derive(Debug, Error)]
pub enum SiteKindsError {
    #[error("site_kinds: {0}")]
    Unreadable(#[from] toml::de::Error),
    #[error("the kind {0} is small premises if it has a limit of size, and only then")]
    Size(SiteKind),
}

#[derive(Deserialize)]
struct File {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    id: SiteKind,
    zh: String,
    en: String,
    sector: Sector,
    #[serde(default)]
    small_premises: bool,
    area_at_most: Option<f64>,
    beds_at_most: Option<u32>,
    places_at_most: Option<u32>,
}

impl Kind {
    fn limits(&self) -> SizeLimits {
        SizeLimits {
            area_at_most: self.area_at_most,
            beds_at_most: self.beds_at_most,
            places_at_most: self.places_at_most,
        }
    }
}

impl SiteKinds {
    pub fn built_in() -> Result<Self, SiteKindsError> {
        let kinds = toml::from_str::<File>(KINDS)?.kind;
        if let Some(odd) =
            kinds.iter().find(|kind| kind.small_premises == (kind.limits() == SizeLimits::default()))
        {
            return Err(SiteKindsError::Size(odd.id.clone()));
        }
        let small = kinds.iter().filter(|kind| kind.small_premises);
        let small_premises = small.map(|kind| (kind.id.clone(), kind.limits())).collect();
        let kinds = kinds.into_iter().map(|kind| SiteKindInfo {
            id: kind.id,
            name: Bilingual::new(kind.zh, kind.en),
            sector: kind.sector,
        });
        Ok(Self { kinds: kinds.collect(), small_premises })
    }

    /// Without their names.
    pub fn ids(&self) -> BTreeSet<SiteKind> {
        self.kinds.iter().map(|kind| kind.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::site::attributes::SiteAttributes;

    #[test]
    fn the_nine_small_premises_have_the_sizes_of_the_city() {
        let small = SiteKinds::built_in().unwrap().small_premises;
        assert_eq!(small.len(), 9);
        let exceeded = |kind: &str, site: SiteAttributes| small[&SiteKind::from(kind)].are_exceeded_by(&site);
        let of_area = |area| SiteAttributes { area: Some(area), ..SiteAttributes::default() };
        assert!(!exceeded("small-shop", of_area(100.0)));
        assert!(exceeded("small-shop", of_area(101.0)));
        assert!(!exceeded("small-workshop", of_area(200.0)));
        assert!(exceeded("small-hotel", SiteAttributes { beds: Some(21), ..SiteAttributes::default() }));
        assert!(exceeded("small-school", SiteAttributes { places: Some(101), ..SiteAttributes::default() }));
        assert!(exceeded("small-school", SiteAttributes { beds: Some(51), ..SiteAttributes::default() }));
    }

    #[test]
    fn every_kind_of_site_is_there_once_and_has_a_name_of_its_own() {
        let known = SiteKinds::built_in().unwrap();
        assert_eq!(known.ids().len(), known.kinds.len());
        let names: BTreeSet<_> = known.kinds.iter().flat_map(|kind| [&kind.name.zh, &kind.name.en]).collect();
        assert_eq!(names.len(), 2 * known.kinds.len());
    }
}
