//! Who asks, and where the answer comes from.

use crate::{
    backend::SharedBackend,
    error::Fault,
    office::{query::Query, typed::TYPED},
    server_fns::AsOf,
};
use domain::role::Actor;
use http::{header::ACCEPT, request::Parts};
use leptos::{prelude::use_context, server_fn::error::ServerFnUrlError};
use serde::Serialize;

/// A request in the name of a signed-in person.
pub(super) struct Asking {
    pub backend: SharedBackend,
    pub actor: Actor,
}

impl Asking {
    pub fn answer<T>(&self, value: T) -> AsOf<T> {
        AsOf { at: self.backend.now(), value }
    }
}

/// [`Fault::SignIn`] where nobody is signed in.
pub(super) fn asking() -> Result<Asking, Fault> {
    let actor = use_context::<Actor>().ok_or(Fault::SignIn)?;
    let backend = use_context::<SharedBackend>().ok_or_else(|| unprovided("backend"))?;
    Ok(Asking { backend, actor })
}

/// The server was put together without something that pages need.
pub(super) fn unprovided(what: &str) -> Fault {
    Fault::Bug { number: format!("no-{what}") }
}

/// Whether the browser sent a form without the program, and will show whatever page it is led to.
pub(super) fn is_plain_form() -> bool {
    let parts = use_context::<Parts>();
    let accept = parts.as_ref().and_then(|parts| parts.headers.get(ACCEPT)?.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A plain form that was refused: back to its page, with what was typed and why it was refused. With the program the
/// page still holds what was typed, and nothing is done here.
pub(super) fn back_to_form(function: &str, page: &str, typed: &impl Serialize, fault: &Fault) {
    if !is_plain_form() {
        return;
    }
    let typed = serde_json::to_string(typed).unwrap_or_default();
    let page = Query::default().with(TYPED, typed).at(page);
    // Only an absolute address can be extended; this site's own part of it is what counts.
    let refused = ServerFnUrlError::new(function, fault.clone()).to_url(&format!("http://here{page}"));
    if let Ok(url) = refused {
        leptos_axum::redirect(&format!("{}?{}", url.path(), url.query().unwrap_or_default()));
    }
}
