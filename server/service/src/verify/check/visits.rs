//! Visits, and what is told of them in lists.

use super::{Check, name};
use crate::storage::dump::Row;
use domain::visit::{Visit, VisitSummary};

impl Check {
    pub(super) fn visit(&mut self, row: &Row) {
        let visit = self.body::<Visit>(row, "body");
        let summary = self.body::<VisitSummary>(row, "summary");
        self.people_number(row.id("office"), "visit", row.text("number"));
        if let (Some(visit), Some(summary)) = (visit, summary)
            && (visit.id != summary.id || visit.tally() != summary.tally)
        {
            self.report.damaged(format!("{}: the summary is of something else", name(row)));
        }
    }
}
