//! What the desk shows of tasks beside the list.

use super::{Colleague, HazardNeed, Task};
use crate::{
    id::{FormId, PersonId, SiteId},
    spot_check::plan::HeldPlan,
    text::Bilingual,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What is to be given, before it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivingFile {
    pub site: SiteId,
    pub site_name: String,
    /// Of a hazard: what it is, and what there is to do about it.
    #[serde(default)]
    pub hazard: Option<(String, HazardNeed)>,
    /// Forms that are offered at the site; none of a hazard.
    pub forms: Vec<(FormId, Bilingual)>,
    /// Whom it can be given to.
    pub takers: Vec<Colleague>,
    /// Who of them holds the grid now, by name.
    #[serde(default)]
    pub grid_holder: Option<String>,
}

/// A task on its own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskFile {
    pub task: Task,
    /// What the forms are called that it asks for.
    pub forms: Vec<Bilingual>,
    /// Whom it can be handed on to; none where the reader may not.
    pub takers: Vec<Colleague>,
}

/// What somebody has who is away or leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverFile {
    pub person: PersonId,
    pub name: String,
    /// Tasks.
    pub open: usize,
    /// Spot checks that were sent to them; none where the reader may not hand them over. Which, stands nowhere.
    #[serde(default)]
    pub checks: usize,
    /// Plans of spot checks that they lead or are to go out in, and that are not over; none where the reader may not hand them over.
    #[serde(default)]
    pub plans: Vec<HeldPlan>,
    /// Names of the grids that may go along; none where the reader may not hand grids over.
    pub grids: Vec<String>,
    /// Whom all of it can be offered to.
    pub takers: Vec<Colleague>,
    /// The newest first.
    pub before: Vec<HandedOverEntry>,
}

/// A hand-over that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOverEntry {
    pub at: DateTime<Utc>,
    pub to: String,
    #[serde(flatten)]
    pub moved: HandedOver,
}

/// What was handed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    pub tasks: usize,
    /// That the other person walks from now on.
    pub grids: usize,
    /// Spot checks that the other person carries out from now on.
    #[serde(default)]
    pub checks: usize,
    /// Plans of spot checks that the other person leads, or goes out in, from now on.
    #[serde(default)]
    pub plans: usize,
}
