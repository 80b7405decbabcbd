//! The places as pages show and change them.

use super::fault;
use crate::{
    service::{
        places::{PlacesError, change, standing},
        set_up::SetUpError,
    },
    state::AppState,
};
use app::{
    backend::PlacesFile,
    error::Fault,
    i18n::{limits, places as t},
};
use domain::{
    audit::Author,
    place::{
        PlaceKind,
        command::{PlaceCommand, PlaceRejection, Standing},
        readiness::Readiness,
    },
    role::{Action, Actor, Scope},
    text::Lang,
};

/// For whoever sees the whole office.
pub(super) async fn file(state: &AppState, actor: &Actor) -> Result<PlacesFile, Fault> {
    super::allow(actor, Action::ManageSites)?;
    let Standing { office, intervals, departments, communities, grids, living } =
        standing(state, actor.office).await.map_err(fault::store)?;
    let former = state.store.former_places(actor.office).await.map_err(fault::store)?;
    let living = living.into_iter().collect();
    Ok(PlacesFile { office, intervals, departments, communities, grids, living, former })
}

pub(super) async fn readiness(state: &AppState, actor: &Actor) -> Result<Readiness, Fault> {
    super::allow(actor, Action::ManageSites)?;
    let office = actor.office;
    let places = state.store.places(office).await.map_err(fault::store)?;
    let people = state.store.people(office).await.map_err(fault::store)?;
    let first = domain::site::SiteFilter { page: 1, ..Default::default() };
    let sites = state.store.sites(office, &Scope::Office, &first, state.now()).await.map_err(fault::store)?;
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

pub(super) async fn put(
    state: &AppState,
    lang: Lang,
    actor: &Actor,
    author: &Author,
    commands: &[PlaceCommand],
) -> Result<(), Fault> {
    for command in commands {
        super::allow(actor, action(command))?;
    }
    change(state, actor.office, author, commands).await.map_err(|error| match error {
        PlacesError::Rejected(rejection) => rejected(lang, rejection),
        PlacesError::Store(error) => fault::store(error),
    })
}

/// What is wrong, by field.
pub(crate) fn rejected(lang: Lang, rejection: PlaceRejection) -> Fault {
    let (field, reason) = in_words(lang, rejection);
    match field {
        Some(field) => Fault::Invalid { field: field.to_owned(), reason },
        None => Fault::Changed { meanwhile: Default::default() },
    }
}

/// The field and the reason; no field where somebody else was there meanwhile.
pub(crate) fn in_words(lang: Lang, rejection: PlaceRejection) -> (Option<&'static str>, String) {
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

/// What is wrong with the first account.
pub(super) fn not_set_up(lang: Lang, error: SetUpError) -> Fault {
    let invalid =
        |field: &str, reason: &str| Fault::Invalid { field: field.to_owned(), reason: reason.to_owned() };
    match error {
        SetUpError::Done => invalid("code", t::set_up_done_already(lang)),
        SetUpError::WrongCode => invalid("code", t::set_up_wrong_code(lang)),
        SetUpError::TooOften => invalid("code", t::set_up_too_often(lang)),
        SetUpError::Invalid { field, reason } => invalid(&field, &reason),
        SetUpError::Place(rejection) => invalid("office", &in_words(lang, rejection).1),
        SetUpError::Password(error) => fault::of(error.into()),
        SetUpError::Store(error) => fault::store(error),
    }
}
