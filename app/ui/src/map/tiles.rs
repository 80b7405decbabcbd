//! Pictures of a service of tiles, below everything else that is drawn. They are asked for a few at a time, so many are kept, and one
//! that does not come leaves its place as it is.

use domain::map::{Bounds, MOST_TILES, Tile, TileSource, View};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{CanvasRenderingContext2d, HtmlImageElement},
};
use std::{cell::Cell, collections::HashMap, rc::Rc, sync::Arc};

/// On their way at a time.
const AT_A_TIME: usize = 6;

/// Kept at the most: those of two views, so that going back and forth asks for nothing.
const KEPT: usize = 2 * MOST_TILES;

/// After so many in a row that did not come, no other is asked for.
const PATIENCE: u32 = 4;

/// The tiles since a background was switched on.
pub struct Tiles {
    source: Arc<TileSource>,
    /// Of which round they are.
    pub round: u32,
    kept: HashMap<Tile, Picture>,
    /// How often they were drawn.
    frame: u64,
    /// How many did not come since the last one that did.
    misses: Rc<Cell<u32>>,
    /// Hears of each whether it has come.
    told: Rc<dyn Fn(bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    Here,
    Missing,
}

struct Picture {
    image: HtmlImageElement,
    bounds: Bounds,
    state: Rc<Cell<State>>,
    /// The frame that wanted it last.
    wanted: u64,
    /// What the image calls, for as long as it may.
    _called: [Closure<dyn FnMut()>; 2],
}

impl Tiles {
    /// `told` hears of each tile whether it has come.
    pub fn new(source: Arc<TileSource>, round: u32, told: Rc<dyn Fn(bool)>) -> Self {
        Self { source, round, kept: HashMap::new(), frame: 0, misses: Rc::default(), told }
    }

    /// Draws those that are here and asks for those that are not.
    pub fn draw(&mut self, context: &CanvasRenderingContext2d, view: &View, ratio: f64) {
        self.frame += 1;
        let wanted = Tile::seen(view, self.source.datum);
        for tile in &wanted {
            if let Some(picture) = self.kept.get_mut(tile) {
                picture.wanted = self.frame;
            }
        }
        self.forget();
        self.ask_for(&wanted);
        let (seen, zoom) = (view.seen(0.0), wanted.first().map_or(0, |tile| tile.zoom));
        let is_here = |tile: &Tile| self.kept.get(tile).is_some_and(Picture::is_here);
        let is_whole = wanted.iter().all(is_here);
        let mut here: Vec<(&Tile, &Picture)> = self.kept.iter().collect();
        here.retain(|(tile, picture)| {
            picture.is_here() && (tile.zoom == zoom || !is_whole) && picture.bounds.meets(&seen)
        });
        // Until those of this step of the zoom are here, those of others stand in for them.
        here.sort_by_key(|(tile, _)| (tile.zoom == zoom, tile.zoom));
        for (_, picture) in here {
            picture.draw(context, view, ratio);
        }
    }

    /// What is on its way and not seen any more is called back; of the rest those go that were not seen for longest.
    fn forget(&mut self) {
        let frame = self.frame;
        self.kept.retain(|_, picture| picture.wanted == frame || picture.state.get() != State::Coming);
        let more = self.kept.len().saturating_sub(KEPT);
        if more == 0 {
            return;
        }
        let mut by_age: Vec<(u64, Tile)> =
            self.kept.iter().map(|(tile, picture)| (picture.wanted, *tile)).collect();
        by_age.sort_by_key(|(wanted, _)| *wanted);
        for (_, tile) in by_age.into_iter().take(more) {
            self.kept.remove(&tile);
        }
    }

    fn ask_for(&mut self, wanted: &[Tile]) {
        if self.misses.get() >= PATIENCE || !window().navigator().on_line() {
            return;
        }
        let coming = self.kept.values().filter(|picture| picture.state.get() == State::Coming).count();
        let missing = wanted.iter().copied().filter(|tile| !self.kept.contains_key(tile));
        let missing: Vec<Tile> = missing.take(AT_A_TIME.saturating_sub(coming)).collect();
        for tile in missing {
            if let Some(picture) = self.asked(tile) {
                self.kept.insert(tile, picture);
            }
        }
    }

    /// None: a browser without pictures shows none.
    fn asked(&self, tile: Tile) -> Option<Picture> {
        let image = HtmlImageElement::new().ok()?;
        let state = Rc::new(Cell::new(State::Coming));
        let when = |to: State| {
            let (state, misses, told) = (state.clone(), self.misses.clone(), self.told.clone());
            Closure::<dyn FnMut()>::new(move || {
                let has_come = to == State::Here;
                state.set(to);
                misses.set(if has_come { 0 } else { misses.get().saturating_add(1) });
                told(has_come);
            })
        };
        let (came, failed) = (when(State::Here), when(State::Missing));
        image.set_onload(Some(came.as_ref().unchecked_ref()));
        image.set_onerror(Some(failed.as_ref().unchecked_ref()));
        // Who asks, and from which page, is no business of theirs.
        image.set_referrer_policy("no-referrer");
        image.set_decoding("async");
        image.set_src(&self.source.template.url(tile));
        let bounds = tile.bounds(self.source.datum);
        Some(Picture { image, bounds, state, wanted: self.frame, _called: [came, failed] })
    }
}

impl Picture {
    fn is_here(&self) -> bool {
        self.state.get() == State::Here
    }

    /// From pixel to pixel, so that no line of the ground is seen between neighbours.
    fn draw(&self, context: &CanvasRenderingContext2d, view: &View, ratio: f64) {
        let whole = |at: f64| (at * ratio).round() / ratio;
        let (first, last) = (view.pixel(self.bounds.first), view.pixel(self.bounds.last));
        let (x, y) = (whole(first.x), whole(first.y));
        let (width, height) = (whole(last.x) - x, whole(last.y) - y);
        // A picture that cannot be unpacked after all is drawn nowhere.
        let _ = context.draw_image_with_html_image_element_and_dw_and_dh(&self.image, x, y, width, height);
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        self.image.set_onload(None);
        self.image.set_onerror(None);
        if self.state.get() == State::Coming {
            // Calls the request back. Fails for names that are none.
            let _ = self.image.remove_attribute("src");
        }
    }
}
