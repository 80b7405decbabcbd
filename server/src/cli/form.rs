//! Forms as files: what is wrong with one, a built-in one as a workbook, what of XLSForm is supported. None of it needs a
//! database.

use super::words;
use anyhow::{Context, anyhow, bail};
use authoring::{
    catalogue,
    xlsform::{self, Outset},
};
use clap::Subcommand;
use domain::{
    form::{Form, Layer, Quote},
    id::{FormId, QuoteId},
    sector::Sector,
};
use service::catalogue::{forms, site_kinds::SiteKinds};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Bytes of a file.
const LARGEST: u64 = 10 * 1024 * 1024;

#[derive(Debug, Subcommand)]
pub(super) enum FormCommand {
    /// Tell everything that is wrong with a form, a workbook (.xlsx) or a file of the catalogue (.toml)
    Check { file: PathBuf },
    /// Write a built-in form as a workbook that comes in again as it is
    Export { id: String, file: PathBuf },
    /// Show which types, columns and functions of XLSForm are supported, and what to write in place of the rest
    Supported,
}

impl FormCommand {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Check { file } => check(&file),
            Self::Export { id, file } => export(&id, &file),
            Self::Supported => {
                print!("{}", xlsform::supported(words::lang()));
                Ok(())
            }
        }
    }
}

fn check(file: &Path) -> anyhow::Result<()> {
    let lang = words::lang();
    let name = || file.display().to_string();
    let cannot_read = || words::cannot_read(lang, name());
    let size = fs::metadata(file).with_context(cannot_read)?.len();
    if size > LARGEST {
        bail!(words::form_too_large(lang, name()));
    }
    let bytes = fs::read(file).with_context(cannot_read)?;
    let library = forms::library()?;
    let quotes = |id: &QuoteId| -> Option<Quote> { forms::quote(&library, id) };
    let is_toml = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let (form, faults): (Option<Form>, Vec<String>) = if is_toml {
        let text =
            String::from_utf8(bytes).map_err(|_| anyhow!(words::not_what_it_should_be(lang, name())))?;
        match catalogue::read(&text, &quotes) {
            Ok(form) => (Some(form), vec![]),
            Err(faults) => (None, faults.iter().map(|fault| fault.words(lang)).collect()),
        }
    } else {
        let outset = Outset {
            id: FormId::from(stem(file)),
            layer: Layer::Inspection,
            sector: Sector::General,
            site_kinds: vec![],
            known_kinds: Some(SiteKinds::built_in()?.ids()),
            pictures: None,
        };
        match xlsform::read(&bytes, &outset, &quotes, Instant::now()) {
            Ok(imported) => {
                imported.remarks.iter().for_each(|remark| println!("{}", remark.words(lang)));
                (Some(imported.form), vec![])
            }
            Err(faults) => (None, faults.iter().map(|fault| fault.words(lang)).collect()),
        }
    };
    faults.iter().for_each(|fault| eprintln!("{fault}"));
    match form {
        Some(form) => {
            println!("{}", words::form_sound(lang, name(), form.title.get(lang), form.questions().count()));
            Ok(())
        }
        None => bail!(words::form_faulty(lang, name(), faults.len())),
    }
}

/// The name of a file, which is a form's id where the workbook says none.
fn stem(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
}

fn export(id: &str, file: &Path) -> anyhow::Result<()> {
    let lang = words::lang();
    let form = match forms::built_in(id, &forms::library()?) {
        Some(read) => read.map_err(|faults| {
            let told: Vec<_> = faults.iter().map(|fault| fault.words(lang)).collect();
            anyhow!(told.join("\n"))
        })?,
        None => bail!(words::no_form(lang, id, &forms::ids().collect::<Vec<_>>().join(", "))),
    };
    let bytes = xlsform::write(&form)?;
    fs::write(file, bytes).with_context(|| words::cannot_write(lang, file.display().to_string()))?;
    println!("{}", words::form_written(lang, file.display().to_string(), form.title.get(lang)));
    Ok(())
}
