//! Data goes through every migration, and an older server beside a newer one goes on.

use super::{
    office::{Database, TestOffice, found, id, outcome_of},
    upkeep::busy,
};
use domain::role::Role;
use server::storage::dump::{Cell, Row};
use sqlx::{Connection, PgConnection, SqliteConnection, migrate::Migrator};
use std::collections::BTreeSet;
use tokio::sync::mpsc;

static SQLITE: Migrator = sqlx::migrate!("storage/migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("storage/migrations/postgres");

/// The first version that an office ever had.
const FIRST: i64 = 3;

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

    /// Brings an empty one to this version.
    async fn migrate(&self, version: i64) {
        if self.is_sqlite() {
            let address = format!("{}?mode=rwc", self.address);
            SQLITE.run_to(version, &mut SqliteConnection::connect(&address).await.unwrap()).await.unwrap();
        } else {
            POSTGRES.run_to(version, &mut PgConnection::connect(&self.address).await.unwrap()).await.unwrap();
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

#[tokio::test]
async fn what_an_office_had_at_any_version_it_has_at_the_newest() {
    let (office, _) = busy().await;
    let given = rows(&office.database).await;
    let migrations = if office.database.is_sqlite() { &SQLITE } else { &POSTGRES };
    let versions: Vec<i64> = migrations.iter().map(|migration| migration.version).collect();
    for version in versions.into_iter().filter(|version| *version >= FIRST) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        database.migrate(version).await;
        let mut fed = vec![];
        for row in &given {
            let there = database.columns(row.table.name).await;
            // What waited in an earlier queue is found again in the photos.
            let other_queue = row.table.name == "job" && !there.contains("payload");
            if there.is_empty() || other_queue {
                // Found again in the records.
                if matches!(row.table.name, "photo_use" | "announcement" | "photo_sight") {
                    fed.push(row.clone());
                }
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
    let ahead = if office.database.is_sqlite() { "x'00'" } else { "'\\x00'" };
    office
        .database
        .execute(&format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (999999, 'of a newer server', TRUE, {ahead}, 0)"
        ))
        .await;
    assert_eq!(office.database.open().await.version().await.unwrap(), 999_999);
    let phone = office.phone(Role::Inspector).await;
    assert_eq!(outcome_of(&phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await[0]), "received");
}
