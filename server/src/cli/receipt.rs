//! Checks a receipt offline with the installation's public key: no server, no database.

use super::words;
use crate::{
    config::Config,
    signing::{self, SigningKey},
    startup,
};
use anyhow::{Context, ensure};
use clap::Subcommand;
use domain::{receipt::Receipt, sync::Operation, time};
use serde_json::Value;
use std::{fs, path::PathBuf};

#[derive(Debug, Subcommand)]
pub(super) enum ReceiptCommand {
    /// Check a receipt, a JSON file, against the public key; works anywhere, offline
    Check {
        file: PathBuf,
        /// As `xunan receipt key` or /api/v1/receipt-key gives it; several may be given
        #[arg(long, required = true)]
        key: Vec<String>,
        /// The operation that it is for, as it was sent: its content is compared too
        #[arg(long)]
        operation: Option<PathBuf>,
    },
    /// Print the public keys that receipts can be checked with, the newest first
    Key,
}

impl ReceiptCommand {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let lang = words::lang();
        match self {
            Self::Check { file, key, operation } => {
                let receipt: Receipt = read(&file)?;
                signing::check_any(&receipt, key.iter().map(String::as_str))?;
                if let Some(file) = operation {
                    let sent: Value = read(&file)?;
                    ensure!(
                        Operation::hash(&sent) == receipt.hash,
                        words::receipt_of_other(lang, file.display().to_string())
                    );
                }
                println!("{}", words::receipt_genuine(lang, receipt.number, time::long(receipt.at)));
                println!("{}", words::receipt_names(lang, receipt.operation.to_string(), receipt.hash));
                Ok(())
            }
            Self::Key => {
                let state = startup::connect(config, false).await?;
                let secrets = state.store.signing_keys().await?;
                ensure!(!secrets.is_empty(), words::no_key_yet(lang));
                for secret in secrets {
                    println!("{}", SigningKey::of(&secret)?.public());
                }
                Ok(())
            }
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &PathBuf) -> anyhow::Result<T> {
    let (lang, name) = (words::lang(), || file.display().to_string());
    let text = fs::read_to_string(file).with_context(|| words::cannot_read(lang, name()))?;
    serde_json::from_str(&text).with_context(|| words::not_what_it_should_be(lang, name()))
}
