//! Somebody at the desk, by whom use cases are asked without a page.

use app::{error::AppError, server_fns::fault::fault};
use domain::{audit::Origin, role::Actor, text::Lang};
use server::service::{self, Asker};

/// With a password that was typed just now.
pub fn at_desk(actor: &Actor) -> Asker {
    let actor = actor.clone();
    Asker { actor, origin: Origin::default(), lang: Lang::Zh, session: None, confirmed: true }
}

/// What came of it, as pages say it.
pub fn said<T>(done: Result<T, service::Error>) -> Result<T, AppError> {
    done.map_err(|error| fault(Lang::Zh, error))
}
