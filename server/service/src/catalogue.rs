//! # The built-in catalogue
//!
//! Checklists and kinds of site are data files, embedded when the server is built, checked when it starts, and given to
//! every office. A version, once published, never changes: a better wording is a higher version. The library of laws is as
//! built in for everybody ([`law`]).

pub mod forms;
pub mod law;

use crate::storage::{Store, StoreError};
use domain::{
    checklist::{Checklist, ChecklistError},
    id::SiteKind,
    place::Office,
    sector::Sector,
    site::attributes::SizeLimits,
    sync::SiteKindInfo,
    text::Bilingual,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use thiserror::Error;

const KINDS: &str = include_str!("../../catalogue/site_kinds.toml");

const CHECKLISTS: [(&str, &str); 5] = [
    ("fire-access", include_str!("../../catalogue/checklists/fire-access.toml")),
    ("ebike-charging", include_str!("../../catalogue/checklists/ebike-charging.toml")),
    ("school-safety", include_str!("../../catalogue/checklists/school-safety.toml")),
    ("school-drill", include_str!("../../catalogue/checklists/school-drill.toml")),
    ("hazchem-site", include_str!("../../catalogue/checklists/hazchem-site.toml")),
];

/// What every office begins with.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub kinds: Arc<[SiteKindInfo]>,
    /// 九小场所: the kinds that are small premises, and how large one of them may be.
    pub small_premises: BTreeMap<SiteKind, SizeLimits>,
    pub checklists: Vec<Checklist>,
}

/// The catalogue contradicts itself: a bug of this build.
#[derive(Debug, Error)]
pub enum CatalogueError {
    #[error("{file}: {error}")]
    Unreadable { file: String, error: toml::de::Error },
    #[error("{file}: {error}")]
    Invalid { file: String, error: ChecklistError },
    #[error("{file} calls itself {id}")]
    Misnamed { file: String, id: String },
    #[error("{file} is for sites of the unknown kind {kind}")]
    UnknownKind { file: String, kind: SiteKind },
    #[error("the kind {kind} is small premises if it has a limit of size, and only then")]
    Size { kind: SiteKind },
}

#[derive(Deserialize)]
struct Kinds {
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

impl Catalogue {
    pub fn built_in() -> Result<Self, CatalogueError> {
        let unreadable = |file: &str, error| CatalogueError::Unreadable { file: file.to_owned(), error };
        let kinds: Kinds = toml::from_str(KINDS).map_err(|error| unreadable("site_kinds", error))?;
        let known: BTreeSet<_> = kinds.kind.iter().map(|kind| kind.id.clone()).collect();
        if let Some(odd) =
            kinds.kind.iter().find(|kind| kind.small_premises == (kind.limits() == SizeLimits::default()))
        {
            return Err(CatalogueError::Size { kind: odd.id.clone() });
        }
        let small = kinds.kind.iter().filter(|kind| kind.small_premises);
        let small_premises = small.map(|kind| (kind.id.clone(), kind.limits())).collect();
        let checklists = CHECKLISTS
            .into_iter()
            .map(|(file, text)| {
                let list = toml::from_str(text).map_err(|error| unreadable(file, error))?;
                sound(file, list, &known)
            })
            .collect::<Result<_, _>>()?;
        let kinds = kinds.kind.into_iter().map(|kind| SiteKindInfo {
            id: kind.id,
            name: Bilingual::new(kind.zh, kind.en),
            sector: kind.sector,
        });
        Ok(Self { kinds: kinds.collect(), small_premises, checklists })
    }
}

/// Gives the office what it lacks of the catalogue.
pub async fn seed_catalogue(
    store: &dyn Store,
    office: &Office,
    catalogue: &Catalogue,
) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    for checklist in &catalogue.checklists {
        tx.put_checklist(office.id, checklist).await?;
    }
    tx.commit().await
}

fn sound(file: &str, list: Checklist, known: &BTreeSet<SiteKind>) -> Result<Checklist, CatalogueError> {
    let file = || file.to_owned();
    list.check().map_err(|error| CatalogueError::Invalid { file: file(), error })?;
    if list.id.as_str() != file() {
        return Err(CatalogueError::Misnamed { file: file(), id: list.id.to_string() });
    }
    match list.site_kinds.iter().find(|kind| !known.contains(*kind)) {
        Some(kind) => Err(CatalogueError::UnknownKind { file: file(), kind: kind.clone() }),
        None => Ok(list),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::site::attributes::SiteAttributes;

    #[test]
    fn the_nine_small_premises_have_the_sizes_of_the_city() {
        let small = Catalogue::built_in().unwrap().small_premises;
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
        let kinds = Catalogue::built_in().unwrap().kinds;
        let ids: BTreeSet<_> = kinds.iter().map(|kind| &kind.id).collect();
        assert_eq!(ids.len(), kinds.len());
        let names: BTreeSet<_> = kinds.iter().flat_map(|kind| [&kind.name.zh, &kind.name.en]).collect();
        assert_eq!(names.len(), 2 * kinds.len());
    }
}
