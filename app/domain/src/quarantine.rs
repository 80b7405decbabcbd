//! 代传、搁置: unsent work that is imported from a file, and operations in quarantine until the administrator decides.

use crate::{
    form::Answer,
    hazard::HazardCommand,
    id::OperationId,
    list::{ListFilter, ListPage, Parts},
    sync::{Payload, Reason},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What came of a file of unsent work.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BroughtIn {
    /// Whose work it is.
    pub name: String,
    pub received: u32,
    pub already_here: u32,
    /// Kept, without effect for now: for the administrator, or because it does not fit any more.
    pub kept: u32,
    pub refused: u32,
    pub photos: u32,
    /// Photos whose facts were refused, or that the server could not take.
    pub photos_left: u32,
    /// What its maker has not finished: visits by the name of the site, events by the hazard, new sites by their own. Nobody else
    /// submits it.
    pub unfinished: Vec<String>,
}

/// Work that arrived from somebody who may not do it any more, or about something that is gone: kept, without effect,
/// until the administrator says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuarantinedOperation {
    pub operation: OperationId,
    pub person_name: String,
    /// By the phone's clock.
    pub made_at: DateTime<Utc>,
    pub payload: Payload,
    pub reason: Reason,
    /// Of the receipt that the phone has.
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub decision: Option<Decision>,
    /// Who brought it in as a file, where its maker did not send it.
    #[serde(default)]
    pub brought_by: Option<String>,
}

impl QuarantinedOperation {
    /// As much of it as the list tells: neither photos nor what was written beside answers, nor who was there and where.
    pub fn abridged(mut self) -> Self {
        match &mut self.payload {
            Payload::SubmitVisit(visit) => {
                visit.note.clear();
                visit.photos.clear();
                visit.participants.clear();
                (visit.location, visit.sign_off) = (None, None);
                for sealed in visit.forms.iter_mut().flat_map(|form| &mut form.answers) {
                    sealed.note.clear();
                    sealed.photos.clear();
                    sealed.answer = Answer::NotApplicable;
                }
            }
            Payload::Hazard { command: HazardCommand::Report(found), .. } => found.location = None,
            Payload::Diagnostics(report) => report.entries.clear(),
            Payload::NewSite(site) => {
                site.photos.clear();
                site.location = None;
            }
            Payload::Hazard { .. }
            | Payload::Task { .. }
            | Payload::OrderOpened { .. }
            | Payload::NoticesSeen { .. }
            | Payload::Photo(_)
            | Payload::Paper(_) => {}
        }
        self
    }
}

/// What the list of it can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QuarantineFilter {
    pub state: Option<QuarantineState>,
    pub page: u32,
}

impl ListFilter for QuarantineFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("state", &mut self.state);
        parts.page(&mut self.page);
    }
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineState {
    Waiting,
    Accepted,
    Rejected,
}

impl QuarantineState {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Accepted, Self::Rejected];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

pub type QuarantineList = ListPage<QuarantinedOperation>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub at: DateTime<Utc>,
    pub by: String,
    pub taken: bool,
}
