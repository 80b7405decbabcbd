//! # The first account
//!
//! An installation without an office is set up by whoever can read its server's console: a code is drawn at every start,
//! shown there, and good until there is an office ([`SetUp`](crate::set_up_code::SetUp)). It stands nowhere else, and tries at
//! it are few.

use crate::{
    catalogue::{Catalogue, seed_catalogue},
    error::Error,
    password_rules,
    people::{NewHash, PersonChange, check, save_all},
    places,
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
use i18n::places as t;

/// Why there is no first account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetUpRefusal {
    #[error("there is an office already")]
    Done,
    #[error("wrong code")]
    WrongCode,
    #[error("too many tries")]
    TooOften,
}

impl SetUpRefusal {
    /// Of the code, to whoever typed it.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Done => t::set_up_done_already(lang),
            Self::WrongCode => t::set_up_wrong_code(lang),
            Self::TooOften => t::set_up_too_often(lang),
        }
    }
}

/// Makes the office and its first administrator.
pub async fn set_up(state: &Services, lang: Lang, author: &Author, first: FirstAccount) -> Result<(), Error> {
    let _turn = state.set_up.turn().await;
    if !state.set_up.is_open(&*state.store).await? {
        return Err(SetUpRefusal::Done.into());
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
    save_all(state, &mut *tx, office.id, author, vec![change]).await?;
    tx.commit().await?;
    let catalogue = Catalogue::built_in().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    seed_catalogue(&*state.store, &office, &catalogue).await?;
    tracing::info!(office = %office.id, "set up by the console's code");
    Ok(())
}

/// Counted before it is compared, so that many at once are no way round.
async fn try_code(state: &Services, author: &Author, code: &str) -> Result<(), Error> {
    let address = author.origin.address.as_deref().and_then(|address| address.parse().ok());
    match LoginThrottle::of_set_up(address).begin(&*state.store, state.now()).await? {
        ThrottleDecision::Wait(_) => return Err(SetUpRefusal::TooOften.into()),
        ThrottleDecision::Allowed | ThrottleDecision::Last => {}
    }
    if state.set_up.is(code) {
        Ok(())
    } else {
        tracing::warn!("a wrong set-up code");
        Err(SetUpRefusal::WrongCode.into())
    }
}

fn read(state: &Services, lang: Lang, first: &FirstAccount) -> Result<(Office, Person), Error> {
    let id: OfficeId = state.new_id();
    let nothing = PlacesSnapshot {
        office: Office { id, name: String::new(), demo: false },
        intervals: VisitIntervals::default(),
        departments: vec![],
        communities: vec![],
        grids: vec![],
        living: Default::default(),
    };
    let no_name = |why| Error::invalid("office", places::in_words(lang, why).1);
    let named = decide(&nothing, &PlaceCommand::NameOffice { name: first.office.clone(), was: None });
    let Some(PlaceEvent::OfficeNamed { name }) = named.map_err(no_name)?.into_iter().next() else {
        return Err(no_name(PlaceRejection::NameMissing));
    };
    let person = Person {
        id: state.new_id(),
        username: first.username.trim().to_owned(),
        name: tidy_line(&first.name),
        role: Role::Administrator,
        phone: String::new(),
        department: None,
        communities: vec![],
        grids: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    };
    check(&person).map_err(|rule| Error::Account { position: 0, rule })?;
    password_rules::check(&first.password, &password_rules::of(&person, &name))
        .map_err(|weakness| Error::invalid("password", password_rules::words(lang, weakness)))?;
    Ok((Office { id, name, demo: false }, person))
}
