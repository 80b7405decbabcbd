//! 抽查列表: the plans of spot checks with how their checks stand. No row names a site, and it is for whoever sees the whole office.

use super::{CheckProgress, SpotCheckKind, plan::PlanStep};
use crate::{
    id::SpotCheckPlanId,
    list::{ListFilter, ListPage, Parts},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SpotCheckFilter {
    pub kind: Option<SpotCheckKind>,
    pub step: Option<PlanStep>,
    /// How at least one of its checks stands.
    pub checks: Option<ChecksStand>,
    /// Words of the title.
    pub query: String,
    pub page: u32,
}

impl SpotCheckFilter {
    /// Plans of which checks stand so.
    pub fn of(checks: ChecksStand) -> Self {
        Self { checks: Some(checks), ..Self::default() }
    }
}

impl ListFilter for SpotCheckFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("checks", &mut self.checks);
        parts.choice("kind", &mut self.kind);
        parts.choice("step", &mut self.step);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// How checks of a plan stand on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChecksStand {
    /// Sent, and not carried out by the end of their last day.
    Missed,
}

impl ChecksStand {
    pub const ALL: [Self; 1] = [Self::Missed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stand| stand.as_str() == word)
    }
}

/// Those with missed checks first, then the newest.
pub type SpotCheckPage = ListPage<SpotCheckRow>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCheckRow {
    pub id: SpotCheckPlanId,
    pub title: String,
    pub kind: SpotCheckKind,
    pub step: PlanStep,
    pub leader_name: String,
    pub opens_at: DateTime<Utc>,
    pub until: NaiveDate,
    /// Of what was sent; before that there is nothing.
    pub checks: CheckProgress,
}
