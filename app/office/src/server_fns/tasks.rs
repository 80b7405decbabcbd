//! The office's tasks: listed, given, handed on, withdrawn, and all that somebody has handed over.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    id::{PersonId, TaskId},
    task::{GivingFile, HandOverFile, TaskFile, TaskFilter, TaskPage, TaskSubject},
};
use leptos::prelude::*;
use task_form::{HandOverForm, TaskChange, TaskForm};

pub mod task_form;

#[cfg(feature = "ssr")]
use {
    super::request::{Asking, asking},
    crate::{i18n::use_lang, plain_form},
};

#[server(prefix = "/api/pages", endpoint = "tasks", input = Json, output = Json)]
pub async fn load_tasks(filter: TaskFilter) -> Result<AsOf<TaskPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::tasks::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "task", input = Json, output = Json)]
pub async fn load_task(id: Option<TaskId>) -> Result<AsOf<TaskFile>, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let file = asking.said(service::tasks::file(&asking.services, &asking.by, id).await)?;
    Ok(asking.answer(file))
}

/// What the form asks for that gives this; [`AppError::NotFound`] where the address names nothing.
#[server(prefix = "/api/pages", endpoint = "giving", input = Json, output = Json)]
pub async fn load_giving(subject: Option<TaskSubject>) -> Result<AsOf<GivingFile>, AppError> {
    let subject = subject.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let file = asking.said(service::tasks::giving(&asking.services, &asking.by, &subject).await)?;
    Ok(asking.answer(file))
}

/// Gives work and goes to its page. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "give_task", output = Json)]
pub async fn give_task(form: TaskForm) -> Result<(), AppError> {
    let given = async {
        let (asking, lang) = (asking()?, use_lang());
        let command = to_somebody(&asking, form.clone()).await?.read(lang)?;
        asking.said(service::tasks::give(&asking.services, &asking.by, &command).await)
    };
    match given.await {
        Ok(task) => {
            leptos_axum::redirect(&format!("/office/tasks/{}", task.id));
            Ok(())
        }
        Err(fault) => {
            plain_form::show_typed(&form.page(), fault.status(), &form);
            Err(fault)
        }
    }
}

/// With whoever holds the grid by now, where that was chosen.
#[cfg(feature = "ssr")]
async fn to_somebody(asking: &Asking, form: TaskForm) -> Result<TaskForm, AppError> {
    if form.person != TaskForm::GRID_HOLDER {
        return Ok(form);
    }
    let subject = form.subject().ok_or(AppError::NotFound)?;
    let holder = service::tasks::grid_holder(&asking.services, &asking.by, &subject).await;
    let person = asking.said(holder)?.to_string();
    Ok(TaskForm { person, ..form })
}

/// Hands a task on, or withdraws it.
#[server(prefix = "/api/pages", endpoint = "change_task", output = Json)]
pub async fn change_task(form: TaskChange) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let (task, command) = form.clone().read(use_lang())?;
        asking.said(service::tasks::act(&asking.services, &asking.by, task, &command).await)
    };
    let done = done.await.map(drop);
    plain_form::back_to(&form.page(), &form, done)
}

/// What somebody has, and who could take it over; [`AppError::NotFound`] where the address names nobody.
#[server(prefix = "/api/pages", endpoint = "leaving", input = Json, output = Json)]
pub async fn load_leaving(id: Option<PersonId>) -> Result<HandOverFile, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    asking.said(service::tasks::leaving(&asking.services, &asking.by, id).await)
}

/// All of it goes to somebody else, or none of it and the reason is told.
#[server(prefix = "/api/pages", endpoint = "hand_over", output = Json)]
pub async fn hand_over(form: HandOverForm) -> Result<(), AppError> {
    let done = async {
        let asking = asking()?;
        let (from, to) = form.read(use_lang())?;
        asking.said(service::tasks::hand_over(&asking.services, &asking.by, from, to, form.grids).await)
    };
    let done = done.await.map(drop);
    plain_form::back_to(&form.page(), &form, done)
}
