//! What an administrator wants of the places, and what comes of it.
//!
//! [`decide`] sees the places as they stand and gives the events that carry the command out, or says why not. A merge takes
//! along what lives there: sites with their hazards, people, and the grids of a community; grids of the same name become
//! one.

use super::{Community, Department, Grid, Office, PlaceId, same_name};
use crate::{
    id::{CommunityId, GridId},
    limits::{self, Field, OverLimit},
    risk::RiskLevel,
    schedule::VisitIntervals,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// The places as they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacesSnapshot {
    pub office: Office,
    pub intervals: VisitIntervals,
    pub departments: Vec<Department>,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    /// Of places where nothing lives there may be none.
    pub living: BTreeMap<PlaceId, Living>,
}

/// What lives in a place. Of a community, in its grids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Living {
    pub sites: u64,
    pub people: u64,
    pub grids: u64,
    pub open_hazards: u64,
}

impl Living {
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// `was` is what the command was based on; none where nobody looked before, as on the command line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceCommand {
    NameOffice {
        name: String,
        was: Option<String>,
    },
    SetIntervals {
        intervals: VisitIntervals,
        was: Option<VisitIntervals>,
    },
    /// Makes the department where its id is new.
    PutDepartment {
        department: Department,
        was: Option<Department>,
    },
    PutCommunity {
        community: Community,
        was: Option<Community>,
    },
    /// A grid may move to another community, with its sites.
    PutGrid {
        grid: Grid,
        was: Option<Grid>,
    },
    Merge {
        from: PlaceId,
        into: PlaceId,
    },
    /// `into` takes what still lives there; without it nothing may.
    Close {
        place: PlaceId,
        into: Option<PlaceId>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceEvent {
    OfficeNamed {
        name: String,
    },
    IntervalsSet {
        intervals: VisitIntervals,
    },
    DepartmentPut {
        department: Department,
    },
    CommunityPut {
        community: Community,
    },
    GridPut {
        grid: Grid,
    },
    /// What lives there goes to `into`; the place is no more, its name stays readable.
    Ended {
        place: PlaceId,
        into: Option<PlaceId>,
    },
}

/// Why it is not done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceRejection {
    #[error("there is no such place, or no longer")]
    Unknown,
    #[error("the name is missing")]
    NameMissing,
    #[error("{0}")]
    OverLimit(#[from] OverLimit),
    #[error("there is one called {name} already")]
    NameTaken { name: String },
    /// Perhaps the same one, written otherwise: to be merged rather than made twice.
    #[error("differs from {name} in blanks, width or invisible signs only")]
    Twin { place: PlaceId, name: String },
    #[error("a place is merged into another one of its kind")]
    OtherKind,
    #[error("a place cannot be merged into itself")]
    IntoItself,
    #[error("something still lives there")]
    Occupied { living: Living },
    #[error("an interval is a number of days from 1 to 3650")]
    Interval { risk: RiskLevel },
    /// Changed by another person since it was read.
    #[error("changed meanwhile")]
    Changed,
}

type Decided = Result<Vec<PlaceEvent>, PlaceRejection>;

pub fn decide(places: &PlacesSnapshot, command: &PlaceCommand) -> Decided {
    match command {
        PlaceCommand::NameOffice { name, was } => {
            unchanged(was.as_ref(), Some(&places.office.name))?;
            Ok(vec![PlaceEvent::OfficeNamed { name: named(name)? }])
        }
        PlaceCommand::SetIntervals { intervals, was } => {
            unchanged(was.as_ref(), Some(&places.intervals))?;
            for risk in RiskLevel::ALL {
                let days = i64::from(intervals.days(risk));
                limits::check_number(Field::Interval, days, limits::INTERVAL)
                    .map_err(|_| PlaceRejection::Interval { risk })?;
            }
            Ok(vec![PlaceEvent::IntervalsSet { intervals: *intervals }])
        }
        PlaceCommand::PutDepartment { department, was } => {
            let known = places.departments.iter().find(|one| one.id == department.id);
            unchanged(was.as_ref(), known)?;
            let name = named(&department.name)?;
            let others = places.departments.iter().filter(|one| one.id != department.id);
            alone(&name, others.map(|one| (PlaceId::Department(one.id), one.name.as_str())))?;
            limits::check_count(Field::Sectors, department.sectors.len(), limits::SECTORS)?;
            let mut sectors = department.sectors.clone();
            sectors.sort_unstable();
            sectors.dedup();
            let department = Department { id: department.id, name, sectors };
            Ok(vec![PlaceEvent::DepartmentPut { department }])
        }
        PlaceCommand::PutCommunity { community, was } => {
            let known = places.communities.iter().find(|one| one.id == community.id);
            unchanged(was.as_ref(), known)?;
            let name = named(&community.name)?;
            let others = places.communities.iter().filter(|one| one.id != community.id);
            alone(&name, others.map(|one| (PlaceId::Community(one.id), one.name.as_str())))?;
            Ok(vec![PlaceEvent::CommunityPut { community: Community { id: community.id, name } }])
        }
        PlaceCommand::PutGrid { grid, was } => {
            let known = places.grids.iter().find(|one| one.id == grid.id);
            unchanged(was.as_ref(), known)?;
            places.community(grid.community)?;
            let name = named(&grid.name)?;
            let others =
                places.grids.iter().filter(|one| one.id != grid.id && one.community == grid.community);
            alone(&name, others.map(|one| (PlaceId::Grid(one.id), one.name.as_str())))?;
            Ok(vec![PlaceEvent::GridPut { grid: Grid { id: grid.id, community: grid.community, name } }])
        }
        PlaceCommand::Merge { from, into } => places.merge(*from, *into),
        PlaceCommand::Close { place, into: Some(into) } => places.merge(*place, *into),
        PlaceCommand::Close { place, into: None } => {
            places.name(*place)?;
            let living = places.living.get(place).copied().unwrap_or_default();
            if living.is_nothing() {
                Ok(vec![PlaceEvent::Ended { place: *place, into: None }])
            } else {
                Err(PlaceRejection::Occupied { living })
            }
        }
    }
}

impl PlacesSnapshot {
    /// What it is called; of a place that is no more, a rejection.
    pub fn name(&self, place: PlaceId) -> Result<&str, PlaceRejection> {
        let name = match place {
            PlaceId::Department(id) => self.departments.iter().find(|one| one.id == id).map(|one| &one.name),
            PlaceId::Community(id) => self.communities.iter().find(|one| one.id == id).map(|one| &one.name),
            PlaceId::Grid(id) => self.grids.iter().find(|one| one.id == id).map(|one| &one.name),
        };
        name.map(String::as_str).ok_or(PlaceRejection::Unknown)
    }

    /// Another place of its kind and parent whose name differs in invisible characters only.
    pub fn twin(&self, place: PlaceId) -> Option<PlaceId> {
        let name = self.name(place).ok()?;
        let of = |grid: GridId| self.grids.iter().find(|one| one.id == grid).map(|one| one.community);
        let others: Vec<(PlaceId, &str)> = match place {
            PlaceId::Department(_) => {
                self.departments.iter().map(|one| (PlaceId::Department(one.id), one.name.as_str())).collect()
            }
            PlaceId::Community(_) => {
                self.communities.iter().map(|one| (PlaceId::Community(one.id), one.name.as_str())).collect()
            }
            PlaceId::Grid(id) => {
                let beside = self.grids.iter().filter(|one| Some(one.community) == of(id));
                beside.map(|one| (PlaceId::Grid(one.id), one.name.as_str())).collect()
            }
        };
        let twin = others.into_iter().find(|(other, called)| *other != place && same_name(called, name));
        twin.map(|(other, _)| other)
    }

    fn community(&self, id: CommunityId) -> Result<(), PlaceRejection> {
        self.name(PlaceId::Community(id)).map(drop)
    }

    fn merge(&self, from: PlaceId, into: PlaceId) -> Decided {
        if from.kind() != into.kind() {
            return Err(PlaceRejection::OtherKind);
        }
        self.name(from)?;
        self.name(into)?;
        if from == into {
            return Err(PlaceRejection::IntoItself);
        }
        let mut events = vec![];
        if let (PlaceId::Community(from), PlaceId::Community(into)) = (from, into) {
            for grid in self.grids.iter().filter(|grid| grid.community == from) {
                let there = self.grids.iter().filter(|one| one.community == into);
                let twin = there.into_iter().find(|one| same_name(&one.name, &grid.name));
                events.push(match twin {
                    Some(twin) => PlaceEvent::Ended {
                        place: PlaceId::Grid(grid.id),
                        into: Some(PlaceId::Grid(twin.id)),
                    },
                    None => PlaceEvent::GridPut { grid: Grid { community: into, ..grid.clone() } },
                });
            }
        }
        events.push(PlaceEvent::Ended { place: from, into: Some(into) });
        Ok(events)
    }
}

fn unchanged<T: PartialEq>(was: Option<&T>, now: Option<&T>) -> Result<(), PlaceRejection> {
    match (was, now) {
        (Some(_), None) => Err(PlaceRejection::Unknown),
        (Some(was), Some(now)) if was != now => Err(PlaceRejection::Changed),
        _ => Ok(()),
    }
}

/// As it is stored.
fn named(name: &str) -> Result<String, PlaceRejection> {
    let name = limits::tidy_line(name);
    if name.is_empty() {
        return Err(PlaceRejection::NameMissing);
    }
    limits::check_name(Field::Name, &name)?;
    Ok(name)
}

/// No other one is called so, or nearly so.
fn alone<'a>(name: &str, others: impl Iterator<Item = (PlaceId, &'a str)>) -> Result<(), PlaceRejection> {
    for (place, other) in others {
        if other == name {
            return Err(PlaceRejection::NameTaken { name: other.to_owned() });
        }
        if same_name(other, name) {
            return Err(PlaceRejection::Twin { place, name: other.to_owned() });
        }
    }
    Ok(())
}
