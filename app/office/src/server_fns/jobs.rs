//! 后台任务, and what becomes of those that failed.

use crate::{error::AppError, json::Json};
use domain::{id::JobId, job::JobPage};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{jobs::JOBS, plain_form},
};

#[server(prefix = "/api/pages", endpoint = "jobs", input = Json, output = Json)]
pub async fn load_jobs(page: u32) -> Result<JobPage, AppError> {
    let asking = asking()?;
    asking.said(service::jobs::failed::list(&asking.services, &asking.by, page).await)
}

/// `again`: `yes`, or else it is given up.
#[server(prefix = "/api/pages", endpoint = "decide_job", output = Json)]
pub async fn decide_job(job: JobId, again: String) -> Result<(), AppError> {
    let asking = asking()?;
    asking.said(service::jobs::failed::decide(&asking.services, &asking.by, job, again == "yes").await)?;
    if plain_form::is_plain() {
        leptos_axum::redirect(JOBS);
    }
    Ok(())
}
