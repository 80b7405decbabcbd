//! A photo on its way, a step at a time.

use super::{
    super::line::{Line, Reply},
    HeadlessPhone,
    exchange::read,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use domain::{
    device::{
        StoreName,
        failure::Failure,
        queue::{PhotoRecord, PhotoStatus},
        upload::{UploadReply, UploadStep, next_chunk},
    },
    photo::{PhotoFacts, PhotoHash},
};

impl HeadlessPhone {
    pub(super) async fn upload(
        &mut self,
        line: &dyn Line,
        hash: &PhotoHash,
        now: DateTime<Utc>,
        chance: f64,
    ) {
        let record: PhotoRecord = self.kept.get(StoreName::Photos, hash.as_str()).unwrap();
        let Some(step) = record.upload_step(self.chunk) else { return };
        let said = self.said(line, &record.facts, &step).await;
        match &said {
            Ok(_) => self.line.reached(),
            Err(failure @ (Failure::NoAnswer | Failure::SignIn | Failure::RetryAfter { .. })) => {
                self.missed(*failure, now, chance);
            }
            Err(_) => self.misses += 1,
        }
        if let UploadStep::Begin { .. } | UploadStep::Send { .. } = step {
            // A test's line is as fast as the machine; how pieces grow is tried elsewhere.
            self.chunk = next_chunk(self.chunk, said.is_ok().then_some(2_000));
        }
        let after = record.after(said.as_ref().map_err(|failure| *failure), now, chance);
        if let (PhotoStatus::Received { .. }, Ok(UploadReply::Receipt(receipt))) = (&after.status, said) {
            self.photo_receipts.insert(hash.clone(), receipt);
        }
        self.kept.carry_out(&[after.write().unwrap()]);
    }

    async fn said(
        &self,
        line: &dyn Line,
        facts: &PhotoFacts,
        step: &UploadStep,
    ) -> Result<UploadReply, Failure> {
        let piece = |offset: u64, length: u64| {
            let (from, to) = (usize::try_from(offset).unwrap(), usize::try_from(offset + length).unwrap());
            self.kept.bytes[&facts.hash][from..to].to_vec()
        };
        let has = |at: &str, reply: &Reply| {
            let offset = reply.header("upload-offset").and_then(|offset| offset.parse().ok());
            offset.map(|offset| UploadReply::Has { at: at.to_owned(), offset }).ok_or(Failure::NoAnswer)
        };
        match step {
            UploadStep::Begin { length } => {
                let about = format!("hash {}", STANDARD.encode(facts.hash.as_str()));
                let headers = vec![("upload-length", facts.bytes.to_string()), ("upload-metadata", about)];
                let reply = self.ask(line, "POST", "/api/v1/uploads", headers, piece(0, *length)).await?;
                match reply.header("location").map(|at| has(at, &reply)).ok_or(Failure::NoAnswer)?? {
                    UploadReply::Has { offset, .. } if offset >= facts.bytes => {
                        read(&reply).map(UploadReply::Receipt)
                    }
                    said => Ok(said),
                }
            }
            UploadStep::Ask { at } => has(at, &self.ask(line, "HEAD", at, vec![], vec![]).await?),
            UploadStep::Send { at, offset, length } => {
                let headers = vec![("upload-offset", offset.to_string())];
                has(at, &self.ask(line, "PATCH", at, headers, piece(*offset, *length)).await?)
            }
            UploadStep::Claim => {
                let path = format!("/api/v1/attachments/{}/receipt", facts.hash);
                read(&self.ask(line, "GET", &path, vec![], vec![]).await?).map(UploadReply::Receipt)
            }
        }
    }
}
