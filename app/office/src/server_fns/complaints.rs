//! 对上门的意见 at the desk: listed, looked at, answered.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use complaint_form::ComplaintForm;
use domain::code::{ComplaintFilter, ComplaintPage, ComplaintRow};
use leptos::prelude::*;
use uuid::Uuid;

pub mod complaint_form;

#[cfg(feature = "ssr")]
use {super::request::asking, crate::plain_form};

#[server(prefix = "/api/pages", endpoint = "complaints", input = Json, output = Json)]
pub async fn load_complaints(filter: ComplaintFilter) -> Result<AsOf<ComplaintPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::complaints::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "complaint", input = Json, output = Json)]
pub async fn load_complaint(id: Option<Uuid>) -> Result<ComplaintRow, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    asking.said(service::complaints::file(&asking.services, &asking.by, id).await)
}

/// Says that it is being looked at, or answers it. What is wrong is told by field.
#[server(prefix = "/api/pages", endpoint = "mark_complaint", output = Json)]
pub async fn mark_complaint(form: ComplaintForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let (id, to) = form.read()?;
        let marked = service::complaints::mark(&asking.services, &asking.by, id, to, &form.answer);
        asking.said(marked.await)
    };
    let done = done.await;
    plain_form::back_to(&form.page(), &form, done)
}
