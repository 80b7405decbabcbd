//! When a site is to be visited next.
//!
//! The plan asks for differentiated supervision by risk without giving an interval for every level; the intervals
//! are therefore the office's own setting, and the defaults here are ours, not the plan's.

use crate::{due::Due, risk::RiskLevel, site::Site, time::office_day};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Days between two visits, by risk level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitIntervals {
    pub major: u16,
    pub considerable: u16,
    pub general: u16,
    pub low: u16,
}

impl Default for VisitIntervals {
    fn default() -> Self {
        Self { major: 15, considerable: 30, general: 60, low: 90 }
    }
}

impl VisitIntervals {
    pub fn days(&self, risk: RiskLevel) -> u16 {
        match risk {
            RiskLevel::Major => self.major,
            RiskLevel::Considerable => self.considerable,
            RiskLevel::General => self.general,
            RiskLevel::Low => self.low,
        }
    }

    /// The day by which the site must have been visited; a site never visited is due at once.
    pub fn next_visit(&self, site: &Site, now: DateTime<Utc>) -> NaiveDate {
        let today = office_day(now);
        site.last_visit.map_or(today, |last| {
            office_day(last).checked_add_days(Days::new(self.days(site.risk).into())).unwrap_or(today)
        })
    }

    pub fn due(&self, site: &Site, now: DateTime<Utc>) -> Due {
        Due::of(Some(self.next_visit(site, now)), office_day(now))
    }
}
