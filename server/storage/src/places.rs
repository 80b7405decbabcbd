//! 街道、村(社区)、网格、部门: everything around the records of an office.

use crate::Result;
use async_trait::async_trait;
use domain::{
    id::{DepartmentId, OfficeId},
    place::{
        Community, Department, FormerPlace, Grid, GridFilter, GridPage, GridRow, Office, PlaceId,
        command::Living,
    },
    role::Scope,
    schedule::VisitIntervals,
};
use std::collections::{BTreeMap, HashSet};
use tokio::sync::mpsc;

/// Everything around the records of an office.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    pub office: Office,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    pub departments: Vec<Department>,
    pub intervals: VisitIntervals,
}

/// The offices, and the places of each.
#[async_trait]
pub trait ReadPlaces: Send + Sync {
    async fn offices(&self) -> Result<Vec<Office>>;
    async fn places(&self, office: OfficeId) -> Result<Places>;
    /// What lives in the grids and belongs to the departments.
    async fn living(&self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>>;
    /// Places that are no more, the newest first.
    async fn former_places(&self, office: OfficeId) -> Result<Vec<FormerPlace>>;
    /// Grids with those who walk them: all for whoever sees the whole office, their own for whoever answers for grids.
    async fn grids(&self, office: OfficeId, scope: &Scope, filter: &GridFilter) -> Result<GridPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_grids(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &GridFilter,
        most: u32,
        to: mpsc::Sender<GridRow>,
    ) -> Result<u32>;
}

/// Founding places, changing and ending them.
#[async_trait]
pub trait WritePlaces: Send {
    async fn places(&mut self, office: OfficeId) -> Result<Places>;
    async fn departments(&mut self, office: OfficeId) -> Result<HashSet<DepartmentId>>;
    /// What lives in the grids and belongs to the departments.
    async fn living(&mut self, office: OfficeId) -> Result<BTreeMap<PlaceId, Living>>;
    async fn put_office(&mut self, office: &Office) -> Result<()>;
    async fn put_intervals(&mut self, office: OfficeId, intervals: &VisitIntervals) -> Result<()>;
    async fn put_community(&mut self, office: OfficeId, community: &Community) -> Result<()>;
    async fn put_grid(&mut self, office: OfficeId, grid: &Grid) -> Result<()>;
    async fn put_department(&mut self, office: OfficeId, department: &Department) -> Result<()>;
    /// Takes a place away in which nothing lives any more, and remembers its name.
    async fn end_place(&mut self, office: OfficeId, former: &FormerPlace) -> Result<()>;
}
