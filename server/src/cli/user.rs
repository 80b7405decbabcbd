//! Accounts from the command line: how an empty office gets its first administrator.

use super::words;
use crate::{
    catalogue::Catalogue,
    state::AppState,
    storage::{Record, Transaction},
};
use anyhow::{Context, anyhow, bail};
use app::i18n::{limits, office::no_such_code};
use clap::{Subcommand, ValueEnum};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::{OfficeId, SiteId},
    limits::records::check_office,
    person::Person,
    place::Office,
    role::{Role, Scope},
    text::Lang,
};
use rand::Rng;
use serde_json::{Value, json};
use service::{
    password_rules,
    people::{NewHash, PersonChange, save_all, subject},
};
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
        /// A grid of an inspector, as COMMUNITY/NAME; several with commas between
        #[arg(long, value_delimiter = ',')]
        grids: Vec<String>,
        /// A community of a community officer, by its name; several with commas between
        #[arg(long, value_delimiter = ',')]
        communities: Vec<String>,
        /// The code of a site that an enterprise or school contact answers for; several with commas between
        #[arg(long, value_delimiter = ',')]
        sites: Vec<String>,
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
    /// Take away a second factor that its owner has lost
    RemoveFactor { username: String },
    /// Whether administrators and supervisors sign in with a second factor: `required` or `optional`
    AskFactor {
        #[arg(value_parser = asks)]
        asks: bool,
    },
    /// Show all accounts
    List,
}

fn asks(word: &str) -> Result<bool, &'static str> {
    match word {
        "required" => Ok(true),
        "optional" => Ok(false),
        _ => Err("`required` or `optional`"),
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    Inspector,
    CommunityOfficer,
    Officer,
    Supervisor,
    Leader,
    Enterprise,
    School,
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Inspector => Self::Inspector,
            RoleName::CommunityOfficer => Self::CommunityOfficer,
            RoleName::Officer => Self::Officer,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Leader => Self::Leader,
            RoleName::Enterprise => Self::Enterprise,
            RoleName::School => Self::School,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

impl UserCommand {
    /// Whether it may make an office where there is none.
    pub fn founds(&self) -> bool {
        match self {
            Self::Add { office, .. } => office.is_some(),
            Self::Passwd { .. } | Self::RemoveFactor { .. } | Self::AskFactor { .. } | Self::List => false,
        }
    }

    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        let lang = words::lang();
        match self {
            Self::Add {
                username,
                name,
                role,
                office,
                department,
                grids,
                communities,
                sites,
                password_stdin,
            } => {
                let (office, is_new) = match (state.store.offices().await?.is_empty(), office) {
                    (false, _) => (single_office(state).await?, false),
                    (true, Some(name)) if !name.trim().is_empty() => {
                        (Office { id: state.new_id(), name: name.trim().to_owned(), demo: false }, true)
                    }
                    (true, Some(_)) => bail!(words::office_name_missing(lang)),
                    (true, None) => return Err(nobody_yet()),
                };
                let department = match department {
                    Some(wanted) if !is_new => {
                        let departments = state.store.places(office.id).await?.departments;
                        let known = departments.iter().find(|known| known.name == wanted);
                        Some(known.with_context(|| words::no_department(lang, wanted.clone()))?.id)
                    }
                    Some(wanted) => bail!(words::no_department(lang, wanted)),
                    None => None,
                };
                let (grids, communities, sites) = if is_new {
                    // There are none yet.
                    (vec![], vec![], vec![])
                } else {
                    (
                        super::place::grids(state, office.id, &grids).await?,
                        super::place::communities(state, office.id, &communities).await?,
                        sites_called(state, office.id, &sites).await?,
                    )
                };
                let person = Person {
                    id: state.new_id(),
                    username,
                    name,
                    role: role.into(),
                    phone: String::new(),
                    department,
                    grids,
                    communities,
                    sites,
                    certificates: vec![],
                    disabled: false,
                    last_seen: None,
                };
                let password = Password::take(password_stdin)?;
                put(state, &office, is_new, &person, &password).await?;
                println!("{}{}", words::added(lang, person.name, person.username), password.said(lang));
                Ok(())
            }
            Self::Passwd { username, password_stdin } => {
                let account = state.store.account(&username).await?;
                let account = account.with_context(|| words::no_account(lang, username.clone()))?;
                let password = Password::take(password_stdin)?;
                let offices = state.store.offices().await?;
                let office = offices.into_iter().find(|office| office.id == account.office);
                let office = office.context("the account's office is gone")?;
                put(state, &office, false, &account.person, &password).await?;
                println!("{}{}", words::password_changed(lang, username), password.said(lang));
                Ok(())
            }
            Self::RemoveFactor { username } => {
                let account = state.store.account(&username).await?;
                let account = account.with_context(|| words::no_account(lang, username.clone()))?;
                let (author, subject) = (Author::command_line(), subject(&account.person));
                let entry = state.audit(account.office, &author, Act::SecondFactorRemoved, subject);
                let mut tx = state.store.write().await?;
                tx.end_second_factor(account.person.id).await?;
                tx.put_audit(&entry).await?;
                tx.commit().await?;
                println!("{}", words::factor_removed(lang, username));
                Ok(())
            }
            Self::AskFactor { asks } => {
                let office = single_office(state).await?;
                let before = state.store.asks_second_factor(office.id).await?;
                let subject = Subject::new(SubjectKind::Office, office.id.0, &office.name);
                let entry = state
                    .audit(office.id, &Author::command_line(), Act::Changed, subject)
                    .change(&json!({ "second_factor": before }), &json!({ "second_factor": asks }));
                let mut tx = state.store.write().await?;
                tx.ask_second_factor(office.id, asks).await?;
                tx.put_audit(&entry).await?;
                tx.commit().await?;
                println!("{}", if asks { words::factor_asked(lang) } else { words::factor_optional(lang) });
                Ok(())
            }
            Self::List => {
                for person in state.store.people(single_office(state).await?.id).await? {
                    let off = if person.disabled { words::switched_off(lang) } else { "" };
                    let role = person.role.name();
                    println!("{:<16} {:<14} {} {off}", person.username, role.get(lang), person.name);
                }
                Ok(())
            }
        }
    }
}

/// The folder's office; commands are for folders with one.
pub async fn single_office(state: &AppState) -> anyhow::Result<Office> {
    let mut offices = state.store.offices().await?;
    match (offices.pop(), offices.is_empty()) {
        (Some(office), true) => Ok(office),
        (None, _) => Err(nobody_yet()),
        (Some(_), false) => Err(anyhow!(words::several_offices(words::lang()))),
    }
}

/// Sites by their codes, as they stand.
async fn sites_called(state: &AppState, office: OfficeId, codes: &[String]) -> anyhow::Result<Vec<SiteId>> {
    let mut sites = vec![];
    for code in codes {
        let found = state.store.sites_of_code(office, &Scope::Office, code).await?;
        let exact = found.into_iter().find(|(_, known)| known == code);
        let (id, _) = exact.with_context(|| no_such_code(words::lang(), code.clone()))?;
        sites.push(id);
    }
    Ok(sites)
}

fn nobody_yet() -> anyhow::Error {
    anyhow!(words::nobody_yet(words::lang()))
}

/// Without accounts the server says how to set it up.
pub async fn ensure_initialised(state: &AppState) -> anyhow::Result<()> {
    if state.store.offices().await?.is_empty() { Err(nobody_yet()) } else { Ok(()) }
}

/// The account, and the office with it where that is new: both or neither.
async fn put(
    state: &AppState,
    office: &Office,
    is_new: bool,
    person: &Person,
    password: &Password,
) -> anyhow::Result<()> {
    password_rules::check(&password.words, &password_rules::of(person, &office.name))
        .map_err(|weak| anyhow!(password_rules::words(words::lang(), weak)))?;
    let hash = state.passwords.hash(password.words.clone()).await?;
    let change = PersonChange {
        person: person.clone(),
        // Whoever makes the first account at the machine makes it for themselves.
        password: Some(NewHash { hash, due: password.made_up || !is_new, keep: None }),
    };
    let author = Author::command_line();
    let mut tx = state.store.write().await?;
    if is_new {
        make_office(state, &mut *tx, office, &author).await?;
    }
    let saved = save_all(state, &mut *tx, office.id, &author, vec![change]).await;
    saved.map_err(|error| words::refused(words::lang(), error))?;
    Ok(tx.commit().await?)
}

async fn make_office(
    state: &AppState,
    tx: &mut dyn Transaction,
    office: &Office,
    author: &Author,
) -> anyhow::Result<()> {
    check_office(office).map_err(|over| anyhow!(limits::over(words::lang(), over)))?;
    tx.put_office(office).await?;
    tx.put_forms(office.id, &Catalogue::built_in()?.forms).await?;
    tx.touch(office.id, &[Record::Directory]).await?;
    let subject = Subject::new(SubjectKind::Office, office.id.0, &office.name);
    let named = json!({ "name": office.name });
    let entry = state.audit(office.id, author, Act::Added, subject).change(&Value::Null, &named);
    Ok(tx.put_audit(&entry).await?)
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
        Ok(Self { words, made_up: false })
    }

    /// A password made up is shown this once; a given one never.
    fn said(&self, lang: Lang) -> String {
        if self.made_up {
            format!(" {}", words::password_said(lang, self.words.clone()))
        } else {
            String::new()
        }
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
