//! Forms that a browser sends without the program: the answer is the form's page again, rendered from that very request,
//! with what was typed and what came of it. Nothing of either ever stands in an address, where it would be kept, logged and
//! could be made up by others.

use leptos::prelude::use_context;
use serde::de::DeserializeOwned;
use std::sync::Arc;

#[cfg(feature = "ssr")]
use {
    crate::error::AppError,
    http::{header::ACCEPT, request::Parts},
    serde::Serialize,
    std::sync::{Mutex, PoisonError},
};

/// What the page finds around it when it is rendered as an answer. Such a page has no program: its address is the
/// function's, and there is nothing to bring to life.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// As JSON.
    pub typed: Option<Arc<str>>,
    /// As JSON.
    pub outcome: Option<Arc<str>>,
}

/// What was typed; none on a fresh form. To be asked for where the page begins.
pub fn typed<T: DeserializeOwned>() -> Option<T> {
    serde_json::from_str(&use_context::<Answered>()?.typed?).ok()
}

/// What came of it; none on a fresh form.
pub fn outcome<T: DeserializeOwned>() -> Option<T> {
    serde_json::from_str(&use_context::<Answered>()?.outcome?).ok()
}

/// Where a function leaves what the page is to show.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Default)]
pub struct PlainForm(Arc<Mutex<Option<Shown>>>);

/// A page, to be rendered as the answer.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its path and query.
    pub page: String,
    pub status: u16,
    pub answered: Answered,
}

#[cfg(feature = "ssr")]
impl PlainForm {
    pub fn take(&self) -> Option<Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Whether the browser sent a form without the program, and will show whatever it is answered.
#[cfg(feature = "ssr")]
pub fn is_plain() -> bool {
    let parts = use_context::<Parts>();
    let accept = parts.as_ref().and_then(|parts| parts.headers.get(ACCEPT)?.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The form's page again with what was typed. With the program the page still holds it, and nothing is done here. It is only
/// shown: what could not be said in JSON would have to be typed again.
#[cfg(feature = "ssr")]
pub fn show_typed(page: &str, status: u16, typed: &impl Serialize) {
    let typed = serde_json::to_string(typed).ok().map(Into::into);
    show(page, status, Answered { typed, outcome: None });
}

/// What a form comes to that stays at its page: without the program the browser goes back there, or is shown there what was
/// typed and why it was refused.
#[cfg(feature = "ssr")]
pub fn back_to(page: &str, typed: &impl Serialize, done: Result<(), AppError>) -> Result<(), AppError> {
    match &done {
        Ok(()) if is_plain() => leptos_axum::redirect(page),
        Ok(()) => {}
        Err(fault) => show_typed(page, fault.status(), typed),
    }
    done
}

/// The form's page again with what came of it, which is only shown.
#[cfg(feature = "ssr")]
pub fn show_outcome(page: &str, outcome: &impl Serialize) {
    let outcome = serde_json::to_string(outcome).ok().map(Into::into);
    show(page, 200, Answered { typed: None, outcome });
}

#[cfg(feature = "ssr")]
fn show(page: &str, status: u16, answered: Answered) {
    if let Some(form) = use_context::<PlainForm>().filter(|_| is_plain()) {
        let shown = Shown { page: page.to_owned(), status, answered };
        *form.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
    }
}
