//! Hazards, and the events that make them.

use super::{Check, claimed::Claimed, name};
use crate::storage::dump::{Cell, Row};
use domain::{
    hazard::{EventRecord, Hazard, PROJECTION_VERSION},
    id::HazardId,
};

impl Check {
    pub(super) fn hazard(&mut self, row: &Row) {
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
    pub(super) fn event(&mut self, row: &Row) {
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
    pub(super) fn fold(&mut self) {
        let Some((hazard, log)) = self.log.take() else { return };
        let (Some(claimed), Some(log)) = (self.hazards.remove(&hazard), log) else { return };
        if let Err(words) = claimed.matches_projection(HazardId(hazard), log) {
            self.report.damaged(format!("hazard {hazard}: {words}"));
        }
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
        && row.id("party") == hazard.party.as_ref().map(|party| party.id.0)
        && row.text("sector") == Some(place.sector.as_str())
        && row.text("level") == Some(found.level.as_str())
        && row.text("status") == Some(status.kind().as_str())
        && *row.cell("open") == Cell::Truth(hazard.is_open())
        && *row.cell("extension_asked") == Cell::Truth(hazard.extension.is_some())
        && *row.cell("to_refer") == Cell::Truth(hazard.is_to_be_referred())
        && row.text("due") == due.as_deref()
        && row.number("found_at") == Some(hazard.found_at.timestamp_millis())
        && row.id("found_by") == Some(hazard.found_by.0)
        && row.number("closed_at") == status.closed_at().map(|at| at.timestamp_millis())
        && row.number("funds") == hazard.plan.as_ref().map(|plan| plan.funds.get())
        && row.text("what") == Some(found.what.as_str())
        && row.id("visit") == found.visit.map(|visit| visit.0)
        && row.text("form") == found.form.as_ref().map(|form| form.as_str())
        && row.text("question") == found.question.as_ref().map(|question| question.as_str())
}
