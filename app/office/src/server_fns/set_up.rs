//! The first account of an empty installation. A plain form: it works before the program has arrived and without it.

use crate::{error::AppError, json::Json};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;

#[cfg(feature = "ssr")]
use {
    super::{fault::fault, request::RequestContext},
    crate::plain_form,
    domain::{
        audit::{Author, By},
        set_up::FirstAccount,
    },
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
#[server(prefix = "/api/pages", endpoint = "set_up", output = Json)]
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
    let RequestContext { services, sessions, lang, origin, .. } = RequestContext::find()?;
    let author = Author { by: By::Nobody, origin };
    let SetUpForm { code, office, name, username, password } = form.clone();
    let first = FirstAccount { code, office, name, username: username.clone(), password };
    let done = service::set_up::set_up(&services, lang, &author, first).await;
    done.map_err(|error| fault(lang, error))?;
    sessions.sign_in(username.trim(), &form.password).await?;
    Ok(())
}
