//! Writing forms: drafts, what is wrong with them, how they would be asked, and their publication.

use crate::{error::AppError, json::Json};
use comparison::Comparison;
use domain::form::{
    editing::{DraftLint, SheetFault},
    reference::{ReferenceKind, References},
};
use draft::DraftPage;
use edit::DraftEdit;
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};
use preview::{Preview, Step};

pub mod comparison;
pub mod draft;
pub mod edit;
pub mod picture;
pub mod preview;

#[cfg(feature = "ssr")]
use {
    super::request::{Asking, asking},
    crate::{
        form_edit::{
            address::{Chosen, EditorView, editor_address, published_address},
            typed::place,
        },
        form_words::condition::ConditionWords,
        forms::address::{FORMS, form_address},
        i18n::{form_editing as t, use_lang},
        plain_form,
    },
    chrono::{DateTime, NaiveDate, Utc},
    domain::{
        form::{Form, FormSheets, editing::DraftFile},
        id::{FormId, SiteKind},
        text::Lang,
    },
    draft::Differs,
    edit::{Meant, Unmeant},
    service::form_editing,
};

/// None where there is no such draft any more. `kind`: the kind of site at which it is tried out.
#[server(prefix = "/api/pages", endpoint = "form_draft", input = Json, output = Json)]
pub async fn load_draft(id: String, kind: Option<String>) -> Result<Option<DraftPage>, AppError> {
    let asking = asking()?;
    let id = FormId::from(id.as_str());
    let file = match asking.said(form_editing::file(&asking.services, &asking.by, &id).await) {
        Ok(file) => file,
        Err(AppError::NotFound) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let lang = use_lang();
    let DraftFile { saved_at, saved_by, sheets, faults, ended, remarks, form, published, .. } = file;
    let kind = kind.map(|kind| SiteKind::from(kind.as_str()));
    let kind = kind.or_else(|| {
        let kinds = form.as_ref().or(published.as_ref()).map(|form| form.site_kinds.as_slice());
        kinds.and_then(<[_]>::first).or(asking.services.kinds.first().map(|kind| &kind.id)).cloned()
    });
    let words = form.as_ref().map(|form| asking.words(form));
    let title = sheets.settings.get(0, lang_heading(lang)).to_owned();
    let titled = form.as_ref().map_or(title, |form| form.title.get(lang).to_owned());
    let differs = form.as_ref().zip(published.as_ref());
    let preview = form.as_ref().zip(kind.as_ref());
    Ok(Some(DraftPage {
        title: if titled.is_empty() { t::untitled(lang, id.to_string()) } else { titled },
        version: published.as_ref().map_or(1, |form| form.version.saturating_add(1)),
        published: published.as_ref().map(|form| form.version),
        differs: differs.map(|(form, published)| Differs::of(&published.differences(form))),
        rows: draft::rows(lang, &sheets, words.as_ref()),
        references: asking.said(form_editing::references::named(
            &asking.services,
            &asking.by,
            &draft::named(&sheets),
        ))?,
        preview: preview.map(|(form, kind)| Preview::of(lang, form, kind, &[], asking.services.now())),
        id,
        saved_at,
        saved_by,
        sheets,
        faults,
        ended,
        remarks,
        kind,
    }))
}

#[cfg(feature = "ssr")]
fn lang_heading(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "title_zh",
        Lang::En => "title_en",
    }
}

#[cfg(feature = "ssr")]
impl Asking {
    /// A day as a form has it; nothing is today.
    fn day(&self, field: &str, text: &str) -> Result<NaiveDate, AppError> {
        if text.is_empty() {
            return Ok(domain::time::office_day(self.services.now()));
        }
        let reason = t::no_day(self.by.lang).to_owned();
        text.parse().map_err(|_| AppError::Invalid { field: field.to_owned(), reason })
    }

    fn words<'a>(&'a self, form: &'a Form) -> ConditionWords<'a> {
        ConditionWords {
            lang: self.by.lang,
            form,
            kinds: &self.services.kinds,
            written: service::forms::written,
        }
    }
}

/// Carries out what a form of the page says, and leads to the row that it is about. Where it is refused, what was typed comes
/// back.
#[server(prefix = "/api/pages", endpoint = "edit_draft", output = Json)]
pub async fn edit_draft(edit: DraftEdit) -> Result<(), AppError> {
    let asking = asking()?;
    let id = FormId::from(edit.form.as_str());
    let done = carry_out(&asking, &id, &edit).await;
    match &done {
        Ok(view) => leptos_axum::redirect(&editor_address(&id, view)),
        Err(fault) => {
            let view =
                EditorView { chosen: still_open(&asking, &id, &edit).await, kind: tried_at(&edit.site_kind) };
            plain_form::show_typed(&editor_address(&id, &view), fault.status(), &edit);
        }
    }
    done.map(drop)
}

/// The row that the refused form is about, where it stands now: another person may have moved it.
#[cfg(feature = "ssr")]
async fn still_open(asking: &Asking, id: &FormId, edit: &DraftEdit) -> Option<Chosen> {
    let row = Chosen::parse(&edit.row)?;
    if edit.named.is_empty() {
        return Some(row);
    }
    let (_, sheets) = form_editing::saved(&asking.services, &asking.by, id).await.ok()?;
    place(row, &edit.named, &sheets)
}

#[cfg(feature = "ssr")]
fn tried_at(kind: &str) -> Option<SiteKind> {
    (!kind.is_empty()).then(|| SiteKind::from(kind))
}

#[cfg(feature = "ssr")]
async fn carry_out(asking: &Asking, id: &FormId, edit: &DraftEdit) -> Result<EditorView, AppError> {
    let (saved_at, sheets) = asking.said(form_editing::saved(&asking.services, &asking.by, id).await)?;
    let seen = seen(&edit.seen)?;
    if saved_at != seen {
        return Err(AppError::Changed { meanwhile: super::meanwhile::Meanwhile::default() });
    }
    let (edits, chosen) = meant(asking.by.lang, edit, &sheets)?;
    if !edits.is_empty() {
        asking.said(form_editing::edit(&asking.services, &asking.by, id, seen, &edits).await)?;
    }
    Ok(EditorView { chosen, kind: tried_at(&edit.site_kind) })
}

#[cfg(feature = "ssr")]
fn meant(lang: Lang, edit: &DraftEdit, sheets: &FormSheets) -> Result<Meant, AppError> {
    edit.meant(sheets).map_err(|unmeant| match unmeant {
        Unmeant::Unknown => AppError::NotFound,
        Unmeant::Bar(line) => {
            AppError::Invalid { field: "choices".to_owned(), reason: t::choice_bar(lang, line) }
        }
    })
}

#[cfg(feature = "ssr")]
fn seen(text: &str) -> Result<DateTime<Utc>, AppError> {
    text.parse().map_err(|_| AppError::Changed { meanwhile: super::meanwhile::Meanwhile::default() })
}

/// What would be told of the draft if this were saved.
#[server(prefix = "/api/pages", endpoint = "lint_draft", input = Json, output = Json)]
pub async fn lint_draft(edit: DraftEdit) -> Result<DraftLint, AppError> {
    let asking = asking()?;
    let id = FormId::from(edit.form.as_str());
    let (_, sheets) = asking.said(form_editing::saved(&asking.services, &asking.by, &id).await)?;
    let (edits, _) = meant(asking.by.lang, &edit, &sheets)?;
    asking.said(form_editing::lint(&asking.services, &asking.by, &id, &edits).await)
}

/// What a form can name of this kind, the best of what is found by what was typed.
#[server(prefix = "/api/pages", endpoint = "find_references", input = Json, output = Json)]
pub async fn find_references(kind: ReferenceKind, typed: String) -> Result<References, AppError> {
    let asking = asking()?;
    asking.said(form_editing::references::find(&asking.services, &asking.by, kind, &typed))
}

/// The draft as it is asked at such a site after these steps; None while it has faults.
#[server(prefix = "/api/pages", endpoint = "preview_draft", input = Json, output = Json)]
pub async fn preview_draft(id: String, kind: String, steps: Vec<Step>) -> Result<Option<Preview>, AppError> {
    let asking = asking()?;
    let id = FormId::from(id.as_str());
    let file = asking.said(form_editing::file(&asking.services, &asking.by, &id).await)?;
    let kind = SiteKind::from(kind.as_str());
    let now = asking.services.now();
    Ok(file.form.map(|form| Preview::of(use_lang(), &form, &kind, &steps, now)))
}

/// The form has `file`, a workbook. Leads to the draft.
#[server(prefix = "/api/pages", endpoint = "send_form", input = MultipartFormData, output = Json)]
pub async fn send_form(data: MultipartData) -> Result<String, AppError> {
    let sent = take(data).await;
    match &sent {
        Ok(id) => leptos_axum::redirect(&editor_address(&FormId::from(id.as_str()), &EditorView::default())),
        Err(_) => plain_form::show_outcome(FORMS, &sent),
    }
    sent
}

#[cfg(feature = "ssr")]
async fn take(data: MultipartData) -> Result<String, AppError> {
    let asking = asking()?;
    let broken = |error: String| AppError::Transport { detail: error };
    let mut form = data.into_inner().ok_or_else(|| broken("no form".to_owned()))?;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.to_string()))? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| broken(error.to_string()))?;
            file = Some((name, bytes));
        }
    }
    let (name, bytes) = file.filter(|(_, bytes)| !bytes.is_empty()).ok_or_else(|| AppError::Invalid {
        field: "file".to_owned(),
        reason: t::needs_file(use_lang()).to_owned(),
    })?;
    let id = form_editing::take_workbook(&asking.services, &asking.by, &name, &bytes).await;
    Ok(asking.said(id)?.to_string())
}

/// A draft of the newest version, or of a form that is new; where there is one, it is opened.
#[server(prefix = "/api/pages", endpoint = "begin_draft", output = Json)]
pub async fn begin_draft(id: String) -> Result<(), AppError> {
    let asking = asking()?;
    let id = FormId::from(id.trim());
    asking.said(form_editing::begin(&asking.services, &asking.by, &id).await)?;
    leptos_axum::redirect(&editor_address(&id, &EditorView::default()));
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "discard_draft", output = Json)]
pub async fn discard_draft(id: String) -> Result<(), AppError> {
    let asking = asking()?;
    let id = FormId::from(id.as_str());
    asking.said(form_editing::discard(&asking.services, &asking.by, &id).await)?;
    leptos_axum::redirect(FORMS);
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "publish_draft", output = Json)]
pub async fn publish_draft(id: String, seen: String, from: String, reviewer: String) -> Result<(), AppError> {
    let asking = asking()?;
    let id = FormId::from(id.as_str());
    let from = asking.day("from", &from)?;
    let seen = self::seen(&seen)?;
    let version = form_editing::publish(&asking.services, &asking.by, &id, seen, from, &reviewer).await;
    leptos_axum::redirect(&published_address(&id, asking.said(version)?));
    Ok(())
}

/// The newest version is asked for the last time on this day.
#[server(prefix = "/api/pages", endpoint = "withdraw_form", output = Json)]
pub async fn withdraw_form(id: String, until: String) -> Result<(), AppError> {
    let asking = asking()?;
    let id = FormId::from(id.as_str());
    let until = asking.day("until", &until)?;
    asking.said(form_editing::withdraw(&asking.services, &asking.by, &id, until).await)?;
    leptos_axum::redirect(&form_address(&id));
    Ok(())
}

/// None of the old: the newest that is published. None of the new: the draft. Answers the draft's faults where it is no form
/// yet; none where nothing was published.
#[server(prefix = "/api/pages", endpoint = "compare_forms", input = Json, output = Json)]
pub async fn compare_forms(
    id: String,
    old: Option<u32>,
    new: Option<u32>,
) -> Result<Result<Comparison, Vec<SheetFault>>, AppError> {
    let asking = asking()?;
    let (lang, id) = (use_lang(), FormId::from(id.as_str()));
    let (services, by) = (&asking.services, &asking.by);
    let old = match old {
        Some(old) => old,
        None => {
            let (versions, _) = asking.said(form_editing::versions(services, by, &id).await)?;
            let Some(newest) = versions.first() else { return Ok(Err(vec![])) };
            newest.version
        }
    };
    let before = asking.said(form_editing::version(services, by, &id, old).await)?;
    let (after, after_words) = match new {
        Some(new) => {
            (asking.said(form_editing::version(services, by, &id, new).await)?, t::side_version(lang, new))
        }
        None => {
            let file = asking.said(form_editing::file(services, by, &id).await)?;
            let Some(form) = file.form else { return Ok(Err(file.faults)) };
            (form, t::draft(lang).to_owned())
        }
    };
    Ok(Ok(Comparison {
        title: after.title.get(lang).to_owned(),
        old: t::side_version(lang, old),
        new: after_words,
        differences: comparison::differences(&asking.words(&before), &asking.words(&after)),
        id,
    }))
}
