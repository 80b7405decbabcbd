//! Who asks, and where the answer comes from.

use crate::{backend::SharedBackend, error::AppError, server_fns::AsOf};
use domain::{role::Actor, sync::Due};
use leptos::prelude::use_context;

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

/// [`AppError::SignIn`] where nobody is signed in, [`AppError::Due`] where somebody has to do something else first.
pub(super) fn asking() -> Result<Asking, AppError> {
    if let Some(due) = use_context::<Due>() {
        return Err(AppError::Due { due });
    }
    let actor = use_context::<Actor>().ok_or(AppError::SignIn)?;
    let backend = use_context::<SharedBackend>().ok_or_else(|| unprovided("backend"))?;
    Ok(Asking { backend, actor })
}

/// The server was put together without something that pages need.
pub(super) fn unprovided(what: &str) -> AppError {
    AppError::Bug { number: format!("no-{what}") }
}
