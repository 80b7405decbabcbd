//! What surrounds every page of the desk.

use crate::error::Fault;
use domain::{
    id::{CommunityId, DepartmentId, GridId, SiteKind},
    place::{Community, Department, Grid, Office},
    role::Actor,
    sync::KindOfSite,
    text::Lang,
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
    pub grids: Vec<Grid>,
    pub departments: Vec<Department>,
    pub kinds: Vec<KindOfSite>,
}

impl Frame {
    pub fn community(&self, id: CommunityId) -> &str {
        let found = self.communities.iter().find(|community| community.id == id);
        found.map_or("", |community| &community.name)
    }

    /// `惠民社区 · 第三网格`
    pub fn grid(&self, id: GridId) -> String {
        let found = self.grids.iter().find(|grid| grid.id == id);
        found.map_or_else(String::new, |grid| format!("{} · {}", self.community(grid.community), grid.name))
    }

    pub fn department(&self, id: DepartmentId) -> &str {
        let found = self.departments.iter().find(|department| department.id == id);
        found.map_or("", |department| &department.name)
    }

    /// A kind that the catalogue has no longer is shown by its id.
    pub fn kind<'a>(&'a self, id: &'a SiteKind, lang: Lang) -> &'a str {
        let found = self.kinds.iter().find(|kind| kind.id == *id);
        found.map_or(id.as_str(), |kind| kind.name.get(lang))
    }
}

/// Sends whoever is not signed in to the sign-in page, and back here afterwards.
#[server(prefix = "/api/pages", endpoint = "frame", input = Json)]
pub async fn load_frame() -> Result<Frame, Fault> {
    let asking = asking().inspect_err(|fault| {
        if let Some(page) = destination::first(fault, &destination::asked_for()) {
            leptos_axum::redirect(&page);
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
        grids: directory.grids,
        kinds: directory.kinds,
        departments: directory.departments,
    })
}
