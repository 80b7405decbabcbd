//! # What is live
//!
//! A phone keeps by itself what is still going on: sites, forms, open hazards; and of what has ended only what ended
//! lately. The rest lies with the office, and the phone asks for it when somebody opens it. The server leaves out of a fresh
//! phone's records what the phone would throw away, by the same rule.
//!
//! What is due needs no visits: a site says when it was visited last.
//!
//! Those who see the whole office or a department have shorter windows than those who walk a grid. They see many times as
//! much, and work through it at the desk, where nothing is left out.

use crate::{
    hazard::{EventRecord, Hazard},
    role::Scope,
    visit::VisitSummary,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// For how many days what has ended stays on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveWindow {
    /// From when a hazard ended.
    pub closed_hazards: u16,
    /// From when a visit was submitted.
    pub visits: u16,
}

impl Default for LiveWindow {
    fn default() -> Self {
        LiveWindows::default().narrow
    }
}

impl LiveWindow {
    /// Hazards that ended before are not live.
    pub fn hazards_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        ago(self.closed_hazards, now)
    }

    /// Visits submitted before are not live.
    pub fn visits_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        ago(self.visits, now)
    }

    /// An open hazard always is.
    pub fn has_hazard(&self, hazard: &Hazard, now: DateTime<Utc>) -> bool {
        ended_at(hazard).is_none_or(|ended| ended >= self.hazards_since(now))
    }

    pub fn has_visit(&self, visit: &VisitSummary, now: DateTime<Utc>) -> bool {
        visit.submitted_at >= self.visits_since(now)
    }
}

/// So many days before now; the beginning of time where a broken clock leaves no such day.
fn ago(days: u16, now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_signed(Duration::days(days.into())).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// When the hazard came to its end; none while it is open.
pub fn ended_at(hazard: &Hazard) -> Option<DateTime<Utc>> {
    let counted = || hazard.events.iter().rev().find(|record| !record.is_rejected());
    (!hazard.is_open()).then(|| counted().map_or(hazard.found_at, EventRecord::when))
}

/// An office's windows, by how much a person sees of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveWindows {
    /// Of those who see some grids or sites.
    pub narrow: LiveWindow,
    /// Of those who see the office, or a department and its sectors.
    pub wide: LiveWindow,
}

impl Default for LiveWindows {
    fn default() -> Self {
        Self {
            narrow: LiveWindow { closed_hazards: 60, visits: 90 },
            wide: LiveWindow { closed_hazards: 14, visits: 7 },
        }
    }
}

impl LiveWindows {
    pub fn of(&self, scope: &Scope) -> LiveWindow {
        match scope {
            Scope::Office | Scope::Department { .. } => self.wide,
            Scope::Grids(_) | Scope::Sites(_) => self.narrow,
        }
    }

    /// Outside of which nothing is live for anybody.
    pub fn widest(&self) -> LiveWindow {
        let Self { narrow, wide } = self;
        LiveWindow {
            closed_hazards: narrow.closed_hazards.max(wide.closed_hazards),
            visits: narrow.visits.max(wide.visits),
        }
    }
}
