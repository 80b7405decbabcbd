//! Visits with their forms, and what is told of them in lists.

use super::{Check, name};
use crate::storage::dump::{Cell, Row};
use domain::visit::{SiteSnapshot, Visit, VisitSummary};

impl Check {
    pub(super) fn visit(&mut self, row: &Row) {
        let site = self.body::<SiteSnapshot>(row, "site_snapshot");
        let inspection = site.and_then(|site| site.inspection);
        self.inspections.extend(row.id("id").zip(inspection.map(|received| received.counts)));
        let visit = self.body::<Visit>(row, "body");
        let summary = self.body::<VisitSummary>(row, "summary");
        self.people_number(row.id("office"), "visit", row.text("number"));
        let (Some(visit), Some(summary)) = (visit, summary) else { return };
        if visit.id != summary.id
            || visit.tally() != summary.tally
            || visit.outcome != summary.outcome
            || visit.form_ids() != summary.forms
        {
            self.report.damaged(format!("{}: the summary is of something else", name(row)));
        }
        if row.text("nature") != Some(visit.nature.as_str())
            || row.text("outcome") != Some(visit.outcome.as_str())
        {
            self.report.damaged(format!("{}: lists show something else than the record holds", name(row)));
        }
        self.forms.extend((0_i64..).zip(&visit.forms).map(|(position, form)| {
            ((visit.id.0, position), (form.form.to_string(), i64::from(form.version)))
        }));
    }

    /// The year's count is of what the visit says.
    pub(super) fn administrative_inspection(&mut self, row: &Row) {
        let counts = row.id("visit").and_then(|visit| self.inspections.remove(&visit));
        if counts.map(Cell::Truth).as_ref() != Some(row.cell("counted")) {
            self.report.damaged(format!("{}: the visit says otherwise whether it counts", name(row)));
        }
    }

    /// Lists find the visit by the forms that it holds, each in its place.
    pub(super) fn visit_form(&mut self, row: &Row) {
        let (visit, position) = (row.id("visit"), row.number("position"));
        let held = visit.zip(position).and_then(|place| self.forms.remove(&place));
        let listed = row.text("form").map(str::to_owned).zip(row.number("version"));
        if held.is_none() || held != listed {
            self.report.damaged(format!("{}: the visit holds another form", name(row)));
        }
    }
}
