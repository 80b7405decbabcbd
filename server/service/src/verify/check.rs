//! Every row is looked over as it comes, and what only shows at the end, then.

mod attachments;
mod claimed;
mod hazards;
mod operations;
mod parties;
mod visits;

use super::report::Report;
use crate::storage::dump::{Cell, Row};
use claimed::Claimed;
use domain::{
    attachment::AttachmentFacts,
    device::heartbeat::Heartbeat,
    form::{Form, LastAnswers},
    hazard::EventRecord,
    id::SiteKind,
    inspection::InspectionRules,
    map::Area,
    notice::{Notice, NoticeChannel, NoticeSettings},
    person::Person,
    photo::PhotoHash,
    public_report::{PublicReport, SealedContact, SealedShare},
    sector::Sector,
    site::{Site, attributes::SiteAttributes},
    spot_check::{
        SealedOrder, SpotCheck,
        plan::{PlanEventRecord, SpotCheckPlan},
    },
    sync::Reason,
    task::Task,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Tables whose rows others name by their id; a column that bears a table's name refers to it.
const NAMED: [&str; 8] = ["office", "community", "grid", "department", "person", "party", "site", "hazard"];

#[derive(Default)]
pub(super) struct Check {
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
    /// Form and version of each form that a visit holds and no row has told of yet, by visit and position.
    forms: HashMap<(Uuid, i64), (String, i64)>,
    /// Whether each administrative inspection counts that no row has told of yet, by visit.
    inspections: HashMap<Uuid, bool>,
    photos: HashSet<String>,
    received: Vec<AttachmentFacts>,
    received_hashes: HashSet<PhotoHash>,
    /// Photos of reports by the public, each with the number of one that shows it.
    reported: HashMap<PhotoHash, String>,
    /// The highest number seen, by office, series and year.
    highest: HashMap<(Uuid, &'static str, i64), i64>,
    series: HashMap<(Uuid, String, i64), i64>,
    receipts: HashSet<(Uuid, i64, i64)>,
    /// Public keys by their ids.
    keys: HashMap<String, String>,
}

impl Check {
    pub(super) fn row(&mut self, row: &Row) {
        *self.report.rows.entry(row.table.name).or_default() += 1;
        self.references(row);
        match row.table.name {
            "department" => drop(self.body::<Vec<Sector>>(row, "sectors")),
            "former_place" => self.former.extend(row.id("id")),
            "outline" => drop(self.body::<Area>(row, "area")),
            "person" => drop(self.body::<Person>(row, "body")),
            "party" => self.party(row),
            "site" => {
                drop(self.body::<Site>(row, "body"));
                let _ = self.body::<SiteAttributes>(row, "attributes");
                drop(self.body::<Vec<LastAnswers>>(row, "last_answers"));
            }
            "site_kinds" => drop(self.body::<Vec<SiteKind>>(row, "kinds")),
            "site_attributes" => {
                let _ = self.body::<SiteAttributes>(row, "attributes");
            }
            "sealed_order" => {
                drop(self.body::<SealedOrder>(row, "body"));
                drop(self.body::<Vec<Uuid>>(row, "makers"));
            }
            "form" => self.form(row),
            "hazard" => self.hazard(row),
            "hazard_event" => self.event(row),
            "visit" => self.visit(row),
            "visit_form" => self.visit_form(row),
            "inspection_rules" => drop(self.body::<InspectionRules>(row, "body")),
            "administrative_inspection" => self.administrative_inspection(row),
            "spot_check_plan" => drop(self.body::<SpotCheckPlan>(row, "body")),
            "spot_check_event" => drop(self.body::<PlanEventRecord>(row, "body")),
            "spot_check" => drop(self.body::<SpotCheck>(row, "body")),
            "heartbeat" => drop(self.body::<Heartbeat>(row, "body")),
            "task" => drop(self.body::<Task>(row, "body")),
            "notice" => drop(self.body::<Notice>(row, "body")),
            "notice_settings" => drop(self.body::<NoticeSettings>(row, "body")),
            "notice_channel" => drop(self.body::<NoticeChannel>(row, "body")),
            "public_report" => {
                let report = self.body::<PublicReport>(row, "body");
                for photo in report.into_iter().flat_map(|report| report.photos) {
                    self.reported.insert(photo, row.text("number").unwrap_or_default().to_owned());
                }
                self.people_number(row.id("office"), "public_report", row.text("number"));
            }
            "public_contact" => drop(self.body::<SealedContact>(row, "sealed")),
            "contact_opening" => drop(self.body::<SealedShare>(row, "share")),
            "attachment" => self.attachment(row),
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
            "change" | "change_gone" => {
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

    /// What has ended lies where it lay, though the place be no more, and so does its change.
    fn lay_there(&self, row: &Row, place: &Uuid) -> bool {
        let may = match row.table.name {
            "hazard" => *row.cell("open") == Cell::Truth(false),
            "change" | "public_report" => true,
            _ => false,
        };
        may && self.former.contains(place)
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

    fn form(&mut self, row: &Row) {
        let Some(form) = self.body::<Form>(row, "body") else { return };
        for fault in form.check() {
            self.report.damaged(format!("{}: {fault}", name(row)));
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

    /// What only shows when all rows have been seen, and the photos whose bytes must be here: attachments, and what only reports by the
    /// public show.
    pub(super) fn end(mut self) -> (Report, Vec<AttachmentFacts>, HashMap<PhotoHash, String>) {
        self.fold();
        for id in std::mem::take(&mut self.hazards).into_keys() {
            self.report.damaged(format!("hazard {id}: has no events"));
        }
        for ((visit, position), (form, _)) in std::mem::take(&mut self.forms) {
            self.report.damaged(format!("visit {visit}: lists do not find it by form {position}, {form}"));
        }
        for visit in std::mem::take(&mut self.inspections).into_keys() {
            self.report.damaged(format!("visit {visit}: is counted among no inspections"));
        }
        for ((office, series, year), highest) in &self.highest {
            let last = self.series.get(&(*office, (*series).to_owned(), *year)).copied().unwrap_or_default();
            if last < *highest {
                let words = format!("{series} {year}: {highest} was given, the series stands at {last}");
                self.report.damaged(words);
            }
        }
        self.reported.retain(|photo, _| !self.received_hashes.contains(photo));
        (self.report, self.received, self.reported)
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
