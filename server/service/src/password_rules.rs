//! Passwords as a person chooses them, checked against what everybody knows of that person.

use crate::{services::Services, storage::StoreError};
use domain::{
    id::OfficeId,
    password::{Weakness, check as check_weakness},
    person::Person,
    text::Lang,
};
use i18n::password as t;
use storage::pinyin;

/// Words that must not make up the person's password.
#[derive(Debug)]
pub struct Known(Vec<String>);

pub async fn known(state: &Services, office: OfficeId, person: &Person) -> Result<Known, StoreError> {
    let offices = state.store.offices().await?;
    let office = offices.into_iter().find(|known| known.id == office);
    Ok(of(person, office.map(|office| office.name).as_deref().unwrap_or_default()))
}

pub fn of(person: &Person, office: &str) -> Known {
    let Person { username, name, phone, .. } = person;
    Known(vec![
        username.clone(),
        name.clone(),
        pinyin::of(name),
        phone.clone(),
        office.to_owned(),
        pinyin::of(office),
    ])
}

pub fn check(password: &str, known: &Known) -> Result<(), Weakness> {
    check_weakness(password, known.0.iter().map(String::as_str))
}

/// What is wrong with it, and what to do.
pub fn words(lang: Lang, weakness: Weakness) -> String {
    t::weakness(lang, weakness).to_owned()
}
