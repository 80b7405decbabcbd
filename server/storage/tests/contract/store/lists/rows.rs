//! A list as its pages and its file have it.

use super::super::now;
use domain::{
    device::heartbeat::UnsentRow,
    id::OfficeId,
    ledger::LedgerRow,
    list::{ListFilter, ListPage, ListRequest},
    place::GridRow,
    role::Scope,
    site::SiteRow,
    spot_check::SpotCheckRow,
    task::Task,
    visit::VisitRow,
};
use storage::Store;
use tokio::{join, sync::mpsc};
use uuid::Uuid;

/// Rows that a file may have here.
pub const MOST: u32 = 10_000;

/// The total that every page tells, and the rows of all pages.
async fn on_pages<F: ListFilter, Row, Summary>(
    filter: &F,
    page: impl AsyncFn(F) -> ListPage<Row, Summary>,
    id: impl Fn(&Row) -> Uuid,
) -> (u64, Vec<Uuid>) {
    let (mut number, mut rows) = (1, vec![]);
    loop {
        let page = page(filter.at_page(number)).await;
        assert_eq!(page.unreadable, 0);
        if page.rows.is_empty() {
            return (page.total, rows);
        }
        rows.extend(page.rows.iter().map(&id));
        number += 1;
    }
}

/// The rows as a file has them.
pub async fn in_file<Row>(
    send: impl AsyncFnOnce(mpsc::Sender<Row>) -> u32,
    id: impl Fn(&Row) -> Uuid,
) -> Vec<Uuid> {
    let (to, mut rows) = mpsc::channel(4);
    let read = async {
        let mut read = vec![];
        while let Some(row) = rows.recv().await {
            read.push(id(&row));
        }
        read
    };
    let (unreadable, read) = join!(send(to), read);
    assert_eq!(unreadable, 0);
    read
}

/// What the list has on its pages; a file has the same in the same order.
pub async fn listed(
    store: &impl Store,
    office: OfficeId,
    scope: &Scope,
    request: &ListRequest,
) -> (u64, Vec<Uuid>) {
    let (pages, file) = match request {
        ListRequest::Ledger(filter) => (
            on_pages(
                filter,
                async |filter| store.ledger(office, scope, &filter, now()).await.unwrap(),
                |row: &LedgerRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_ledger(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &LedgerRow| row.id.0,
            )
            .await,
        ),
        ListRequest::Visits(filter) => (
            on_pages(
                filter,
                async |filter| store.visits(office, scope, &filter).await.unwrap(),
                |row: &VisitRow| row.summary.id.0,
            )
            .await,
            in_file(
                async |to| store.send_visits(office, scope, filter, MOST, to).await.unwrap(),
                |row: &VisitRow| row.summary.id.0,
            )
            .await,
        ),
        ListRequest::Sites(filter) => (
            on_pages(
                filter,
                async |filter| store.sites(office, scope, &filter, now()).await.unwrap(),
                |row: &SiteRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_sites(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &SiteRow| row.id.0,
            )
            .await,
        ),
        ListRequest::SpotChecks(filter) => (
            on_pages(
                filter,
                async |filter| store.spot_check_plans(office, scope, &filter, now()).await.unwrap(),
                |row: &SpotCheckRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_spot_check_plans(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &SpotCheckRow| row.id.0,
            )
            .await,
        ),
        ListRequest::Grids(filter) => (
            on_pages(
                filter,
                async |filter| store.grids(office, scope, &filter).await.unwrap(),
                |row: &GridRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_grids(office, scope, filter, MOST, to).await.unwrap(),
                |row: &GridRow| row.id.0,
            )
            .await,
        ),
        ListRequest::Tasks(filter) => (
            on_pages(
                filter,
                async |filter| store.tasks(office, scope, &filter, now()).await.unwrap(),
                |row: &Task| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_tasks(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &Task| row.id.0,
            )
            .await,
        ),
        ListRequest::Unsent(filter) => (
            on_pages(
                filter,
                async |filter| store.unsent(office, scope, &filter, now()).await.unwrap(),
                |row: &UnsentRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_unsent(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &UnsentRow| row.id.0,
            )
            .await,
        ),
        ListRequest::Parties(_)
        | ListRequest::PublicReports(_)
        | ListRequest::Complaints(_)
        | ListRequest::People(_)
        | ListRequest::Quarantine(_)
        | ListRequest::Audit(_) => {
            panic!("no figure counts {request:?}")
        }
    };
    assert_eq!(pages.1, file, "{request:?}");
    pages
}
