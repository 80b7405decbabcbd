//! 双随机抽取 as a file: whether a published one is what it was. Needs no database and no office; anybody can do it.

use super::words;
use anyhow::{Context, anyhow, bail};
use app::i18n::draws;
use clap::Subcommand;
use domain::{
    draw::{Digest, PublishedDraw},
    text::Lang,
    time,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Bytes of a file. A draw from a thousand sites has a third of one of these megabytes.
const LARGEST: u64 = 16 * 1024 * 1024;

#[derive(Debug, Subcommand)]
pub(super) enum DrawCommand {
    /// Compute a published draw again: ends with 0 where it holds, and with 1 where something was changed, which is named
    Check {
        file: PathBuf,
        /// As it was published before the seed was known; without it, compare by eye
        #[arg(long)]
        fingerprint: Option<String>,
    },
}

impl DrawCommand {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Check { file, fingerprint } => check(&file, fingerprint.as_deref()),
        }
    }
}

fn check(file: &Path, fingerprint: Option<&str>) -> anyhow::Result<()> {
    let lang = words::lang();
    let name = || file.display().to_string();
    let published = match fingerprint {
        Some(text) => {
            Some(text.parse::<Digest>().map_err(|_| anyhow!(words::not_a_fingerprint(lang, text)))?)
        }
        None => None,
    };
    let draw = read(lang, file)?;
    let faults = draw.check(published.as_ref());
    if !faults.is_empty() {
        faults.iter().for_each(|fault| eprintln!("{}", draws::fault(lang, fault)));
        bail!(words::draw_changed(lang, name()));
    }
    println!("{}", held(lang, name(), &draw));
    if let Some(seed) = &draw.seed {
        let source = draws::seed_source(lang, &draw.frozen.source);
        println!("{}", words::draw_seed_from(lang, source, time::long(seed.at)));
    }
    let fingerprint = draw.fingerprint.to_string();
    match published {
        Some(_) => println!("{}", words::draw_fingerprint_same(lang, fingerprint)),
        None => println!("{}", words::draw_fingerprint(lang, time::long(draw.announced_at), fingerprint)),
    }
    Ok(())
}

fn held(lang: Lang, file: String, draw: &PublishedDraw) -> String {
    let title = &draw.frozen.plan.title;
    match &draw.void {
        Some(void) => {
            let why = draws::void_reason(lang, &void.reason);
            words::draw_void(lang, file, title, time::long(void.at), &void.by, why)
        }
        None => {
            let drawn = draw.result.as_ref().map_or(0, |result| result.sites.len());
            words::draw_holds(lang, file, title, drawn, draw.frozen.population.sites.len())
        }
    }
}

fn read(lang: Lang, file: &Path) -> anyhow::Result<PublishedDraw> {
    let name = || file.display().to_string();
    let cannot_read = || words::cannot_read(lang, name());
    let size = fs::metadata(file).with_context(cannot_read)?.len();
    if size > LARGEST {
        bail!(words::draw_too_large(lang, name()));
    }
    let text = fs::read_to_string(file).with_context(cannot_read)?;
    PublishedDraw::read(&text).with_context(|| words::not_what_it_should_be(lang, name()))
}
