//! 检查表编制: drafts of forms, from a workbook or row by row, their publication and their end.
//!
//! A draft is rows of cells and may be wrong; everything that is wrong with it is told at each step. What is published has no
//! fault, gets the next version, and never changes; phones are told at once and ask it from its first day on.

mod draft;
mod in_force;
mod media;
mod naming;
mod picture;
mod publishing;
pub mod references;
mod size;
mod versions;

pub use draft::{begin, discard, edit, file, lint, saved, take_workbook, workbook};
pub use in_force::ended;
pub(crate) use in_force::{built_in_standards, standards_of};
pub use media::bundle;
pub use picture::put_picture;
pub use publishing::{publish, withdraw};
pub use versions::{version, versions};

use crate::{
    asker::Asker,
    catalogue::forms,
    error::Error,
    services::Services,
    storage::{FormDraft, PublishedForm},
};
use authoring::xlsform::{self, Imported, Outset};
use domain::{
    form::{
        Form, FormSheets, Layer, Question,
        editing::{DraftHead, Edition, FormOverview, SheetFault},
    },
    id::{FormId, OfficeId, QuoteId},
    law::LawLibrary,
    photo::PhotoHash,
    role::Action,
    sector::Sector,
    text::Lang,
    time::office_day,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// Every form of the office: what is published, what somebody works on; and the newest version of each that is published.
pub async fn overview(state: &Services, by: &Asker) -> Result<(Vec<FormOverview>, Vec<Form>), Error> {
    by.allow(Action::UseOffice)?;
    let office = by.actor.office;
    let (today, standards) = (office_day(state.now()), standards_of(state, office).await?);
    let mut rows: BTreeMap<FormId, FormOverview> = BTreeMap::new();
    let mut forms = vec![];
    for PublishedForm { form, own } in state.store.newest_editions(office).await? {
        rows.insert(form.id.clone(), row(&form, own, form.ended(today, &standards).len()));
        forms.push(form);
    }
    for draft in state.store.form_drafts(office).await? {
        let head = head(&draft);
        let sheets = &draft.sheets.settings;
        let title = |heading: &str| sheets.get(0, heading).to_owned();
        let unpublished = || FormOverview {
            id: draft.id.clone(),
            title: domain::text::Bilingual::new(title("title_zh"), title("title_en")),
            layer: Layer::parse(sheets.get(0, "layer")).unwrap_or(Layer::Inspection),
            sector: Sector::parse(sheets.get(0, "sector")).unwrap_or(Sector::General),
            site_kinds: vec![],
            published: None,
            ended: 0,
            draft: None,
        };
        rows.entry(draft.id.clone()).or_insert_with(unpublished).draft = Some(head);
    }
    Ok((rows.into_values().collect(), forms))
}

/// Its faults are those of when it was saved.
fn head(draft: &FormDraft) -> DraftHead {
    let faults = usize::try_from(draft.faults).unwrap_or(usize::MAX);
    DraftHead { saved_at: draft.saved_at, saved_by: draft.saved_by.clone(), faults }
}

/// How many faults keep it from being published, where the office holds these pictures.
pub fn faults(
    state: &Services,
    id: &FormId,
    sheets: &FormSheets,
    pictures: &BTreeSet<PhotoHash>,
) -> Result<u32, Error> {
    let faults = read_sheets(state, id, sheets, pictures)?.err().unwrap_or_default();
    Ok(u32::try_from(faults.len()).unwrap_or(u32::MAX))
}

fn edition(form: &Form, own: bool) -> Edition {
    Edition {
        version: form.version,
        validity: form.validity,
        review: form.review.clone(),
        review_due: form.review_due,
        questions: form.questions().filter(|question| Question::asks(question)).count(),
        own,
    }
}

/// `ended`: how many bases are not in force.
fn row(form: &Form, own: bool, ended: usize) -> FormOverview {
    FormOverview {
        ended,
        id: form.id.clone(),
        title: form.title.clone(),
        layer: form.layer,
        sector: form.sector,
        site_kinds: form.site_kinds.clone(),
        published: Some(edition(form, own)),
        draft: None,
    }
}

/// What questions of the office may show.
async fn pictures(state: &Services, office: OfficeId) -> Result<BTreeSet<PhotoHash>, Error> {
    Ok(state.store.form_pictures(office).await?)
}

/// A draft as a form, or everything that is wrong with it.
fn read(
    state: &Services,
    draft: &FormDraft,
    pictures: &BTreeSet<PhotoHash>,
) -> Result<Result<Imported, Vec<xlsform::Fault>>, Error> {
    read_sheets(state, &draft.id, &draft.sheets, pictures)
}

fn read_sheets(
    state: &Services,
    id: &FormId,
    sheets: &FormSheets,
    pictures: &BTreeSet<PhotoHash>,
) -> Result<Result<Imported, Vec<xlsform::Fault>>, Error> {
    let laws = laws()?;
    let quotes = |quote: &QuoteId| forms::quote(laws, quote);
    Ok(xlsform::read_sheets(sheets, &outset(state, id, pictures), &quotes))
}

/// What a workbook does not say.
fn outset(state: &Services, id: &FormId, pictures: &BTreeSet<PhotoHash>) -> Outset {
    Outset {
        id: id.clone(),
        layer: Layer::Inspection,
        sector: Sector::General,
        site_kinds: vec![],
        known_kinds: Some(state.kinds.iter().map(|kind| kind.id.clone()).collect()),
        pictures: Some(pictures.clone()),
    }
}

/// The built-in library, read once.
fn laws() -> Result<&'static LawLibrary, Error> {
    static LAWS: OnceLock<Option<LawLibrary>> = OnceLock::new();
    let laws = LAWS.get_or_init(|| forms::library().ok());
    laws.as_ref()
        .ok_or_else(|| Error::from(crate::storage::StoreError::Corrupt("the library of laws".to_owned())))
}

/// At the rows of the draft: a workbook counts from 1, its headings among them.
fn told(faults: &[xlsform::Fault], lang: Lang) -> Vec<SheetFault> {
    let told = faults.iter().map(|fault| SheetFault {
        sheet: fault.place.sheet.clone(),
        row: fault.place.row.and_then(|row| usize::try_from(row).ok()?.checked_sub(2)),
        heading: fault.place.heading.clone(),
        words: fault.words(lang),
    });
    told.collect()
}

/// The version that a draft is published as.
fn next_version(newest: Option<&Form>) -> u32 {
    newest.map_or(1, |form| form.version.saturating_add(1))
}
