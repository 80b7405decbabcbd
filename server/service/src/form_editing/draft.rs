//! A draft, from its first row to the last before it is published.

use super::{
    faults, in_force,
    media::{self, Media, MediaArchive},
    naming, next_version, picture, pictures, read, read_sheets, size, told,
};
use crate::{
    asker::Asker,
    error::Error,
    imports,
    services::Services,
    storage::{FormDraft, Transaction},
};
use authoring::xlsform::{self, Imported};
use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    audit::{Act, Subject, SubjectKind},
    form::{
        Form, FormSheets, SheetEdit,
        editing::{DraftFile, DraftLint},
    },
    id::{FormId, OfficeId},
    photo::PhotoHash,
    role::Action,
    time,
};
use i18n::form_editing as t;
use std::{collections::BTreeSet, sync::Arc, time::Instant};
use tokio::task::spawn_blocking;

/// The draft as its author works on it, with all that is wrong with it.
pub async fn file(state: &Services, by: &Asker, id: &FormId) -> Result<DraftFile, Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    let draft = state.store.form_draft(office, id).await?.ok_or(Error::NotFound)?;
    let published = state.store.newest_edition(office, id).await?;
    let (form, faults, remarks) = match read(state, &draft, &pictures(state, office).await?)? {
        Ok(imported) => (Some(imported.form), vec![], told(&imported.remarks, by.lang)),
        Err(faults) => (None, told(&faults, by.lang), vec![]),
    };
    let FormDraft { id, saved_at, saved_by, faults: _, sheets } = draft;
    let ended = match &form {
        Some(form) => in_force::told(state, by, &sheets, form).await?,
        None => vec![],
    };
    let published = published.map(|known| known.form);
    Ok(DraftFile { id, saved_at, saved_by, sheets, faults, ended, remarks, form, published })
}

/// When it was saved last, and its rows: nothing is asked of them.
pub async fn saved(state: &Services, by: &Asker, id: &FormId) -> Result<(DateTime<Utc>, FormSheets), Error> {
    by.allow(Action::ManageForms)?;
    let draft = state.store.form_draft(by.actor.office, id).await?.ok_or(Error::NotFound)?;
    Ok((draft.saved_at, draft.sheets))
}

/// A draft of the newest version, to go on from there; where there is one, it stays. Of a form that does not exist: one with
/// nothing in it.
pub async fn begin(state: &Services, by: &Asker, id: &FormId) -> Result<(), Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    naming::check(by.lang, "id", id)?;
    if state.store.form_draft(office, id).await?.is_some() {
        return Ok(());
    }
    let newest = state.store.newest_edition(office, id).await?.map(|known| known.form);
    let sheets = match &newest {
        Some(form) => xlsform::sheets(&Form { version: next_version(Some(form)), ..form.clone() })
            .map_err(|error| Error::invalid("file", t::not_writable(by.lang, error.to_string())))?,
        None => empty(id),
    };
    let draft = ready(state, by, id.clone(), sheets, &pictures(state, office).await?)?;
    let mut tx = state.store.write().await?;
    if tx.form_draft(office, id).await?.is_some() {
        return Ok(());
    }
    let now = tx.newest_edition(office, id).await?;
    if now.map(|known| known.form.version) != newest.map(|form| form.version) {
        return Err(Error::Changed);
    }
    put(state, by, &mut *tx, &draft, Some(Act::Added)).await?;
    Ok(tx.commit().await?)
}

/// The columns of a form without a question.
fn empty(id: &FormId) -> FormSheets {
    let mut sheets = FormSheets::default();
    let settings = [("form_id", id.as_str()), ("layer", "patrol"), ("sector", "general"), ("version", "1")];
    let cells = settings.map(|(heading, text)| (heading.to_owned(), text.to_owned())).into();
    let edit = SheetEdit::Write { sheet: domain::form::SheetName::Settings, row: 0, cells };
    // A first row is always there to be written.
    let _ = sheets.apply(&edit);
    sheets
}

/// A workbook in place of the draft, alone or in an archive with its pictures. Its own name for the form counts, else the file's.
/// What cannot be read whole leaves the draft as it was; what is only wrong is taken, and can be mended row by row. Nobody loses a
/// draft unseen: that of somebody else stays until it is discarded.
///
/// # Errors
/// [`Error::Sheets`] with everything that keeps it from being read, [`Error::Invalid`] of `file` with what is wrong with an
/// archive.
pub async fn take_workbook(state: &Services, by: &Asker, file: &str, bytes: &[u8]) -> Result<FormId, Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    let held = Arc::new(pictures(state, office).await?);
    // Until its pictures are kept, too: they are in memory.
    let _turn = imports::turn().await?;
    let (mut draft, media) = {
        let held = Arc::clone(&held);
        let (state, by, file, bytes) = (state.clone(), by.clone(), file.to_owned(), bytes.to_vec());
        let reading = spawn_blocking(move || of_file(&state, &by, &file, &bytes, &held));
        reading.await.map_err(|error| Error::Bug(error.to_string()))??
    };
    let kept = picture::kept(state, by, media).await?;
    if !kept.is_empty() {
        let images = kept.iter().map(|(file, facts)| (file.clone(), facts.hash.clone())).collect();
        let all = held.iter().chain(kept.values().map(|facts| &facts.hash)).cloned().collect();
        draft = ready(state, by, draft.id, media::named(draft.sheets, &images)?, &all)?;
    }
    let mut tx = state.store.write().await?;
    still_held(&mut *tx, office, &held).await?;
    let known = tx.form_draft(office, &draft.id).await?;
    if let Some(known) = &known {
        if known.saved_by != by.actor.name {
            let saved_at = time::short(known.saved_at);
            return Err(Error::invalid("file", t::draft_of_another(by.lang, &known.saved_by, saved_at)));
        }
        draft.saved_at = after(draft.saved_at, known.saved_at);
    }
    for facts in kept.values() {
        picture::named(&mut *tx, office, facts, state.now()).await?;
    }
    let act = if known.is_some() { Act::Changed } else { Act::Added };
    put(state, by, &mut *tx, &draft, Some(act)).await?;
    tx.commit().await?;
    state.write_queue.jobs.notify_one();
    Ok(draft.id)
}

/// The draft, and pictures for it that are still to be kept.
fn of_file(
    state: &Services,
    by: &Asker,
    file: &str,
    bytes: &[u8],
    held: &BTreeSet<PhotoHash>,
) -> Result<(FormDraft, Vec<Media>), Error> {
    let Some(archive) = MediaArchive::open(by.lang, bytes)? else {
        return Ok((of_workbook(state, by, file, bytes, held)?, vec![]));
    };
    let (file, book) = archive.workbook(by.lang)?;
    let draft = of_workbook(state, by, &file, &book, held)?;
    let media = archive.media(by.lang, &draft.sheets, held)?;
    Ok((draft, media))
}

/// Whatever the workbook holds, reading it keeps a thread for some seconds at most.
fn of_workbook(
    state: &Services,
    by: &Asker,
    file: &str,
    bytes: &[u8],
    held: &BTreeSet<PhotoHash>,
) -> Result<FormDraft, Error> {
    let mut sheets = xlsform::of_workbook(bytes, Instant::now())
        .map_err(|faults| Error::Sheets(told(&faults, by.lang)))?;
    let named = sheets.settings.get(0, "form_id");
    let id = if named.is_empty() { naming::of_file(file) } else { FormId::from(named) };
    naming::check(by.lang, "file", &id)?;
    // A sound workbook is written anew, in our own columns, so that it can be worked on.
    if let Ok(imported) = read_sheets(state, &id, &sheets, held)?
        && let Ok(own) = imported.sheets()
    {
        sheets = own;
    }
    ready(state, by, id, sheets, held)
}

/// The draft, or without one the version, as a workbook: its name and its bytes.
pub async fn workbook(
    state: &Services,
    by: &Asker,
    id: &FormId,
    version: Option<u32>,
) -> Result<(String, Vec<u8>), Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    let not_writable = |error: String| Error::invalid("file", t::not_writable(by.lang, error));
    match version {
        None => {
            by.allow(Action::ManageForms)?;
            let draft = state.store.form_draft(office, id).await?.ok_or(Error::NotFound)?;
            let bytes = xlsform::workbook(&draft.sheets).map_err(|error| not_writable(error.to_string()))?;
            Ok((format!("{id}-draft.xlsx"), bytes))
        }
        Some(version) => {
            let form = state.store.form(office, id, version).await?.ok_or(Error::NotFound)?;
            let bytes = xlsform::write(&form).map_err(|error| not_writable(error.to_string()))?;
            Ok((format!("{id}-v{version}.xlsx"), bytes))
        }
    }
}

/// Carries out all of these changes, or none. `seen`: when the draft was saved that the author has before them; where somebody
/// else has saved since, nothing is done. Answers when it was saved now.
pub async fn edit(
    state: &Services,
    by: &Asker,
    id: &FormId,
    seen: DateTime<Utc>,
    changes: &[SheetEdit],
) -> Result<DateTime<Utc>, Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    let (saved_at, mut sheets) = saved(state, by, id).await?;
    if saved_at != seen {
        return Err(Error::Changed);
    }
    for change in changes {
        sheets.apply(change).map_err(|_| Error::Changed)?;
    }
    let held = pictures(state, office).await?;
    let mut draft = ready(state, by, id.clone(), sheets, &held)?;
    draft.saved_at = after(draft.saved_at, seen);
    let mut tx = state.store.write().await?;
    unchanged(&mut *tx, office, id, seen).await?;
    still_held(&mut *tx, office, &held).await?;
    put(state, by, &mut *tx, &draft, None).await?;
    tx.commit().await?;
    Ok(draft.saved_at)
}

/// What would be told of the draft after these changes: nothing is kept.
pub async fn lint(
    state: &Services,
    by: &Asker,
    id: &FormId,
    changes: &[SheetEdit],
) -> Result<DraftLint, Error> {
    let (_, mut sheets) = saved(state, by, id).await?;
    for change in changes {
        sheets.apply(change).map_err(|_| Error::Changed)?;
    }
    let held = pictures(state, by.actor.office).await?;
    Ok(match read_sheets(state, id, &sheets, &held)? {
        Ok(Imported { form, .. }) => {
            DraftLint { faults: vec![], ended: in_force::told(state, by, &sheets, &form).await? }
        }
        Err(faults) => DraftLint { faults: told(&faults, by.lang), ended: vec![] },
    })
}

pub async fn discard(state: &Services, by: &Asker, id: &FormId) -> Result<(), Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let draft = tx.form_draft(office, id).await?.ok_or(Error::NotFound)?;
    tx.delete_form_draft(office, id).await?;
    let subject = Subject::new(SubjectKind::FormDraft, None, draft.id.as_str());
    tx.put_audit(&state.audit(office, &by.author(), Act::Removed, subject)).await?;
    Ok(tx.commit().await?)
}

/// [`Error::Changed`] where the draft was saved anew since it was read.
pub(super) async fn unchanged(
    tx: &mut dyn Transaction,
    office: OfficeId,
    id: &FormId,
    seen: DateTime<Utc>,
) -> Result<(), Error> {
    let draft = tx.form_draft(office, id).await?.ok_or(Error::NotFound)?;
    if draft.saved_at == seen { Ok(()) } else { Err(Error::Changed) }
}

/// [`Error::Changed`] where a picture was cleared away since the draft was read with it: what is written now may name it.
async fn still_held(
    tx: &mut dyn Transaction,
    office: OfficeId,
    held: &BTreeSet<PhotoHash>,
) -> Result<(), Error> {
    if held.is_subset(&tx.form_pictures(office).await?) { Ok(()) } else { Err(Error::Changed) }
}

/// Times are kept to the millisecond; two changes within one are told apart all the same.
pub(super) fn after(now: DateTime<Utc>, before: DateTime<Utc>) -> DateTime<Utc> {
    now.max(before + chrono::Duration::milliseconds(1))
}

/// The draft as it is written: no larger than it may be, its faults counted.
pub(super) fn ready(
    state: &Services,
    by: &Asker,
    id: FormId,
    sheets: FormSheets,
    held: &BTreeSet<PhotoHash>,
) -> Result<FormDraft, Error> {
    size::check(by.lang, &sheets)?;
    let faults = faults(state, &id, &sheets, held)?;
    let (saved_at, saved_by) = (state.now().trunc_subsecs(3), by.actor.name.clone());
    Ok(FormDraft { id, saved_at, saved_by, faults, sheets })
}

/// `act`: what stands of it in the record; a change of some rows is nothing yet.
async fn put(
    state: &Services,
    by: &Asker,
    tx: &mut dyn Transaction,
    draft: &FormDraft,
    act: Option<Act>,
) -> Result<(), Error> {
    let office = by.actor.office;
    tx.put_form_draft(office, draft).await?;
    if let Some(act) = act {
        let subject = Subject::new(SubjectKind::FormDraft, None, draft.id.as_str());
        tx.put_audit(&state.audit(office, &by.author(), act, subject)).await?;
    }
    Ok(())
}
