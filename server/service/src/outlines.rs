//! 界线: the office's own map of its communities and grids, from a file to its phones.
//!
//! A file is read whole and away from the threads that answer. What is wrong with it is told all at once, and then nothing is
//! written; what is in order takes the place of what each of its places had before.

use crate::{
    asker::Asker,
    error::Error,
    import::middle,
    imports,
    services::Services,
    storage::{Places, Record, StoreError},
};
use domain::{
    audit::{Act, Subject, SubjectKind},
    datum::Datum,
    id::OfficeId,
    import::ImportFile,
    map::{AreaFault, KeptOutline, Outline, OutlineFile, ReadOutline, fit_for_phone, geojson, matched},
    place::{Location, PlaceId},
    role::{Action, Actor, Scope},
};
use i18n::map as t;
use serde_json::json;
use std::collections::HashSet;
use tokio::task::spawn_blocking;

/// Metres from the office's middle beyond which an area is another office's.
const FAR: f64 = 100_000.0;

/// Sites that tell where the office is.
const ENOUGH: usize = 3;

/// Names of places that an entry of 操作记录 holds; all are counted.
const NAMED: usize = 12;

/// Reads a file, and writes it if that is wanted and nothing is wrong with it.
///
/// # Errors
/// [`Error::Invalid`] of `file` where it is no map of areas at all.
pub async fn send(
    state: &Services,
    by: &Asker,
    file: ImportFile,
    datum: Datum,
    write: bool,
) -> Result<OutlineFile, Error> {
    by.allow(Action::ManageSites)?;
    let (office, lang) = (by.actor.office, by.lang);
    let near = whereabouts(state, office).await?;
    let ImportFile { name, bytes } = file;
    let read = read(bytes, datum, near).await?;
    let read = read.map_err(|because| Error::invalid("file", t::file_refused(lang, &because)))?;
    let places = state.store.places(office).await?;
    let known: HashSet<PlaceId> =
        state.store.outlines(office).await?.into_iter().map(|outline| outline.place).collect();
    let (outlines, others) = matched(read.areas, &places.communities, &places.grids);
    let mut faults: Vec<_> = read.faults.into_iter().chain(others).collect();
    faults.sort_by_key(|fault| fault.feature);
    let told = |fault: AreaFault| {
        let AreaFault { feature, name, because } = fault;
        let which =
            if name.is_empty() { t::of_nameless(lang, feature) } else { t::of_feature(lang, feature, name) };
        format!("{which}{}", t::area_refused(lang, &because))
    };
    let faults: Vec<String> = faults.into_iter().map(told).collect();
    let written = write && faults.is_empty();
    let outlines: Vec<Outline> = outlines.into_iter().map(|(_, outline)| outline).collect();
    if written {
        put(state, by, &outlines, &name, datum).await?;
    }
    let named = |place: PlaceId| name_of(&places, place);
    let drawn: HashSet<PlaceId> = known.iter().copied().chain(outlines.iter().map(|one| one.place)).collect();
    let all = places.communities.iter().map(|one| PlaceId::Community(one.id));
    let all = all.chain(places.grids.iter().map(|one| PlaceId::Grid(one.id)));
    let without = all.filter(|place| !drawn.contains(place)).map(named).collect();
    let read = |outline: &Outline| ReadOutline {
        name: named(outline.place),
        points: outline.area.points().count(),
        replaces: known.contains(&outline.place),
    };
    Ok(OutlineFile { outlines: outlines.iter().map(read).collect(), faults, without, written })
}

/// Puts what is known to be in order, tells all phones, and enters it in 操作记录.
async fn put(
    state: &Services,
    by: &Asker,
    outlines: &[Outline],
    file: &str,
    datum: Datum,
) -> Result<(), Error> {
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    // A place that was merged or closed since the file was read has no outline any more.
    let places = tx.places(office).await?;
    let is_there = |outline: &&Outline| match outline.place {
        PlaceId::Community(id) => places.communities.iter().any(|known| known.id == id),
        PlaceId::Grid(id) => places.grids.iter().any(|known| known.id == id),
        PlaceId::Department(_) => false,
    };
    if !outlines.iter().all(|outline| is_there(&outline)) {
        return Err(Error::Changed);
    }
    tx.put_outlines(office, outlines).await?;
    let names: Vec<String> = outlines.iter().take(NAMED).map(|one| name_of(&places, one.place)).collect();
    let label: String = file.chars().take(domain::limits::NAME).collect();
    let subject = Subject::new(SubjectKind::Outlines, None, label);
    let entry = state.audit(office, &by.author(), Act::Imported, subject);
    let after = json!({ "rows": outlines.len(), "outlines": names, "datum": datum.as_str() });
    tx.put_audit(&entry.change(&json!({}), &after)).await?;
    tx.touch(office, &[Record::Directory]).await?;
    tx.commit().await?;
    Ok(())
}

/// Those that the office has, by their names.
pub async fn kept(state: &Services, by: &Asker) -> Result<Vec<KeptOutline>, Error> {
    by.allow(Action::ManageSites)?;
    let office = by.actor.office;
    let places = state.store.places(office).await?;
    let kept = |outline: Outline| KeptOutline {
        place: outline.place,
        name: name_of(&places, outline.place),
        points: outline.area.points().count(),
    };
    let mut all: Vec<_> = state.store.outlines(office).await?.into_iter().map(kept).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Takes the outline of a place off all maps; the place itself stays. Where it is gone already, nothing is done.
pub async fn remove(state: &Services, by: &Asker, place: PlaceId) -> Result<(), Error> {
    by.allow(Action::ManageSites)?;
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let places = tx.places(office).await?;
    if !tx.remove_outline(office, place).await? {
        return Ok(());
    }
    let subject = Subject::new(SubjectKind::Outlines, place.uuid(), name_of(&places, place));
    tx.put_audit(&state.audit(office, &by.author(), Act::Removed, subject)).await?;
    tx.touch(office, &[Record::Directory]).await?;
    tx.commit().await?;
    Ok(())
}

/// Away from the threads that answer, and two at a time like other files.
async fn read(
    bytes: Vec<u8>,
    datum: Datum,
    near: Option<(Location, f64)>,
) -> Result<Result<geojson::Read, geojson::FileRejection>, Error> {
    let _permit = imports::turn().await?;
    let reading = spawn_blocking(move || geojson::read(&bytes, datum, near));
    reading.await.map_err(|error| StoreError::Corrupt(error.to_string()).into())
}

/// Where most of the office's sites are, as far as that is known.
async fn whereabouts(state: &Services, office: OfficeId) -> Result<Option<(Location, f64)>, StoreError> {
    let sites = state.store.sites_in_use(office, &Scope::Office).await?;
    let known: Vec<Location> = sites.into_iter().filter_map(|site| site.location).collect();
    Ok(Some(known).filter(|known| known.len() >= ENOUGH).and_then(|known| middle(&known)).map(|at| (at, FAR)))
}

/// The grid's with its community's.
fn name_of(places: &Places, place: PlaceId) -> String {
    let community =
        |id| places.communities.iter().find(|known| known.id == id).map(|known| known.name.clone());
    match place {
        PlaceId::Community(id) => community(id).unwrap_or_default(),
        PlaceId::Grid(id) => {
            let grid = places.grids.iter().find(|known| known.id == id);
            grid.map_or_else(String::new, |grid| {
                format!("{} {}", community(grid.community).unwrap_or_default(), grid.name)
            })
        }
        PlaceId::Department(_) => String::new(),
    }
}

/// Those that somebody may see: of whoever answers for grids, those grids and their communities.
pub async fn seen(state: &Services, actor: &Actor) -> Result<Vec<Outline>, StoreError> {
    let outlines = state.store.outlines(actor.office).await?;
    match &actor.scope {
        Scope::Office | Scope::Department { .. } => Ok(outlines),
        // Whoever is of a site walks no grid.
        Scope::Sites(_) => Ok(vec![]),
        Scope::Grids(grids) => {
            let places = state.store.places(actor.office).await?;
            let is_own = |place: PlaceId| match place {
                PlaceId::Grid(id) => grids.contains(&id),
                PlaceId::Community(id) => {
                    places.grids.iter().any(|grid| grid.community == id && grids.contains(&grid.id))
                }
                PlaceId::Department(_) => false,
            };
            Ok(outlines.into_iter().filter(|outline| is_own(outline.place)).collect())
        }
    }
}

/// The same, no finer than a phone's screen.
pub async fn on_phone(state: &Services, actor: &Actor) -> Result<Vec<Outline>, StoreError> {
    Ok(fit_for_phone(seen(state, actor).await?))
}
