//! The first account of an empty installation. A plain form: it works before the program has arrived and without it.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;

#[cfg(feature = "ssr")]
use {
    super::request::unprovided,
    crate::{backend::SharedBackend, plain_form, sessions::SharedSessions},
    domain::set_up::FirstAccount,
};

pub const SET_UP: &str = "/setup";

#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SetUpForm {
    pub code: String,
    pub office: String,
    pub name: String,
    pub username: String,
    pub password: String,
}

/// Without what opens anything.
impl fmt::Debug for SetUpForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetUpForm").field("office", &self.office).finish_non_exhaustive()
    }
}

/// Creates the office and its administrator with the console's code, signs in and begins the set-up.
#[server(prefix = "/api/pages", endpoint = "set_up")]
pub async fn set_up(form: SetUpForm) -> Result<(), AppError> {
    let done = begin(&form).await;
    match &done {
        Ok(()) => leptos_axum::redirect("/office/start"),
        Err(fault) => {
            // Code and password are typed again.
            let typed = SetUpForm { code: String::new(), password: String::new(), ..form };
            plain_form::show_typed(SET_UP, fault.status(), &typed);
        }
    }
    done
}

#[cfg(feature = "ssr")]
async fn begin(form: &SetUpForm) -> Result<(), AppError> {
    let backend = use_context::<SharedBackend>().ok_or_else(|| unprovided("backend"))?;
    let sessions = use_context::<SharedSessions>().ok_or_else(|| unprovided("sessions"))?;
    let SetUpForm { code, office, name, username, password } = form.clone();
    backend.set_up(FirstAccount { code, office, name, username: username.clone(), password }).await?;
    sessions.sign_in(username.trim(), &form.password).await?;
    Ok(())
}
