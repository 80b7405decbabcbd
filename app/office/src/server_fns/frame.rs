//! What surrounds every page of the desk.

use crate::{error::AppError, lists::Names};
use domain::{place::Office, role::Actor};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

#[cfg(feature = "ssr")]
use {super::request::asking, crate::account::destination, domain::role::Action};

/// Who sits at the desk, and what its filters offer. It is read like the names in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub me: Actor,
    pub office: Office,
    pub names: Names,
}

impl Deref for Frame {
    type Target = Names;

    fn deref(&self) -> &Names {
        &self.names
    }
}

/// Redirects to the sign-in page where the session has ended, and back here afterwards.
#[server(prefix = "/api/pages", endpoint = "frame", input = Json)]
pub async fn load_frame() -> Result<Frame, AppError> {
    let asking = asking().inspect_err(|fault| {
        if let Some(page) = destination::first(fault, &destination::asked_for()) {
            leptos_axum::redirect(&page);
        }
    })?;
    asking.said(asking.by.allow(Action::UseOffice))?;
    let directory = asking.said(service::sync::directory(&asking.services, &asking.by.actor).await)?;
    let names = Names {
        communities: directory.communities,
        grids: directory.grids,
        kinds: directory.kinds,
        departments: directory.departments,
    };
    Ok(Frame { me: directory.me, office: directory.office, names })
}
