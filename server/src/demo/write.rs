//! The invented records into the store, in one transaction, and the pictures into their folder.

use super::{
    Demonstration, Picture, SEED, form_picture, forms, heartbeats, inspections, outlines, people::password,
    spot_checks,
};
use crate::{
    blobs::Variant,
    catalogue::Catalogue,
    service::form_editing,
    state::AppState,
    storage::{Brought, FormDraft, NamedPhoto, Numbers, Record, StoredVisit},
};
use chrono::Datelike;
use domain::{
    attachment::AttachmentFacts,
    form::{Form, LastAnswers},
    id::SiteId,
    integrity::RecordRef,
    photo::{PhotoFacts, PhotoHash},
    role::Role,
    settings::series::{NumberSeries, Series},
    site::Site,
    spot_check::plan::SpotCheckPlan,
    time::office_day,
    visit::{PlaceNames, SiteSnapshot, Visit},
};
use futures::{StreamExt, TryStreamExt, stream};
use std::{
    collections::{BTreeMap, BTreeSet},
    slice,
};

/// Photos being written at the same time: syncing a file is mostly waiting.
const AT_ONCE: usize = 16;

pub(super) async fn write(state: &AppState, made: &Demonstration) -> anyhow::Result<()> {
    // Pictures first: a crash between leaves files that nobody names, never names without files.
    // Small ones go along, so that no job has to make them; the larger small one of a picture so small is itself.
    let received = made.photos.iter().filter(|picture| picture.received);
    let files = received.flat_map(|picture| {
        [(Variant::Original, &*picture.bytes), (Variant::Thumbnail, &*picture.thumbnail)]
            .map(|(variant, bytes)| state.blobs.put(&picture.hash, variant, bytes))
    });
    stream::iter(files).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
    let shown = form_picture::image();
    state.blobs.put(&shown, Variant::Original, form_picture::GAUGE).await?;
    let mut hashes = vec![];
    for person in &made.people {
        hashes.push(state.passwords.hash(password(&person.username)).await?);
    }
    let office = made.office.id;
    let mut tx = state.store.write().await?;
    tx.put_office(&made.office).await?;
    for department in &made.departments {
        tx.put_department(office, department).await?;
    }
    for community in &made.communities {
        tx.put_community(office, community).await?;
    }
    for grid in &made.grids {
        tx.put_grid(office, grid).await?;
    }
    tx.put_outlines(office, &outlines::plan(&made.communities, &made.grids)).await?;
    tx.touch(office, &[Record::Directory]).await?;
    for (person, hash) in made.people.iter().zip(&hashes) {
        tx.put_person(office, person, Some(hash)).await?;
    }
    let catalogue = Catalogue::built_in()?;
    tx.put_forms(office, &catalogue.forms).await?;
    let own = forms::plan(state.now(), &catalogue);
    let pictures = BTreeSet::from([shown.clone()]);
    for form in &own.published {
        tx.publish_form(office, form).await?;
    }
    for draft in &own.drafts {
        let faults = form_editing::faults(state, &draft.id, &draft.sheets, &pictures)?;
        tx.put_form_draft(office, &FormDraft { faults, ..draft.clone() }).await?;
    }
    for party in &made.parties {
        tx.put_party(office, party).await?;
    }
    for site in &made.sites {
        tx.put_site(office, site).await?;
    }
    let facts: Vec<_> = made.photos.iter().map(facts).map(AttachmentFacts::Photo).collect();
    tx.put_attachments(office, &facts).await?;
    tx.name_photos(office, &named(made)).await?;
    let received: Vec<_> = made.photos.iter().filter(|picture| picture.received).collect();
    for picture in &received {
        let brought = Brought { hash: picture.hash.clone(), person: picture.by.id };
        tx.attachments_received(office, slice::from_ref(&brought), picture.at).await?;
        // Drawn stand-ins look alike, and nobody is to be suspected for that.
        tx.put_fingerprint(office, &picture.hash, None, &[]).await?;
    }
    if let Some(author) = made.people.iter().find(|person| person.role == Role::Supervisor) {
        let (now, hash) = (state.now(), shown.clone());
        tx.put_attachments(office, &[form_picture::facts(author.id, now)]).await?;
        tx.attachments_received(office, &[Brought { hash, person: author.id }], now).await?;
        tx.put_form_picture(office, &shown, now).await?;
        tx.put_fingerprint(office, &shown, None, &[]).await?;
    }
    let series = NumberSeries::default();
    let mut numbers: BTreeMap<i32, Numbers> = BTreeMap::new();
    let rules = inspections::rules(&made.people, &made.departments, state.now());
    tx.put_inspection_rules(office, &rules).await?;
    let (mut visits, mut counted) = (vec![], inspections::Counted::default());
    for visit in &made.visits {
        let year = office_day(visit.submitted_at).year();
        let numbers = numbers.entry(year).or_default();
        numbers.visit += 1;
        let inspector = made.people.iter().find(|person| person.id == visit.inspector);
        let Some(site) = made.sites.iter().find(|site| site.id == visit.site) else { continue };
        visits.push(StoredVisit {
            number: series.number(Series::Visit, year, numbers.visit),
            received_at: visit.submitted_at,
            inspector_name: inspector.map(|person| person.name.clone()).unwrap_or_default(),
            site: SiteSnapshot {
                inspection: inspections::received(&mut counted, &rules, visit, site),
                ..SiteSnapshot::of(site, around(made, site))
            },
            visit: visit.clone(),
        });
    }
    tx.put_visits(office, &visits).await?;
    tx.put_last_answers(office, &last_answers(made, &catalogue)).await?;
    let mut hazards = made.hazards.clone();
    for hazard in &mut hazards {
        let year = office_day(hazard.found_at).year();
        let numbers = numbers.entry(year).or_default();
        numbers.hazard += 1;
        hazard.number = Some(series.number(Series::Hazard, year, numbers.hazard));
    }
    tx.put_hazards(office, &hazards, state.now()).await?;
    let leader = made.people.iter().find(|person| person.role == Role::Leader);
    let leader = leader.map(|person| person.name.clone()).unwrap_or_default();
    for story in spot_checks::plan(made, SEED, state.now())? {
        for until in 1..=story.log.len() {
            let so_far = story.log.iter().take(until).cloned();
            if let (Some(plan), Some(event)) =
                (SpotCheckPlan::of(story.plan.id, so_far), story.log.get(until - 1))
            {
                tx.put_spot_check_plan(office, &plan, &leader, event).await?;
            }
        }
        tx.put_spot_checks(office, &story.checks).await?;
        let this_year = numbers.entry(office_day(state.now()).year()).or_default();
        this_year.spot_check += story.checks.len() as u64;
    }
    tx.put_tasks(office, &made.tasks).await?;
    for (said, heard_at) in heartbeats::plan(&made.people, SEED, state.now()) {
        tx.put_heartbeats(office, slice::from_ref(&said), heard_at).await?;
    }
    for (year, numbers) in &numbers {
        tx.put_numbers(office, *year, numbers).await?;
    }
    Ok(tx.commit().await?)
}

/// What forms look back at when they are next filled in.
fn last_answers(made: &Demonstration, catalogue: &Catalogue) -> Vec<(SiteId, LastAnswers)> {
    let of_visit = |visit: &Visit| {
        let is_kept = |form: &&Form| LastAnswers::are_kept_of(form, &[]);
        let last = |form: &Form| Some((visit.site, visit.last_answers(form, visit.submitted_at)?));
        catalogue.forms.iter().filter(is_kept).filter_map(last).collect::<Vec<_>>()
    };
    made.visits.iter().flat_map(of_visit).collect()
}

/// What the places around the site are called.
fn around(made: &Demonstration, site: &Site) -> PlaceNames {
    let community = made.communities.iter().find(|known| known.id == site.community);
    let grid = made.grids.iter().find(|known| known.id == site.grid);
    let department = made.departments.iter().find(|known| Some(known.id) == site.department);
    PlaceNames {
        community: community.map(|known| known.name.clone()).unwrap_or_default(),
        grid: grid.map(|known| known.name.clone()).unwrap_or_default(),
        department: department.map(|known| known.name.clone()),
    }
}

/// Every photo with each record that shows it.
fn named(made: &Demonstration) -> Vec<NamedPhoto> {
    let of_visits = made.visits.iter().flat_map(|visit| {
        let (author, at) = (visit.inspector, visit.submitted_at);
        let by = RecordRef::Visit(visit.id);
        visit.photos().map(move |hash| NamedPhoto { hash: hash.clone(), by, author, seen: false, at })
    });
    let of_hazards = made.hazards.iter().flat_map(|hazard| {
        let by = RecordRef::Hazard(hazard.id);
        hazard.events.iter().filter(|record| !record.is_rejected()).flat_map(move |record| {
            let (author, at) = (record.by.unwrap_or(hazard.found_by), record.at);
            let named =
                move |hash: &PhotoHash| NamedPhoto { hash: hash.clone(), by, author, seen: false, at };
            record.event.photos().into_iter().map(named)
        })
    });
    let of_sites = made.sites.iter().filter_map(|site| Some((site.id, site.to_confirm.as_ref()?)));
    let of_sites = of_sites.flat_map(|(site, new)| {
        let (by, author, at) = (RecordRef::Site(site), new.by, new.at);
        new.photos.iter().map(move |hash| NamedPhoto { hash: hash.clone(), by, author, seen: false, at })
    });
    of_visits.chain(of_hazards).chain(of_sites).collect()
}

fn facts(picture: &Picture) -> PhotoFacts {
    PhotoFacts {
        hash: picture.hash.clone(),
        bytes: picture.bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        width: 640,
        height: 480,
        at: picture.at,
        by: picture.by.id,
        location: picture.site.location,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    }
}
