//! 派单列表: what the list of tasks can be asked. Its rows are the tasks.

use super::{Task, TaskStateKind};
use crate::{
    id::{HazardId, PersonId, SiteId},
    list::{ListFilter, ListPage, Parts},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskFilter {
    /// Who has it.
    pub person: Option<PersonId>,
    pub state: Option<TaskStateKind>,
    pub late: Option<TaskLate>,
    pub site: Option<SiteId>,
    pub hazard: Option<HazardId>,
    /// Names of the site, of who has it and of who gave it.
    pub query: String,
    pub page: u32,
}

impl ListFilter for TaskFilter {
    fn parts(&mut self, parts: &mut impl Parts) {
        parts.choice("person", &mut self.person);
        parts.choice("state", &mut self.state);
        parts.choice("late", &mut self.late);
        parts.choice("site", &mut self.site);
        parts.choice("hazard", &mut self.hazard);
        parts.search(&mut self.query);
        parts.page(&mut self.page);
    }
}

/// How late an open task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskLate {
    /// Its last day is over.
    Overdue,
}

impl TaskLate {
    pub const ALL: [Self; 1] = [Self::Overdue];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|late| late.as_str() == word)
    }
}

/// Open ones first, the most pressing before the others.
pub type TaskPage = ListPage<Task>;
