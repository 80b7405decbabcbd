//! Lists sent to the office: read, looked at, put right, written, taken back.

#![expect(clippy::too_many_arguments, reason = "each field of a plain form is an argument of its own")]

use crate::{error::AppError, json::Json};
use domain::import::{ImportPreview, ImportView, WrittenImport};
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};
use uuid::Uuid;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{
        import::{IMPORT, address::preview_address},
        plain_form,
    },
    domain::{
        datum::Datum,
        import::{ImportFile, ImportKind, ImportMark, RowStatus},
    },
};

/// The form has `what`, which is `sites` or `people`, `datum`, which may be empty, and `file`. Leads to the preview.
#[server(prefix = "/api/pages", endpoint = "import", input = MultipartFormData, output = Json)]
pub async fn send_table(data: MultipartData) -> Result<Uuid, AppError> {
    let sent = take(data).await;
    match &sent {
        Ok(id) => leptos_axum::redirect(&preview_address(*id, ImportView::default())),
        Err(_) => plain_form::show_outcome(IMPORT, &sent),
    }
    sent
}

#[cfg(feature = "ssr")]
async fn take(data: MultipartData) -> Result<Uuid, AppError> {
    let asking = asking()?;
    let broken = |error: String| AppError::Transport { detail: error };
    let mut form = data.into_inner().ok_or_else(|| broken("no form".to_owned()))?;
    let (mut what, mut datum, mut file) = (ImportKind::Sites, None, None);
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.to_string()))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| broken(error.to_string()))?;
            file = Some(ImportFile { name, bytes: bytes.to_vec() });
            continue;
        }
        let word = field.text().await.map_err(|error| broken(error.to_string()))?;
        match name.as_str() {
            "what" => what = ImportKind::parse(&word).unwrap_or(what),
            "datum" => datum = Datum::parse(&word),
            _ => {}
        }
    }
    let file = file.filter(|file| !file.bytes.is_empty()).ok_or_else(no_file)?;
    asking.said(service::imports::send(&asking.services, &asking.by, what, file, datum).await)
}

#[cfg(feature = "ssr")]
fn no_file() -> AppError {
    let reason = crate::i18n::import::needs_file(crate::i18n::use_lang()).to_owned();
    AppError::Invalid { field: "file".to_owned(), reason }
}

/// None where the list is not here any more.
#[server(prefix = "/api/pages", endpoint = "import_preview", input = Json, output = Json)]
pub async fn load_import(id: Option<Uuid>, view: ImportView) -> Result<Option<ImportPreview>, AppError> {
    let asking = asking()?;
    let Some(id) = id else { return Ok(None) };
    match asking.said(service::imports::preview(&asking.services, &asking.by, id, view).await) {
        Ok(preview) => Ok(Some(preview)),
        Err(AppError::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Says something of a list before it is written. `mark` is a word of [`ImportMark`]; `show`, `page` and `chosen` are the
/// view to come back to.
#[server(prefix = "/api/pages", endpoint = "import_mark", output = Json)]
pub async fn mark_import(
    plan: Uuid,
    mark: String,
    row: Option<u32>,
    column: Option<String>,
    value: Option<String>,
    swapped: Option<String>,
    show: Option<String>,
    page: Option<u32>,
    chosen: Option<u32>,
) -> Result<(), AppError> {
    let asking = asking()?;
    let (row, value) = (row.unwrap_or_default(), value.unwrap_or_default());
    let mark = match mark.as_str() {
        "correct" => ImportMark::Correct { row, column: column.unwrap_or_default(), value },
        "restore" => ImportMark::Restore { row, column: column.unwrap_or_default() },
        "tick" => ImportMark::Tick { row, ask: value },
        "untick" => ImportMark::Untick { row, ask: value },
        "tick_all" => ImportMark::TickAll,
        "leave" => ImportMark::Leave { row },
        "take" => ImportMark::Take { row },
        "leave_wrong" => ImportMark::LeaveWrong,
        "datum" => ImportMark::Datum {
            datum: Datum::parse(&value).ok_or(AppError::NotFound)?,
            swapped: swapped.is_some(),
        },
        _ => return Err(AppError::NotFound),
    };
    asking.said(service::imports::mark(&asking.services, &asking.by, plan, mark).await)?;
    if plain_form::is_plain() {
        let show = show.as_deref().and_then(RowStatus::parse);
        let view = ImportView { show, page: page.unwrap_or(1), row: chosen };
        leptos_axum::redirect(&preview_address(plan, view));
    }
    Ok(())
}

/// Writes all rows that are not left out, and leads back to where lists are sent.
#[server(prefix = "/api/pages", endpoint = "import_write", output = Json)]
pub async fn write_import(plan: Uuid) -> Result<(), AppError> {
    let asking = asking()?;
    asking.said(service::imports::write(&asking.services, &asking.by, plan).await)?;
    leptos_axum::redirect(IMPORT);
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "import_forget", output = Json)]
pub async fn forget_import(plan: Uuid) -> Result<(), AppError> {
    let asking = asking()?;
    asking.said(service::imports::forget(&asking.services, &asking.by, plan).await)?;
    leptos_axum::redirect(IMPORT);
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "last_imports", input = Json, output = Json)]
pub async fn last_imports() -> Result<Vec<WrittenImport>, AppError> {
    let asking = asking()?;
    asking.said(service::imports::last(&asking.services, &asking.by).await)
}

#[server(prefix = "/api/pages", endpoint = "import_undo", output = Json)]
pub async fn undo_import(what: String, import: Uuid) -> Result<(), AppError> {
    let asking = asking()?;
    let what = ImportKind::parse(&what).ok_or(AppError::NotFound)?;
    asking.said(service::imports::undo(&asking.services, &asking.by, what, import).await)?;
    if plain_form::is_plain() {
        leptos_axum::redirect(IMPORT);
    }
    Ok(())
}
