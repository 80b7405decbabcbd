//! Importing from the command line: the same plan, the same rules and the same writer as at the desk.

use super::words;
use crate::state::AppState;
use anyhow::{Context, bail};
use app::i18n::import as t;
use clap::Args;
use domain::{
    datum::Datum,
    import::{ImportFile, ImportKind, RowStatus},
    text::Lang,
};
use service::{
    Error,
    imports::{self, By, ImportRefusal},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Bytes of a file, as at the desk.
const LARGEST: u64 = 10 * 1024 * 1024;

/// Rows of each kind that are listed.
const LISTED: usize = 200;

#[derive(Debug, Args)]
pub struct Importing {
    #[arg(value_parser = what)]
    what: ImportKind,
    file: PathBuf,
    /// Of the file's coordinates: wgs84 (GPS), gcj02 (高德, 腾讯) or bd09 (百度)
    #[arg(long, value_parser = datum)]
    datum: Option<Datum>,
    /// Latitude and longitude are the wrong way round
    #[arg(long)]
    swapped: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Say yes to everything that would be emptied, lowered, taken away or is in doubt
    #[arg(long)]
    agree: bool,
}

fn what(word: &str) -> Result<ImportKind, &'static str> {
    ImportKind::parse(word).ok_or("`sites` or `people`")
}

fn datum(word: &str) -> Result<Datum, &'static str> {
    Datum::called(word).ok_or("`wgs84`, `gcj02` or `bd09`")
}

pub async fn run(state: &AppState, importing: Importing) -> anyhow::Result<()> {
    let lang = words::lang();
    let office = super::user::single_office(state).await?;
    let by = By::command_line(office.id);
    let file = read(lang, &importing.file)?;
    let name = file.name.clone();
    let plan = imports::plan(state, &by, importing.what, file, importing.datum, lang).await;
    let mut plan = plan.map_err(|error| words::refused(lang, error))?;
    plan.swapped = importing.swapped;
    let mut validated = imports::look(state, &by, importing.what, plan, lang).await?;
    if importing.agree {
        validated.agree();
        validated = imports::look(state, &by, importing.what, validated.into_plan(), lang).await?;
    }
    tell(lang, &validated);
    if importing.dry_run {
        return Ok(());
    }
    let tally = validated.tally();
    let plan = validated.into_plan();
    match imports::put(state, &by, importing.what, &name, plan, None, lang).await {
        Ok(_) => println!("{}", t::has_written(lang, tally.writes_new, tally.writes_changed)),
        Err(Error::Import(ImportRefusal::Nothing)) => println!("{}", t::nothing_to_write(lang)),
        Err(error) => return Err(words::refused(lang, error)),
    }
    Ok(())
}

fn read(lang: Lang, path: &Path) -> anyhow::Result<ImportFile> {
    let unread = || words::cannot_read(lang, path.display().to_string());
    let size = fs::metadata(path).with_context(unread)?.len();
    if size > LARGEST {
        bail!(t::larger_than(lang, path.display().to_string()));
    }
    let bytes = fs::read(path).with_context(unread)?;
    Ok(ImportFile { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes })
}

/// What is wrong and what wants a word, row by row; then how many rows would do what.
fn tell(lang: Lang, validated: &imports::ValidatedList) {
    for status in [RowStatus::Wrong, RowStatus::Confirm] {
        for row in validated.rows.iter().filter(|row| row.status == status).take(LISTED) {
            for fault in &row.faults {
                let (cell, heading) = (fault.cell.clone(), fault.heading.clone());
                let words =
                    t::row_wrong(lang, row.row, cell, heading, fault.shown.clone(), fault.reason.clone());
                eprintln!("{words}");
            }
            for ask in row.asks.iter().filter(|ask| !ask.ticked) {
                let words = t::row_asks(lang, row.row, row.key.clone(), row.name.clone(), ask.words.clone());
                eprintln!("{words}");
            }
        }
    }
    for blocked in validated.blocked() {
        eprintln!("{blocked}");
    }
    let tally = validated.tally();
    if !validated.unused().is_empty() {
        println!("{} {}", t::unused(lang), validated.unused().join(t::between(lang)));
    }
    for note in &validated.notes {
        println!("{note}");
    }
    for place in &validated.new_places {
        println!("{} {place}", t::would_make(lang));
    }
    let words = t::counted(lang, tally.wrong, tally.confirm, tally.changed, tally.new, tally.same);
    println!("{words}");
}
