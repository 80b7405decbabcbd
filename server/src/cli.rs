//! # What the binary can do
//!
//! `xunan serve` for an office, `xunan demo` for a look round; the other commands set an office up. Each works on the
//! data folder directly and is for whoever may log in to the machine.

mod backup;
mod copy;
mod export;
mod import;
mod key;
mod receipt;
mod user;
pub mod words;

use crate::{
    config::{Config, Listening},
    demo, listen, startup, verify,
};
use anyhow::ensure;
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
    /// Bring the database up to date and say where it stands; `serve` does the same
    Migrate,
    /// Write all records as of this moment into a file, while the server runs
    Backup { file: PathBuf },
    /// Take a backup into an empty database, and compare
    Restore {
        file: PathBuf,
        /// Go on with one that was interrupted
        #[arg(long)]
        resume: bool,
    },
    /// Prove what was received
    #[command(subcommand)]
    Receipt(receipt::ReceiptCommand),
    /// The keys that sign receipts
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Look every record and every photo over; fails where something is damaged
    Verify,
    /// Carry records, and photos, to another database and another photo storage; stop the servers first
    Copy(copy::Copying),
}

impl Cli {
    pub fn log_json(&self) -> bool {
        self.config.log_json
    }

    pub async fn run(self) -> anyhow::Result<()> {
        startup::private::mask();
        let config = self.config;
        match self.command {
            Command::Serve(listening) => {
                let state = startup::open(&config).await?;
                user::somebody_must_be_there(&state).await?;
                listen::serve(state, &listening, &config.data).await
            }
            Command::Demo(listening) => {
                let state = startup::connect(&config, true).await?;
                let accounts = demo::prepare(&state).await?;
                println!("{}", accounts.banner(listening.addr));
                listen::serve(state, &listening, &config.data).await
            }
            Command::User(command) => {
                let state = startup::connect(&config, command.founds()).await?;
                command.run(&state).await
            }
            Command::Import { what, file } => import::run(&startup::open(&config).await?, what, &file).await,
            Command::Export { folder } => export::run(&startup::open(&config).await?, &folder).await,
            Command::Migrate => {
                let state = startup::connect(&config, false).await?;
                let version = state.store.version().await?;
                println!("{}", words::stands_at(words::lang(), config.database().to_string(), version));
                Ok(())
            }
            Command::Backup { file } => {
                backup::back_up(&startup::connect(&config, false).await?, &file).await
            }
            Command::Restore { file, resume } => {
                backup::restore(&startup::connect(&config, true).await?, &file, resume).await
            }
            Command::Receipt(command) => command.run(&config).await,
            Command::Key(command) => command.run(&startup::connect(&config, false).await?).await,
            Command::Verify => {
                let state = startup::connect(&config, false).await?;
                user::somebody_must_be_there(&state).await?;
                let report = verify::verify(&*state.store, &*state.blobs).await?;
                println!("{report}");
                ensure!(report.is_clean(), words::damaged(words::lang()));
                Ok(())
            }
            Command::Copy(copying) => copy::run(&copying).await,
        }
    }
}
