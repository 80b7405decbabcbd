//! One site of a plan: who goes there, when it opens, and what became of it.

use super::SpotCheckKind;
use crate::{
    id::{DepartmentId, FormId, PersonId, SiteId, SpotCheckId, SpotCheckPlanId, VisitId},
    role::{Actor, ResourceScope, Scope},
    time::office_day,
    visit::VisitNature,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// 抽查任务
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCheck {
    pub id: SpotCheckId,
    pub plan: SpotCheckPlanId,
    /// As people call it: `CC-2026-000046`. It tells nothing of the site.
    pub number: String,
    pub kind: SpotCheckKind,
    pub site: SiteId,
    /// Those who go there; nobody twice.
    pub team: Vec<PersonId>,
    /// Whom the team telephones where there is no signal.
    pub leader: PersonId,
    /// Of a joint check: the departments that take part, all in one record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
    pub forms: Vec<FormId>,
    /// Patrol or administrative inspection.
    pub nature: VisitNature,
    /// Before this nobody on the way hears which site it is.
    pub opens_at: DateTime<Utc>,
    /// The last day on which it counts as carried out, by the office's calendar.
    pub until: NaiveDate,
    /// Where and when they meet.
    #[serde(default)]
    pub meet: String,
    #[serde(default)]
    pub bring: String,
    #[serde(default)]
    pub note: String,
    pub state: SpotCheckState,
}

/// What became of a check. That one was missed is never stored: [`SpotCheck::is_missed`] says so by the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpotCheckState {
    /// 已下发: it is on the way to those who go, sealed or opened by its hour.
    Sent,
    /// 已开展: somebody of the team was there, by a visit that the office has.
    Done { visit: VisitId, at: DateTime<Utc> },
    /// 已撤回
    Withdrawn { at: DateTime<Utc>, reason: String },
}

impl SpotCheck {
    /// Whether its hour has come, by the server's clock.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.opens_at <= now
    }

    /// 没有开展: its last day is over, and nobody was there.
    pub fn is_missed(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, SpotCheckState::Sent) && self.until < office_day(now)
    }

    /// Whether it leads this person to its site at this hour, even out of their usual scope. After its last day it still does: whoever
    /// was without signal sends the visit later.
    pub fn leads(&self, person: PersonId, site: SiteId, now: DateTime<Utc>) -> bool {
        let is_withdrawn = matches!(self.state, SpotCheckState::Withdrawn { .. });
        !is_withdrawn && self.site == site && self.team.contains(&person) && self.is_open(now)
    }

    /// Whether a visit of this person at this site, begun then, carries the check out.
    pub fn is_done_by(&self, person: PersonId, site: SiteId, began: DateTime<Utc>) -> bool {
        matches!(self.state, SpotCheckState::Sent)
            && self.leads(person, site, began)
            && office_day(began) <= self.until
    }
}

/// Somebody as they stand at a site. Where it lies out of their scope and a check whose hour has come leads them there, that one site
/// is their scope: they visit it and report what they find there, and see nothing else for it. The one place that says so.
pub fn at_site<'a>(
    actor: &'a Actor,
    place: &ResourceScope,
    checks: &[SpotCheck],
    now: DateTime<Utc>,
) -> Cow<'a, Actor> {
    let leads = |check: &SpotCheck| check.leads(actor.person, place.site, now);
    if actor.scope.covers(place) || !checks.iter().any(leads) {
        return Cow::Borrowed(actor);
    }
    Cow::Owned(Actor { scope: Scope::Sites(vec![place.site]), ..actor.clone() })
}
