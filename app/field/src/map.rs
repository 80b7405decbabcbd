//! 地图: this person's sites, open hazards and grids, from what the phone keeps; it is there without signal.

mod address;
mod filters;

use crate::{
    components::map_board::{MapBoard, MapLinks},
    device::use_device,
    frame::{BackScreen, ErrorNotice, NewerRecords},
    i18n::{Lang, field as f, map as t, use_lang},
    live, site,
    sites::near::Near,
};
use address::{map_path, shown_by};
use client::{Device, DeviceError, changes::Topic, db::Known, records};
use domain::{
    id::{GridId, SiteId, SiteKind},
    map::{MapHazard, MapPlaces, MapShown, MapSite},
    place::Location,
    site::Site,
    sync::Directory,
};
use filters::Filters;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::{collections::HashMap, sync::Arc};

/// What the phone keeps, as the map shows it.
#[derive(Debug, PartialEq)]
struct Kept {
    places: MapPlaces,
    /// With sites on this phone.
    grids: Vec<(GridId, String)>,
    kinds: Vec<(SiteKind, String)>,
    /// Records that this version cannot show.
    newer: usize,
}

const LINKS: MapLinks = MapLinks {
    site: |id| format!("/field/sites/{id}"),
    hazard: |id| format!("/field/hazards/{id}"),
    leads: true,
};

async fn load(device: &Device, lang: Lang) -> Result<Arc<Kept>, DeviceError> {
    let now = device.clock.office_now();
    let directory = records::directory(device).await?;
    let Known { known: sites, newer } = records::sites(device).await?;
    let Known { known: hazards, newer: newer_hazards } = records::hazards(device).await?;
    let newer = newer.len() + newer_hazards.len();
    let Some(directory) = directory else {
        return Ok(Arc::new(Kept { places: MapPlaces::default(), grids: vec![], kinds: vec![], newer }));
    };
    let in_use: Vec<Site> = sites.into_iter().filter(|site| !site.retired).collect();
    let count = in_use.len();
    let on_map = |site: Site| {
        let due = directory.intervals.due(&site, now).is_due();
        let Site { id, name, grid, kinds, risk, location, .. } = site;
        Some(MapSite { id, name, grid, kinds, risk, at: location.filter(|at| !at.is_nowhere())?, due })
    };
    let sites: Vec<MapSite> = in_use.into_iter().filter_map(on_map).collect();
    let located: HashMap<SiteId, Location> = sites.iter().map(|site| (site.id, site.at)).collect();
    let open = hazards.into_iter().filter(|hazard| hazard.is_open());
    let hazards = open.filter_map(|hazard| {
        let (level, late) = (hazard.level(), hazard.due(now).is_late());
        let at = *located.get(&hazard.place.site)?;
        Some(MapHazard { id: hazard.id, what: hazard.found.what, site: hazard.place.site, level, at, late })
    });
    let hazards = hazards.collect();
    let unlocated = (count - sites.len()) as u64;
    let (grids, kinds) = (grids_of(&directory, &sites), kinds_of(&directory, &sites, lang));
    let places = MapPlaces { sites, hazards, outlines: directory.outlines, unlocated };
    Ok(Arc::new(Kept { places, grids, kinds, newer }))
}

fn grids_of(directory: &Directory, sites: &[MapSite]) -> Vec<(GridId, String)> {
    let here = directory.grids.iter().filter(|grid| sites.iter().any(|site| site.grid == grid.id));
    here.map(|grid| (grid.id, grid.name.clone())).collect()
}

fn kinds_of(directory: &Directory, sites: &[MapSite], lang: Lang) -> Vec<(SiteKind, String)> {
    let here = directory.kinds.iter().filter(|kind| sites.iter().any(|site| site.kinds.contains(&kind.id)));
    here.map(|kind| (kind.id.clone(), kind.name.get(lang).to_owned())).collect()
}

#[component]
pub fn MapScreen() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    // One record, and there long before thousands of sites: the first picture is of the ground that they stand on.
    let around = live(&[Topic::Records], move || async move { records::directory(&phone).await });
    let read = live(&[Topic::Records], move || async move { load(&phone, lang).await });
    let kept = Memo::new(move |_| read.get().and_then(Result::ok));
    let outlines = Memo::new(move |_| {
        let directory = around.get().and_then(Result::ok).flatten();
        directory.map(|directory| directory.outlines).unwrap_or_default()
    });
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(shown_by));
    let navigate = use_navigate();
    let show = Callback::new(move |shown: MapShown| {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&map_path(&shown), options);
    });
    Effect::new(move |_| site::return_path::remember(shown.with(map_path)));
    let places = Memo::new(move |_| {
        let narrowed = kept.with(|kept| {
            let kept = kept.as_ref()?;
            Some(shown.with(|shown| kept.places.narrowed(shown)))
        });
        let only_outlines = || MapPlaces { outlines: outlines.get(), ..MapPlaces::default() };
        Arc::new(narrowed.unwrap_or_else(only_outlines))
    });
    let near = Near::of(phone);
    let finding = move || {
        if near.busy() {
            return Some(view! { <p class="u-small" role="status">{t::near_me(lang)}</p> }.into_any());
        }
        let notice = view! {
            <div class="notice" role="status">
                <p>
                    <b>{f::not_located(lang)}</b>
                </p>
                <p>{f::not_located_hint(lang)}</p>
            </div>
        };
        near.failed().then(|| notice.into_any())
    };
    let newer = Signal::derive(move || kept.with(|kept| kept.as_ref().map_or(0, |kept| kept.newer)));
    view! {
        <BackScreen title=t::map(lang).to_owned() back="/field/sites".to_owned()>
            {move || read.get().and_then(Result::err).map(|error| view! { <ErrorNotice error /> })}
            <Filters kept shown show />
            {finding}
            <MapBoard
                places=places.into()
                coming=Signal::derive(move || read.with(Option::is_none))
                here=Signal::derive(move || near.fix())
                locate=Callback::new(move |()| near.find())
                remembers="xunan.map-tiles"
                links=LINKS
            />
            <NewerRecords count=newer />
        </BackScreen>
    }
}
