//! The keys that sign receipts: a new one in the place of the newest. Old ones stay, so that what they signed is proven still.

use super::words;
use crate::{signing::SigningKey, state::AppState};
use clap::Subcommand;
use domain::audit::{Act, Author, Subject, SubjectKind};
use serde_json::json;

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a new key and sign with it from now on; servers that run take it up within a minute
    Rotate,
    /// Show the public keys, the newest first
    List,
}

impl KeyCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        match self {
            Self::Rotate => {
                let (before, key) = (state.signer.key(state.now()).await?, SigningKey::fresh()?);
                let subject = Subject::new(SubjectKind::Key, None, &key.key.id);
                let entry = state
                    .audit(None, &Author::command_line(), Act::KeyRotated, subject)
                    .change(&json!({ "key": before.id }), &json!({ "key": key.key.id }));
                let mut tx = state.store.write().await?;
                tx.put_signing_key(&key.key.id, &key.secret, state.now()).await?;
                tx.put_audit(&entry).await?;
                tx.commit().await?;
                println!("{}", words::key_rotated(words::lang(), key.key.id.clone(), key.key.public()));
                Ok(())
            }
            Self::List => {
                for secret in state.store.signing_keys().await? {
                    let key = SigningKey::of(&secret)?;
                    println!("{}  {}", key.id, key.public());
                }
                Ok(())
            }
        }
    }
}
