//! In whose name a server function is called, and on what it stands.

use crate::{
    error::AppError,
    i18n::password as words,
    server_fns::{AsOf, fault::fault},
    sessions::SharedSessions,
};
use domain::{
    audit::{Author, Origin},
    sync::Due,
    text::Lang,
};
use leptos::prelude::use_context;
use service::{Asker, Error, Services, session::Session};

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
    /// The session in which they are.
    pub session: Option<Session>,
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
    pub fn said<T, E: Into<Error>>(&self, done: Result<T, E>) -> Result<T, AppError> {
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

/// A request about one's own account: of whoever is signed in, whatever they have to do first.
pub(super) struct OwnAccount {
    pub services: Services,
    pub session: Session,
    pub author: Author,
    lang: Lang,
}

impl OwnAccount {
    /// What came of a use case, in the words of pages.
    pub fn said<T, E: Into<Error>>(&self, done: Result<T, E>) -> Result<T, AppError> {
        done.map_err(|error| fault(self.lang, error.into()))
    }

    /// The same, where the password was typed into this field: a wrong one is told there, and signs nobody out.
    pub fn password<T>(&self, field: &str, done: Result<T, Error>) -> Result<T, AppError> {
        self.said(done.map_err(|error| self.typed_wrong(field, words::own_wrong(self.lang), error)))
    }

    /// The same of a code of the second factor.
    pub fn code<T>(&self, field: &str, done: Result<T, Error>) -> Result<T, AppError> {
        self.said(done.map_err(|error| self.typed_wrong(field, words::code_wrong(self.lang), error)))
    }

    fn typed_wrong(&self, field: &str, reason: &str, error: Error) -> Error {
        if error == Error::WrongCredentials { Error::invalid(field, reason) } else { error }
    }
}

/// [`AppError::SignIn`] where nobody is signed in.
pub(super) fn own_account() -> Result<OwnAccount, AppError> {
    let RequestContext { services, session, asker, lang, .. } = RequestContext::find()?;
    let (session, asker) = session.zip(asker).ok_or(AppError::SignIn)?;
    Ok(OwnAccount { services, session, author: asker.author(), lang })
}
