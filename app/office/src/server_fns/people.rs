//! The people of the office and their accounts.

use crate::{
    error::AppError,
    json::Json,
    server_fns::{AsOf, people::person_form::PersonForm},
};
use domain::{
    id::PersonId,
    person::{PersonFilter, PersonPage},
};
use leptos::prelude::*;

pub mod person_form;
pub mod person_words;

#[cfg(feature = "ssr")]
use {
    super::{
        meanwhile::{Meanwhile, base_of, changes, keep_unchanged, settled},
        request::{Asking, asking},
    },
    crate::{
        i18n::{limits, office, use_lang},
        plain_form,
    },
    domain::{id::SiteId, person::Person},
};

#[server(prefix = "/api/pages", endpoint = "people", input = Json, output = Json)]
pub async fn load_people(filter: PersonFilter) -> Result<AsOf<PersonPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::people::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// The form as it stands for this person; [`AppError::NotFound`] where the address names nobody.
#[server(prefix = "/api/pages", endpoint = "person", input = Json, output = Json)]
pub async fn load_person(id: Option<PersonId>) -> Result<PersonForm, AppError> {
    let asking = asking()?;
    let person = known(&asking, id.ok_or(AppError::NotFound)?).await?;
    form_of(&asking, &person).await
}

#[cfg(feature = "ssr")]
async fn form_of(asking: &Asking, person: &Person) -> Result<PersonForm, AppError> {
    let mut codes = vec![];
    for site in &person.sites {
        match asking.said(service::sites::file(&asking.services, &asking.by, *site).await) {
            Ok(file) => codes.push(file.site.code),
            // A site that is no longer there answers for nothing.
            Err(AppError::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(PersonForm::of(person, &codes))
}

/// Saves a new account or a known one and goes back to the list. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "save_person", output = Json)]
pub async fn save_person(form: PersonForm) -> Result<(), AppError> {
    let form = settled(&form, &form.base, &form.take);
    let saved = match asking() {
        Ok(asking) => keep_unchanged(|| keep(&asking, form.clone())).await,
        Err(fault) => Err(fault),
    };
    match &saved {
        Ok(()) => leptos_axum::redirect("/office/people"),
        // A password is typed again.
        Err(fault) => {
            let typed = PersonForm { password: String::new(), ..form };
            plain_form::show_typed(&typed.page(), fault.status(), &typed);
        }
    }
    saved
}

#[cfg(feature = "ssr")]
async fn known(asking: &Asking, id: PersonId) -> Result<Person, AppError> {
    let people = asking.said(service::people::all(&asking.services, &asking.by).await)?;
    people.into_iter().find(|person| person.id == id).ok_or(AppError::NotFound)
}

#[cfg(feature = "ssr")]
async fn keep(asking: &Asking, form: PersonForm) -> Result<(), AppError> {
    let before = match form.id.as_str() {
        "" => None,
        id => Some(known(asking, id.parse().map_err(|_| AppError::NotFound)?).await?),
    };
    if let Some(before) = &before {
        let theirs = form_of(asking, before).await?;
        let changed = changes(&form.base, &theirs, &form);
        if !changed.is_empty() {
            let lang = use_lang();
            let directory =
                asking.said(service::sync::directory(&asking.services, &asking.by.actor).await)?;
            let fields = changed.into_iter().map(|change| person_words::in_words(lang, &directory, change));
            let meanwhile =
                Meanwhile { base: base_of(&theirs), fields: fields.collect(), ..Meanwhile::default() };
            return Err(AppError::Changed { meanwhile });
        }
    }
    let mut sites = vec![];
    for code in form.site_codes() {
        sites.push(site_of(asking, code).await?);
    }
    let (person, password) = form.read(use_lang(), before.clone(), sites, || asking.services.new_id())?;
    asking.said(service::people::save(&asking.services, &asking.by, person, before, password).await)
}

#[cfg(feature = "ssr")]
async fn site_of(asking: &Asking, code: &str) -> Result<SiteId, AppError> {
    let found = asking.said(service::sites::of_code(&asking.services, &asking.by, code).await)?;
    if let Some((id, _)) = found.iter().find(|(_, known)| known == code) {
        return Ok(*id);
    }
    // Another site may be meant: the person says so.
    let reason = if found.is_empty() {
        office::no_such_code(use_lang(), code.to_owned())
    } else {
        let codes: Vec<_> = found.into_iter().map(|(_, known)| known).collect();
        limits::which_code(use_lang(), code, codes.join("、"))
    };
    Err(AppError::Invalid { field: "sites".to_owned(), reason })
}
