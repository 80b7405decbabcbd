//! # 抽查计划: from the draft to what is published
//!
//! ```text
//! drafted ──────────── sites by hand or by rule ─────────────┐
//!    │                                                       ├──► sent ──► published
//!    └──► frozen: list and method, fingerprint published ──► drawn: the seed is known
//!              └──────────────◄── void, with its reason ◄────┘
//! ```
//!
//! What somebody wants is a [`SpotCheckPlanCommand`]; [`decide`](fn@decide) gives the event that carries it out, or says why not; the plan is the
//! fold of its events ([`SpotCheckPlan::evolve`]). A draw that was voided stays with the plan and is published along with it.

mod certified;
mod command;
mod decide;
mod draws;
mod exchange;
mod held;
mod joint;
mod outline;
mod rejection;
mod reschedule;
mod step;
mod teams;

pub use command::{DrawOrder, PlanAvoidance, PlanRequest, SpotCheckPlanCommand, TeamOf};
pub use decide::{PlanAround, PlanPerson, decide};
pub use held::HeldPlan;
pub use outline::PlanOutline;
pub use rejection::PlanRejection;
pub use step::PlanStep;
pub use teams::propose_teams;

use super::{RuleReason, SpotCheck, SpotCheckRule, SpotCheckState};
use crate::{
    draw::{DrawResult, PublishedDraw, Seed, VoidDraw},
    id::{PersonId, SiteId, SpotCheckId, SpotCheckPlanId},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How its sites came into a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteChoice {
    ByHand,
    ByRule(SpotCheckRule),
    ByDraw,
}

/// Somebody who goes, by the name that they had then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPerson {
    pub id: PersonId,
    pub name: String,
}

/// A site of the plan, and who goes there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSite {
    pub site: SiteId,
    /// As it was called then.
    pub name: String,
    pub team: Vec<PlannedPerson>,
    /// Where a rule chose it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<RuleReason>,
    /// Where it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
}

/// 换人: somebody goes in another's place. Published with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    pub site: SiteId,
    pub out: PlannedPerson,
    pub instead: PlannedPerson,
    pub reason: String,
}

/// 没有开展的原因, by whoever answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub check: SpotCheckId,
    pub words: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// 改期: when a check opens that was missed, and why it is made up for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescheduled {
    pub check: SpotCheckId,
    pub opens_at: DateTime<Utc>,
    pub until: NaiveDate,
    pub reason: String,
}

/// What happened to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpotCheckPlanEvent {
    /// Also once more, as long as nothing is frozen or sent.
    Outlined {
        outline: Box<PlanOutline>,
    },
    SitesChosen {
        choice: SiteChoice,
        sites: Vec<PlannedSite>,
    },
    /// 封存名单: what is fixed, and the fingerprint that is published.
    Frozen {
        draw: Box<PublishedDraw>,
    },
    /// 抽取: the seed is known, and with it who goes where.
    Drawn {
        seed: Box<Seed>,
        result: DrawResult,
        sites: Vec<PlannedSite>,
    },
    /// 作废: the draw stays as it is, and another is made in its place.
    Voided {
        void: VoidDraw,
    },
    Exchanged(Exchange),
    /// 交接: everything that somebody has to check goes to somebody else. Whoever does so learns no site, and does not come to see any.
    HandedOver {
        exchanges: Vec<Exchange>,
    },
    /// 交接带队: somebody else leads it from now on. Whoever does so learns no site either.
    LeadHandedOver {
        leader: PlannedPerson,
    },
    /// 密封下发: a check of each site, in the order of the sites.
    Sent {
        checks: Vec<SpotCheckId>,
    },
    /// Why a check was not carried out; the last words count.
    Explained {
        check: SpotCheckId,
        words: String,
    },
    /// 改期: a check that was missed is sealed anew for another day.
    Rescheduled(Rescheduled),
    /// 公布结果
    Published,
    Cancelled {
        reason: String,
    },
}

/// An event, by whom and when, as the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanEventRecord {
    pub at: DateTime<Utc>,
    pub by: PlannedPerson,
    pub event: SpotCheckPlanEvent,
}

/// A plan as its events have made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCheckPlan {
    pub id: SpotCheckPlanId,
    pub outline: PlanOutline,
    /// Those who have had a hand in it. They and the leader see its sites before it opens, and nobody else does.
    pub makers: Vec<PlannedPerson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<SiteChoice>,
    #[serde(default)]
    pub sites: Vec<PlannedSite>,
    /// The one that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<PublishedDraw>,
    /// 作废的: those before it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub void: Vec<PublishedDraw>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
    /// Of each site, in the order of the sites; empty before it is sent.
    #[serde(default)]
    pub checks: Vec<SpotCheckId>,
    /// Of each check one at the most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanations: Vec<Explanation>,
    /// In the order in which it was decided: of a check the last one counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rescheduled: Vec<Rescheduled>,
    pub step: PlanStep,
    pub drafted_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl SpotCheckPlan {
    /// The plan that its first event makes.
    pub fn drafted(id: SpotCheckPlanId, outline: PlanOutline, by: PlannedPerson, at: DateTime<Utc>) -> Self {
        Self {
            id,
            outline,
            makers: vec![by],
            choice: None,
            sites: vec![],
            draw: None,
            void: vec![],
            exchanges: vec![],
            checks: vec![],
            explanations: vec![],
            rescheduled: vec![],
            step: PlanStep::Drafted,
            drafted_at: at,
            sent_at: None,
            published_at: None,
            cancelled_at: None,
        }
    }

    /// The fold of a whole log; none where it does not begin with an outline.
    pub fn of(id: SpotCheckPlanId, log: impl IntoIterator<Item = PlanEventRecord>) -> Option<Self> {
        let mut log = log.into_iter();
        let first = log.next()?;
        let SpotCheckPlanEvent::Outlined { outline } = first.event else { return None };
        let plan = Self::drafted(id, *outline, first.by, first.at);
        Some(log.fold(plan, Self::evolve))
    }

    /// What an event makes of it. It never judges.
    #[must_use]
    pub fn evolve(mut self, record: PlanEventRecord) -> Self {
        let PlanEventRecord { at, by, event } = record;
        let is_maker = self.makers.iter().any(|maker| maker.id == by.id);
        // Who withdraws a plan or hands work over need not have seen what is in it, and who explains comes after the hour.
        let has_hand = !matches!(
            event,
            SpotCheckPlanEvent::Cancelled { .. }
                | SpotCheckPlanEvent::HandedOver { .. }
                | SpotCheckPlanEvent::LeadHandedOver { .. }
                | SpotCheckPlanEvent::Explained { .. }
        );
        if !is_maker && has_hand {
            self.makers.push(by.clone());
        }
        match event {
            SpotCheckPlanEvent::Outlined { outline } => self.outline = *outline,
            SpotCheckPlanEvent::SitesChosen { choice, sites } => {
                self.choice = Some(choice);
                self.sites = sites;
                self.exchanges.clear();
            }
            SpotCheckPlanEvent::Frozen { draw } => {
                self.choice = Some(SiteChoice::ByDraw);
                self.sites.clear();
                self.exchanges.clear();
                self.draw = Some(*draw);
                self.step = PlanStep::Frozen;
            }
            SpotCheckPlanEvent::Drawn { seed, result, sites } => {
                if let Some(draw) = &mut self.draw {
                    draw.seed = Some(*seed);
                    draw.result = Some(result);
                }
                self.sites = sites;
                self.step = PlanStep::Drawn;
            }
            SpotCheckPlanEvent::Voided { void } => {
                let draw = self.draw.take();
                self.void.extend(draw.map(|draw| PublishedDraw { void: Some(void), ..draw }));
                self.sites.clear();
                self.exchanges.clear();
                self.step = PlanStep::Drafted;
            }
            SpotCheckPlanEvent::Exchanged(exchange) => self.exchange(exchange),
            SpotCheckPlanEvent::HandedOver { exchanges } => {
                exchanges.into_iter().for_each(|exchange| self.exchange(exchange));
            }
            SpotCheckPlanEvent::LeadHandedOver { leader } => self.outline.leader = leader.id,
            SpotCheckPlanEvent::Sent { checks } => {
                self.checks = checks;
                self.sent_at = Some(at);
                self.step = PlanStep::Sent;
            }
            SpotCheckPlanEvent::Explained { check, words } => {
                self.explanations.retain(|one| one.check != check);
                self.explanations.push(Explanation { check, words, by: by.name, at });
            }
            SpotCheckPlanEvent::Rescheduled(rescheduled) => self.rescheduled.push(rescheduled),
            SpotCheckPlanEvent::Published => {
                self.published_at = Some(at);
                self.step = PlanStep::Published;
            }
            SpotCheckPlanEvent::Cancelled { .. } => {
                self.cancelled_at = Some(at);
                self.step = PlanStep::Cancelled;
            }
        }
        self
    }

    fn exchange(&mut self, exchange: Exchange) {
        let planned = self.sites.iter_mut().find(|planned| planned.site == exchange.site);
        for person in planned.into_iter().flat_map(|planned| &mut planned.team) {
            if person.id == exchange.out.id {
                *person = exchange.instead.clone();
            }
        }
        self.exchanges.push(exchange);
    }

    /// Whether this person may know its sites at this time: those who made it and its leader always, others of the desk once it was
    /// sent and its hour has come. What was never sent opens to nobody else, nor what was withdrawn before its hour: the same sites
    /// may be checked on another day. For the same reason it closes again where a check is made up for, until that hour.
    pub fn shows_sites_to(&self, person: PersonId, now: DateTime<Utc>) -> bool {
        let until = self.cancelled_at.map_or(now, |at| at.min(now));
        let is_open = self.sent_at.is_some() && self.opens_at() <= until;
        self.is_insider(person) || is_open || self.is_published()
    }

    /// Those who made it, and its leader.
    pub fn is_insider(&self, person: PersonId) -> bool {
        self.outline.leader == person || self.makers.iter().any(|maker| maker.id == person)
    }

    /// The hour from which on none of its sites is a secret any more.
    pub fn opens_at(&self) -> DateTime<Utc> {
        let later = self.rescheduled.iter().map(|rescheduled| rescheduled.opens_at);
        later.fold(self.outline.opens_at, Ord::max)
    }

    pub fn is_published(&self) -> bool {
        self.published_at.is_some()
    }

    /// What is sent to those who go: a check of each site. As many ids and numbers as there are sites.
    pub fn checks_of(
        &self,
        named: impl IntoIterator<Item = (SpotCheckId, String)>,
    ) -> impl Iterator<Item = SpotCheck> {
        let outline = &self.outline;
        self.sites.iter().zip(named).map(move |(planned, (id, number))| SpotCheck {
            id,
            plan: self.id,
            number,
            kind: outline.kind,
            site: planned.site,
            team: planned.team.iter().map(|person| person.id).collect(),
            leader: outline.leader,
            departments: outline.departments.clone(),
            forms: outline.forms.clone(),
            nature: outline.nature,
            opens_at: outline.opens_at,
            until: outline.until,
            meet: outline.meet.clone(),
            bring: outline.bring.clone(),
            note: outline.note.clone(),
            state: SpotCheckState::Sent,
        })
    }
}
