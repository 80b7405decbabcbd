//! # All records in one file
//!
//! Lines of JSON, compressed with gzip, so that they can be read in ten years without this program: a head with the
//! tables' columns, one line for each row, and an end that counts and hashes the rows, by which a file cut short or
//! altered is known. A file holds the list of photos, not their bytes: those never change and are copied as files.

use crate::storage::{
    Store, StoreError,
    dump::{Cell, Column, Row, TABLES, Table},
};
use chrono::{DateTime, Utc};
use domain::id::OfficeId;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};
use thiserror::Error;
use tokio::{sync::mpsc, task::spawn_blocking};

const FORMAT: u32 = 1;

/// Rows between the database and the file.
const BUFFER: usize = 256;

#[derive(Debug, Error)]
pub enum ArchiveError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] io::Error),
    #[error("line {line} of the file cannot be read: {why}")]
    Unreadable { line: u64, why: String },
    #[error("the file was written by a newer version of this program")]
    Newer,
    #[error("the file was cut short: it ends without its last line")]
    CutShort,
    #[error("the file was altered: its rows are not those that were written")]
    Altered,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    xunan: u32,
    made: DateTime<Utc>,
    tables: BTreeMap<String, Vec<String>>,
}

/// What a file holds, or what went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    pub rows: u64,
    /// SHA-256 of all rows as lines.
    pub sha256: String,
}

/// Counts and hashes rows.
#[derive(Default)]
pub struct Tally {
    rows: u64,
    hash: Sha256,
}

impl Tally {
    /// Gives the row's line, without its end.
    pub fn line(&mut self, row: &Row) -> Result<String, StoreError> {
        let line = serde_json::to_string(row).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        self.rows += 1;
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        Ok(line)
    }

    pub fn contents(self) -> Contents {
        Contents { rows: self.rows, sha256: hex::encode(self.hash.finalize()) }
    }
}

/// What a store holds.
pub async fn contents(store: &dyn Store) -> Result<Contents, StoreError> {
    let (to, mut rows) = mpsc::channel(BUFFER);
    let count = async {
        let mut tally = Tally::default();
        while let Some(row) = rows.recv().await {
            tally.line(&row)?;
        }
        Ok::<_, StoreError>(tally.contents())
    };
    let (dumped, counted) = tokio::join!(store.dump(to), count);
    dumped?;
    counted
}

/// Writes everything into a file, which stands under its name only once it is whole.
pub async fn write(store: &dyn Store, path: &Path, now: DateTime<Utc>) -> Result<Contents, ArchiveError> {
    let (to, rows) = mpsc::channel(BUFFER);
    let name = path.to_owned();
    let draft = draft(path);
    let written = spawn_blocking(move || write_file(draft, rows, now));
    let dumped = store.dump(to).await;
    let (draft, contents) = written.await.map_err(io::Error::other)??;
    // A dump that broke off looks like one that ended.
    if let Err(error) = dumped {
        fs::remove_file(&draft)?;
        return Err(error.into());
    }
    fs::rename(&draft, &name)?;
    let folder = name.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(contents)
}

fn write_file(
    draft: PathBuf,
    mut rows: mpsc::Receiver<Row>,
    now: DateTime<Utc>,
) -> Result<(PathBuf, Contents), ArchiveError> {
    let mut file = GzEncoder::new(BufWriter::new(private_file(&draft)?), Compression::default());
    let columns = |table: &Table| table.columns.iter().map(|column| column.name.to_owned()).collect();
    let tables = TABLES.iter().map(|table| (table.name.to_owned(), columns(table)));
    writeln!(file, "{}", json(&Head { xunan: FORMAT, made: now, tables: tables.collect() })?)?;
    let mut tally = Tally::default();
    while let Some(row) = rows.blocking_recv() {
        writeln!(file, "{}", tally.line(&row)?)?;
    }
    let contents = tally.contents();
    writeln!(file, "{}", json(&contents)?)?;
    let file = file.finish()?.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    Ok((draft, contents))
}

/// It holds what passwords hash to, people's names, and the key that signs receipts.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn draft(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// What a file will be as rows of today's tables.
#[derive(Debug)]
pub struct Checked {
    pub contents: Contents,
    pub offices: Vec<OfficeId>,
}

/// Reads a file through, handing its rows on, and judges it at its end.
pub async fn read(path: &Path, to: mpsc::Sender<Row>) -> Result<(), ArchiveError> {
    let path = path.to_owned();
    spawn_blocking(move || read_file(&path, &mut |row| Ok(to.blocking_send(row).is_ok())))
        .await
        .map_err(io::Error::other)?
}

/// Reads a file through and changes nothing.
pub async fn check(path: &Path) -> Result<Checked, ArchiveError> {
    let path = path.to_owned();
    let check = move || {
        let (mut tally, mut offices) = (Tally::default(), vec![]);
        read_file(&path, &mut |row| {
            tally.line(&row)?;
            if row.table.name == "office" {
                offices.extend(row.id("id").map(OfficeId));
            }
            Ok(true)
        })?;
        Ok(Checked { contents: tally.contents(), offices })
    };
    spawn_blocking(check).await.map_err(io::Error::other)?
}

/// `take` says whether it wants more.
fn read_file(path: &Path, take: &mut dyn FnMut(Row) -> Result<bool, StoreError>) -> Result<(), ArchiveError> {
    let mut lines = BufReader::new(GzDecoder::new(File::open(path)?)).lines();
    let unreadable = |line: u64, why: &dyn ToString| ArchiveError::Unreadable { line, why: why.to_string() };
    let head = lines.next().ok_or(ArchiveError::CutShort)??;
    let head: Head = serde_json::from_str(&head).map_err(|error| unreadable(1, &error))?;
    if head.xunan > FORMAT {
        return Err(ArchiveError::Newer);
    }
    let shapes = shapes(&head)?;
    let mut tally = Tally::default();
    for (line, text) in (2..).zip(lines) {
        let text = text.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => ArchiveError::CutShort,
            _ => unreadable(line, &error),
        })?;
        let value: Value = serde_json::from_str(&text).map_err(|error| unreadable(line, &error))?;
        let Value::Array(values) = value else {
            let written: Contents =
                serde_json::from_value(value).map_err(|error| unreadable(line, &error))?;
            let found = Contents { rows: tally.rows, sha256: hex::encode(tally.hash.finalize()) };
            return if found == written { Ok(()) } else { Err(ArchiveError::Altered) };
        };
        tally.rows += 1;
        tally.hash.update(text.as_bytes());
        tally.hash.update(b"\n");
        if !take(row(&values, &shapes).map_err(|error| unreadable(line, &error))?)? {
            break;
        }
    }
    Err(ArchiveError::CutShort)
}

/// Of each table in the file: ours, and where each of our columns stands in the file's rows.
type Shapes = BTreeMap<String, (&'static Table, Vec<(usize, &'static Column)>)>;

fn shapes(head: &Head) -> Result<Shapes, ArchiveError> {
    let mut shapes = Shapes::new();
    for (name, columns) in &head.tables {
        let table = Table::named(name).ok_or(ArchiveError::Newer)?;
        let place = |name: &String| {
            let column = table.columns.iter().find(|column| column.name == name);
            column.ok_or(ArchiveError::Newer)
        };
        // The table's name stands first in a row.
        let places = (1..).zip(columns).map(|(at, name)| Ok((at, place(name)?)));
        shapes.insert(name.clone(), (table, places.collect::<Result<_, ArchiveError>>()?));
    }
    Ok(shapes)
}

fn row(values: &[Value], shapes: &Shapes) -> Result<Row, StoreError> {
    let wrong = || StoreError::Corrupt("a row of no known table".to_owned());
    let name = values.first().and_then(Value::as_str).ok_or_else(wrong)?;
    let (table, places) = shapes.get(name).ok_or_else(wrong)?;
    let cell = |column: &Column| {
        let place = places.iter().find(|(_, known)| known.name == column.name);
        let value = place.and_then(|(at, _)| values.get(*at)).unwrap_or(&Value::Null);
        Cell::read(column.kind, value)
    };
    Ok(Row { table, cells: table.columns.iter().map(cell).collect::<Result<_, _>>()? })
}
