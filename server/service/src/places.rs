//! Departments, communities and grids, the office's name and its visit intervals.
//!
//! One transaction reads the places, has [`decide`] judge the command, carries its events out and writes the audit. What
//! lives in a place that ends moves with it: its sites, their hazards, its people. Every phone is told.

mod form;

pub use form::{file, grids, put, readiness};

use crate::{
    error::Error,
    services::Services,
    sites,
    storage::{OpenHazardsOf, Places, Record, StoreError, Transaction},
};
use domain::{
    audit::{Act, AuditEntry, Author, By, Subject, SubjectKind},
    id::OfficeId,
    place::{
        Community, Department, FormerPlace, Grid, PlaceId, PlaceKind,
        command::{Living, PlaceCommand, PlaceEvent, PlaceRejection, PlacesSnapshot, decide},
    },
    role::ResourceScope,
    site::Site,
    text::Lang,
};
use i18n::{limits, places as t};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The places of the office with what lives in each, communities included.
pub async fn snapshot(state: &Services, office: OfficeId) -> Result<PlacesSnapshot, StoreError> {
    let places = state.store.places(office).await?;
    Ok(stand(places, state.store.living(office).await?))
}

fn stand(places: Places, mut living: BTreeMap<PlaceId, Living>) -> PlacesSnapshot {
    let Places { office, communities, grids, departments, intervals } = places;
    for grid in &grids {
        let of_grid = living.get(&PlaceId::Grid(grid.id)).copied().unwrap_or_default();
        let whole = living.entry(PlaceId::Community(grid.community)).or_default();
        whole.grids += 1;
        whole.sites += of_grid.sites;
        whole.people += of_grid.people;
        whole.open_hazards += of_grid.open_hazards;
    }
    PlacesSnapshot { office, intervals, departments, communities, grids, living }
}

/// Does what the commands say, all of it, or says why not; then nothing was changed.
pub async fn change(
    state: &Services,
    office: OfficeId,
    author: &Author,
    commands: &[PlaceCommand],
) -> Result<(), Error> {
    let mut tx = state.store.write().await?;
    for command in commands {
        let before = stand(tx.places(office).await?, tx.living(office).await?);
        let events = decide(&before, command)?;
        let mut change = Change { state, tx: &mut *tx, office, by: &author.by };
        for event in &events {
            change.carry_out(&before, event).await?;
            if let Some(entry) = entry(state, office, author, &before, event)? {
                change.tx.put_audit(&entry).await?;
            }
        }
    }
    tx.touch(office, &[Record::Directory]).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes places that a list names, in the list's own transaction: checked, written and told of like those of the form.
pub async fn add(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    author: &Author,
    communities: &[Community],
    grids: &[Grid],
) -> Result<(), Error> {
    if communities.is_empty() && grids.is_empty() {
        return Ok(());
    }
    // Read once for all of them; nothing lives in a place that is only being made.
    let mut before = stand(tx.places(office).await?, BTreeMap::new());
    let put_community = |one: &Community| PlaceCommand::PutCommunity { community: one.clone(), was: None };
    let put_grid = |one: &Grid| PlaceCommand::PutGrid { grid: one.clone(), was: None };
    let mut commands: Vec<PlaceCommand> = communities.iter().map(put_community).collect();
    commands.extend(grids.iter().map(put_grid));
    for command in &commands {
        for event in &decide(&before, command)? {
            let mut change = Change { state, tx: &mut *tx, office, by: &author.by };
            change.carry_out(&before, event).await?;
            if let Some(entry) = entry(state, office, author, &before, event)? {
                change.tx.put_audit(&entry).await?;
            }
        }
        match command {
            PlaceCommand::PutCommunity { community, .. } => before.communities.push(community.clone()),
            PlaceCommand::PutGrid { grid, .. } => before.grids.push(grid.clone()),
            PlaceCommand::NameOffice { .. }
            | PlaceCommand::SetIntervals { .. }
            | PlaceCommand::PutDepartment { .. }
            | PlaceCommand::Merge { .. }
            | PlaceCommand::Close { .. } => {}
        }
    }
    tx.touch(office, &[Record::Directory]).await?;
    Ok(())
}

/// A change being written.
struct Change<'a> {
    state: &'a Services,
    tx: &'a mut dyn Transaction,
    office: OfficeId,
    by: &'a By,
}

impl Change<'_> {
    async fn carry_out(&mut self, before: &PlacesSnapshot, event: &PlaceEvent) -> Result<(), StoreError> {
        match event {
            PlaceEvent::OfficeNamed { name } => {
                let office = domain::place::Office { name: name.clone(), ..before.office.clone() };
                self.tx.put_office(&office).await
            }
            PlaceEvent::IntervalsSet { intervals } => self.tx.put_intervals(self.office, intervals).await,
            PlaceEvent::DepartmentPut { department } => self.tx.put_department(self.office, department).await,
            PlaceEvent::CommunityPut { community } => self.tx.put_community(self.office, community).await,
            PlaceEvent::GridPut { grid } => {
                self.tx.put_grid(self.office, grid).await?;
                let known = before.grids.iter().find(|known| known.id == grid.id);
                if known.is_some_and(|known| known.community != grid.community) {
                    let sites = self.tx.sites_in(self.office, PlaceId::Grid(grid.id)).await?;
                    self.put_sites(sites, grid).await?;
                }
                Ok(())
            }
            PlaceEvent::Ended { place, into } => {
                self.empty(before, *place, *into).await?;
                let name = before.name(*place).unwrap_or_default().to_owned();
                let by = name_of(self.by);
                let former = FormerPlace { place: *place, name, into: *into, at: self.state.now(), by };
                self.tx.end_place(self.office, &former).await
            }
        }
    }

    /// Moves what lives there.
    async fn empty(
        &mut self,
        before: &PlacesSnapshot,
        place: PlaceId,
        into: Option<PlaceId>,
    ) -> Result<(), StoreError> {
        match (place, into) {
            (PlaceId::Grid(from), Some(PlaceId::Grid(into))) => {
                let target = before.grids.iter().find(|grid| grid.id == into).cloned();
                let target = target.ok_or_else(|| StoreError::Corrupt(format!("there is no grid {into}")))?;
                for mut person in self.tx.people_in(self.office, place).await? {
                    person.grids.retain(|grid| *grid != from && *grid != into);
                    person.grids.push(into);
                    self.tx.put_person(self.office, &person, None).await?;
                }
                let sites = self.tx.sites_in(self.office, place).await?;
                self.put_sites(sites, &target).await
            }
            (PlaceId::Department(from), Some(PlaceId::Department(into))) => {
                for person in self.tx.people_in(self.office, place).await? {
                    let person = domain::person::Person { department: Some(into), ..person };
                    self.tx.put_person(self.office, &person, None).await?;
                }
                for site in self.tx.sites_in(self.office, place).await? {
                    self.put_site(&Site { department: Some(into), ..site }).await?;
                }
                // Those of other sites, which were assigned to it.
                let open = self.tx.open_hazards(self.office, OpenHazardsOf::Department(from)).await?;
                let to = |place: ResourceScope| ResourceScope { department: Some(into), ..place };
                sites::relocate_all(self.state, self.tx, self.office, &open, to, self.by).await?;
                for hazard in self.tx.hand_over_hazards(self.office, from, into).await? {
                    self.state.damaged.tell_of(&self.state.metrics, self.office, Record::Hazard(hazard));
                }
                Ok(())
            }
            // Its grids have gone already.
            (PlaceId::Community(from), Some(PlaceId::Community(into))) => {
                for mut person in self.tx.people_in(self.office, place).await? {
                    person.communities.retain(|community| *community != from && *community != into);
                    person.communities.push(into);
                    self.tx.put_person(self.office, &person, None).await?;
                }
                Ok(())
            }
            // Where nothing is named, nothing lives there.
            (PlaceId::Community(_) | PlaceId::Grid(_) | PlaceId::Department(_), _) => Ok(()),
        }
    }

    async fn put_sites(&mut self, sites: Vec<Site>, grid: &Grid) -> Result<(), StoreError> {
        for site in sites {
            self.put_site(&Site { grid: grid.id, community: grid.community, ..site }).await?;
        }
        Ok(())
    }

    async fn put_site(&mut self, site: &Site) -> Result<(), StoreError> {
        sites::place(self.state, self.tx, self.office, site, self.by).await.map(drop)
    }
}

fn name_of(by: &By) -> String {
    match by {
        By::Person { name, .. } => name.clone(),
        By::CommandLine => "命令行".to_owned(),
        By::Nobody => String::new(),
    }
}

/// What the audit keeps of an event.
fn entry(
    state: &Services,
    office: OfficeId,
    author: &Author,
    before: &PlacesSnapshot,
    event: &PlaceEvent,
) -> Result<Option<AuditEntry>, StoreError> {
    let put = |kind, place: PlaceId, name: &str, was: Option<Value>, is: Value| {
        let act = if was.is_some() { Act::Changed } else { Act::Added };
        let subject = Subject::new(kind, place.uuid(), name);
        state.audit(office, author, act, subject).change(&was.unwrap_or_default(), &is)
    };
    Ok(Some(match event {
        PlaceEvent::OfficeNamed { name } => {
            let subject = Subject::new(SubjectKind::Office, office.0, name.clone());
            let (was, is) = (json!({ "name": before.office.name }), json!({ "name": name }));
            state.audit(office, author, Act::Changed, subject).change(&was, &is)
        }
        PlaceEvent::IntervalsSet { intervals } => {
            let subject = Subject::new(SubjectKind::Office, office.0, before.office.name.clone());
            let (was, is) = (value(&before.intervals)?, value(intervals)?);
            state.audit(office, author, Act::Changed, subject).change(&was, &is)
        }
        PlaceEvent::DepartmentPut { department } => {
            let told = |known: &Department| json!({ "name": known.name, "sectors": known.sectors });
            let was = before.departments.iter().find(|known| known.id == department.id).map(told);
            let place = PlaceId::Department(department.id);
            put(SubjectKind::Department, place, &department.name, was, told(department))
        }
        PlaceEvent::CommunityPut { community } => {
            let told = |known: &Community| json!({ "name": known.name });
            let was = before.communities.iter().find(|known| known.id == community.id).map(told);
            let place = PlaceId::Community(community.id);
            put(SubjectKind::Community, place, &community.name, was, told(community))
        }
        PlaceEvent::GridPut { grid } => {
            // Communities are told by their names.
            let told = |known: &Grid| {
                let community = before.name(PlaceId::Community(known.community)).ok();
                json!({ "name": known.name, "community": community })
            };
            let was = before.grids.iter().find(|known| known.id == grid.id).map(told);
            put(SubjectKind::Grid, PlaceId::Grid(grid.id), &grid.name, was, told(grid))
        }
        PlaceEvent::Ended { place, into } => {
            let Ok(name) = before.name(*place) else { return Ok(None) };
            let act = if into.is_some() { Act::Merged } else { Act::Closed };
            let living = before.living.get(place).copied().unwrap_or_default();
            let after = json!({
                "into": into.and_then(|into| before.name(into).ok()),
                "sites": living.sites, "people": living.people, "open_hazards": living.open_hazards,
            });
            let subject = Subject::new(subject_kind(place.kind()), place.uuid(), name);
            state.audit(office, author, act, subject).change(&json!({ "name": name }), &after)
        }
    }))
}

/// What is told of is told whole, or it is not done.
fn value(record: &impl serde::Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(record).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Why a change is not made, as people read it, and the field that is to blame; none where somebody else was there meanwhile.
pub fn in_words(lang: Lang, rejection: PlaceRejection) -> (Option<&'static str>, String) {
    let own = str::to_owned;
    match rejection {
        PlaceRejection::Unknown => (Some("name"), own(t::place_unknown(lang))),
        PlaceRejection::NameMissing => (Some("name"), own(t::name_missing(lang))),
        PlaceRejection::OverLimit(over) => (Some(over.field.as_str()), limits::over(lang, over)),
        PlaceRejection::NameTaken { name } => (Some("name"), t::name_taken(lang, name)),
        PlaceRejection::Twin { name, .. } => (Some("name"), t::twin(lang, name)),
        PlaceRejection::OtherKind => (Some("into"), own(t::place_other_kind(lang))),
        PlaceRejection::IntoItself => (Some("into"), own(t::place_into_itself(lang))),
        PlaceRejection::Occupied { living } => {
            (Some("into"), t::place_occupied(lang, t::living(lang, living)))
        }
        PlaceRejection::Interval { risk } => (Some(risk.as_str()), own(t::interval_wrong(lang))),
        PlaceRejection::Changed => (None, own(t::changed_title(lang))),
    }
}

fn subject_kind(kind: PlaceKind) -> SubjectKind {
    match kind {
        PlaceKind::Department => SubjectKind::Department,
        PlaceKind::Community => SubjectKind::Community,
        PlaceKind::Grid => SubjectKind::Grid,
    }
}
