//! # Is everything there, and is it what it was?
//!
//! Looks every record over, as one stream of rows: records read, references lead somewhere, each hazard's log folds to the
//! state that is stored, what devices sent has the hash that its receipt names, no number was given twice or is ahead of
//! its series. Then every photo's bytes are hashed. What is merely on its way, such as a photo still on a phone, is counted
//! and is no damage.

use crate::{
    blobs::{BlobError, Blobs, Variant},
    storage::{
        Store, StoreError,
        dump::{Cell, Kind, Row, TABLES},
    },
};
use domain::{
    checklist::Checklist,
    hazard::{Entry, Hazard},
    id::HazardId,
    inspection::{Inspection, InspectionSummary},
    person::Person,
    photo::{PhotoFacts, PhotoHash},
    site::Site,
    sync::{Operation, Outcome},
};
use futures::{StreamExt, stream};
use serde::de::DeserializeOwned;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Photos being hashed at the same time.
const AT_ONCE: usize = 4;

/// Descriptions kept; all are counted.
const MOST_TOLD: usize = 50;

/// Rows between the database and the check.
const BUFFER: usize = 256;

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Rows by table.
    pub rows: BTreeMap<&'static str, u64>,
    pub photos: u64,
    pub photo_bytes: u64,
    /// Announced, not here yet.
    pub awaited: u64,
    /// Named by a record, not announced yet.
    pub unannounced: u64,
    pub damage: u64,
    /// The first of them, in words.
    pub told: Vec<String>,
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.damage == 0
    }

    fn damaged(&mut self, words: String) {
        self.damage += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(words);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in TABLES {
            if let Some(rows) = self.rows.get(table.name) {
                writeln!(f, "{:>12}  {rows}", table.name)?;
            }
        }
        let megabytes = self.photo_bytes / 1_000_000;
        writeln!(f, "{} photos here ({megabytes} MB), every byte hashed", self.photos)?;
        writeln!(
            f,
            "{} photos awaited, {} named before they were announced",
            self.awaited, self.unannounced
        )?;
        for words in &self.told {
            writeln!(f, "damaged: {words}")?;
        }
        match self.damage {
            0 => write!(f, "everything is in order"),
            damage => write!(f, "{damage} damaged"),
        }
    }
}

/// Looks everything over. An error here is of the looking; damage stands in the report.
pub async fn verify(store: &dyn Store, blobs: &dyn Blobs) -> Result<Report, StoreError> {
    let (to, mut rows) = mpsc::channel(BUFFER);
    let look = async {
        let mut check = Check::default();
        while let Some(row) = rows.recv().await {
            check.row(&row);
        }
        check.end()
    };
    let (dumped, (mut report, received)) = tokio::join!(store.dump(to), look);
    dumped?;
    let mut bytes = stream::iter(received)
        .map(|photo| async move {
            let bytes = blobs.get(&photo.hash, Variant::Original).await;
            (photo, bytes)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((photo, bytes)) = bytes.next().await {
        judge_photo(&mut report, &photo, bytes);
    }
    Ok(report)
}

fn judge_photo(report: &mut Report, photo: &PhotoFacts, bytes: Result<Option<Vec<u8>>, BlobError>) {
    let hash = &photo.hash;
    match bytes {
        Ok(Some(bytes)) if PhotoHash::of(&bytes) == *hash => {
            report.photos += 1;
            report.photo_bytes += bytes.len() as u64;
            if bytes.len() as u64 != photo.bytes {
                report.damaged(format!(
                    "photo {hash} is said to have {} bytes, has {}",
                    photo.bytes,
                    bytes.len()
                ));
            }
        }
        Ok(Some(_)) => report.damaged(format!("photo {hash} has other bytes")),
        Ok(None) => report.damaged(format!("photo {hash} was received and is gone")),
        Err(error) => report.damaged(format!("photo {hash} cannot be read: {error}")),
    }
}

/// A hazard as its row says it is, until its log has been seen.
struct Claimed {
    hazard: Hazard,
    log: Vec<Entry>,
}

#[derive(Default)]
struct Check {
    report: Report,
    /// Ids of the tables that others refer to.
    ids: HashMap<&'static str, HashSet<Uuid>>,
    hazards: HashMap<Uuid, Claimed>,
    photos: HashSet<String>,
    received: Vec<PhotoFacts>,
    /// The highest number seen, by office, series and year.
    highest: HashMap<(Uuid, &'static str, i64), i64>,
    series: HashMap<(Uuid, String, i64), i64>,
    receipts: HashSet<(Uuid, String)>,
}

impl Check {
    fn row(&mut self, row: &Row) {
        *self.report.rows.entry(row.table.name).or_default() += 1;
        self.references(row);
        match row.table.name {
            "person" => drop(self.body::<Person>(row, "body")),
            "site" => drop(self.body::<Site>(row, "body")),
            "checklist" => self.checklist(row),
            "hazard" => self.hazard(row),
            "hazard_event" => self.entry(row),
            "inspection" => self.inspection(row),
            "photo" => self.photo(row),
            "photo_site" => {
                if !row.text("hash").is_some_and(|hash| self.photos.contains(hash)) {
                    self.report.unannounced += 1;
                }
            }
            "operation" => self.operation(row),
            "change" => {
                let seq = row.number("seq").unwrap_or_default();
                self.number(row.id("office"), "change", 0, seq);
            }
            "sequence" => {
                let office = row.id("office").unwrap_or_default();
                let series = row.text("series").unwrap_or_default().to_owned();
                let year = row.number("year").unwrap_or_default();
                self.series.insert((office, series, year), row.number("last").unwrap_or_default());
            }
            _ => {}
        }
    }

    /// A column that bears a table's name refers to it.
    fn references(&mut self, row: &Row) {
        for (column, cell) in row.table.columns.iter().zip(&row.cells) {
            let Cell::Id(id) = cell else { continue };
            if column.kind == Kind::Id && column.name == "id" {
                self.ids.entry(row.table.name).or_default().insert(*id);
            }
            let known = self.ids.get(column.name);
            // A hazard may have come without its inspection: refused, or on its way.
            if column.name != "inspection" && known.is_some_and(|known| !known.contains(id)) {
                let table = row.table.name;
                self.report.damaged(format!("{table} refers to {} {id}, which is not there", column.name));
            }
        }
    }

    fn body<T: DeserializeOwned>(&mut self, row: &Row, column: &str) -> Option<T> {
        match serde_json::from_str(row.text(column).unwrap_or_default()) {
            Ok(record) => Some(record),
            Err(error) => {
                let name = name(row);
                self.report.damaged(format!("{name}: {column} cannot be read: {error}"));
                None
            }
        }
    }

    fn checklist(&mut self, row: &Row) {
        let Some(list) = self.body::<Checklist>(row, "body") else { return };
        if let Err(error) = list.check() {
            self.report.damaged(format!("{}: {error}", name(row)));
        }
    }

    fn hazard(&mut self, row: &Row) {
        let Some(hazard) = self.body::<Hazard>(row, "body") else { return };
        self.people_number(row.id("office"), "hazard", row.text("number"));
        self.hazards.insert(hazard.id.0, Claimed { hazard, log: vec![] });
    }

    fn entry(&mut self, row: &Row) {
        let Some(entry) = self.body::<Entry>(row, "body") else { return };
        let claimed = row.id("hazard").and_then(|hazard| self.hazards.get_mut(&hazard));
        if let Some(claimed) = claimed {
            if row.number("position") != i64::try_from(claimed.log.len()).ok() {
                self.report.damaged(format!("{}: an entry is missing before it", name(row)));
            }
            claimed.log.push(entry);
        }
    }

    fn inspection(&mut self, row: &Row) {
        let inspection = self.body::<Inspection>(row, "body");
        let summary = self.body::<InspectionSummary>(row, "summary");
        self.people_number(row.id("office"), "inspection", row.text("number"));
        if let (Some(inspection), Some(summary)) = (inspection, summary)
            && (inspection.id != summary.id || inspection.tally() != summary.tally)
        {
            self.report.damaged(format!("{}: the summary is of something else", name(row)));
        }
    }

    fn photo(&mut self, row: &Row) {
        let Some(facts) = self.body::<PhotoFacts>(row, "body") else { return };
        self.photos.insert(facts.hash.to_string());
        match row.number("received_at") {
            Some(_) => self.received.push(facts),
            None => self.report.awaited += 1,
        }
    }

    fn operation(&mut self, row: &Row) {
        if row.text("raw").map(Operation::hash_of).as_deref() != row.text("hash") {
            self.report.damaged(format!("{}: not what was received", name(row)));
        }
        let Some(outcome) = self.body::<Outcome>(row, "outcome") else { return };
        let receipt = match outcome {
            Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => Some(receipt),
            Outcome::Refused { refusal } => refusal.kept,
            Outcome::Later { .. } => None,
        };
        let Some(receipt) = receipt else {
            self.report.damaged(format!("{}: kept without a receipt", name(row)));
            return;
        };
        self.people_number(row.id("office"), "receipt", Some(&receipt.number));
        let office = row.id("office").unwrap_or_default();
        if Some(receipt.hash.as_str()) != row.text("hash") {
            self.report.damaged(format!("{}: the receipt is for something else", name(row)));
        }
        if !self.receipts.insert((office, receipt.number.clone())) {
            self.report.damaged(format!("receipt {} was given twice", receipt.number));
        }
    }

    /// `XC-2026-000318`
    fn people_number(&mut self, office: Option<Uuid>, series: &'static str, number: Option<&str>) {
        let mut parts = number.unwrap_or_default().split('-').skip(1).map(|part| part.parse::<i64>().ok());
        match (parts.next().flatten(), parts.next().flatten()) {
            (Some(year), Some(running)) => self.number(office, series, year, running),
            _ => self.report.damaged(format!("{series}: {number:?} is no number")),
        }
    }

    fn number(&mut self, office: Option<Uuid>, series: &'static str, year: i64, running: i64) {
        let highest = self.highest.entry((office.unwrap_or_default(), series, year)).or_default();
        *highest = running.max(*highest);
    }

    /// What only shows when all rows have been seen, and the photos whose bytes must be here.
    fn end(mut self) -> (Report, Vec<PhotoFacts>) {
        for (id, claimed) in std::mem::take(&mut self.hazards) {
            if let Err(words) = folds(claimed) {
                self.report.damaged(format!("hazard {id}: {words}"));
            }
        }
        for ((office, series, year), highest) in &self.highest {
            let last = self.series.get(&(*office, (*series).to_owned(), *year)).copied().unwrap_or_default();
            if last < *highest {
                let words = format!("{series} {year}: {highest} was given, the series stands at {last}");
                self.report.damaged(words);
            }
        }
        (self.report, self.received)
    }
}

/// The row's table and key.
fn name(row: &Row) -> String {
    let key = row.table.key.iter().map(|column| match row.cell(column) {
        Cell::Id(id) => id.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::None | Cell::Truth(_) | Cell::Bytes(_) => "…".to_owned(),
    });
    format!("{} {}", row.table.name, key.collect::<Vec<_>>().join(" "))
}

fn folds(Claimed { hazard, log }: Claimed) -> Result<(), &'static str> {
    let number = hazard.number.clone();
    let folded = Hazard::fold(HazardId(hazard.id.0), hazard.place, log).map_err(|_| "has no beginning")?;
    let folded = Hazard { number, log: vec![], ..folded };
    if folded == hazard { Ok(()) } else { Err("its log folds to another state") }
}
