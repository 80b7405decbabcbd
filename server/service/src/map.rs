//! 地图 at the desk: the sites, open hazards and outlines that somebody may see.

use crate::{asker::Asker, error::Error, outlines, services::Services};
use domain::{
    due::Due,
    id::SiteId,
    ledger::{LedgerFilter, LedgerRow, LedgerStatusFilter},
    map::{MapHazard, MapPlaces, MapSite},
    place::Location,
    role::Action,
    site::Site,
    time::office_day,
};
use std::collections::HashMap;
use tokio::sync::mpsc;

/// Hazards of one map; more than a screen can tell apart.
const MOST_HAZARDS: u32 = 5_000;

/// Hazards on their way from the database.
const ON_THE_WAY: usize = 256;

/// All of it: what of it is drawn is the page's to choose.
pub async fn places(state: &Services, by: &Asker) -> Result<MapPlaces, Error> {
    by.allow(Action::UseOffice)?;
    let (actor, now) = (&by.actor, state.now());
    let intervals = state.store.places(actor.office).await?.intervals;
    let all = state.store.sites_in_use(actor.office, &actor.scope).await?;
    let count = all.len();
    let on_map = |site: Site| {
        let due = intervals.due(&site, now).is_due();
        let Site { id, name, grid, kinds, risk, location, .. } = site;
        Some(MapSite { id, name, grid, kinds, risk, at: location.filter(|at| !at.is_nowhere())?, due })
    };
    let sites: Vec<MapSite> = all.into_iter().filter_map(on_map).collect();
    let places: HashMap<SiteId, Location> = sites.iter().map(|site| (site.id, site.at)).collect();
    let today = office_day(now);
    let hazards = open_hazards(state, by).await?.into_iter().filter_map(|row| {
        let late = Due::of(row.due, today).is_late();
        let at = *places.get(&row.site)?;
        Some(MapHazard { id: row.id, what: row.what, site: row.site, level: row.level, at, late })
    });
    Ok(MapPlaces {
        hazards: hazards.collect(),
        unlocated: (count - sites.len()) as u64,
        sites,
        outlines: outlines::seen(state, actor).await?,
    })
}

async fn open_hazards(state: &Services, by: &Asker) -> Result<Vec<LedgerRow>, Error> {
    let filter = LedgerFilter::of(LedgerStatusFilter::Open);
    let (to, mut from) = mpsc::channel(ON_THE_WAY);
    let (office, scope) = (by.actor.office, &by.actor.scope);
    let sending = state.store.send_ledger(office, scope, &filter, state.now(), MOST_HAZARDS, to);
    let taking = async {
        let mut rows = vec![];
        while let Some(row) = from.recv().await {
            rows.push(row);
        }
        rows
    };
    let (sent, rows) = tokio::join!(sending, taking);
    sent?;
    Ok(rows)
}
