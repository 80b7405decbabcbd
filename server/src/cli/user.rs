//! Accounts from the command line: how an empty office gets its first administrator.

use crate::{
    backend::people::check,
    password::SHORTEST,
    state::AppState,
    storage::{Record, StoreError},
};
use anyhow::{Context, anyhow, bail};
use clap::{Subcommand, ValueEnum};
use domain::{limits::records::check_office, person::Person, place::Office, role::Role, text::Lang};
use rand::Rng;
use std::io::{self, BufRead};

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account; the first one also makes the office
    Add {
        username: String,
        /// The person's name
        #[arg(long)]
        name: String,
        #[arg(long, value_enum, default_value = "administrator")]
        role: RoleName,
        /// Name of the office, for the first account
        #[arg(long)]
        office: Option<String>,
        /// Name of the department, for an officer
        #[arg(long)]
        department: Option<String>,
        /// Read the password from standard input instead of making one up
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give an account a new password and end its sessions
    Passwd {
        username: String,
        #[arg(long)]
        password_stdin: bool,
    },
    /// Show all accounts
    List,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    Inspector,
    Officer,
    Supervisor,
    Enterprise,
    School,
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Inspector => Self::Inspector,
            RoleName::Officer => Self::Officer,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Enterprise => Self::Enterprise,
            RoleName::School => Self::School,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

impl UserCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        match self {
            Self::Add { username, name, role, office, department, password_stdin } => {
                let office = match (the_office(state).await, office) {
                    (Ok(office), _) => office,
                    (Err(_), Some(name)) => make_office(state, name).await?,
                    (Err(error), None) => return Err(error),
                };
                let places = state.store.places(office.id).await?;
                let department = match department {
                    Some(wanted) => {
                        let known = places.departments.iter().find(|known| known.name == wanted);
                        Some(known.with_context(|| format!("there is no department {wanted}"))?.id)
                    }
                    None => None,
                };
                let person = Person {
                    id: state.new_id(),
                    username,
                    name,
                    role: role.into(),
                    phone: String::new(),
                    department,
                    grids: vec![],
                    sites: vec![],
                    disabled: false,
                    last_seen: None,
                };
                let password = Password::take(password_stdin)?;
                put(state, &office, &person, &password).await?;
                println!("{} can sign in as {}.{}", person.name, person.username, password.said());
                Ok(())
            }
            Self::Passwd { username, password_stdin } => {
                let account = state.store.account(&username).await?;
                let account = account.with_context(|| format!("there is no account {username}"))?;
                let password = Password::take(password_stdin)?;
                let hash = state.passwords.hash(password.words.clone()).await?;
                let mut tx = state.store.write().await?;
                tx.put_person(account.office, &account.person, Some(&hash)).await?;
                tx.end_sessions_of(account.person.id).await?;
                tx.commit().await?;
                println!("{username} has a new password and is signed out everywhere.{}", password.said());
                Ok(())
            }
            Self::List => {
                for person in state.store.people(the_office(state).await?.id).await? {
                    let off = if person.disabled { "  (switched off)" } else { "" };
                    println!("{:<16} {:<14} {}{off}", person.username, person.role.as_str(), person.name);
                }
                Ok(())
            }
        }
    }
}

/// The folder's office; commands are for folders with one.
pub async fn the_office(state: &AppState) -> anyhow::Result<Office> {
    let mut offices = state.store.offices().await?;
    match (offices.pop(), offices.is_empty()) {
        (Some(office), true) => Ok(office),
        (None, _) => Err(nobody_yet()),
        (Some(_), false) => Err(anyhow!("this folder holds several offices")),
    }
}

fn nobody_yet() -> anyhow::Error {
    anyhow!(
        "这里还没有街道和账号。先建一个管理员：\n  xunan user add admin --name 姓名 --office 街道名称\n\
         (There is no office yet; make its first administrator as above.)"
    )
}

/// Serving nobody helps nobody: says how to begin.
pub async fn somebody_must_be_there(state: &AppState) -> anyhow::Result<()> {
    if state.store.offices().await?.is_empty() { Err(nobody_yet()) } else { Ok(()) }
}

async fn make_office(state: &AppState, name: String) -> anyhow::Result<Office> {
    let office = Office { id: state.new_id(), name, demo: false };
    check_office(&office)?;
    let mut tx = state.store.write().await?;
    tx.put_office(&office).await?;
    tx.touch(office.id, &[Record::Directory]).await?;
    tx.commit().await?;
    crate::startup::equip(&*state.store, &office, &crate::catalogue::Catalogue::built_in()?).await?;
    Ok(office)
}

async fn put(state: &AppState, office: &Office, person: &Person, password: &Password) -> anyhow::Result<()> {
    if person.role == Role::Officer && person.department.is_none() {
        bail!("an officer needs --department");
    }
    if let Err((field, reason)) = check(Lang::En, person, Some(&password.words), true) {
        bail!("{field}: {reason}");
    }
    let hash = state.passwords.hash(password.words.clone()).await?;
    let mut tx = state.store.write().await?;
    match tx.put_person(office.id, person, Some(&hash)).await {
        Err(StoreError::Taken(_)) => bail!("there is an account {} already", person.username),
        other => other?,
    }
    Ok(tx.commit().await?)
}

struct Password {
    words: String,
    made_up: bool,
}

impl Password {
    fn take(from_stdin: bool) -> anyhow::Result<Self> {
        if !from_stdin {
            return Ok(Self { words: made_up(), made_up: true });
        }
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        let words = line.trim_end_matches(['\r', '\n']).to_owned();
        if words.chars().count() < SHORTEST {
            bail!("a password has at least {SHORTEST} characters");
        }
        Ok(Self { words, made_up: false })
    }

    /// A password made up is shown this once; a given one never.
    fn said(&self) -> String {
        if self.made_up { format!(" Password: {}", self.words) } else { String::new() }
    }
}

/// Four groups of four, without letters that look alike; 80 bits.
fn made_up() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let mut random = [0; 16];
    rand::rng().fill_bytes(&mut random);
    let letters = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 31)]));
    let letters: Vec<char> = letters.collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
