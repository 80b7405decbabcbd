//! What surrounds every page of the desk.

use crate::{error::AppError, json::Json, lists::Names};
use domain::{
    place::Office,
    role::Actor,
    settings::{calendar::WorkCalendar, paper::Papers},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::account::destination,
    domain::{ledger::LedgerFilter, role::Action, settings::OfficeSettings},
};

/// Who sits at the desk, and what its filters offer. It is read like the names in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub me: Actor,
    pub office: Office,
    pub names: Names,
    /// Which papers the office issues.
    pub papers: Papers,
    /// On which days it works.
    pub calendar: WorkCalendar,
}

impl Deref for Frame {
    type Target = Names;

    fn deref(&self) -> &Names {
        &self.names
    }
}

/// What waits, told beside the ways to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RailCounts {
    pub open_hazards: u64,
    /// None of them is told of to whoever may not see to them.
    pub failed_jobs: u64,
    /// The person's own.
    pub unseen_notices: u64,
}

#[server(prefix = "/api/pages", endpoint = "rail_counts", input = Json, output = Json)]
pub async fn load_rail_counts() -> Result<RailCounts, AppError> {
    let asking = asking()?;
    let open_hazards = service::hazards::ledger(&asking.services, &asking.by, &LedgerFilter::default()).await;
    let open_hazards = asking.said(open_hazards)?.total;
    let failed_jobs: u64 = if asking.by.actor.may_do(Action::ManageJobs) {
        let jobs = asking.said(service::jobs::failed::list(&asking.services, &asking.by, 1).await)?;
        jobs.counts.iter().map(|count| count.failed).sum()
    } else {
        0
    };
    let unseen_notices = asking.said(service::notices::unseen(&asking.services, &asking.by).await)?;
    Ok(RailCounts { open_hazards, failed_jobs, unseen_notices })
}

/// Redirects to the sign-in page where the session has ended, and back here afterwards.
#[server(prefix = "/api/pages", endpoint = "frame", input = Json, output = Json)]
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
    let settings = asking.said(service::settings::of(&asking.services, asking.by.actor.office).await)?;
    let OfficeSettings { papers, calendar, .. } = settings;
    Ok(Frame { me: directory.me, office: directory.office, names, papers, calendar })
}
