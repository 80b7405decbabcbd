//! What makers and leaders want of a plan.

use super::{PlanOutline, Rescheduled, SiteChoice};
use crate::{
    draw::{Revealed, Salt, SeedSource, VoidReason},
    id::{PersonId, SiteId, SpotCheckId},
    spot_check::SpotCheckRule,
};
use serde::{Deserialize, Serialize};

/// What is wanted of a plan that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpotCheckPlanCommand {
    Outline(Box<PlanOutline>),
    /// By hand or by rule, with who goes where.
    ChooseSites {
        choice: SiteChoice,
        sites: Vec<TeamOf>,
    },
    /// The salt is chance, and so the caller's.
    Freeze {
        order: Box<DrawOrder>,
        salt: Salt,
    },
    /// The source has spoken, or the words are told.
    Draw(Revealed),
    Void(VoidReason),
    Exchange {
        site: SiteId,
        out: PersonId,
        instead: PersonId,
        reason: String,
    },
    /// 交接: all that somebody has to check of it.
    HandOver {
        from: PersonId,
        to: PersonId,
        reason: String,
    },
    /// 交接带队: whoever leads it leaves.
    HandLeadOver {
        to: PersonId,
    },
    /// As many new ids as there are sites.
    Send {
        checks: Vec<SpotCheckId>,
    },
    /// Why a check was not carried out.
    Explain {
        check: SpotCheckId,
        words: String,
    },
    /// 改期: a check that was missed is made up for.
    Reschedule(Rescheduled),
    Publish,
    Cancel {
        reason: String,
    },
}

/// What pages ask for: the same without what the server adds, which is chance and ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanRequest {
    Outline(Box<PlanOutline>),
    /// Teams are [proposed](super::propose_teams) of these people.
    ChooseSites {
        choice: SiteChoice,
        sites: Vec<SiteId>,
        people: Vec<PersonId>,
    },
    Freeze(Box<DrawOrder>),
    Draw(Revealed),
    Void(VoidReason),
    Exchange {
        site: SiteId,
        out: PersonId,
        instead: PersonId,
        reason: String,
    },
    Send,
    Explain {
        check: SpotCheckId,
        words: String,
    },
    Reschedule(Rescheduled),
    Publish,
    Cancel {
        reason: String,
    },
}

/// Who goes to a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamOf {
    pub site: SiteId,
    pub team: Vec<PersonId>,
}

/// 回避: somebody who is not to go to a site. Why is nobody's business and stands nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAvoidance {
    pub person: PersonId,
    pub site: SiteId,
}

/// What a draw is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawOrder {
    /// Which sites can be drawn.
    pub among: SpotCheckRule,
    /// How many are drawn.
    pub sites: u32,
    pub avoid_own_grid: bool,
    /// Who can be sent.
    pub people: Vec<PersonId>,
    #[serde(default)]
    pub avoidances: Vec<PlanAvoidance>,
    pub source: SeedSource,
}
