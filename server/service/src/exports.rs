//! Lists as files, for the desk and the command line: the rows that the screen lists, all pages of them, in the columns that
//! the list has. Who may see the list may have the file, and 操作记录 tells of it.
//!
//! The database's rows go through a short queue to a thread that writes; the file is whole before a byte of it is sent, so
//! that a slow reader holds no connection to the database.

use crate::{
    asker::Asker,
    error::Error,
    export::sheet::{Sheet, SheetError},
    services::Services,
    settings, storage,
};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::OfficeId,
    list::{Cell, FileFormat, ListRequest},
    role::Scope,
    settings::paper::Paper,
    text::Lang,
    time::office_day,
};
use i18n::office as t;
use lists::{
    CellContext, List, Names, audit::Audit, complaints::Complaints, grids::Grids, ledger::Ledger,
    parties::Parties, people::People, public_reports::PublicReports, quarantine::Quarantine, sites::Sites,
    spot_checks::SpotChecks, tasks::Tasks, unsent::UnsentWork, visits::Visits,
};
use serde_json::{Value, json};
use std::{fs::File, sync::Arc, time::Duration};
use tokio::{
    join,
    sync::{mpsc, oneshot},
    task::spawn_blocking,
    time::timeout,
};

/// How long one waits for the file.
const WITHIN: Duration = Duration::from_mins(2);

/// Rows on their way from the database to the file.
const UNDER_WAY: usize = 256;

/// A file that was made.
#[derive(Debug)]
pub struct Exported {
    /// From its beginning; it has no name and goes when it is closed.
    pub file: File,
    /// By list and day, in letters that every system takes.
    pub plain_name: String,
    /// The same in the person's language.
    pub name: String,
    pub rows: u64,
}

/// For somebody at the desk, of what they may see.
pub async fn list(
    state: &Services,
    by: &Asker,
    request: &ListRequest,
    format: FileFormat,
) -> Result<Exported, Error> {
    by.allow(request.name().action())?;
    if let Some(paper) = Paper::of_list(request.name()) {
        settings::issued(state, by, paper).await?;
    }
    let (actor, lang) = (&by.actor, by.lang);
    let busy = || Error::Unavailable("other files are being made".to_owned());
    let _permit = state.exports.begin().await.ok_or_else(busy)?;
    let making = make(state, actor.office, &actor.scope, request, format, lang);
    let too_slow = |_| Error::Unavailable("the file took too long".to_owned());
    let exported = timeout(WITHIN, making).await.map_err(too_slow)??;
    let filter: Vec<_> = request.words().into_iter().map(|(key, word)| format!("{key}={word}")).collect();
    let told = json!({ "file": exported.name, "rows": exported.rows, "filter": filter });
    let subject = Subject::new(SubjectKind::List, None, title(request, lang));
    let entry = state.audit(actor.office, &by.author(), Act::Exported, subject).change(&Value::Null, &told);
    let mut tx = state.store.write().await?;
    tx.put_audit(&entry).await?;
    tx.commit().await?;
    Ok(exported)
}

/// As far as the scope reaches; who asks is the caller's to judge.
pub async fn make(
    state: &Services,
    office: OfficeId,
    scope: &Scope,
    request: &ListRequest,
    format: FileFormat,
    lang: Lang,
) -> Result<Exported, Error> {
    let (store, now) = (&state.store, state.now());
    let places = store.places(office).await?;
    let names = Names {
        communities: places.communities,
        grids: places.grids,
        departments: places.departments,
        kinds: state.kinds.to_vec(),
    };
    let today = office_day(now);
    let around = CellContext { lang, today, names: Arc::new(names) };
    // One more than it may hold says that there are more.
    let most = format.most_rows() + 1;
    let (file, rows) = match request {
        ListRequest::Ledger(filter) => {
            write::<Ledger, _>(around, format, |to| store.send_ledger(office, scope, filter, now, most, to))
                .await
        }
        ListRequest::Visits(filter) => {
            write::<Visits, _>(around, format, |to| store.send_visits(office, scope, filter, most, to)).await
        }
        ListRequest::Sites(filter) => {
            write::<Sites, _>(around, format, |to| store.send_sites(office, scope, filter, now, most, to))
                .await
        }
        ListRequest::SpotChecks(filter) => {
            write::<SpotChecks, _>(around, format, |to| {
                store.send_spot_check_plans(office, scope, filter, now, most, to)
            })
            .await
        }
        ListRequest::Parties(filter) => {
            write::<Parties, _>(around, format, |to| store.send_parties(office, scope, filter, most, to))
                .await
        }
        ListRequest::Grids(filter) => {
            write::<Grids, _>(around, format, |to| store.send_grids(office, scope, filter, most, to)).await
        }
        ListRequest::Tasks(filter) => {
            write::<Tasks, _>(around, format, |to| store.send_tasks(office, scope, filter, now, most, to))
                .await
        }
        ListRequest::Unsent(filter) => {
            write::<UnsentWork, _>(around, format, |to| {
                store.send_unsent(office, scope, filter, now, most, to)
            })
            .await
        }
        ListRequest::PublicReports(filter) => {
            write::<PublicReports, _>(around, format, |to| {
                store.send_public_reports(office, scope, filter, most, to)
            })
            .await
        }
        ListRequest::Complaints(filter) => {
            write::<Complaints, _>(around, format, |to| {
                store.send_visit_complaints(office, scope, filter, most, to)
            })
            .await
        }
        ListRequest::People(filter) => {
            write::<People, _>(around, format, |to| store.send_people(office, filter, most, to)).await
        }
        ListRequest::Quarantine(filter) => {
            write::<Quarantine, _>(around, format, |to| store.send_quarantine(office, filter, most, to)).await
        }
        ListRequest::Audit(filter) => {
            write::<Audit, _>(around, format, |to| store.send_audit(office, filter, most, to)).await
        }
    }?;
    let end = format.as_str();
    Ok(Exported {
        file,
        plain_name: format!("{}-{today}.{end}", request.name().as_str()),
        name: format!("{}-{today}.{end}", title(request, lang)),
        rows,
    })
}

fn title(request: &ListRequest, lang: Lang) -> &'static str {
    match request {
        ListRequest::Ledger(_) => Ledger::title(lang),
        ListRequest::Visits(_) => Visits::title(lang),
        ListRequest::Sites(_) => Sites::title(lang),
        ListRequest::SpotChecks(_) => SpotChecks::title(lang),
        ListRequest::Parties(_) => Parties::title(lang),
        ListRequest::Grids(_) => Grids::title(lang),
        ListRequest::Tasks(_) => Tasks::title(lang),
        ListRequest::Unsent(_) => UnsentWork::title(lang),
        ListRequest::PublicReports(_) => PublicReports::title(lang),
        ListRequest::Complaints(_) => Complaints::title(lang),
        ListRequest::People(_) => People::title(lang),
        ListRequest::Quarantine(_) => Quarantine::title(lang),
        ListRequest::Audit(_) => Audit::title(lang),
    }
}

/// The file, and how many rows are in it.
async fn write<L: List, Sending>(
    around: CellContext,
    format: FileFormat,
    send: impl FnOnce(mpsc::Sender<L::Row>) -> Sending,
) -> Result<(File, u64), Error>
where
    Sending: Future<Output = storage::Result<u32>>,
{
    let (to, rows) = mpsc::channel(UNDER_WAY);
    let (tell, unreadable) = oneshot::channel();
    let writing = spawn_blocking(move || fill::<L>(&around, format, rows, unreadable));
    let sending = async {
        let sent = send(to).await;
        // Told whatever came of it: whoever writes waits for it.
        let _ = tell.send(sent.as_ref().copied().unwrap_or_default());
        sent
    };
    let (sent, written) = join!(sending, writing);
    sent?;
    Ok(written.map_err(|error| Error::Bug(error.to_string()))??)
}

/// In a thread of its own: the file, once all rows have come.
fn fill<L: List>(
    around: &CellContext,
    format: FileFormat,
    mut rows: mpsc::Receiver<L::Row>,
    unreadable: oneshot::Receiver<u32>,
) -> Result<(File, u64), SheetError> {
    let lang = around.lang;
    let columns: Vec<_> = L::columns().iter().filter(|column| column.is_in_files()).collect();
    let headings: Vec<_> = columns.iter().map(|column| ((column.heading)(lang), column.layout)).collect();
    let mut sheet = Sheet::begin(format, L::title(lang))?;
    sheet.headings(&headings)?;
    let most = u64::from(format.most_rows());
    let mut written = 0;
    let mut is_cut = false;
    while let Some(row) = rows.blocking_recv() {
        if written == most {
            is_cut = true;
            break;
        }
        sheet.row(columns.iter().map(|column| (column.cell)(&row, around)))?;
        written += 1;
    }
    let unreadable = unreadable.blocking_recv().unwrap_or_default();
    let notes = [
        is_cut.then(|| t::file_cut(lang, format.most_rows())),
        (unreadable > 0).then(|| t::file_unreadable(lang, unreadable)),
    ];
    for note in notes.into_iter().flatten() {
        sheet.row([Cell::Text(note)])?;
    }
    Ok((sheet.finish()?, written))
}
