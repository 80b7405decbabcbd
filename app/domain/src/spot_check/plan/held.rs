//! 名下的计划: what somebody has of a plan as long as it is not over, and a hand-over of its lead.

use super::{
    PlanAround, PlanRejection, PlanStep, SpotCheckPlan, SpotCheckPlanEvent,
    decide::{Decided, person},
};
use crate::{
    id::{PersonId, SpotCheckPlanId},
    spot_check::SpotCheckKind,
};
use serde::{Deserialize, Serialize};

/// A plan that somebody has something to do with. Its title names no site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPlan {
    pub id: SpotCheckPlanId,
    pub title: String,
    /// 带队: whom the teams telephone.
    pub leads: bool,
    /// 已排入: they go to a site of it, once it is sent.
    pub goes: bool,
    /// 在封存的名单里: the seed may draw them. What is frozen does not change; who is drawn is exchanged.
    pub may_be_drawn: bool,
}

impl HeldPlan {
    /// Whether it goes to somebody else when they hand their work over.
    pub fn is_handed_over(&self) -> bool {
        self.leads || self.goes
    }
}

impl SpotCheckPlan {
    /// What somebody has of it; none: nothing, or it is over. `under_way`: whether somebody is still to go to one of its sites. Who goes
    /// there once it is sent is told by its checks.
    pub fn held_by(&self, person: PersonId, under_way: bool) -> Option<HeldPlan> {
        let (is_unsent, is_frozen) = match self.step {
            PlanStep::Drafted | PlanStep::Drawn => (true, false),
            PlanStep::Frozen => (true, true),
            PlanStep::Sent | PlanStep::Published | PlanStep::Cancelled => (false, false),
        };
        let mut going = self.sites.iter().flat_map(|planned| &planned.team);
        let mut listed = self.draw.iter().flat_map(|draw| &draw.frozen.population.people);
        let held = HeldPlan {
            id: self.id,
            title: self.outline.title.clone(),
            leads: self.outline.leader == person && (is_unsent || under_way),
            goes: is_unsent && going.any(|one| one.id == person),
            may_be_drawn: is_frozen && listed.any(|one| one.id == person),
        };
        (held.is_handed_over() || held.may_be_drawn).then_some(held)
    }
}

/// Somebody else leads it from now on. Where the leader goes to the sites in person, it is that leader's own round.
pub(super) fn led_by(plan: &SpotCheckPlan, to: PersonId, around: &PlanAround<'_>) -> Decided {
    if plan.outline.kind == SpotCheckKind::Leader && !plan.sites.is_empty() {
        return Err(PlanRejection::OwnRound);
    }
    let leader = person(to, around)?;
    let may_lead = around.people.get(&to).is_some_and(|one| one.may_lead && !one.disabled);
    if may_lead { Ok(SpotCheckPlanEvent::LeadHandedOver { leader }) } else { Err(PlanRejection::NoLeader) }
}
