//! How much a server takes in: submissions a second by clients, batch and photo, on both databases, beside what the same
//! disk does with bare rows; what a submission costs; what memory does over ten thousand of them with photos.
//!
//! A submission is a visit of twenty answers, about 4 KB, its ids fresh, durable when it is answered. The server is a
//! process as it is run; clients keep their connections and send again as soon as they are answered. `rates`, `photos`,
//! `storm`, `public` or `memory` after `--` does only that part. The program fails where `public`
//! misses a target.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on may panic")]

mod clients;
#[expect(dead_code, reason = "the tests' office can do more than is measured here")]
#[path = "../../tests/api/office.rs"]
mod office;
mod photos;
#[expect(dead_code, reason = "nothing is broken here")]
#[path = "../../tests/support/process.rs"]
mod process;
mod public;
mod storm;

use clients::{Load, Work};
use office::{Database, TestOffice};
use process::Process;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};
use test_support::postgres::Cluster;

const SECONDS: Duration = Duration::from_secs(4);
const CLIENTS: [usize; 3] = [1, 4, 16];
const SUBMISSIONS_FOR_MEMORY: usize = 10_000;

#[tokio::main]
async fn main() -> ExitCode {
    let mut kept = true;
    let wanted = |part: &str| {
        let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-')).peekable();
        words.peek().is_none() || words.any(|word| word == part)
    };
    let cluster = Cluster::durable();
    if wanted("rates") {
        rates(&cluster).await;
    }
    if wanted("photos") {
        println!(
            "\n| store | clients | photos | taken in a second | worked off a second | CPU ms a photo | p99 ms |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        for store in ["SQLite", "PostgreSQL"] {
            photos::measure(store, &cluster).await;
        }
    }
    if wanted("storm") {
        println!("\n| store | phones | storm s | others' p95 ms, calm | in the storm | ratio |");
        println!("| --- | --- | --- | --- | --- | --- |");
        for store in ["SQLite", "PostgreSQL"] {
            let (office, server) = open(store, &cluster).await;
            let load = Load::prepare(&office, &server.url).await;
            storm::measure(store, &load).await;
        }
    }
    if wanted("public") {
        public::head();
        for store in ["SQLite", "PostgreSQL"] {
            // Each report says that it comes from a network of its own.
            let proxies = ("XUNAN_TRUSTED_PROXIES", "127.0.0.1/32".to_owned());
            let (office, server) = open_with(store, &cluster, &[proxies]).await;
            public::lighten(&office).await;
            let load = Load::prepare(&office, &server.url).await;
            kept &= public::measure(store, &load, &server.url).await;
        }
    }
    if wanted("memory") {
        for store in ["SQLite", "PostgreSQL"] {
            memory(store, &cluster).await;
        }
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn rates(cluster: &Cluster) {
    println!("| store | work | clients | a second | p50 ms | p99 ms | CPU ms each |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for store in ["SQLite", "PostgreSQL"] {
        measure(store, cluster).await;
    }
}

async fn open(store: &str, cluster: &Cluster) -> (TestOffice, Process) {
    open_with(store, cluster, &[]).await
}

async fn open_with(
    store: &str,
    cluster: &Cluster,
    variables: &[(&'static str, String)],
) -> (TestOffice, Process) {
    let folder = tempfile::tempdir().unwrap();
    let database = match store {
        "SQLite" => Database::sqlite(folder.path()),
        _ => Database { address: cluster.database().await },
    };
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let address = &office.database.address;
    let server = Process::serve_with(office.folder.path(), address, &blobs, variables).await;
    (office, server)
}

async fn measure(store: &str, cluster: &Cluster) {
    for rows in [1, 20] {
        let rate = bare_rows(store, cluster, rows).await;
        println!("| {store} | bare 4 KB rows, {rows} a commit | 1 | {rate:.0} | | | |");
    }
    let (office, server) = open(store, cluster).await;
    let mut pids = vec![server.pid()];
    if store != "SQLite" {
        pids.push(cluster.pid());
    }
    let load = Load::prepare(&office, &server.url).await;
    for work in [Work::Single, Work::Batch(20), Work::Photo] {
        for clients in CLIENTS {
            load.run(work, clients, Duration::from_secs(1)).await;
            let before = clients::cpu_ms(&pids);
            let measured = load.run(work, clients, SECONDS).await;
            let cpu = (clients::cpu_ms(&pids) - before) / measured.submissions as f64;
            let (rate, p50, p99) = (measured.a_second(), measured.at(0.5), measured.at(0.99));
            println!("| {store} | {work} | {clients} | {rate:.0} | {p50:.1} | {p99:.1} | {cpu:.2} |");
        }
    }
}

/// Rows a second of one writer that syncs each commit.
async fn bare_rows(store: &str, cluster: &Cluster, rows: usize) -> f64 {
    let row = format!("('{}')", "x".repeat(4096));
    let insert = format!("INSERT INTO bare (body) VALUES {}", vec![row; rows].join(", "));
    let table = "CREATE TABLE bare (body TEXT NOT NULL)";
    let mut commits = 0;
    if store == "SQLite" {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}?mode=rwc", folder.path().join("bare.sqlite").display());
        let mut connection = SqliteConnection::connect(&address).await.unwrap();
        connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").await.unwrap();
        connection.execute(table).await.unwrap();
        let begun = Instant::now();
        while begun.elapsed() < SECONDS {
            connection.execute(AssertSqlSafe(insert.clone())).await.unwrap();
            commits += rows;
        }
        commits as f64 / begun.elapsed().as_secs_f64()
    } else {
        let mut connection = PgConnection::connect(&cluster.database().await).await.unwrap();
        connection.execute(table).await.unwrap();
        let begun = Instant::now();
        while begun.elapsed() < SECONDS {
            connection.execute(AssertSqlSafe(insert.clone())).await.unwrap();
            commits += rows;
        }
        commits as f64 / begun.elapsed().as_secs_f64()
    }
}

/// Resident memory of a server before, during and after many submissions with photos.
async fn memory(store: &str, cluster: &Cluster) {
    let (office, server) = open(store, cluster).await;
    let load = Load::prepare(&office, &server.url).await;
    let resident = || clients::resident_mb(server.pid());
    let mut told = vec![format!("{:.0} before", resident())];
    let mut done = 0;
    for goal in [1_000, 4_000, 7_000, SUBMISSIONS_FOR_MEMORY] {
        while done < goal {
            done += load.run(Work::Photo, 16, Duration::from_secs(1)).await.submissions;
        }
        told.push(format!("{:.0} after {done}", resident()));
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    told.push(format!("{:.0} ten seconds later", resident()));
    println!("\nmemory on {store}, MB: {}", told.join(", "));
}
