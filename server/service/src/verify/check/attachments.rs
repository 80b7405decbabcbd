//! Attachments, and who announced them.

use super::{Check, name};
use crate::storage::dump::Row;
use domain::attachment::AttachmentFacts;

impl Check {
    pub(super) fn attachment(&mut self, row: &Row) {
        let Some(facts) = self.body::<AttachmentFacts>(row, "body") else { return };
        if row.text("hash") != Some(facts.hash().as_str()) {
            self.report.damaged(format!("{}: the facts are of another photo", name(row)));
        }
        let told = [row.text("kind"), row.text("media_type")];
        if told != [Some(facts.kind().as_str()), Some(facts.media_type())] {
            self.report.damaged(format!("{}: is shown as something else than it is", name(row)));
        }
        self.photos.insert(facts.hash().to_string());
        match row.number("received_at") {
            Some(_) => {
                self.received_hashes.insert(facts.hash().clone());
                self.received.push(facts);
            }
            None => self.report.awaited += 1,
        }
    }

    /// The bytes belong to the office once one person has uploaded them.
    pub(super) fn announcement(&mut self, row: &Row) {
        let Some(facts) = self.body::<AttachmentFacts>(row, "body") else { return };
        let hash = row.text("hash").unwrap_or_default();
        if hash != facts.hash().as_str() || row.id("person") != Some(facts.by().0) {
            self.report.damaged(format!("{}: the facts are of another photo", name(row)));
        }
        if row.text("kind") != Some(facts.kind().as_str()) {
            self.report.damaged(format!("{}: is shown as something else than it is", name(row)));
        }
        let here = self.received_hashes.contains(facts.hash());
        if row.number("received_at").is_some() && !here {
            self.report.damaged(format!("{}: was received and is not among the photos", name(row)));
        }
    }
}
