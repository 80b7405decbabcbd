//! # The built-in catalogue
//!
//! Kinds of site and forms are data files, embedded when the server is built and checked when they are read; forms are given
//! to every office. A version, once published, never changes: a better wording is a higher version. The library of laws is as
//! built in for everybody ([`law`]), and so is the register of standards ([`standards`]).

pub mod clauses;
pub mod forms;
pub mod law;
pub mod site_kinds;
pub mod standards;

use crate::storage::{Store, StoreError};
use authoring::catalogue::Fault;
use domain::{form::Form, id::SiteKind, place::Office, site::attributes::SizeLimits, sync::SiteKindInfo};
use law::LawLibraryError;
use site_kinds::{SiteKinds, SiteKindsError};
use std::{collections::BTreeMap, sync::Arc};
use thiserror::Error;

/// What every office begins with.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub kinds: Arc<[SiteKindInfo]>,
    /// 九小场所: the kinds that are small premises, and how large one of them may be.
    pub small_premises: BTreeMap<SiteKind, SizeLimits>,
    /// In the order of the alphabet.
    pub forms: Arc<[Form]>,
}

/// The catalogue contradicts itself: a bug of this build.
#[derive(Debug, Error)]
pub enum CatalogueError {
    #[error(transparent)]
    Kinds(#[from] SiteKindsError),
    #[error(transparent)]
    Law(#[from] LawLibraryError),
    #[error("{file}: {}", told(faults))]
    Faulty { file: &'static str, faults: Vec<Fault> },
    #[error("{file} calls itself {id}")]
    Misnamed { file: &'static str, id: String },
    #[error("{file} is for sites of the unknown kind {kind}")]
    UnknownKind { file: &'static str, kind: SiteKind },
}

fn told(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl Catalogue {
    /// Reads every form: whoever wants the kinds alone asks for [`SiteKinds`].
    pub fn built_in() -> Result<Self, CatalogueError> {
        let known = SiteKinds::built_in()?;
        let forms = forms::all(&known)?.into();
        let SiteKinds { kinds, small_premises } = known;
        Ok(Self { kinds, small_premises, forms })
    }
}

/// Gives the office what it lacks of the catalogue. Where it lacks nothing, nothing is written.
pub async fn seed_catalogue(
    store: &dyn Store,
    office: &Office,
    catalogue: &Catalogue,
) -> Result<(), StoreError> {
    let known = store.form_versions(office.id).await?;
    let lacks = |form: &&Form| !known.contains(&(form.id.clone(), form.version));
    let lacking: Vec<_> = catalogue.forms.iter().filter(lacks).cloned().collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let mut tx = store.write().await?;
    tx.put_forms(office.id, &lacking).await?;
    tx.commit().await
}
