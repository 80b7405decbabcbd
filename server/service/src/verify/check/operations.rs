//! What devices sent, and the receipts that were given for it.

use super::{Check, name};
use crate::{
    signing::{self, SigningKey},
    storage::dump::{Cell, Row},
};
use domain::{
    receipt::Receipt,
    sync::{Operation, Outcome},
};

impl Check {
    pub(super) fn signing_key(&mut self, row: &Row) {
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

    pub(super) fn operation(&mut self, row: &Row) {
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
}
