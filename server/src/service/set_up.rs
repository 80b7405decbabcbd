//! # The first account
//!
//! An installation without an office is set up by whoever can read its server's console: a code is drawn at every start,
//! shown there, and good until there is an office. It stands nowhere else, and tries at it are few.

use crate::{
    catalogue::Catalogue,
    password::PasswordError,
    service::{
        password,
        people::{NewHash, PersonChange, SaveError, check, save_all},
    },
    sign_in_limit::{Trier, Try},
    startup,
    state::AppState,
    storage::{Record, Store, StoreError},
};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::OfficeId,
    limits::tidy_line,
    person::Person,
    place::{
        Office,
        command::{PlaceCommand, PlaceEvent, PlaceRejection, Standing, decide},
    },
    role::Role,
    schedule::VisitIntervals,
    set_up::FirstAccount,
    text::Lang,
};
use rand::Rng;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use thiserror::Error;
use tokio::sync::Mutex;

/// The console's code, and whether it is good no more.
#[derive(Clone)]
pub struct SetUp {
    code: Arc<str>,
    done: Arc<AtomicBool>,
    /// One at a time.
    turn: Arc<Mutex<()>>,
}

/// Without the code.
impl fmt::Debug for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetUp").field("done", &self.done).finish_non_exhaustive()
    }
}

#[derive(Debug, Error)]
pub enum SetUpError {
    #[error("there is an office already")]
    Done,
    #[error("wrong code")]
    WrongCode,
    #[error("too many tries")]
    TooOften,
    /// The field that is wrong and why, in the person's language.
    #[error("{field}: {reason}")]
    Invalid { field: String, reason: String },
    #[error(transparent)]
    Place(#[from] PlaceRejection),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SetUp {
    /// With a code of its own: four groups of four, without letters that look alike; 80 bits.
    pub fn drawn() -> Self {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789X";
        let mut random = [0; 16];
        rand::rng().fill_bytes(&mut random);
        let letters: Vec<char> = random
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(byte % 31)))
            .map(|l| char::from(*l))
            .collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Self { code: groups.join("-").into(), done: Arc::default(), turn: Arc::default() }
    }

    /// For the console, where somebody has to begin.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether there is no office yet. Once there is one, the store is asked no more.
    pub async fn is_open(&self, store: &dyn Store) -> Result<bool, StoreError> {
        if self.done.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let open = store.offices().await?.is_empty();
        if !open {
            self.done.store(true, Ordering::Relaxed);
        }
        Ok(open)
    }

    /// However it is typed: small letters, without or with other dashes. Every letter is looked at, so that the time says
    /// nothing.
    fn is(&self, typed: &str) -> bool {
        let plain = |text: &str| -> Vec<char> {
            text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
        };
        let (wanted, typed) = (plain(&self.code), plain(typed));
        let differing = wanted.iter().zip(&typed).filter(|(one, other)| one != other).count();
        wanted.len() == typed.len() && differing == 0
    }
}

/// Makes the office and its first administrator.
pub async fn set_up(
    state: &AppState,
    lang: Lang,
    author: &Author,
    first: FirstAccount,
) -> Result<(), SetUpError> {
    let _turn = state.set_up.turn.lock().await;
    if !state.set_up.is_open(&*state.store).await? {
        return Err(SetUpError::Done);
    }
    try_code(state, author, &first.code).await?;
    let (office, person) = read(state, lang, &first)?;
    let hash = state.passwords.hash(first.password).await?;
    let mut tx = state.store.write().await?;
    tx.put_office(&office).await?;
    tx.touch(office.id, &[Record::Directory]).await?;
    let made = Subject::new(SubjectKind::Office, office.id.0, office.name.clone());
    tx.put_audit(&state.audit(office.id, author, Act::Added, made)).await?;
    // Whoever has the console's code chooses for themselves.
    let password = Some(NewHash { hash, due: false, keep: None });
    let change = PersonChange { person, password };
    save_all(state, &mut *tx, office.id, author, vec![change]).await.map_err(|error| match error {
        SaveError::Rule { rule, .. } => invalid(rule.field(), &rule.words(lang)),
        SaveError::Store(error) => error.into(),
    })?;
    tx.commit().await?;
    let catalogue = Catalogue::built_in().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    startup::equip(&*state.store, &office, &catalogue).await?;
    tracing::info!(office = %office.id, "set up by the console's code");
    Ok(())
}

/// Counted before it is judged, so that many at once are no way round.
async fn try_code(state: &AppState, author: &Author, code: &str) -> Result<(), SetUpError> {
    let address = author.origin.address.as_deref().and_then(|address| address.parse().ok());
    match Trier::of_set_up(address).begin(&*state.store, state.now()).await? {
        Try::Wait(_) => return Err(SetUpError::TooOften),
        Try::Allowed | Try::Last => {}
    }
    if state.set_up.is(code) {
        Ok(())
    } else {
        tracing::warn!("a wrong set-up code");
        Err(SetUpError::WrongCode)
    }
}

fn read(state: &AppState, lang: Lang, first: &FirstAccount) -> Result<(Office, Person), SetUpError> {
    let id: OfficeId = state.new_id();
    let nothing = Standing {
        office: Office { id, name: String::new(), demo: false },
        intervals: VisitIntervals::default(),
        departments: vec![],
        communities: vec![],
        grids: vec![],
        living: Default::default(),
    };
    let named = decide(&nothing, &PlaceCommand::NameOffice { name: first.office.clone(), was: None })?;
    let name = match named.into_iter().next() {
        Some(PlaceEvent::OfficeNamed { name }) => name,
        _ => return Err(PlaceRejection::NameMissing.into()),
    };
    let person = Person {
        id: state.new_id(),
        username: first.username.trim().to_owned(),
        name: tidy_line(&first.name),
        role: Role::Administrator,
        phone: String::new(),
        department: None,
        grids: vec![],
        sites: vec![],
        disabled: false,
        last_seen: None,
    };
    check(&person).map_err(|rule| invalid(rule.field(), &rule.words(lang)))?;
    password::check(&first.password, &password::of(&person, &name))
        .map_err(|weakness| invalid("password", &password::words(lang, weakness)))?;
    Ok((Office { id, name, demo: false }, person))
}

fn invalid(field: &str, reason: &str) -> SetUpError {
    SetUpError::Invalid { field: field.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_long_and_read_however_it_is_typed() {
        let (one, other) = (SetUp::drawn(), SetUp::drawn());
        assert_ne!(one.code(), other.code());
        assert_eq!(one.code().len(), 19);
        assert!(one.is(&one.code().to_lowercase().replace('-', " ")));
        assert!(!one.is(other.code()) && !one.is("") && !one.is(&one.code()[..18]));
        assert!(!format!("{one:?}").contains(one.code()));
    }
}
