//! # The built-in catalogue
//!
//! Checklists and kinds of site are data files, embedded when the server is built, checked when it starts, and given to
//! every office. A version, once published, never changes: a better wording is a higher version.

use crate::storage::{Store, StoreError};
use domain::{
    checklist::{Checklist, ChecklistError},
    id::SiteKind,
    place::Office,
    sector::Sector,
    sync::SiteKindInfo,
    text::Bilingual,
};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};
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
}

#[derive(Deserialize)]
struct Kinds {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    id: SiteKind,
    zh: String,
    en: String,
    sector: Sector,
}

impl Catalogue {
    pub fn built_in() -> Result<Self, CatalogueError> {
        let unreadable = |file: &str, error| CatalogueError::Unreadable { file: file.to_owned(), error };
        let kinds: Kinds = toml::from_str(KINDS).map_err(|error| unreadable("site_kinds", error))?;
        let known: BTreeSet<_> = kinds.kind.iter().map(|kind| kind.id.clone()).collect();
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
        Ok(Self { kinds: kinds.collect(), checklists })
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
