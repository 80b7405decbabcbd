//! # What the binary can do
//!
//! `xunan serve` for an office, `xunan demo` for a look round; the other commands set an office up. Each works on the
//! data folder directly and is for whoever may log in to the machine.

mod export;
mod import;
mod precompress;
mod user;

use crate::{
    config::{Config, Listening},
    demo, startup, telemetry,
};
use app::backend::ImportKind;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(name = "xunan", version, about = "巡安: safety inspections of a sub-district")]
pub struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an office's own data; an empty folder first needs `user add`
    Serve(Listening),
    /// Serve a demonstration sub-district with invented sites, people and records
    Demo(Listening),
    /// Accounts
    #[command(subcommand)]
    User(user::UserCommand),
    /// Take in sites or people from an .xlsx or .csv file: all rows or none
    Import {
        #[arg(value_parser = import::what)]
        what: ImportKind,
        file: PathBuf,
    },
    /// Write the hazard ledger and the list of sites as .csv files into a folder
    Export { folder: PathBuf },
    /// Compress a built site's files beside them, once, for serving
    Precompress { site: PathBuf },
}

impl Cli {
    pub async fn run(self) -> anyhow::Result<()> {
        telemetry::begin(self.config.log_json);
        let config = self.config;
        match self.command {
            Command::Serve(listening) => {
                let state = startup::open(&config).await?;
                user::somebody_must_be_there(&state).await?;
                startup::serve(state, &listening).await
            }
            Command::Demo(listening) => {
                let state = startup::open(&config).await?;
                let accounts = demo::prepare(&state).await?;
                println!("{}", accounts.banner(listening.addr));
                startup::serve(state, &listening).await
            }
            Command::User(command) => command.run(&startup::open(&config).await?).await,
            Command::Import { what, file } => import::run(&startup::open(&config).await?, what, &file).await,
            Command::Export { folder } => export::run(&startup::open(&config).await?, &folder).await,
            Command::Precompress { site } => precompress::run(&site),
        }
    }
}
