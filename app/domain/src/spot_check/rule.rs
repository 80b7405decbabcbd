//! 按规则选: which sites of an office a plan is about, and why each of them.

use crate::{
    id::{CommunityId, GridId, PartyId, SiteId, SiteKind},
    limits::{self, Checked, Field},
    risk::RiskLevel,
    time::office_day,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// For how many days back hazards and reports count where a rule says nothing of it, and hazards for the weight of a site.
pub const LATELY_DAYS: u16 = 90;

/// What a plan goes by at a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteFacts {
    pub id: SiteId,
    pub name: String,
    pub grid: GridId,
    pub community: CommunityId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    pub kinds: Vec<SiteKind>,
    pub risk: RiskLevel,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_visit: Option<DateTime<Utc>>,
    pub open_hazards: u32,
    /// Found within as many days as were asked for.
    pub hazards: u32,
    /// 群众举报 that came within as many days, and that somebody of the office has looked at and found to be so: none that waits to be
    /// looked at, is in quarantine, was discarded, or came to nothing. So no stranger chooses a site by reporting it. Many voices of the
    /// same are one. What a party says of a visit is none of them: that nobody pays for it, or is known by it, it chooses no site.
    pub reports: u32,
    pub retired: bool,
}

/// What sites a plan looks for. Each condition that is given has to hold; without any, every site in use fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpotCheckRule {
    /// Of this kind.
    pub kind: Option<SiteKind>,
    /// At least as grave.
    pub risk: Option<RiskLevel>,
    /// Not visited for so many days, or never.
    pub unvisited_days: Option<u16>,
    /// At least so many hazards are open there.
    pub open_hazards: Option<u16>,
    /// At least so many hazards were found there within [`within_days`](Self::within_days).
    pub hazards: Option<u16>,
    /// At least so many [reports by the public](SiteFacts::reports) came within [`within_days`](Self::within_days).
    pub reports: Option<u16>,
    /// [`LATELY_DAYS`] where none are given.
    pub within_days: Option<u16>,
}

/// Why a rule chose a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleReason {
    Kind(SiteKind),
    Risk(RiskLevel),
    NeverVisited,
    Unvisited { days: u32 },
    OpenHazards(u32),
    Hazards { number: u32, within_days: u16 },
    Reports { number: u32, within_days: u16 },
}

/// A site that a rule chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByRule<'a> {
    pub site: &'a SiteFacts,
    /// One of each condition of the rule.
    pub reasons: Vec<RuleReason>,
}

impl SpotCheckRule {
    /// # Errors
    /// A number of days that is none.
    pub fn check(&self) -> Checked {
        for days in [self.unvisited_days, self.within_days].into_iter().flatten() {
            limits::check_number(Field::Interval, days.into(), limits::INTERVAL)?;
        }
        Ok(())
    }

    pub fn within_days(&self) -> u16 {
        self.within_days.unwrap_or(LATELY_DAYS)
    }

    /// Sites in use that fit, those of the greatest [weight](SiteFacts::weight) first; equal ones by their ids.
    pub fn choose<'a>(
        &self,
        sites: impl IntoIterator<Item = &'a SiteFacts>,
        now: DateTime<Utc>,
    ) -> Vec<ByRule<'a>> {
        let in_use = sites.into_iter().filter(|site| !site.retired);
        let fits = in_use.filter_map(|site| Some(ByRule { site, reasons: self.reasons(site, now)? }));
        let mut chosen: Vec<_> = fits.collect();
        chosen.sort_by_key(|one| (std::cmp::Reverse(one.site.weight(now)), one.site.id));
        chosen
    }

    /// None: the site does not fit.
    fn reasons(&self, site: &SiteFacts, now: DateTime<Utc>) -> Option<Vec<RuleReason>> {
        let mut reasons = vec![];
        if let Some(kind) = &self.kind {
            reasons.push(site.kinds.contains(kind).then(|| RuleReason::Kind(kind.clone()))?);
        }
        if let Some(least) = self.risk {
            // The gravest is the least.
            reasons.push((site.risk <= least).then_some(RuleReason::Risk(site.risk))?);
        }
        if let Some(least) = self.unvisited_days {
            reasons.push(match site.days_unvisited(now) {
                None => RuleReason::NeverVisited,
                Some(days) => (days >= u32::from(least)).then_some(RuleReason::Unvisited { days })?,
            });
        }
        if let Some(least) = self.open_hazards {
            let number = site.open_hazards;
            reasons.push((number >= u32::from(least)).then_some(RuleReason::OpenHazards(number))?);
        }
        if let Some(least) = self.hazards {
            let (number, within_days) = (site.hazards, self.within_days());
            reasons
                .push((number >= u32::from(least)).then_some(RuleReason::Hazards { number, within_days })?);
        }
        if let Some(least) = self.reports {
            let (number, within_days) = (site.reports, self.within_days());
            reasons
                .push((number >= u32::from(least)).then_some(RuleReason::Reports { number, within_days })?);
        }
        Some(reasons)
    }
}

impl SiteFacts {
    /// Office days since the last visit; none where there was none.
    pub fn days_unvisited(&self, now: DateTime<Utc>) -> Option<u32> {
        let days = (office_day(now) - office_day(self.last_visit?)).num_days();
        Some(u32::try_from(days).unwrap_or_default())
    }

    /// 权重: risk × how long nobody was there × hazards found lately. Between 1 and 64.
    pub fn weight(&self, now: DateTime<Utc>) -> u32 {
        let risk = match self.risk {
            RiskLevel::Major => 4,
            RiskLevel::Considerable => 3,
            RiskLevel::General => 2,
            RiskLevel::Low => 1,
        };
        let unvisited = match self.days_unvisited(now) {
            None | Some(181..) => 4,
            Some(91..=180) => 3,
            Some(31..=90) => 2,
            Some(0..=30) => 1,
        };
        risk * unvisited * (1 + self.hazards.min(3))
    }
}
