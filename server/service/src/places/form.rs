//! The places as pages show and change them.

use super::{change, snapshot};
use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    file::PlacesFile,
    place::{
        GridFilter, GridPage, PlaceKind,
        command::{PlaceCommand, PlacesSnapshot},
        readiness::Readiness,
    },
    role::{Action, Scope},
};

/// Needs the scope of the whole office.
pub async fn file(state: &Services, by: &Asker) -> Result<PlacesFile, Error> {
    by.allow(Action::ManageSites)?;
    let actor = &by.actor;
    let PlacesSnapshot { office, intervals, departments, communities, grids, living } =
        snapshot(state, actor.office).await?;
    let former = state.store.former_places(actor.office).await?;
    let living = living.into_iter().collect();
    Ok(PlacesFile { office, intervals, departments, communities, grids, living, former })
}

/// Grids with those who walk them: all for whoever sees the whole office, their own for whoever answers for grids.
pub async fn grids(state: &Services, by: &Asker, filter: &GridFilter) -> Result<GridPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.grids(by.actor.office, &by.actor.scope, filter).await?)
}

/// How far the office is set up.
pub async fn readiness(state: &Services, by: &Asker) -> Result<Readiness, Error> {
    by.allow(Action::ManageSites)?;
    let office = by.actor.office;
    let places = state.store.places(office).await?;
    let people = state.store.people(office).await?;
    let first = domain::site::SiteFilter { page: 1, ..Default::default() };
    let sites = state.store.sites(office, &Scope::Office, &first, state.now()).await?;
    Ok(Readiness::of(
        &places.office.name,
        &places.departments,
        &places.communities,
        &places.grids,
        &people,
        sites.total,
    ))
}

/// What one must be allowed to do for it.
fn action(command: &PlaceCommand) -> Action {
    match command {
        PlaceCommand::NameOffice { .. } | PlaceCommand::PutDepartment { .. } => Action::ManagePeople,
        PlaceCommand::SetIntervals { .. }
        | PlaceCommand::PutCommunity { .. }
        | PlaceCommand::PutGrid { .. } => Action::ManageSites,
        PlaceCommand::Merge { from: place, .. } | PlaceCommand::Close { place, .. } => match place.kind() {
            PlaceKind::Department => Action::ManagePeople,
            PlaceKind::Community | PlaceKind::Grid => Action::ManageSites,
        },
    }
}

/// All of it or nothing, as far as the role may.
pub async fn put(state: &Services, by: &Asker, commands: &[PlaceCommand]) -> Result<(), Error> {
    for command in commands {
        by.allow(action(command))?;
    }
    change(state, by.actor.office, &by.author(), commands).await
}
