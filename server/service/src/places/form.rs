//! The places as pages show and change them.

use super::{change, snapshot};
use crate::{allowed::allow, error::Error, services::Services};
use domain::{
    audit::Author,
    file::PlacesFile,
    place::{
        PlaceKind,
        command::{PlaceCommand, PlacesSnapshot},
        readiness::Readiness,
    },
    role::{Action, Actor, Scope},
};

/// Needs the scope of the whole office.
pub async fn file(state: &Services, actor: &Actor) -> Result<PlacesFile, Error> {
    allow(actor, Action::ManageSites)?;
    let PlacesSnapshot { office, intervals, departments, communities, grids, living } =
        snapshot(state, actor.office).await?;
    let former = state.store.former_places(actor.office).await?;
    let living = living.into_iter().collect();
    Ok(PlacesFile { office, intervals, departments, communities, grids, living, former })
}

pub async fn readiness(state: &Services, actor: &Actor) -> Result<Readiness, Error> {
    allow(actor, Action::ManageSites)?;
    let office = actor.office;
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
pub async fn put(
    state: &Services,
    actor: &Actor,
    author: &Author,
    commands: &[PlaceCommand],
) -> Result<(), Error> {
    for command in commands {
        allow(actor, action(command))?;
    }
    change(state, actor.office, author, commands).await
}
