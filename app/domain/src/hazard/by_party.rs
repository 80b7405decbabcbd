//! What the responsible party does about a hazard by its code, without an account.
//!
//! No command: those are asked by people with a role and a place in the office. The party shows what it did and says what it has
//! to say; the office accepts, returns and answers as it does with anybody else's. Nothing of this closes a hazard.

use super::{
    EventRecord, Evidence, ExtensionRequest, Hazard, HazardCommand, HazardEvent, HazardStatus,
    RejectedBecause, ValidationError,
};
use crate::{
    id::EventId,
    limits::{Field, check_name, tidy_line},
    severity::Severity,
    time::office_day,
};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Photos and words of one hazard's party at the most; a person has to look before there are more.
pub const MOST_ANSWERS: usize = 40;

/// Days that may be asked for, counted from the day of asking.
const MOST_DAYS: u64 = 180;

/// What a party sends.
#[derive(Debug, Clone, PartialEq)]
pub enum PartyAnswer {
    /// 报整改完成: it is put right, as photos show.
    Rectified(Evidence),
    /// 申请延期
    AskExtension(ExtensionRequest),
    /// A word, or another photo; it moves nothing.
    Wrote(Evidence),
}

/// Why nothing of what a party sends is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartyRefusal {
    #[error(transparent)]
    Invalid(ValidationError),
    #[error(transparent)]
    Rejected(RejectedBecause),
    /// A day before today, or so far off that it is no date.
    #[error("the day has gone by, or is too far away")]
    Day,
    /// A major hazard wants a plan first.
    #[error("the office has not assigned it yet")]
    NotAssigned,
    #[error("so much has been sent that somebody has to look first")]
    Enough,
}

impl PartyAnswer {
    /// With every text as a person would have it.
    #[must_use]
    pub fn tidied(self) -> Self {
        use crate::limits::tidy_text;
        let evidence = |evidence: Evidence| Evidence { note: tidy_text(&evidence.note), ..evidence };
        match self {
            Self::Rectified(sent) => Self::Rectified(evidence(sent)),
            Self::Wrote(sent) => Self::Wrote(evidence(sent)),
            Self::AskExtension(asked) => {
                Self::AskExtension(ExtensionRequest { reason: tidy_text(&asked.reason), ..asked })
            }
        }
    }

    /// Refuses what lacks a part or goes beyond a limit. The same limits as of the commands of like content.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), PartyRefusal> {
        match self {
            Self::Rectified(evidence) => {
                if evidence.photos.is_empty() {
                    return Err(PartyRefusal::Invalid(ValidationError::AfterPhoto));
                }
                HazardCommand::Rectify(evidence.clone()).check().map_err(PartyRefusal::Invalid)
            }
            Self::Wrote(evidence) => {
                if evidence.photos.is_empty() && evidence.note.trim().is_empty() {
                    return Err(PartyRefusal::Invalid(ValidationError::What));
                }
                // Of a like content; a photo is not asked for here.
                HazardCommand::Accept(evidence.clone()).check().map_err(PartyRefusal::Invalid)
            }
            Self::AskExtension(request) => {
                HazardCommand::AskExtension(request.clone()).check().map_err(PartyRefusal::Invalid)?;
                let (first, last) = days_to_ask_for(now);
                if (first..=last).contains(&request.until) { Ok(()) } else { Err(PartyRefusal::Day) }
            }
        }
    }
}

/// The first and the last day that may be asked for.
pub fn days_to_ask_for(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let today = office_day(now);
    (today, today.checked_add_days(Days::new(MOST_DAYS)).unwrap_or(today))
}

impl Hazard {
    /// Whether its party may report it as put right now. A general one need not wait for the office's paper; a major one has a
    /// plan first, and what is somebody else's to put right is not the party's.
    pub fn party_may_rectify(&self) -> Result<(), PartyRefusal> {
        match (&self.status, self.level()) {
            (HazardStatus::Found, Severity::General) if !self.is_to_be_referred() => Ok(()),
            (HazardStatus::Found, Severity::General | Severity::Major) => Err(PartyRefusal::NotAssigned),
            (HazardStatus::Assigned, _) => Ok(()),
            (
                HazardStatus::Rectified { .. }
                | HazardStatus::AcceptedOnce { .. }
                | HazardStatus::Closed { .. }
                | HazardStatus::Referred { .. }
                | HazardStatus::Merged { .. },
                _,
            ) => Err(PartyRefusal::Rejected(self.not_open_to_work())),
        }
    }

    /// Whether its party may ask for more time now.
    pub fn party_may_ask_extension(&self) -> Result<(), PartyRefusal> {
        self.party_may_rectify()?;
        if self.due.is_none() {
            return Err(PartyRefusal::NotAssigned);
        }
        if self.extension.is_some() {
            return Err(PartyRefusal::Rejected(RejectedBecause::ExtensionWaits));
        }
        Ok(())
    }

    /// What comes of what its party sends, at the office's time; nothing but a new line of the log. `name`: as which the party
    /// stands there. An id that is known already is answered by the hazard as it is.
    pub fn answered_by_party(
        &self,
        answer: &PartyAnswer,
        id: EventId,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<EventRecord>, PartyRefusal> {
        if self.record(id).is_some() {
            return Ok(None);
        }
        answer.check(now)?;
        let name = tidy_line(name);
        check_name(Field::Name, &name)
            .map_err(|over| PartyRefusal::Invalid(ValidationError::OverLimit(over)))?;
        let said = self.events.iter().filter(|record| record.event.kind().is_of_party()).count();
        if said >= MOST_ANSWERS {
            return Err(PartyRefusal::Enough);
        }
        let event = match answer.clone() {
            PartyAnswer::Rectified(evidence) => {
                self.party_may_rectify()?;
                HazardEvent::RectifiedByParty(evidence)
            }
            PartyAnswer::AskExtension(request) => {
                self.party_may_ask_extension()?;
                HazardEvent::ExtensionAskedByParty(request)
            }
            PartyAnswer::Wrote(evidence) => {
                if !self.is_open() {
                    return Err(PartyRefusal::Rejected(self.not_open_to_work()));
                }
                HazardEvent::PartyWrote(evidence)
            }
        };
        Ok(Some(EventRecord { id, at: now, received_at: Some(now), by: None, name, event }))
    }
}
