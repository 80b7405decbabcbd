//! # What the binary can do
//!
//! `xunan serve` for an office, `xunan demo` for a look round; the other commands set an office up. Each works on the
//! data folder directly and is for whoever may log in to the machine.

mod backup;
mod copy;
mod draw;
mod export;
mod form;
mod import;
mod key;
mod place;
mod rebuild;
mod receipt;
mod set_up;
mod user;
pub mod words;

use crate::{
    config::{Config, Listening},
    demo, listen, startup, verify,
};
use anyhow::ensure;
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
    /// Serve an office's own data; an empty database shows the code by which its first administrator is made
    Serve {
        #[command(flatten)]
        listening: Listening,
        /// Make an empty database where there is none
        #[arg(long)]
        new: bool,
    },
    /// Serve a demonstration sub-district with invented sites, people and records
    Demo(Listening),
    /// Make an empty database; `serve` then shows the code by which its first administrator is made
    Init,
    /// Accounts
    #[command(subcommand)]
    User(user::UserCommand),
    /// The office itself
    #[command(subcommand)]
    Office(place::OfficeCommand),
    /// Departments, with the sectors that they answer for
    #[command(subcommand)]
    Department(place::DepartmentCommand),
    /// Communities: make, rename, merge, close
    #[command(subcommand)]
    Community(place::CommunityCommand),
    /// Grids, each named COMMUNITY/GRID: make, rename, merge, close
    #[command(subcommand)]
    Grid(place::GridCommand),
    /// Days between two visits
    #[command(subcommand)]
    Intervals(place::IntervalsCommand),
    /// Take in sites or people from an .xlsx or .csv file: all rows or none
    Import(import::Importing),
    /// Forms: check a file, write a built-in one as a workbook, show what of XLSForm is supported; needs no database
    #[command(subcommand)]
    Form(form::FormCommand),
    /// Draws: check a published one by computing it again; needs no database
    #[command(subcommand)]
    Draw(draw::DrawCommand),
    /// Write the lists of hazards, visits, sites and people as .csv files into a folder
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
    /// ImageFingerprint every record and every photo over; fails where something is damaged
    Verify,
    /// Fold every hazard anew from its events and tell phones what they should have heard of, while the server runs; `verify`
    /// says when that is wanted
    Rebuild,
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
            Command::Serve { listening, new } => {
                let state =
                    if new { startup::open_new(&config).await? } else { startup::open(&config).await? };
                if let Some(words) = set_up::to_begin(&state, listening.addr).await? {
                    println!("{words}");
                }
                listen::serve(state, &listening, &config.data).await
            }
            Command::Init => set_up::init(&config).await,
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
            Command::Office(command) => command.run(&startup::open(&config).await?).await,
            Command::Department(command) => command.run(&startup::open(&config).await?).await,
            Command::Community(command) => command.run(&startup::open(&config).await?).await,
            Command::Grid(command) => command.run(&startup::open(&config).await?).await,
            Command::Intervals(command) => command.run(&startup::open(&config).await?).await,
            Command::Import(importing) => import::run(&startup::open(&config).await?, importing).await,
            Command::Form(command) => command.run(),
            Command::Draw(command) => command.run(),
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
                user::ensure_initialised(&state).await?;
                let report = verify::verify(&*state.store, &*state.blobs).await?;
                println!("{report}");
                ensure!(report.is_clean(), words::damaged(words::lang()));
                Ok(())
            }
            Command::Rebuild => rebuild::run(&startup::connect(&config, false).await?).await,
            Command::Copy(copying) => copy::run(&copying).await,
        }
    }
}
