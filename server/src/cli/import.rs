//! Importing from the command line, with the same report as at the desk.

use crate::{import, state::AppState};
use anyhow::{Context, bail};
use app::backend::{ImportFile, ImportKind};
use domain::text::Lang;
use std::{fs, path::Path};

pub fn what(word: &str) -> Result<ImportKind, &'static str> {
    match word {
        "sites" => Ok(ImportKind::Sites),
        "people" => Ok(ImportKind::People),
        _ => Err("`sites` or `people`"),
    }
}

pub async fn run(state: &AppState, what: ImportKind, file: &Path) -> anyhow::Result<()> {
    let office = super::user::the_office(state).await?;
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let report = import::import(state, office.id, what, ImportFile { name, bytes }, Lang::Zh).await?;
    for error in &report.errors {
        eprintln!("第 {} 行「{}」：{}", error.row, error.column, error.reason);
    }
    if !report.errors.is_empty() {
        bail!("有 {} 处要改，什么都没有导入", report.errors.len());
    }
    for place in &report.new_places {
        println!("新建：{place}");
    }
    println!("已导入 {} 行", report.taken);
    Ok(())
}
