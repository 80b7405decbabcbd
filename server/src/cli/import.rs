//! Importing from the command line, with the same report as at the desk.

use super::words;
use crate::{import, state::AppState};
use anyhow::{Context, bail};
use app::backend::{ImportFile, ImportKind};
use domain::audit::Author;
use std::{fs, path::Path};

pub fn what(word: &str) -> Result<ImportKind, &'static str> {
    match word {
        "sites" => Ok(ImportKind::Sites),
        "people" => Ok(ImportKind::People),
        _ => Err("`sites` or `people`"),
    }
}

pub async fn run(state: &AppState, what: ImportKind, file: &Path) -> anyhow::Result<()> {
    let lang = words::lang();
    let office = super::user::the_office(state).await?;
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let report =
        import::import(state, office.id, &Author::command_line(), what, ImportFile { name, bytes }, lang)
            .await?;
    for error in &report.errors {
        eprintln!("{}", words::import_error(lang, error.row, error.column.clone(), error.reason.clone()));
    }
    if !report.errors.is_empty() {
        bail!(words::import_refused(lang, report.errors.len()));
    }
    for place in &report.new_places {
        println!("{}", words::made_place(lang, place.clone()));
    }
    println!("{}", words::imported(lang, report.taken));
    Ok(())
}
