//! A plan as the desk opens it, and a draw as anybody reads it.

use super::{
    CheckProgress, OpenedBy, RuleReason, SpotCheck,
    plan::{
        Exchange, Explanation, PlanOutline, PlanStep, PlannedPerson, PlannedSite, Rescheduled, SiteChoice,
        SpotCheckPlan,
    },
};
use crate::{
    draw::{Digest, PublishedDraw, SeedSource},
    id::{FormId, PersonId, SiteId, SiteKind, SpotCheckPlanId},
    place::Department,
    risk::RiskLevel,
    role::Role,
    text::Bilingual,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What is published of a draw before its list is: nothing from which a site could be told, not even the digests of its parts, which
/// have no salt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncedDraw {
    pub fingerprint: Digest,
    pub announced_at: DateTime<Utc>,
    /// How many sites are drawn.
    pub sites: u32,
    pub people_per_site: u32,
    pub avoid_own_grid: bool,
    pub source: SeedSource,
    /// The void draw in whose place it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Digest>,
    /// When it became void; why is published with its list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_at: Option<DateTime<Utc>>,
}

impl From<&PublishedDraw> for AnnouncedDraw {
    fn from(draw: &PublishedDraw) -> Self {
        let method = &draw.frozen.method;
        Self {
            fingerprint: draw.fingerprint,
            announced_at: draw.announced_at,
            sites: method.sites,
            people_per_site: method.people_per_site,
            avoid_own_grid: method.avoid_own_grid,
            source: draw.frozen.source.clone(),
            replaces: draw.frozen.plan.replaces,
            void_at: draw.void.as_ref().map(|void| void.at),
        }
    }
}

/// A draw as anybody may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawPage {
    pub id: SpotCheckPlanId,
    pub office: String,
    pub title: String,
    /// Those that became void first, then the one that counts.
    pub announced: Vec<AnnouncedDraw>,
    /// Once the checks are over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PublishedPlan>,
}

/// What is published after the checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPlan {
    pub at: DateTime<Utc>,
    pub draw: PublishedDraw,
    pub void: Vec<PublishedDraw>,
    pub exchanges: Vec<Exchange>,
}

impl DrawPage {
    /// None: nothing was ever published of the plan.
    pub fn of(plan: &SpotCheckPlan, office: String) -> Option<Self> {
        let draws = plan.void.iter().chain(&plan.draw);
        let announced: Vec<_> = draws.map(AnnouncedDraw::from).collect();
        // The title that was frozen, whatever the plan is called since.
        let title = plan.draw.iter().chain(plan.void.last()).next()?.frozen.plan.title.clone();
        let published = plan.published_at.zip(plan.draw.clone()).map(|(at, draw)| PublishedPlan {
            at,
            draw,
            void: plan.void.clone(),
            exchanges: plan.exchanges.clone(),
        });
        Some(Self { id: plan.id, office, title, announced, published })
    }
}

/// A plan as it is shown to one person of the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFile {
    pub id: SpotCheckPlanId,
    pub outline: PlanOutline,
    pub step: PlanStep,
    pub drafted_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    pub leader_name: String,
    /// Who has had a hand in it.
    pub makers: Vec<PlannedPerson>,
    pub department_names: Vec<String>,
    pub form_titles: Vec<Bilingual>,
    /// Of what is inspected; empty where that is not said.
    pub matter_name: String,
    pub announced: Vec<AnnouncedDraw>,
    pub progress: CheckProgress,
    /// None: its sites are not theirs to know before it opens.
    pub inside: Option<PlanInside>,
    /// Whether they may change it.
    pub may_plan: bool,
    /// Whether they may withdraw it.
    pub may_withdraw: bool,
    /// Whether they may declare its draw void.
    pub may_void: bool,
    /// Whether they may give a check that was missed another day.
    pub may_reschedule: bool,
}

/// What only those see who may know its sites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanInside {
    pub choice: Option<SiteChoice>,
    pub sites: Vec<PlanSite>,
    pub exchanges: Vec<Exchange>,
    pub proof: Option<DrawProof>,
    /// Void draws: when, by whom and why, in words.
    pub void: Vec<PublishedVoid>,
    /// Who could go in somebody's place; nobody once it is over.
    pub candidates: Vec<PlanCandidate>,
}

/// A site of the plan with what is known of it now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanSite {
    pub planned: PlannedSite,
    pub risk: RiskLevel,
    pub kinds: Vec<SiteKind>,
    pub last_visit: Option<DateTime<Utc>>,
    /// Once it is sent.
    pub check: Option<SpotCheck>,
    /// Why it was not carried out.
    pub explained: Option<Explanation>,
    /// When it is made up for, and why; the last one.
    pub rescheduled: Option<Rescheduled>,
    /// Of its team, whose orders are known to be open; the earliest first.
    pub opened: Vec<OpenedOrder>,
}

/// An order that was opened on somebody's phone, by the phone's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedOrder {
    pub person: String,
    pub at: DateTime<Utc>,
    pub by: OpenedBy,
}

/// What can be said of the draw that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawProof {
    /// On the list.
    pub sites: u32,
    pub people: u32,
    pub fingerprint: Digest,
    pub announced_at: DateTime<Utc>,
    pub source: SeedSource,
    /// What it came from, in words, and when it was known.
    pub seed: Option<(String, DateTime<Utc>)>,
    pub result: Option<Digest>,
    /// What is wrong with it when it is computed anew, in the reader's language.
    pub faults: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedVoid {
    pub at: DateTime<Utc>,
    pub by: String,
    pub reason: String,
    pub fingerprint: Digest,
}

/// What a plan can be made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanChoices {
    pub people: Vec<PlanCandidate>,
    /// Those who may lead.
    pub leaders: Vec<PlannedPerson>,
    pub forms: Vec<(FormId, Bilingual)>,
    pub departments: Vec<Department>,
    /// 检查事项 that may be chosen: code and name.
    pub matters: Vec<(String, String)>,
}

/// Somebody who can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCandidate {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
    /// Until when their certificate is valid; none: they hold none.
    pub certified_until: Option<NaiveDate>,
    /// Checks that they have in hand.
    pub workload: u32,
    /// Names of the communities in which they work.
    pub communities: Vec<String>,
}

/// A site that a rule chose, as the maker ticks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedSite {
    pub id: SiteId,
    pub name: String,
    pub community: String,
    pub risk: RiskLevel,
    pub kinds: Vec<SiteKind>,
    pub last_visit: Option<DateTime<Utc>>,
    pub open_hazards: u32,
    pub weight: u32,
    pub reasons: Vec<RuleReason>,
}

/// What a rule finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedSites {
    /// Those of the greatest weight.
    pub sites: Vec<ProposedSite>,
    /// How many fit in all.
    pub total: u64,
}
