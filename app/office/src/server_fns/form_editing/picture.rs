//! A picture that an author sends for a row of a draft.

use crate::{error::AppError, json::Json};
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};

#[cfg(feature = "ssr")]
use {
    super::{seen, tried_at},
    crate::{
        form_edit::address::{Chosen, EditorView, editor_address},
        i18n::{form_editing as t, use_lang},
        plain_form,
        server_fns::request::asking,
    },
    domain::id::FormId,
    service::form_editing,
};

/// The form has `file`, and before it says by `form`, `seen` and `row` where it belongs, and by `site_kind` where the draft is
/// tried out. Without the program it leads to that row.
#[server(prefix = "/api/pages", endpoint = "send_picture", input = MultipartFormData, output = Json)]
pub async fn send_picture(data: MultipartData) -> Result<(), AppError> {
    let mut sent = Sent::read(data).await?;
    let done = sent.put().await;
    let view = EditorView { chosen: Chosen::parse(&sent.row), kind: tried_at(&sent.site_kind) };
    let page = editor_address(&FormId::from(sent.form.as_str()), &view);
    match &done {
        Ok(()) if plain_form::is_plain() => leptos_axum::redirect(&page),
        // The program is at another row by now, or at another page: it stays there.
        Ok(()) => {}
        Err(_) => plain_form::show_outcome(&page, &done),
    }
    done
}

#[cfg(feature = "ssr")]
#[derive(Default)]
struct Sent {
    form: String,
    seen: String,
    row: String,
    site_kind: String,
    file: Vec<u8>,
}

#[cfg(feature = "ssr")]
impl Sent {
    async fn read(data: MultipartData) -> Result<Self, AppError> {
        let broken = |error: String| AppError::Transport { detail: error };
        let mut parts = data.into_inner().ok_or_else(|| broken("no form".to_owned()))?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| broken(error.to_string()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| broken(error.to_string()))?.to_vec();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
            match name.as_str() {
                "form" => sent.form = text(bytes),
                "seen" => sent.seen = text(bytes),
                "row" => sent.row = text(bytes),
                "site_kind" => sent.site_kind = text(bytes),
                "file" => sent.file = bytes,
                _ => {}
            }
        }
        Ok(sent)
    }

    async fn put(&mut self) -> Result<(), AppError> {
        let asking = asking()?;
        let seen = seen(&self.seen)?;
        let Some(Chosen::Row(row)) = Chosen::parse(&self.row) else { return Err(AppError::NotFound) };
        if self.file.is_empty() {
            let reason = t::picture_missing(use_lang()).to_owned();
            return Err(AppError::Invalid { field: "picture".to_owned(), reason });
        }
        let (id, file) = (FormId::from(self.form.as_str()), std::mem::take(&mut self.file).into());
        let put = form_editing::put_picture(&asking.services, &asking.by, &id, seen, row, file).await;
        asking.said(put).map(drop)
    }
}
