//! 问举报人: what the office asks whoever reported, by the page of the code, and the one answer that is given there. Neither side
//! learns who the other is.

use super::PublicReport;
use crate::limits::{Excess, Field, OverLimit, check_text, tidy_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Characters of a reply.
const WORDS: usize = 500;

/// One question, and what was said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportQuestion {
    pub words: String,
    pub asked_at: DateTime<Utc>,
    /// What whoever reported says to it, and when. None: nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<ReportReply>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportReply {
    pub words: String,
    pub at: DateTime<Utc>,
}

/// Why a reply is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReplyRefusal {
    #[error("nothing was asked")]
    NotAsked,
    #[error("nothing is said")]
    WordsMissing,
    /// One answer is taken.
    #[error("it was answered before")]
    Replied,
    #[error("{0}")]
    OverLimit(OverLimit),
}

impl PublicReport {
    /// Takes the reply to what was asked. The same that comes again changes nothing; gives whether it did.
    ///
    /// # Errors
    /// What is missing or too long, and a second answer; then nothing is changed.
    pub fn replied(&mut self, words: &str, now: DateTime<Utc>) -> Result<bool, ReplyRefusal> {
        let question = self.question.as_mut().ok_or(ReplyRefusal::NotAsked)?;
        let words = tidy_text(words);
        if let Some(reply) = &question.reply {
            return if reply.words == words { Ok(false) } else { Err(ReplyRefusal::Replied) };
        }
        if words.is_empty() {
            return Err(ReplyRefusal::WordsMissing);
        }
        check_text(Field::What, &words).map_err(ReplyRefusal::OverLimit)?;
        if words.chars().count() > WORDS {
            let excess = Excess::TooLong(u32::try_from(WORDS).unwrap_or(u32::MAX));
            return Err(ReplyRefusal::OverLimit(OverLimit { field: Field::What, excess }));
        }
        question.reply = Some(ReportReply { words, at: now });
        Ok(true)
    }
}
