//! # 隐患: the closed loop
//!
//! A hazard is the fold of an append-only log. Somebody does a [`Deed`]; the [`Stage`] either takes it and becomes the
//! next stage, or says why it does not fit ([`Misfit`]). What does not fit any more, because somebody else was there
//! first while this phone had no signal, stays in the log with that reason: shown to its author, never dropped, and
//! without effect on the state. Overdue is not a state; see [`crate::due`].
//!
//! ```text
//! found ─┬─ fixed on the spot ───────────────────────────────► closed
//!        └─ assigned ─► rectified ─► accepted (major: twice) ─► closed
//!              ▲ ╰ extension asked, granted, refused   │
//!              └────────────── returned ◄──────────────┘
//! any open one: referred, merged; ended ones: reopened
//! ```

mod claims;
mod command;
mod status;

pub use claims::{Around, Unfounded};
pub use command::{Deed, FixedOnSpot, Found, Incomplete, RectificationPlan};
pub use status::{Misfit, Stage};

use crate::{
    checklist::Severity,
    due::Due,
    id::{EventId, HazardId, PersonId},
    photo::PhotoHash,
    role::Placement,
    time::{day_meant, happened, office_day},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One line of the log: who did what when, and whether it counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    pub event: EventId,
    /// By the clock of who did it; the order of the log is the server's.
    pub at: DateTime<Utc>,
    /// By the office's; none until it has come there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<DateTime<Utc>>,
    pub by: PersonId,
    pub name: String,
    pub deed: Deed,
    /// Set where the deed came too late to count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misfit: Option<Misfit>,
}

impl Entry {
    /// When it was done, as far as the office can say.
    pub fn when(&self) -> DateTime<Utc> {
        happened(self.at, self.received_at)
    }

    /// Whether its maker's clock cannot have been right.
    pub fn clock_was_wrong(&self) -> bool {
        self.when() != self.at
    }

    /// A day that its maker chose.
    fn day(&self, day: NaiveDate) -> Option<NaiveDate> {
        day_meant(day, self.at, self.received_at)
    }
}

/// An extension that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Extension {
    pub until: NaiveDate,
    pub reason: String,
    pub by: PersonId,
}

/// A hazard as folded from its log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hazard {
    pub id: HazardId,
    /// `XC-2026-000318`; none until the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub place: Placement,
    pub found: Found,
    pub found_at: DateTime<Utc>,
    pub found_by: PersonId,
    pub stage: Stage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<RectificationPlan>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Photos of the newest rectification.
    #[serde(default)]
    pub after: Vec<PhotoHash>,
    /// 挂牌督办
    #[serde(default)]
    pub listed: bool,
    /// 重患必停: the site, or its part, is stopped until acceptance.
    #[serde(default)]
    pub suspended: bool,
    pub log: Vec<Entry>,
}

/// The log cannot be the log of a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hazard's log begins with its being found")]
pub struct NoBeginning;

impl Hazard {
    /// The first entry makes the hazard.
    pub fn begin(id: HazardId, place: Placement, entry: Entry) -> Result<Self, NoBeginning> {
        let Deed::Found(found) = &entry.deed else { return Err(NoBeginning) };
        let found = found.clone();
        let when = entry.when();
        Ok(Self {
            id,
            number: None,
            place,
            stage: Stage::found(&found, entry.by, when),
            due: found.due.and_then(|due| entry.day(due)),
            after: found.fixed.as_ref().map(|fixed| fixed.photos.clone()).unwrap_or_default(),
            found_at: when,
            found_by: entry.by,
            found,
            plan: None,
            extension: None,
            listed: false,
            suspended: false,
            log: vec![entry],
        })
    }

    /// Rebuilds the hazard from its log; entries that did not fit are judged anew and end the same.
    pub fn fold(
        id: HazardId,
        place: Placement,
        log: impl IntoIterator<Item = Entry>,
    ) -> Result<Self, NoBeginning> {
        let mut log = log.into_iter();
        let first = log.next().ok_or(NoBeginning)?;
        Ok(log.fold(Self::begin(id, place, first)?, |hazard, entry| hazard.take(entry).0))
    }

    /// Takes an entry into the log and, where it fits, into the state. A repeated event changes nothing.
    pub fn take(mut self, mut entry: Entry) -> (Self, Option<Misfit>) {
        if let Some(known) = self.log.iter().find(|known| known.event == entry.event) {
            let misfit = known.misfit.clone();
            return (self, misfit);
        }
        match self.stage.clone().after(&entry, &self) {
            Ok(stage) => {
                self.note(&entry);
                self.stage = stage;
                entry.misfit = None;
            }
            Err(misfit) => entry.misfit = Some(misfit),
        }
        let misfit = entry.misfit.clone();
        self.log.push(entry);
        (self, misfit)
    }

    /// Whether the deed would count now; for showing or hiding what a person may do next.
    pub fn would_take(&self, by: PersonId, at: DateTime<Utc>, deed: &Deed) -> Result<(), Misfit> {
        let entry = Entry {
            event: EventId(uuid::Uuid::nil()),
            at,
            received_at: None,
            by,
            name: String::new(),
            deed: deed.clone(),
            misfit: None,
        };
        self.stage.clone().after(&entry, self).map(drop)
    }

    /// Entries of this person that the log keeps without effect.
    pub fn rejections_of(&self, person: PersonId) -> usize {
        self.log.iter().filter(|entry| entry.by == person && entry.misfit.is_some()).count()
    }

    /// What a fitting deed changes beside the stage.
    fn note(&mut self, entry: &Entry) {
        match &entry.deed {
            Deed::Found(_) | Deed::Accepted { .. } => {}
            Deed::Assigned(plan) => {
                self.due = entry.day(plan.deadline);
                self.plan = Some(plan.clone());
                if plan.department.is_some() {
                    self.place.department = plan.department;
                }
            }
            Deed::ExtensionAsked { until, reason } => {
                let until = entry.day(*until).unwrap_or(*until);
                self.extension = Some(Extension { until, reason: reason.clone(), by: entry.by });
            }
            Deed::ExtensionGranted { until } => {
                self.due = entry.day(*until);
                self.extension = None;
            }
            Deed::ExtensionRefused { .. } => self.extension = None,
            Deed::Rectified { photos, .. } => {
                self.after = photos.clone();
                self.extension = None;
            }
            Deed::Returned { deadline, .. } => self.due = entry.day(*deadline),
            Deed::Listed { .. } => self.listed = true,
            Deed::Suspended { .. } => self.suspended = true,
            Deed::Referred { .. } | Deed::Merged { .. } => self.extension = None,
            Deed::Reopened { due, .. } => {
                self.due = due.and_then(|due| entry.day(due));
                self.after.clear();
            }
        }
        if matches!(entry.deed, Deed::Accepted { .. }) && !self.needs_second_acceptance() {
            self.suspended = false;
        }
    }

    /// A major hazard that nobody has accepted yet wants two different people.
    pub fn needs_second_acceptance(&self) -> bool {
        self.level() == Severity::Major && !matches!(self.stage, Stage::AcceptedOnce { .. })
    }

    pub fn level(&self) -> Severity {
        self.found.level
    }

    pub fn is_open(&self) -> bool {
        self.stage.is_open()
    }

    /// How the deadline stands; an ended hazard has none.
    pub fn due(&self, now: DateTime<Utc>) -> Due {
        if self.is_open() { Due::of(self.due, office_day(now)) } else { Due::Unset }
    }

    /// Every photo that the log names, in its order.
    pub fn photos(&self) -> Vec<&PhotoHash> {
        self.log.iter().flat_map(|entry| entry.deed.photos()).collect()
    }

    /// Those that were handed in to show that it is gone.
    pub fn photos_of_rectification(&self) -> impl Iterator<Item = &PhotoHash> {
        let later = self.log.iter().filter_map(|entry| match &entry.deed {
            Deed::Rectified { photos, .. } => Some(photos),
            _ => None,
        });
        self.found.fixed.iter().map(|fixed| &fixed.photos).chain(later).flatten()
    }

    /// What to call it in a list.
    pub fn title(&self) -> &str {
        &self.found.what
    }
}
