//! # The first account
//!
//! An installation without an office is set up by whoever can read its server's console: a code is drawn at every start,
//! shown there, and good until there is an office ([`SetUp`](crate::set_up_code::SetUp)). It stands nowhere else, and tries at
//! it are few.

use crate::{
    catalogue::{Catalogue, seed_catalogue},
    password::PasswordError,
    password_rules,
    people::{NewHash, PersonChange, SaveError, check, save_all},
    services::Services,
    sign_in_limit::{LoginThrottle, ThrottleDecision},
    storage::{Record, StoreError},
};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::OfficeId,
    limits::tidy_line,
    person::Person,
    place::{
        Office,
        command::{PlaceCommand, PlaceEvent, PlaceRejection, PlacesSnapshot, decide},
    },
    role::Role,
    schedule::VisitIntervals,
    set_up::FirstAccount,
    text::Lang,
};
use thiserror::Error;

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

/// Makes the office and its first administrator.
pub async fn set_up(
    state: &Services,
    lang: Lang,
    author: &Author,
    first: FirstAccount,
) -> Result<(), SetUpError> {
    let _turn = state.set_up.turn().await;
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
    seed_catalogue(&*state.store, &office, &catalogue).await?;
    tracing::info!(office = %office.id, "set up by the console's code");
    Ok(())
}

/// Counted before it is compared, so that many at once are no way round.
async fn try_code(state: &Services, author: &Author, code: &str) -> Result<(), SetUpError> {
    let address = author.origin.address.as_deref().and_then(|address| address.parse().ok());
    match LoginThrottle::of_set_up(address).begin(&*state.store, state.now()).await? {
        ThrottleDecision::Wait(_) => return Err(SetUpError::TooOften),
        ThrottleDecision::Allowed | ThrottleDecision::Last => {}
    }
    if state.set_up.is(code) {
        Ok(())
    } else {
        tracing::warn!("a wrong set-up code");
        Err(SetUpError::WrongCode)
    }
}

fn read(state: &Services, lang: Lang, first: &FirstAccount) -> Result<(Office, Person), SetUpError> {
    let id: OfficeId = state.new_id();
    let nothing = PlacesSnapshot {
        office: Office { id, name: String::new(), demo: false },
        intervals: VisitIntervals::default(),
        departments: vec![],
        communities: vec![],
        grids: vec![],
        living: Default::default(),
    };
    let named = decide(&nothing, &PlaceCommand::NameOffice { name: first.office.clone(), was: None })?;
    let Some(PlaceEvent::OfficeNamed { name }) = named.into_iter().next() else {
        return Err(PlaceRejection::NameMissing.into());
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
    password_rules::check(&first.password, &password_rules::of(&person, &name))
        .map_err(|weakness| invalid("password", &password_rules::words(lang, weakness)))?;
    Ok((Office { id, name, demo: false }, person))
}

fn invalid(field: &str, reason: &str) -> SetUpError {
    SetUpError::Invalid { field: field.to_owned(), reason: reason.to_owned() }
}
