//! 启用之前: how far a new office is set up. Told by what is there, so that it is true however it came there: by screen,
//! by list or by command.

use super::{Community, Department, Grid, PlaceId, same_name};
use crate::{person::Person, role::Role};
use serde::{Deserialize, Serialize};

/// The steps, in the order in which an office is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Office,
    Departments,
    Places,
    People,
    Sites,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Office, Self::Departments, Self::Places, Self::People, Self::Sites];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Departments => "departments",
            Self::Places => "places",
            Self::People => "people",
            Self::Sites => "sites",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }

    /// The one after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }
}

/// What an office has so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Readiness {
    pub office: String,
    pub departments: u64,
    /// Departments without an officer.
    pub without_officer: Vec<String>,
    pub communities: u64,
    pub grids: u64,
    /// Communities without a grid.
    pub without_grid: Vec<String>,
    /// Names that look the same.
    pub twins: Vec<String>,
    pub inspectors: u64,
    /// Those who direct at the desk: 应急办 and department officers.
    pub desk: u64,
    pub sites: u64,
}

impl Readiness {
    pub fn of(
        office: &str,
        departments: &[Department],
        communities: &[Community],
        grids: &[Grid],
        people: &[Person],
        sites: u64,
    ) -> Self {
        let working = || people.iter().filter(|person| !person.disabled);
        let count = |wanted: fn(&Person) -> bool| working().filter(|person| wanted(person)).count() as u64;
        let officer = |department: &&Department| {
            !working().any(|person| person.role == Role::Officer && person.department == Some(department.id))
        };
        let empty = |community: &&Community| !grids.iter().any(|grid| grid.community == community.id);
        Self {
            office: office.trim().to_owned(),
            departments: departments.len() as u64,
            without_officer: departments.iter().filter(officer).map(|one| one.name.clone()).collect(),
            communities: communities.len() as u64,
            grids: grids.len() as u64,
            without_grid: communities.iter().filter(empty).map(|one| one.name.clone()).collect(),
            twins: twins(departments, communities, grids),
            inspectors: count(|person| person.role == Role::Inspector && !person.grids.is_empty()),
            desk: count(|person| matches!(person.role, Role::Supervisor | Role::Officer)),
            sites,
        }
    }

    pub fn is_done(&self, step: Step) -> bool {
        match step {
            Step::Office => !self.office.is_empty(),
            Step::Departments => self.departments > 0,
            Step::Places => self.grids > 0,
            Step::People => self.inspectors > 0 && self.desk > 0,
            Step::Sites => self.sites > 0,
        }
    }

    /// Everything is there that the first round needs.
    pub fn is_complete(&self) -> bool {
        Step::ALL.into_iter().all(|step| self.is_done(step))
    }

    /// The first step that is open.
    pub fn first_open(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.is_done(*step))
    }
}

/// Names of places beside which another one looks the same; each pair is named once.
fn twins(departments: &[Department], communities: &[Community], grids: &[Grid]) -> Vec<String> {
    let mut names: Vec<(Option<PlaceId>, &str)> = vec![];
    names.extend(departments.iter().map(|one| (None, one.name.as_str())));
    let mut found = later_twins(&names);
    let names: Vec<_> = communities.iter().map(|one| (None, one.name.as_str())).collect();
    found.extend(later_twins(&names));
    let within = |grid: &Grid| Some(PlaceId::Community(grid.community));
    let names: Vec<_> = grids.iter().map(|one| (within(one), one.name.as_str())).collect();
    found.extend(later_twins(&names));
    found
}

fn later_twins(names: &[(Option<PlaceId>, &str)]) -> Vec<String> {
    let is_twin = |at: usize, within: Option<PlaceId>, name: &str| {
        names.iter().take(at).any(|(beside, other)| *beside == within && same_name(other, name))
    };
    let twins = names.iter().enumerate().filter(|(at, (within, name))| is_twin(*at, *within, name));
    twins.map(|(_, (_, name))| (*name).to_owned()).collect()
}
