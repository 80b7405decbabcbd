//! # Importing sites and people
//!
//! A workbook or a CSV whose first row names the columns. All rows are read and judged first; where any is wrong, nothing
//! is changed and every fault is told by row and column. Rows whose code or account is known already update it.
//! Communities and grids that a list of sites names and the office lacks are made, and told.

mod people;
mod sites;
mod table;

use crate::{
    password::PasswordError,
    service::people::{NewHash, PersonChange, SaveError, save_all},
    state::AppState,
    storage::{Record, StoreError},
};
use app::{
    backend::{ImportFile, ImportKind, ImportReport, RowError},
    i18n::admin as t,
};
use domain::{audit::Author, id::OfficeId, role::Action, text::Lang};
use table::Table;
use thiserror::Error;

/// Rows of one file at the most.
const MOST_ROWS: usize = 10_000;

/// Below the file: what is wrong with the file itself is in the report.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// What one must be allowed to do.
pub fn action(what: ImportKind) -> Action {
    match what {
        ImportKind::Sites => Action::ManageSites,
        ImportKind::People => Action::ManagePeople,
    }
}

/// Reads, judges, writes: all rows or none.
pub async fn import(
    state: &AppState,
    office: OfficeId,
    author: &Author,
    what: ImportKind,
    file: ImportFile,
    lang: Lang,
) -> Result<ImportReport, ImportError> {
    let table = match Table::read(&file, lang) {
        Ok(table) if table.rows.len() > MOST_ROWS => {
            return Ok(whole_file(lang, t::file_too_long(lang, MOST_ROWS)));
        }
        Ok(table) if table.rows.is_empty() => return Ok(whole_file(lang, t::file_empty(lang).to_owned())),
        Ok(table) => table,
        Err(reason) => return Ok(whole_file(lang, reason)),
    };
    match what {
        ImportKind::Sites => import_sites(state, office, &table, lang).await,
        ImportKind::People => import_people(state, office, author, &table, lang).await,
    }
}

async fn import_sites(
    state: &AppState,
    office: OfficeId,
    table: &Table,
    lang: Lang,
) -> Result<ImportReport, ImportError> {
    let known = sites::Known {
        places: state.store.places(office).await?,
        sites: state.store.all_sites(office).await?,
        kinds: &state.kinds,
    };
    let plan = match sites::plan(table, &known, lang, || state.new_id()) {
        Ok(plan) => plan,
        Err(errors) => return Ok(refused(table, errors)),
    };
    let mut tx = state.store.write().await?;
    for community in &plan.communities {
        tx.put_community(office, community).await?;
    }
    for grid in &plan.grids {
        tx.put_grid(office, grid).await?;
    }
    if !plan.grids.is_empty() {
        tx.touch(office, &[Record::Directory]).await?;
    }
    for site in &plan.sites {
        tx.put_site(office, site).await?;
    }
    tx.commit().await?;
    Ok(ImportReport { new_places: plan.new_places(), ..taken(table) })
}

async fn import_people(
    state: &AppState,
    office: OfficeId,
    author: &Author,
    table: &Table,
    lang: Lang,
) -> Result<ImportReport, ImportError> {
    let known = people::Known {
        places: state.store.places(office).await?,
        sites: state.store.all_sites(office).await?,
        people: state.store.people(office).await?,
    };
    let plan = match people::plan(table, &known, lang, || state.new_id()) {
        Ok(plan) => plan,
        Err(errors) => return Ok(refused(table, errors)),
    };
    let mut changes = Vec::with_capacity(plan.len());
    for (person, password) in plan {
        let password = match password {
            Some(new) => Some(NewHash { hash: state.passwords.hash(new).await?, due: true, keep: None }),
            None => None,
        };
        changes.push(PersonChange { person, password });
    }
    let mut tx = state.store.write().await?;
    match save_all(state, &mut *tx, office, author, changes).await {
        Ok(()) => tx.commit().await?,
        Err(SaveError::Store(error)) => return Err(error.into()),
        Err(SaveError::Rule { position, rule }) => {
            let row = table.rows.get(position).map_or(1, |row| row.number);
            let column = people::column_of(rule).name(lang);
            return Ok(refused(table, vec![RowError { row, column, reason: rule.words(lang) }]));
        }
    }
    Ok(taken(table))
}

fn rows(table: &Table) -> u32 {
    u32::try_from(table.rows.len()).unwrap_or(u32::MAX)
}

fn taken(table: &Table) -> ImportReport {
    ImportReport { taken: rows(table), rows: rows(table), errors: vec![], new_places: vec![] }
}

fn refused(table: &Table, errors: Vec<RowError>) -> ImportReport {
    ImportReport { taken: 0, rows: rows(table), errors, new_places: vec![] }
}

fn whole_file(lang: Lang, reason: String) -> ImportReport {
    let column = t::whole_file(lang).to_owned();
    ImportReport { taken: 0, rows: 0, errors: vec![RowError { row: 1, column, reason }], new_places: vec![] }
}
