//! # Is everything there, and is it what it was?
//!
//! Looks every record over, as one stream of rows: records read, references lead somewhere, each hazard's events are whole
//! and fold to the state that is stored (whatever today's rules would say of them), what devices sent has the hash that its
//! receipt names, no number was given twice or is ahead of its series, and whoever may see a record hears of it. Then every
//! photo's bytes are hashed. What is merely on its way, such as a photo still on a phone, is counted and is no damage.

use crate::{
    blobs::{BlobError, Blobs, Variant},
    signing::{self, SigningKey},
    storage::{
        Store, StoreError,
        dump::{Cell, Row, TABLES},
    },
};
use domain::{
    checklist::Checklist,
    hazard::{EventRecord, Hazard, PROJECTION_VERSION},
    id::{HazardId, SiteKind},
    person::Person,
    photo::{PhotoFacts, PhotoHash},
    receipt::Receipt,
    role::ResourceScope,
    sector::Sector,
    site::Site,
    sync::{Operation, Outcome, Reason},
    visit::{SiteSnapshot, Visit, VisitSummary},
};
use futures::{StreamExt, stream};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};
use thiserror::Error;
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
    /// Work behind the answers that was tried to no avail: an administrator says what becomes of it.
    pub failed_jobs: u64,
    /// Hazards whose state an earlier, or a later, version has folded.
    pub outdated: u64,
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
                writeln!(f, "{:>15}  {rows}", table.name)?;
            }
        }
        let megabytes = self.photo_bytes / 1_000_000;
        writeln!(f, "{} photos here ({megabytes} MB), every byte hashed", self.photos)?;
        writeln!(
            f,
            "{} photos awaited, {} named before they were announced",
            self.awaited, self.unannounced
        )?;
        if self.failed_jobs > 0 {
            writeln!(f, "{} background jobs failed: see /office/jobs", self.failed_jobs)?;
        }
        if self.outdated > 0 {
            writeln!(f, "{} hazards were folded by another version: run xunan rebuild", self.outdated)?;
        }
        for words in &self.told {
            writeln!(f, "damaged: {words}")?;
        }
        match self.damage {
            0 => write!(f, "everything is in order"),
            damage => write!(f, "{damage} damaged"),
        }
    }
}

/// The looking itself failed.
#[derive(Debug, Error)]
pub enum VerifyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blobs(#[from] BlobError),
}

/// Looks everything over. Damage stands in the report.
pub async fn verify(store: &dyn Store, blobs: &dyn Blobs) -> Result<Report, VerifyError> {
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
    for office in store.offices().await? {
        for fault in store.audience_faults(office.id).await? {
            report.damaged(fault.to_string());
        }
    }
    let mut bytes = stream::iter(received)
        .map(|photo| async move {
            let bytes = blobs.get(&photo.hash, Variant::Original).await;
            (photo, bytes)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((photo, bytes)) = bytes.next().await {
        judge_photo(&mut report, &photo, bytes?);
    }
    Ok(report)
}

fn judge_photo(report: &mut Report, photo: &PhotoFacts, bytes: Option<Vec<u8>>) {
    let hash = &photo.hash;
    match bytes {
        Some(bytes) if PhotoHash::of(&bytes) == *hash => {
            report.photos += 1;
            report.photo_bytes += bytes.len() as u64;
            if bytes.len() as u64 != photo.bytes {
                let words =
                    format!("photo {hash} is said to have {} bytes, has {}", photo.bytes, bytes.len());
                report.damaged(words);
            }
        }
        Some(_) => report.damaged(format!("photo {hash} has other bytes")),
        None => report.damaged(format!("photo {hash} was received and is gone")),
    }
}

/// What a hazard's row says, until its events have been seen; of the whole state only its hash, since there are many.
enum Claimed {
    State {
        place: ResourceScope,
        number: Option<String>,
        hash: Option<[u8; 32]>,
    },
    /// Folded by another version, which is not held against what this one makes of the events.
    Outdated,
}

impl Claimed {
    fn by(hazard: &Hazard) -> Self {
        Self::State { place: hazard.place, number: hazard.number.clone(), hash: state(hazard) }
    }

    fn matches_projection(self, hazard: HazardId, events: Vec<EventRecord>) -> Result<(), &'static str> {
        let folded = Hazard::fold(hazard, events).map_err(|_| "nobody found it")?;
        match self {
            Self::Outdated => Ok(()),
            Self::State { place, number, hash } => {
                // Where it lies is the office's to say: places are merged, and sites move.
                let folded = Hazard { place, number, events: vec![], ..folded };
                let same = hash.is_some() && state(&folded) == hash;
                if same { Ok(()) } else { Err("its events fold to another state") }
            }
        }
    }
}

/// SHA-256 of what a hazard's row holds; none where that cannot be said, which is like nothing.
fn state(hazard: &Hazard) -> Option<[u8; 32]> {
    serde_json::to_vec(hazard).ok().map(|text| Sha256::digest(text).into())
}

/// Tables whose rows others name by their id; a column that bears a table's name refers to it.
const NAMED: [&str; 7] = ["office", "community", "grid", "department", "person", "site", "hazard"];

#[derive(Default)]
struct Check {
    report: Report,
    /// Ids of the tables that others refer to.
    ids: HashMap<&'static str, HashSet<Uuid>>,
    /// Places that are no more: hazards that had ended lie there all the same.
    former: HashSet<Uuid>,
    hazards: HashMap<Uuid, Claimed>,
    /// The hazard whose events are being read, and those so far; none of them where one cannot be read, which has been told.
    log: Option<(Uuid, Option<Vec<EventRecord>>)>,
    /// The position that its next event has.
    events: i64,
    /// Checklist and version of each form that a visit holds and no row has told of yet, by visit and position.
    forms: HashMap<(Uuid, i64), (String, i64)>,
    photos: HashSet<String>,
    received: Vec<PhotoFacts>,
    received_hashes: HashSet<PhotoHash>,
    /// The highest number seen, by office, series and year.
    highest: HashMap<(Uuid, &'static str, i64), i64>,
    series: HashMap<(Uuid, String, i64), i64>,
    receipts: HashSet<(Uuid, i64, i64)>,
    /// Public keys by their ids.
    keys: HashMap<String, String>,
}

impl Check {
    fn row(&mut self, row: &Row) {
        *self.report.rows.entry(row.table.name).or_default() += 1;
        self.references(row);
        match row.table.name {
            "department" => drop(self.body::<Vec<Sector>>(row, "sectors")),
            "former_place" => self.former.extend(row.id("id")),
            "person" => drop(self.body::<Person>(row, "body")),
            "site" => drop(self.body::<Site>(row, "body")),
            "site_kinds" => drop(self.body::<Vec<SiteKind>>(row, "kinds")),
            "checklist" => self.checklist(row),
            "hazard" => self.hazard(row),
            "hazard_event" => self.event(row),
            "visit" => self.visit(row),
            "visit_form" => self.form(row),
            "photo" => self.photo(row),
            "announcement" => self.announcement(row),
            "photo_citation" if !row.text("hash").is_some_and(|hash| self.photos.contains(hash)) => {
                self.report.unannounced += 1;
            }
            "operation" => self.operation(row),
            "job" => {
                drop(self.body::<Value>(row, "payload"));
                self.report.failed_jobs += u64::from(row.number("failed_at").is_some());
            }
            "quarantine" => drop(self.body::<Reason>(row, "reason")),
            "signing_key" => self.signing_key(row),
            "change_audience" => {
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

    fn references(&mut self, row: &Row) {
        for (column, cell) in row.table.columns.iter().zip(&row.cells) {
            let Cell::Id(id) = cell else { continue };
            if let Some(table) = NAMED.into_iter().find(|table| *table == row.table.name)
                && column.name == "id"
            {
                self.ids.entry(table).or_default().insert(*id);
            } else if let Some(table) = NAMED.into_iter().find(|table| *table == column.name)
                && !self.ids.get(table).is_some_and(|known| known.contains(id))
                && !self.lay_there(row, id)
            {
                let words = format!("{} refers to {table} {id}, which is not there", name(row));
                self.report.damaged(words);
            }
        }
    }

    /// What has ended lies where it lay, though the place be no more.
    fn lay_there(&self, row: &Row, place: &Uuid) -> bool {
        row.table.name == "hazard" && *row.cell("open") == Cell::Truth(false) && self.former.contains(place)
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
        self.people_number(row.id("office"), "hazard", row.text("number"));
        let Some(id) = row.id("id") else { return };
        if row.number("projection_version") != Some(i64::from(PROJECTION_VERSION)) {
            self.report.outdated += 1;
            self.hazards.insert(id, Claimed::Outdated);
            return;
        }
        let Some(hazard) = self.body::<Hazard>(row, "body") else { return };
        if !lists_show(row, &hazard) {
            self.report.damaged(format!("{}: lists show something else than the record holds", name(row)));
        }
        self.hazards.insert(id, Claimed::by(&hazard));
    }

    /// Events come hazard by hazard, in their order.
    fn event(&mut self, row: &Row) {
        let record = self.body::<EventRecord>(row, "body");
        let hazard = row.id("hazard").unwrap_or_default();
        let position = row.number("position").unwrap_or_default();
        if self.log.as_ref().is_none_or(|(known, _)| *known != hazard) {
            self.fold();
            self.log = Some((hazard, Some(vec![])));
            self.events = 0;
        }
        if position != self.events {
            self.report.damaged(format!("{}: an event is missing before it", name(row)));
        }
        self.events = position + 1;
        if let Some(record) = &record
            && (row.id("event") != Some(record.id.0)
                || row.text("kind") != Some(record.event.kind().as_str())
                || row.id("person") != record.by.map(|person| person.0))
        {
            self.report.damaged(format!("{}: it is listed as something else", name(row)));
        }
        let Some((_, log)) = &mut self.log else { return };
        match (record, log) {
            (Some(record), Some(log)) => log.push(record),
            (Some(_), None) => {}
            (None, log) => *log = None,
        }
    }

    /// The events that were read are all of the hazard's.
    fn fold(&mut self) {
        let Some((hazard, log)) = self.log.take() else { return };
        let (Some(claimed), Some(log)) = (self.hazards.remove(&hazard), log) else { return };
        if let Err(words) = claimed.matches_projection(HazardId(hazard), log) {
            self.report.damaged(format!("hazard {hazard}: {words}"));
        }
    }

    fn visit(&mut self, row: &Row) {
        drop(self.body::<SiteSnapshot>(row, "site_snapshot"));
        let visit = self.body::<Visit>(row, "body");
        let summary = self.body::<VisitSummary>(row, "summary");
        self.people_number(row.id("office"), "visit", row.text("number"));
        let (Some(visit), Some(summary)) = (visit, summary) else { return };
        if visit.id != summary.id
            || visit.tally() != summary.tally
            || visit.outcome != summary.outcome
            || visit.checklists() != summary.forms
        {
            self.report.damaged(format!("{}: the summary is of something else", name(row)));
        }
        if row.text("nature") != Some(visit.nature.as_str())
            || row.text("outcome") != Some(visit.outcome.as_str())
        {
            self.report.damaged(format!("{}: lists show something else than the record holds", name(row)));
        }
        self.forms.extend((0_i64..).zip(&visit.forms).map(|(position, form)| {
            ((visit.id.0, position), (form.checklist.to_string(), i64::from(form.version)))
        }));
    }

    /// Lists find the visit by the checklists that it holds, each in its place.
    fn form(&mut self, row: &Row) {
        let (visit, position) = (row.id("visit"), row.number("position"));
        let held = visit.zip(position).and_then(|place| self.forms.remove(&place));
        let listed = row.text("checklist").map(str::to_owned).zip(row.number("version"));
        if held.is_none() || held != listed {
            self.report.damaged(format!("{}: the visit holds another form", name(row)));
        }
    }

    fn photo(&mut self, row: &Row) {
        let Some(facts) = self.body::<PhotoFacts>(row, "body") else { return };
        if row.text("hash") != Some(facts.hash.as_str()) {
            self.report.damaged(format!("{}: the facts are of another photo", name(row)));
        }
        self.photos.insert(facts.hash.to_string());
        match row.number("received_at") {
            Some(_) => {
                self.received_hashes.insert(facts.hash.clone());
                self.received.push(facts);
            }
            None => self.report.awaited += 1,
        }
    }

    /// The bytes belong to the office once one person has uploaded them.
    fn announcement(&mut self, row: &Row) {
        let Some(facts) = self.body::<PhotoFacts>(row, "body") else { return };
        let hash = row.text("hash").unwrap_or_default();
        if hash != facts.hash.as_str() || row.id("person") != Some(facts.by.0) {
            self.report.damaged(format!("{}: the facts are of another photo", name(row)));
        }
        let here = self.received_hashes.contains(&facts.hash);
        if row.number("received_at").is_some() && !here {
            self.report.damaged(format!("{}: was received and is not among the photos", name(row)));
        }
    }

    fn signing_key(&mut self, row: &Row) {
        let Cell::Bytes(secret) = row.cell("secret") else { return };
        match SigningKey::of(secret) {
            Ok(key) if row.text("id") == Some(key.id.as_str()) => {
                self.keys.insert(key.id.clone(), key.public());
            }
            _ => self.report.damaged(format!("{}: the key is damaged", name(row))),
        }
    }

    /// Of one's own key.
    fn seal(&mut self, row: &Row, receipt: &Receipt) {
        let Some(seal) = &receipt.signature else {
            self.report.damaged(format!("{}: the receipt is not signed", name(row)));
            return;
        };
        let fits = self.keys.get(&seal.key).is_some_and(|public| signing::check(receipt, public).is_ok());
        if !fits {
            self.report.damaged(format!("{}: the receipt's signature does not fit", name(row)));
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
            Outcome::RetryAfter { .. } => None,
        };
        let Some(receipt) = receipt else {
            self.report.damaged(format!("{}: kept without a receipt", name(row)));
            return;
        };
        self.seal(row, &receipt);
        let number = self.people_number(row.id("office"), "receipt", Some(&receipt.number));
        if Some(receipt.hash.as_str()) != row.text("hash") {
            self.report.damaged(format!("{}: the receipt is for something else", name(row)));
        }
        let office = row.id("office").unwrap_or_default();
        if number.is_some_and(|(year, running)| !self.receipts.insert((office, year, running))) {
            self.report.damaged(format!("receipt {} was given twice", receipt.number));
        }
    }

    /// Year and running number of `XC-2026-000318`.
    fn people_number(
        &mut self,
        office: Option<Uuid>,
        series: &'static str,
        number: Option<&str>,
    ) -> Option<(i64, i64)> {
        let mut parts = number.unwrap_or_default().split('-').skip(1).map(|part| part.parse::<i64>().ok());
        let (Some(year), Some(running)) = (parts.next().flatten(), parts.next().flatten()) else {
            self.report.damaged(format!("{series}: {number:?} is no number"));
            return None;
        };
        self.number(office, series, year, running);
        Some((year, running))
    }

    fn number(&mut self, office: Option<Uuid>, series: &'static str, year: i64, running: i64) {
        let highest = self.highest.entry((office.unwrap_or_default(), series, year)).or_default();
        *highest = running.max(*highest);
    }

    /// What only shows when all rows have been seen, and the photos whose bytes must be here.
    fn end(mut self) -> (Report, Vec<PhotoFacts>) {
        self.fold();
        for id in std::mem::take(&mut self.hazards).into_keys() {
            self.report.damaged(format!("hazard {id}: has no events"));
        }
        for ((visit, position), (checklist, _)) in std::mem::take(&mut self.forms) {
            self.report
                .damaged(format!("visit {visit}: lists do not find it by form {position}, {checklist}"));
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

/// Whether what lists find and show the hazard by is what the record holds.
fn lists_show(row: &Row, hazard: &Hazard) -> bool {
    let Hazard { place, found, status, .. } = hazard;
    let due = hazard.due.map(|due| due.to_string());
    row.text("number") == hazard.number.as_deref()
        && row.id("site") == Some(place.site.0)
        && row.id("grid") == Some(place.grid.0)
        && row.id("department") == place.department.map(|department| department.0)
        && row.text("sector") == Some(place.sector.as_str())
        && row.text("level") == Some(found.level.as_str())
        && row.text("status") == Some(status.kind().as_str())
        && *row.cell("open") == Cell::Truth(hazard.is_open())
        && *row.cell("extension_asked") == Cell::Truth(hazard.extension.is_some())
        && row.text("due") == due.as_deref()
        && row.number("found_at") == Some(hazard.found_at.timestamp_millis())
        && row.id("found_by") == Some(hazard.found_by.0)
        && row.number("closed_at") == status.closed_at().map(|at| at.timestamp_millis())
        && row.text("what") == Some(found.what.as_str())
        && row.id("visit") == found.visit.map(|visit| visit.0)
        && row.text("checklist") == found.checklist.as_ref().map(|list| list.as_str())
        && row.text("item") == found.item.as_ref().map(|item| item.as_str())
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
