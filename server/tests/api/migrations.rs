//! Both databases have the same migrations, data goes through them, and an older server beside a newer one goes on.

use super::{
    office::{Database, TestOffice, found, id, outcome_of},
    upkeep::busy,
};
use domain::role::Role;
use server::storage::{
    self, StoreError,
    dump::{Cell, Row},
};
use sqlx::{
    Connection, PgConnection, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
};
use std::collections::BTreeSet;
use tokio::sync::mpsc;

static SQLITE: Migrator = sqlx::migrate!("storage/migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("storage/migrations/postgres");

/// The last migration of the set that every database begins with: none stands before it.
const FIRST_SET: i64 = 6;

/// As migrations grow: what is there stays, something comes to it.
const NEWER: &str = "CREATE TABLE of_a_newer_server (id TEXT NOT NULL PRIMARY KEY);
    ALTER TABLE hazard ADD COLUMN of_a_newer_server TEXT NOT NULL DEFAULT 'unknown';
    CREATE INDEX hazard_of_a_newer_server ON hazard (of_a_newer_server);";

async fn rows(database: &Database) -> Vec<Row> {
    let store = database.open().await;
    let (to, mut rows) = mpsc::channel::<Row>(64);
    let read = async {
        let mut all = vec![];
        while let Some(row) = rows.recv().await {
            all.push(row);
        }
        all
    };
    let (dumped, rows) = tokio::join!(store.dump(to), read);
    dumped.unwrap();
    rows
}

impl Database {
    fn is_sqlite(&self) -> bool {
        self.address.starts_with("sqlite")
    }

    fn migrations(&self) -> &'static Migrator {
        if self.is_sqlite() { &SQLITE } else { &POSTGRES }
    }

    /// Runs those of these migrations, up to this version, that have not run yet.
    async fn migrate(&self, migrations: &Migrator, version: i64) {
        if self.is_sqlite() {
            let address = format!("{}?mode=rwc", self.address);
            let mut conn = SqliteConnection::connect(&address).await.unwrap();
            migrations.run_to(version, &mut conn).await.unwrap();
        } else {
            let mut conn = PgConnection::connect(&self.address).await.unwrap();
            migrations.run_to(version, &mut conn).await.unwrap();
        }
    }

    async fn columns(&self, table: &str) -> BTreeSet<String> {
        let sql = if self.is_sqlite() {
            format!("SELECT name FROM pragma_table_info('{table}')")
        } else {
            format!("SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}'")
        };
        self.texts(&sql).await.into_iter().collect()
    }

    fn literal(&self, cell: &Cell) -> String {
        match cell {
            Cell::None => "NULL".to_owned(),
            Cell::Id(id) if self.is_sqlite() => format!("x'{}'", hex::encode(id.as_bytes())),
            Cell::Id(id) => format!("'{id}'"),
            Cell::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Cell::Number(number) => number.to_string(),
            Cell::Truth(truth) => truth.to_string().to_uppercase(),
            Cell::Bytes(bytes) if self.is_sqlite() => format!("x'{}'", hex::encode(bytes)),
            Cell::Bytes(bytes) => format!("'\\x{}'", hex::encode(bytes)),
        }
    }
}

fn names(migrations: &Migrator) -> Vec<(i64, String)> {
    migrations.iter().map(|one| (one.version, one.description.to_string())).collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    let sqlite = names(&SQLITE);
    assert_eq!(sqlite, names(&POSTGRES));
    assert!(sqlite.iter().zip(1..).all(|((version, _), next)| *version == next), "{sqlite:?}");
    assert!(sqlite.iter().any(|(version, _)| *version == FIRST_SET));
}

/// A column that a migration adds is filled by it as the server would have filled it. What is put into a table that there was
/// not yet is left out.
#[tokio::test]
async fn what_an_office_had_at_any_version_it_has_at_the_newest() {
    let (office, _) = busy().await;
    let given = rows(&office.database).await;
    let migrations = office.database.migrations();
    for version in migrations.iter().map(|one| one.version).filter(|version| *version >= FIRST_SET) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        database.migrate(migrations, version).await;
        let mut fed = vec![];
        for row in &given {
            let there = database.columns(row.table.name).await;
            if there.is_empty() {
                continue;
            }
            let columns = row.table.columns.iter().zip(&row.cells);
            let known: Vec<_> = columns.filter(|(column, _)| there.contains(column.name)).collect();
            let names: Vec<_> = known.iter().map(|(column, _)| column.name).collect();
            let values: Vec<_> = known.iter().map(|(_, cell)| database.literal(cell)).collect();
            let (names, values) = (names.join(", "), values.join(", "));
            database.execute(&format!("INSERT INTO {} ({names}) VALUES ({values})", row.table.name)).await;
            fed.push(row.clone());
        }
        assert!(fed.len() > 40, "{} rows fed at version {version}", fed.len());
        assert_eq!(rows(&database).await, fed, "from version {version}");
    }
}

#[tokio::test]
async fn a_server_goes_on_beside_a_newer_one() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let name = "of a newer server".into();
    let newer = Migration::new(999_999, name, MigrationType::Simple, NEWER.into_sql_str(), false);
    let mut newer = Migrator::with_migrations(vec![newer]);
    newer.set_ignore_missing(true);
    office.database.migrate(&newer, 999_999).await;
    assert_eq!(outcome_of(&phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await[0]), "received");
    let added = office.database.texts("SELECT of_a_newer_server FROM hazard").await;
    assert_eq!(added, ["unknown"], "what it does not know has its default");
    let started = office.database.open().await;
    assert_eq!(started.version().await.unwrap(), 999_999);
    assert_eq!(started.offices().await.unwrap(), std::slice::from_ref(&office.office));
}

#[tokio::test]
async fn a_migration_that_was_altered_after_it_ran_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path()).await;
    database.open().await.close().await;
    let altered = if database.is_sqlite() { "x'00'" } else { "'\\x00'" };
    database.execute(&format!("UPDATE _sqlx_migrations SET checksum = {altered} WHERE version = 1")).await;
    let refused = storage::open(&database.address.parse().unwrap(), false).await;
    assert!(matches!(refused, Err(StoreError::Corrupt(_))));
}
