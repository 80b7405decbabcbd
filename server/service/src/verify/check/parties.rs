//! Parties.

use super::{Check, name};
use crate::storage::dump::{Cell, Row};
use domain::party::{CreditCode, Party};

impl Check {
    pub(super) fn party(&mut self, row: &Row) {
        let Some(party) = self.body::<Party>(row, "body") else { return };
        let code = party.credit_code.as_ref().map(CreditCode::as_str);
        let shown = row.text("name") == Some(party.name.as_str())
            && row.text("kind") == Some(party.kind.as_str())
            && row.text("credit_code") == code
            && *row.cell("retired") == Cell::Truth(party.retired);
        if !shown {
            self.report.damaged(format!("{}: lists show something else than the record holds", name(row)));
        }
    }
}
