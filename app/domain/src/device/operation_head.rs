//! What a phone reads again of an operation that it once wrote: whose it is and what is wanted of which record. The rest is
//! sent as it lies there, and no phone needs to understand it.

use super::queue::About;
use crate::{
    hazard::HazardCommand,
    id::{EventId, HazardId, OperationId, SiteId, TaskId, VisitId},
    photo::PhotoHash,
    site::ProposedSite,
    task::TaskCommand,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, de::IgnoredAny};

/// Of an [`Operation`](crate::sync::Operation).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OperationHead {
    pub id: OperationId,
    pub at: DateTime<Utc>,
    pub payload: PayloadHead,
}

/// Of a [`Payload`](crate::sync::Payload).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadHead {
    SubmitVisit(VisitHead),
    Hazard(Box<HazardHead>),
    OrderOpened(IgnoredAny),
    NoticesSeen(IgnoredAny),
    Task(TaskHead),
    /// All of it: one that this phone cannot show is about nothing that it shows.
    NewSite(Box<ProposedSite>),
    Photo(PhotoHead),
    Paper(IgnoredAny),
    Diagnostics(IgnoredAny),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VisitHead {
    pub id: VisitId,
    pub site: SiteId,
}

/// All of it: a phone shows what will come of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct HazardHead {
    pub hazard: HazardId,
    pub event: EventId,
    #[serde(default)]
    pub site: Option<SiteId>,
    pub command: HazardCommand,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TaskHead {
    pub task: TaskId,
    pub command: TaskCommand,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PhotoHead {
    pub hash: PhotoHash,
}

impl OperationHead {
    pub fn about(&self) -> About {
        match &self.payload {
            PayloadHead::SubmitVisit(visit) => About::Visit(visit.id),
            PayloadHead::Hazard(head) => About::Hazard(head.hazard),
            PayloadHead::Task(head) => About::Task { task: head.task, hazard: head.command.hazard() },
            PayloadHead::NewSite(site) => About::Site(site.id),
            PayloadHead::Photo(photo) => About::Photo(photo.hash.clone()),
            PayloadHead::OrderOpened(_)
            | PayloadHead::NoticesSeen(_)
            | PayloadHead::Paper(_)
            | PayloadHead::Diagnostics(_) => About::Other,
        }
    }

    /// The site that it makes or at which it is done, as [`site_of`](super::queue::site_of) says it.
    pub fn site(&self) -> Option<SiteId> {
        match &self.payload {
            PayloadHead::SubmitVisit(visit) => Some(visit.site),
            PayloadHead::Hazard(head) => head.site,
            PayloadHead::NewSite(site) => Some(site.id),
            PayloadHead::Task(head) => head.command.site(),
            PayloadHead::OrderOpened(_)
            | PayloadHead::NoticesSeen(_)
            | PayloadHead::Photo(_)
            | PayloadHead::Paper(_)
            | PayloadHead::Diagnostics(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{device::queue::site_of, sync::Operation};

    /// Each of what phones can send, as it lies in the old shapes.
    #[test]
    fn what_a_phone_reads_again_is_about_what_it_wrote() {
        let texts: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/shapes/v1/operations.json")).unwrap();
        let mut abouts = vec![];
        for text in texts {
            let operation: Operation = serde_json::from_value(text.clone()).unwrap();
            let head: OperationHead = serde_json::from_value(text).unwrap();
            assert_eq!((head.id, head.at), (operation.id, operation.at));
            assert_eq!(head.about(), About::of(&operation.payload));
            assert_eq!(head.site(), site_of(&operation.payload));
            abouts.push(head.about());
        }
        assert!(abouts.iter().any(|about| matches!(about, About::Visit(_))));
        assert!(abouts.iter().any(|about| matches!(about, About::Photo(_))));
    }
}
