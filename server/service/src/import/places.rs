//! Communities, grids and departments by the names that lists give them: names of one look are one place.

use super::{
    columns::Column,
    plan::{CellValue, RowReading},
    words,
};
use crate::storage::Places;
use domain::{
    id::{CommunityId, DepartmentId, GridId},
    place::{Community, Department, Grid},
    search::{fold, nfkc},
    text::Lang,
};
use i18n::import as t;
use std::collections::HashMap;
use uuid::Uuid;

/// New places of one list.
pub const MOST_COMMUNITIES: usize = 50;
pub const MOST_GRIDS: usize = 500;

/// Notes of names that were taken for others.
const MOST_NOTES: usize = 20;

/// By which names are the same, as [`domain::place::same_name`] has it: what the form calls a twin is one place here.
pub fn key(name: &str) -> String {
    fold(&nfkc(name))
}

/// The office's places, and those that a list adds.
pub struct PlaceBook<'a> {
    known: &'a Places,
    communities: HashMap<String, (CommunityId, String)>,
    /// Bytes of a known community's name as it is compared.
    longest: usize,
    grids: HashMap<(CommunityId, String), (GridId, String)>,
    pub new_communities: Vec<Community>,
    pub new_grids: Vec<Grid>,
    pub notes: Vec<String>,
    lang: Lang,
}

impl<'a> PlaceBook<'a> {
    pub fn new(known: &'a Places, lang: Lang) -> Self {
        let community = |place: &Community| (key(&place.name), (place.id, place.name.clone()));
        let grid = |place: &Grid| ((place.community, key(&place.name)), (place.id, place.name.clone()));
        // Of two that are called alike, the first stays the one that is meant.
        let communities: HashMap<_, _> = known.communities.iter().rev().map(community).collect();
        Self {
            longest: communities.keys().map(String::len).max().unwrap_or_default(),
            communities,
            grids: known.grids.iter().rev().map(grid).collect(),
            known,
            new_communities: vec![],
            new_grids: vec![],
            notes: vec![],
            lang,
        }
    }

    pub fn community_name(&self, id: CommunityId) -> String {
        let all = self.known.communities.iter().chain(&self.new_communities);
        all.filter(|place| place.id == id).map(|place| place.name.clone()).next().unwrap_or_default()
    }

    pub fn grid_name(&self, id: GridId) -> String {
        let all = self.known.grids.iter().chain(&self.new_grids);
        all.filter(|place| place.id == id).map(|place| place.name.clone()).next().unwrap_or_default()
    }

    /// `金河社区 第 3 网格`
    pub fn place_name(&self, community: CommunityId, grid: GridId) -> String {
        format!("{} {}", self.community_name(community), self.grid_name(grid))
    }

    /// `社区/网格`. A name may hold a slash itself, so each of them may be the one between. A cell may hold a thousand: the
    /// names are made comparable once, and nothing longer than a name is looked up.
    pub fn find(&self, written: &str) -> Option<GridId> {
        let plain = key(written);
        let mut slashes = plain.match_indices(['/', '·']).take_while(|(at, _)| *at <= self.longest);
        slashes.find_map(|(at, slash)| {
            let (community, _) = self.communities.get(plain.get(..at)?)?;
            let grid = plain.get(at + slash.len()..)?.to_owned();
            self.grids.get(&(*community, grid)).map(|(id, _)| *id)
        })
    }

    pub fn find_community(&self, written: &str) -> Option<CommunityId> {
        self.communities.get(&key(written)).map(|(id, _)| *id)
    }

    pub fn community(&mut self, name: &str, new_id: &impl Fn() -> Uuid) -> CommunityId {
        if let Some((id, known)) = self.communities.get(&key(name)).cloned() {
            self.note(name, &known);
            return id;
        }
        let community = Community { id: new_id().into(), name: name.to_owned() };
        self.communities.insert(key(name), (community.id, name.to_owned()));
        self.new_communities.push(community.clone());
        community.id
    }

    pub fn grid(&mut self, community: CommunityId, name: &str, new_id: &impl Fn() -> Uuid) -> GridId {
        if let Some((id, known)) = self.grids.get(&(community, key(name))).cloned() {
            self.note(name, &known);
            return id;
        }
        let grid = Grid { id: new_id().into(), community, name: name.to_owned() };
        self.grids.insert((community, key(name)), (grid.id, name.to_owned()));
        self.new_grids.push(grid.clone());
        grid.id
    }

    /// `金河社区`, `金河社区 第 3 网格`: those that writing the list would make.
    pub fn new_names(&self) -> Vec<String> {
        let communities = self.new_communities.iter().map(|community| community.name.clone());
        let grids = self.new_grids.iter().map(|grid| self.place_name(grid.community, grid.id));
        communities.chain(grids).collect()
    }

    /// Too many new places are no list of this office.
    pub fn blocked(&self) -> Option<String> {
        let (communities, grids) = (self.new_communities.len(), self.new_grids.len());
        let too_many = communities > MOST_COMMUNITIES || grids > MOST_GRIDS;
        too_many.then(|| t::too_many_places(self.lang, communities, grids, MOST_COMMUNITIES, MOST_GRIDS))
    }

    fn note(&mut self, written: &str, known: &str) {
        if written == known || self.notes.len() >= MOST_NOTES {
            return;
        }
        let note = t::taken_for(self.lang, written.to_owned(), known.to_owned());
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The department, if any, that the row's record has now; None where the row is wrong about it.
pub fn department(
    reading: &mut RowReading<'_>,
    column: &Column,
    departments: &[Department],
    before: Option<DepartmentId>,
) -> Option<Option<DepartmentId>> {
    let name =
        |id| departments.iter().find(|known| Some(known.id) == id).map_or("", |known| known.name.as_str());
    match reading.given(column) {
        CellValue::Wrong => None,
        CellValue::Absent | CellValue::Empty => Some(before),
        CellValue::Clear => {
            reading.cleared(column, name(before));
            Some(None)
        }
        CellValue::Words(words) if before.is_some() && words::key(name(before)) == words::key(&words) => {
            Some(before)
        }
        CellValue::Words(words) => {
            let found = departments.iter().find(|known| words::key(&known.name) == words::key(&words));
            let Some(found) = found else {
                reading.fault(column, t::department_unknown(reading.lang, words), vec![]);
                return None;
            };
            reading.change(column, name(before), &found.name, false);
            Some(Some(found.id))
        }
    }
}
