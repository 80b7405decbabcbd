//! What the desk's lists and figures take when a city has years behind it: a million visits, two hundred thousand
//! hazards. Medians and the slowest of twenty (p95) on both databases. Then how many requests, and how long, a phone that
//! has nothing yet needs until it has all that it keeps: one of a grid, and one of the safety committee office.
//!
//! A number after `--` makes it smaller: `cargo bench --bench volume -- 0.1`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on may panic")]

#[expect(dead_code, reason = "the tests' office can do more than is measured here")]
#[path = "../tests/api/office.rs"]
mod office;

use chrono::Duration;
use domain::{
    device::page::{PAGE, next_page},
    hazard::{Found, Hazard, Issued},
    id::PersonId,
    ledger::{LedgerFilter, LedgerSort, LedgerStatusFilter},
    permission::Withheld,
    place::Grid,
    role::{Actor, Role, Scope},
    sector::Sector,
    severity::Severity,
    site::Site,
    time::office_day,
    visit::{PlaceNames, SiteSnapshot, VisitFilter},
};
use office::{Database, Phone, TestOffice, answers_in, id, now, passing_visit};
use serde_json::json;
use server::storage::{Store, StoredVisit};
use std::time::Instant;
use test_support::postgres::Cluster;

const VISITS: f64 = 1_000_000.0;
const HAZARDS: f64 = 200_000.0;
const SITES: usize = 3_000;
const GRIDS: usize = 60;
const AT_ONCE: usize = 2_000;
const TIMES: usize = 20;

#[tokio::main]
async fn main() {
    let scale = std::env::args().find_map(|word| word.parse::<f64>().ok()).unwrap_or(1.0);
    let (visits, hazards) = ((VISITS * scale) as usize, (HAZARDS * scale) as usize);
    let cluster = Cluster::durable();
    println!("{visits} visits, {hazards} hazards, {SITES} sites in {GRIDS} grids\n");
    println!("| | SQLite p50 ms | p95 ms | PostgreSQL p50 ms | p95 ms |\n| --- | --- | --- | --- | --- |");
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Database::sqlite(folder.path());
    let sqlite = fill(TestOffice::on(sqlite, folder).await, visits, hazards).await;
    let postgres = Database { address: cluster.database().await };
    let postgres = TestOffice::on(postgres, tempfile::tempdir().unwrap()).await;
    let postgres = fill(postgres, visits, hazards).await;
    // PostgreSQL does this by itself within a minute; SQLite when it is opened.
    postgres.database.execute("ANALYZE").await;
    let sqlite = sqlite.reopened().await;
    for (name, question) in QUESTIONS {
        let (a, b) = (ask(&sqlite, question).await, ask(&postgres, question).await);
        println!("| {name} | {:.1} | {:.1} | {:.1} | {:.1} |", a.0, a.1, b.0, b.1);
    }
    println!("\n| a fresh phone of | records | MB | requests | SQLite s | PostgreSQL s |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, role) in [("a grid", Role::Inspector), ("the safety committee office", Role::Supervisor)] {
        let (a, b) = (filled(&sqlite, role).await, filled(&postgres, role).await);
        let megabytes = a.bytes as f64 / 1e6;
        println!(
            "| {name} | {} | {megabytes:.1} | {} | {:.2} | {:.2} |",
            a.records, a.requests, a.seconds, b.seconds
        );
        // Pages grow with how quickly they come; both databases give the same records.
        assert_eq!(a.records, b.records);
        assert!(
            a.requests <= MOST_REQUESTS && b.requests <= MOST_REQUESTS,
            "{} and {}",
            a.requests,
            b.requests
        );
    }
}

/// What a fresh phone may take until it is ready.
const MOST_REQUESTS: usize = 20;

struct Filled {
    records: usize,
    bytes: usize,
    requests: usize,
    seconds: f64,
}

/// Asks as a phone does, until there is no more.
async fn filled(office: &TestOffice, role: Role) -> Filled {
    let phone = office.phone(role).await;
    let begun = Instant::now();
    let mut filled = Filled { records: 0, bytes: 0, requests: 0, seconds: 0.0 };
    let (mut cursor, mut page, mut more) = (None::<String>, PAGE, true);
    while more {
        let asked = Instant::now();
        let body = json!({ "device": phone.device, "now": now(), "pull": true, "cursor": cursor, "page_bytes": page });
        let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await;
        let answer = reply.json();
        filled.requests += 1;
        filled.bytes += reply.bytes.len();
        filled.records += answer["changes"].as_array().unwrap().len();
        cursor = answer["cursor"].as_str().map(str::to_owned);
        more = answer["more"] == json!(true);
        page = next_page(page, u64::try_from(asked.elapsed().as_millis()).ok());
    }
    filled.seconds = begun.elapsed().as_secs_f64();
    filled
}

/// Rows of changes that would have been swept away long ago are not written in the first place.
async fn as_swept(office: &TestOffice) {
    let cut = (now() - Duration::days(90)).timestamp_millis();
    if office.database.address.starts_with("sqlite") {
        let trigger = format!(
            "CREATE TRIGGER swept BEFORE INSERT ON change WHEN NEW.ended_at < {cut}
             BEGIN SELECT RAISE(IGNORE); END"
        );
        office.database.execute(&trigger).await;
        return;
    }
    let function = format!(
        "CREATE FUNCTION swept() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN IF NEW.ended_at < {cut} THEN RETURN NULL; END IF; RETURN NEW; END $$"
    );
    office.database.execute(&function).await;
    let trigger = "CREATE TRIGGER swept BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION swept()";
    office.database.execute(trigger).await;
}

async fn as_ever(office: &TestOffice) {
    let is_sqlite = office.database.address.starts_with("sqlite");
    let of_table = if is_sqlite { "" } else { " ON change" };
    office.database.execute(&format!("DROP TRIGGER swept{of_table}")).await;
}

#[derive(Clone, Copy)]
enum Question {
    Overview,
    Ledger(fn() -> LedgerFilter),
    Visits(fn() -> VisitFilter),
    /// Of half of the grids.
    Half,
}

const QUESTIONS: [(&str, Question); 8] = [
    ("dashboard", Question::Overview),
    ("dashboard of half of the grids", Question::Half),
    ("ledger, open, by deadline", Question::Ledger(|| LedgerFilter { page: 1, ..LedgerFilter::default() })),
    (
        "ledger, late",
        Question::Ledger(|| LedgerFilter {
            page: 1,
            status: LedgerStatusFilter::Late,
            ..LedgerFilter::default()
        }),
    ),
    (
        "ledger, all, newest number first",
        Question::Ledger(|| LedgerFilter {
            page: 1,
            status: LedgerStatusFilter::Any,
            sort: LedgerSort::Number,
            ..LedgerFilter::default()
        }),
    ),
    (
        "ledger, all of a sector",
        Question::Ledger(|| LedgerFilter {
            page: 1,
            status: LedgerStatusFilter::Any,
            sector: Some(Sector::Ebike),
            ..LedgerFilter::default()
        }),
    ),
    ("visits", Question::Visits(|| VisitFilter { page: 1, ..VisitFilter::default() })),
    ("visits, page 200", Question::Visits(|| VisitFilter { page: 200, ..VisitFilter::default() })),
];

/// Median and 95th percentile, milliseconds.
async fn ask(office: &TestOffice, question: Question) -> (f64, f64) {
    let store: &dyn Store = &*office.state.store;
    let id = office.office.id;
    let grids = store.places(id).await.unwrap().grids;
    let half = Scope::Grids(grids.iter().step_by(2).map(|grid| grid.id).collect());
    let mut times = vec![];
    for _ in 0..=TIMES {
        let begun = Instant::now();
        match question {
            Question::Overview => drop(store.overview(id, &Scope::Office, now()).await.unwrap()),
            Question::Half => drop(store.overview(id, &half, now()).await.unwrap()),
            Question::Ledger(filter) => {
                drop(store.ledger(id, &Scope::Office, &filter(), now()).await.unwrap());
            }
            Question::Visits(filter) => {
                drop(store.visits(id, &Scope::Office, &filter()).await.unwrap());
            }
        }
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    // The first one warms.
    let mut times = times.split_off(1);
    times.sort_by(f64::total_cmp);
    (times[TIMES / 2], times[TIMES - 2])
}

/// Four years of them, spread evenly; one hazard in twenty is still open.
async fn fill(office: TestOffice, visits: usize, hazards: usize) -> TestOffice {
    let (store, own) = (&*office.state.store, office.office.id);
    let person: PersonId = store.people(own).await.unwrap()[0].id;
    let phone = Phone { office: &office, cookie: String::new(), device: id(), person };
    let form = office.form("ebike-charging");
    let mut model = passing_visit(&phone, &office.site, &form);
    for answer in answers_in(&mut model) {
        answer["note"] = json!("现场查看，核对台账与照片，情况属实。".repeat(2));
    }
    let model: domain::visit::Visit =
        serde_json::from_value(model["payload"]["submit_visit"].take()).unwrap();
    as_swept(&office).await;
    let mut grids = vec![office.site.grid, office.elsewhere.grid];
    let mut sites: Vec<Site> = vec![];
    let mut tx = store.write().await.unwrap();
    for n in grids.len()..GRIDS {
        let grid = Grid { id: id(), community: office.site.community, name: format!("第 {n} 网格之外") };
        tx.put_grid(own, &grid).await.unwrap();
        grids.push(grid.id);
    }
    for n in 0..SITES {
        let like = if n.is_multiple_of(2) { &office.site } else { &office.elsewhere };
        let site = Site { id: id(), grid: grids[n % GRIDS], code: format!("S{n}"), ..like.clone() };
        tx.put_site(own, &site).await.unwrap();
        sites.push(site);
    }
    tx.commit().await.unwrap();
    let ago = |n: usize, of: usize| now() - Duration::minutes((4 * 365 * 24 * 60 * (of - n) / of) as i64);
    for some in (0..visits).collect::<Vec<_>>().chunks(AT_ONCE) {
        let made = some.iter().map(|n| {
            let at = ago(*n, visits);
            let mut visit = model.clone();
            (visit.id, visit.site) = (id(), sites[n % SITES].id);
            (visit.started_at, visit.submitted_at) = (at, at);
            StoredVisit {
                number: format!("JC-2026-{n:07}"),
                received_at: at,
                inspector_name: Role::Inspector.name().zh,
                site: SiteSnapshot::of(&sites[n % SITES], PlaceNames::default()),
                visit,
            }
        });
        let mut tx = store.write().await.unwrap();
        tx.put_visits(own, &made.collect::<Vec<_>>()).await.unwrap();
        tx.commit().await.unwrap();
    }
    for some in (0..hazards).collect::<Vec<_>>().chunks(AT_ONCE) {
        let made = some.iter().map(|n| hazard(&sites[n / 7 % SITES], *n, ago(*n, hazards)));
        let mut tx = store.write().await.unwrap();
        tx.put_hazards(own, &made.collect::<Vec<_>>(), now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    as_ever(&office).await;
    office
}

fn hazard(site: &Site, n: usize, at: chrono::DateTime<chrono::Utc>) -> Hazard {
    let open = n.is_multiple_of(20);
    let fixed = (!open).then(|| json!({ "photos": ["2".repeat(64)] }));
    let level = if n.is_multiple_of(50) { Severity::Major } else { Severity::General };
    let found = json!({ "level": level, "what": format!("楼道堆放杂物 {n}"), "photos": [],
        "due": office_day(at + Duration::days(7)), "form": "ebike-charging", "question": format!("question-{}", n % 40),
        "fixed": fixed });
    let found: Found = serde_json::from_value(found).unwrap();
    let (office, name) = (id(), "王芳".to_owned());
    let by = Actor {
        office,
        person: id(),
        name,
        role: Role::Inspector,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    };
    let issued = Issued { id: id(), at, received_at: None, by: &by };
    let mut hazard = Hazard::open(id(), site.resource_scope(), None, found, &issued).unwrap();
    hazard.number = Some(format!("XC-2026-{n:07}"));
    hazard
}
