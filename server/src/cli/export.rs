//! The office's records as tables that any spreadsheet opens: hazards and visits as the desk lists them, sites and people
//! as import takes them back.

use super::words;
use crate::{export, state::AppState};
use anyhow::Context;
use app::i18n::import as t;
use domain::{
    id::OfficeId,
    import::ImportKind,
    ledger::{LedgerFilter, LedgerSort, LedgerStatusFilter},
    list::{FileFormat, ListRequest},
    role::Scope,
    text::Lang,
    visit::VisitFilter,
};
use service::exports::{Exported, make};
use std::{
    fs::{self, File},
    io,
    path::Path,
};

pub async fn run(state: &AppState, folder: &Path) -> anyhow::Result<()> {
    let office = super::user::single_office(state).await?;
    let lang = words::lang();
    fs::create_dir_all(folder).with_context(|| words::cannot_make(lang, folder.display().to_string()))?;
    let hazards = LedgerFilter { sort: LedgerSort::Number, ..LedgerFilter::of(LedgerStatusFilter::Any) };
    listed(state, office.id, &hazards.into(), &folder.join("hazards.csv")).await?;
    listed(state, office.id, &VisitFilter::default().into(), &folder.join("visits.csv")).await?;
    let places = state.store.places(office.id).await?;
    let sites = state.store.all_sites(office.id).await?;
    let people = state.store.people(office.id).await?;
    let tables = [
        ("sites.csv", ImportKind::Sites, export::sites(&sites, &places, &state.kinds)),
        ("people.csv", ImportKind::People, export::people(&people, &places, &sites)),
    ];
    for (name, what, rows) in &tables {
        let path = folder.join(name);
        fs::write(&path, export::csv(rows)?)
            .with_context(|| words::cannot_write(lang, path.display().to_string()))?;
        println!("{}: {}", path.display(), t::count_rows(lang, rows.len() - 1));
        let beyond = export::beyond_import(rows, *what);
        if !beyond.is_empty() {
            eprintln!("{}", words::too_long_to_return(lang, path.display().to_string(), beyond.join(", ")));
        }
    }
    Ok(())
}

/// A list as the desk has it, whole.
async fn listed(
    state: &AppState,
    office: OfficeId,
    request: &ListRequest,
    path: &Path,
) -> anyhow::Result<()> {
    let lang = words::lang();
    let made = make(state, office, &Scope::Office, request, FileFormat::Csv, Lang::Zh).await?;
    let Exported { mut file, rows, .. } = made;
    let cannot_write = || words::cannot_write(lang, path.display().to_string());
    let mut into = File::create(path).with_context(cannot_write)?;
    io::copy(&mut file, &mut into).with_context(cannot_write)?;
    println!("{}: {}", path.display(), t::count_rows(lang, usize::try_from(rows)?));
    Ok(())
}
