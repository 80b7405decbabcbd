//! What surrounds every page of the desk.

use crate::error::Fault;
use domain::{
    place::{Community, Department, Office},
    role::Actor,
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {super::request::asking, crate::account::destination, domain::role::Action};

/// Who sits at the desk, and what its filters offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub me: Actor,
    pub office: Office,
    pub communities: Vec<Community>,
    pub departments: Vec<Department>,
}

/// Sends whoever is not signed in to the sign-in page, and back here afterwards.
#[server(prefix = "/api/pages", endpoint = "frame", input = Json)]
pub async fn load_frame() -> Result<Frame, Fault> {
    let asking = asking().inspect_err(|fault| {
        if *fault == Fault::SignIn {
            leptos_axum::redirect(&destination::sign_in(&destination::asked_for()));
        }
    })?;
    if !asking.actor.role.may(Action::UseOffice) {
        return Err(Fault::NotAllowed);
    }
    let directory = asking.backend.directory(&asking.actor).await?;
    Ok(Frame {
        me: directory.me,
        office: directory.office,
        communities: directory.communities,
        departments: directory.departments,
    })
}
