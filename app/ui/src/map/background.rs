//! 底图: whether pictures of a service of tiles lie below the map. The document names the service, where the installation does; the
//! person switches it on, and this device remembers that.

use super::tiles::Tiles;
use domain::map::{TileCredit, TileSource};
use leptos::{ev, prelude::*, web_sys::Storage};
use std::{rc::Rc, sync::Arc};

/// What is remembered; switched off, nothing is.
const ON: &str = "on";

#[derive(Clone, Copy)]
pub struct Background {
    /// None: the installation names no service, and none is offered.
    source: RwSignal<Option<Arc<TileSource>>>,
    on: RwSignal<bool>,
    /// One did not come since it was switched on. It is said once, however many follow.
    missing: RwSignal<bool>,
    /// Counts what came and what did not: the map is drawn anew for each.
    arrivals: RwSignal<u32>,
    /// Counts how often all were asked for afresh.
    round: RwSignal<u32>,
    remembers: &'static str,
}

impl Background {
    /// `remembers`: the name under which this device remembers that it is on.
    pub fn of(remembers: &'static str) -> Self {
        let background = Self {
            source: RwSignal::new(None),
            on: RwSignal::new(false),
            missing: RwSignal::new(false),
            arrivals: RwSignal::new(0),
            round: RwSignal::new(0),
            remembers,
        };
        // The document is the browser's: the server renders a map without a background.
        Effect::new(move |_| background.look());
        Effect::new(move |_| {
            let back = window_event_listener(ev::online, move |_| background.begin_again());
            on_cleanup(move || back.remove());
        });
        background
    }

    fn look(self) {
        let source = carried().map(Arc::new);
        let is_remembered = || storage()?.get_item(self.remembers).ok()?;
        self.on.set(source.is_some() && is_remembered().as_deref() == Some(ON));
        self.source.set(source);
    }

    /// The service, and whether it is offered at all.
    pub fn source(self) -> Option<Arc<TileSource>> {
        self.source.get()
    }

    pub fn is_on(self) -> bool {
        self.on.get()
    }

    /// Whether it is to be said that something did not come.
    pub fn is_missing(self) -> bool {
        self.on.get() && self.missing.get()
    }

    /// By which line the service is named while its pictures are shown.
    pub fn credit(self) -> Option<TileCredit> {
        if self.on.get() { self.source.get()?.credit.clone() } else { None }
    }

    pub fn switch(self, on: bool) {
        if let Some(storage) = storage() {
            // Where nothing is kept, the choice lasts as long as the map.
            let _ =
                if on { storage.set_item(self.remembers, ON) } else { storage.remove_item(self.remembers) };
        }
        self.missing.set(false);
        self.on.set(on);
        self.begin_again();
    }

    /// What did not come is asked for once more.
    fn begin_again(self) {
        self.round.try_update(|round| *round += 1);
    }

    fn told(self, has_come: bool) {
        if !has_come && self.missing.try_get_untracked() == Some(false) {
            self.missing.try_set(true);
        }
        self.arrivals.try_update(|arrivals| *arrivals = arrivals.wrapping_add(1));
    }

    /// Everything for which the map is drawn anew.
    pub fn track(self) {
        self.source.track();
        self.on.track();
        self.arrivals.track();
        self.round.track();
    }

    /// The tiles as they are wanted now: none where it is off, and others in each round.
    pub fn renew(self, tiles: &mut Option<Tiles>) {
        let is_on = self.on.try_get_untracked().unwrap_or_default();
        let source = self.source.try_get_untracked().flatten().filter(|_| is_on);
        let round = self.round.try_get_untracked().unwrap_or_default();
        let Some(source) = source else {
            *tiles = None;
            return;
        };
        if tiles.as_ref().is_none_or(|tiles| tiles.round != round) {
            *tiles = Some(Tiles::new(source, round, Rc::new(move |has_come: bool| self.told(has_come))));
        }
    }
}

/// What the document says of it (`app/src/shell.rs`).
fn carried() -> Option<TileSource> {
    let root = document().document_element()?;
    let (template, datum) = (root.get_attribute("data-tiles")?, root.get_attribute("data-tiles-datum")?);
    TileSource::carried(&template, &datum, root.get_attribute("data-tiles-credit").as_deref())
}

/// None where the browser keeps nothing.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
