//! In whose name a server function is called, and on what it stands.

use crate::{
    error::AppError,
    server_fns::{AsOf, fault::fault},
    sessions::SharedSessions,
};
use domain::{audit::Origin, sync::Due, text::Lang};
use leptos::prelude::use_context;
use service::{Asker, Services};

/// All that a server function finds around it. The server makes one for each request and provides it as context.
#[derive(Clone)]
pub struct RequestContext {
    pub services: Services,
    /// The cookies of this request.
    pub sessions: SharedSessions,
    pub lang: Lang,
    /// From where the request comes, also where nobody is signed in.
    pub origin: Origin,
    /// Whoever is signed in at the desk.
    pub asker: Option<Asker>,
    /// What they have to do first: nothing else is done in their name before that.
    pub due: Option<Due>,
}

impl RequestContext {
    pub(super) fn find() -> Result<Self, AppError> {
        // The server was put together without what pages need.
        use_context::<Self>().ok_or_else(|| AppError::Bug { number: "no-context".to_owned() })
    }
}

/// A request in the name of a signed-in person.
pub(super) struct Asking {
    pub services: Services,
    pub by: Asker,
}

impl Asking {
    pub fn answer<T>(&self, value: T) -> AsOf<T> {
        AsOf { at: self.services.now(), value }
    }

    /// What came of a use case, in the words of pages.
    pub fn said<T, E: Into<service::Error>>(&self, done: Result<T, E>) -> Result<T, AppError> {
        done.map_err(|error| fault(self.by.lang, error.into()))
    }
}

/// [`AppError::SignIn`] where nobody is signed in, [`AppError::Due`] where somebody has to do something else first.
pub(super) fn asking() -> Result<Asking, AppError> {
    let RequestContext { services, asker, due, .. } = RequestContext::find()?;
    if let Some(due) = due {
        return Err(AppError::Due { due });
    }
    Ok(Asking { services, by: asker.ok_or(AppError::SignIn)? })
}
