//! A map to look at and to move: the canvas, what zooms it, the scale; below it what was tapped, and all of it as a list.
//!
//! Nothing is fetched for it, unless somebody wants a background. It pans by a finger, a mouse or the arrows, zooms by two fingers,
//! the wheel, its buttons or plus and minus; a tap opens what is there, as a row of the list does.

use super::{map_background::MapBackground, map_list::MapList, map_sheet::MapSheet};
use crate::{
    components::icon::{Icon, Sign},
    i18n::{map as t, use_lang},
    map::{
        Scene,
        background::Background,
        gestures::{Fingers, keyed},
        painter::{Painter, Picture},
    },
};
use domain::{
    id::{HazardId, SiteId},
    map::{Clusters, MapPlaces, Pixel, TileCredit, View, World},
    place::{Location, PlaceId},
};
use leptos::{ev, html, prelude::*, web_sys};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

/// How close a view is made that holds one place.
const NEAR: f64 = 17.0;

/// Pixels of the scale's bar at the most.
const LONGEST_BAR: f64 = 96.0;

/// More than so many in one mark are looked at from closer.
const FEW: usize = 12;

/// Pixels at the right edge that the buttons take.
const BUTTONS: f64 = 56.0;

/// Where records are opened, and whether the device leads there.
#[derive(Debug, Clone, Copy)]
pub struct MapLinks {
    pub site: fn(SiteId) -> String,
    pub hazard: fn(HazardId) -> String,
    /// 带我去: by the map app of the phone.
    pub leads: bool,
}

/// What the parts of a map share.
#[derive(Clone, Copy)]
pub struct Board {
    pub scene: Memo<Arc<Scene>>,
    pub links: MapLinks,
    /// The marks that are open below the map.
    pub chosen: RwSignal<Vec<usize>>,
    pub canvas: NodeRef<html::Canvas>,
    /// More of what is shown is on its way.
    pub coming: Signal<bool>,
    /// Where the person is.
    pub here: Signal<Option<Location>>,
    /// What lies below.
    background: Background,
    view: RwSignal<Option<View>>,
    clusters: Memo<Arc<Clusters>>,
}

impl Board {
    fn of(
        places: Signal<Arc<MapPlaces>>,
        names: Signal<Vec<(PlaceId, String)>>,
        coming: Signal<bool>,
        here: Signal<Option<Location>>,
        background: Background,
        links: MapLinks,
    ) -> Self {
        let scene = Memo::new(move |_| {
            let places = places.with(|places| MapPlaces::clone(places));
            Arc::new(names.with(|names| Scene::of(places, names)))
        });
        let view = RwSignal::new(None::<View>);
        let step = Memo::new(move |_| view.get().map_or(0.0, |view| view.zoom.floor()));
        let clusters =
            Memo::new(move |_| Arc::new(scene.with(|scene| Clusters::of(&scene.marks, step.get()))));
        let (chosen, canvas) = (RwSignal::new(vec![]), NodeRef::new());
        Self { scene, links, chosen, canvas, coming, here, background, view, clusters }
    }

    fn change(self, to: impl FnOnce(View) -> View) {
        self.view.update(|view| *view = view.map(to));
    }

    /// All that is shown.
    fn show_all(self) {
        // The person may have left the screen by now.
        let bounds = self.scene.try_with_untracked(|scene| scene.bounds()).flatten();
        let canvas = self.canvas.try_get_untracked().flatten();
        let (Some(canvas), Some(bounds)) = (canvas, bounds) else { return };
        let (width, height) = Painter::size(&canvas);
        if width < 1.0 {
            // It has no place on the page yet.
            request_animation_frame(move || self.show_all());
            return;
        }
        // Beside the buttons, so that nothing lies under them.
        let beside = View::around(&bounds, width - BUTTONS, height, NEAR);
        self.view.try_set(Some(View { width, ..beside }.panned(-BUTTONS / 2.0, 0.0)));
    }

    /// Opens one, and shows where it is.
    pub fn open(self, mark: usize) {
        let at = self.scene.with_untracked(|scene| scene.marks.get(mark).map(|mark| mark.at));
        if let Some(centre) = at {
            self.change(|view| View { centre, zoom: view.zoom.max(NEAR), ..view });
            self.chosen.set(vec![mark]);
        }
    }

    /// What is at a point of the canvas; from farther away, where many are, a closer look.
    fn tap(self, at: Pixel) {
        let Some(view) = self.view.get_untracked() else { return };
        let hit = self.clusters.with_untracked(|clusters| clusters.hit(&view, at).cloned());
        match hit {
            Some(cluster) if cluster.marks.len() > FEW && view.zoom < NEAR => {
                let about = view.pixel(cluster.at);
                self.change(|view| view.zoomed(2.0, about));
            }
            Some(cluster) => self.chosen.set(cluster.marks),
            None => self.chosen.set(vec![]),
        }
    }

    /// To where the person is.
    pub fn centre(self, at: &Location) {
        let centre = World::of_place(at);
        self.change(|view| View { centre, zoom: view.zoom.max(15.0), ..view });
    }

    fn draw(self, painter: &mut Painter) {
        let canvas = self.canvas.try_get_untracked().flatten();
        let (Some(canvas), Some(Some(view))) = (canvas, self.view.try_get_untracked()) else { return };
        let (Some(scene), Some(clusters)) =
            (self.scene.try_get_untracked(), self.clusters.try_get_untracked())
        else {
            return;
        };
        let here = self.here.try_get_untracked().flatten();
        self.background.renew(&mut painter.tiles);
        painter.paint(&canvas, &Picture { scene: &scene, clusters: &clusters, view, here });
        if !canvas.has_attribute("data-drawn") {
            // For whoever measures how soon it is seen. Fails for names that are none.
            let _ = canvas.set_attribute("data-drawn", "");
        }
    }

    /// A frame for whatever changed since the last one.
    fn keep_drawn(self) {
        let (painter, waits) = (Rc::new(RefCell::new(Painter::default())), Rc::new(Cell::new(false)));
        Effect::new(move |_| {
            if self.canvas.get().is_none() || self.view.get().is_none() {
                return;
            }
            self.scene.track();
            self.clusters.track();
            self.here.track();
            self.background.track();
            if waits.replace(true) {
                return;
            }
            let (painter, waits) = (painter.clone(), waits.clone());
            request_animation_frame(move || {
                waits.set(false);
                if let Ok(mut painter) = painter.try_borrow_mut() {
                    self.draw(&mut painter);
                }
            });
        });
    }

    /// The first view shows everything; the page may become another size.
    fn keep_fitting(self) {
        Effect::new(move |_| {
            self.scene.track();
            self.chosen.set(vec![]);
            if self.canvas.get().is_some() && self.view.with_untracked(Option::is_none) {
                self.show_all();
            }
        });
        Effect::new(move |_| {
            let resized = window_event_listener(ev::resize, move |_| {
                if let Some(canvas) = self.canvas.try_get_untracked().flatten() {
                    let (width, height) = Painter::size(&canvas);
                    self.change(|view| View { width, height, ..view });
                }
            });
            on_cleanup(move || resized.remove());
        });
    }
}

#[component]
pub fn MapBoard(
    /// What is shown of all there is.
    places: Signal<Arc<MapPlaces>>,
    /// What is written on the outlines, where it fits.
    #[prop(into, optional)]
    names: Signal<Vec<(PlaceId, String)>>,
    /// More of it is on its way.
    #[prop(into, optional)]
    coming: Signal<bool>,
    /// Where the person is, once they have asked for it.
    here: Signal<Option<Location>>,
    /// Asks for it.
    #[prop(optional)]
    locate: Option<Callback<()>>,
    /// The name under which this device remembers that a background is wanted.
    remembers: &'static str,
    links: MapLinks,
) -> impl IntoView {
    let lang = use_lang();
    let background = Background::of(remembers);
    let board = Board::of(places, names, coming, here, background, links);
    board.keep_fitting();
    board.keep_drawn();
    // Whoever asked where they are is shown it once it is known.
    Effect::new(move |before: Option<Option<Location>>| {
        let now = here.get();
        if let (Some(None), Some(at)) = (before, now) {
            board.centre(&at);
        }
        now
    });
    // Panning leaves it as it is: the page around the canvas is not laid out anew for every frame.
    let scale = Memo::new(move |_| {
        let of = |view: View| {
            let (metres, pixels) = view.bar(LONGEST_BAR);
            (metres, pixels.round())
        };
        board.view.get().map(of)
    });
    let label = move || {
        let (sites, hazards) =
            board.scene.with(|scene| (scene.places.sites.len(), scene.places.hazards.len()));
        t::map_of(lang, sites, hazards)
    };
    let to_me = locate.map(|locate| {
        let found = move |_| {
            if let Some(at) = here.get_untracked() {
                board.centre(&at);
            }
            locate.run(());
        };
        view! {
            <button class="map-board__button" type="button" aria-label=t::to_me(lang) title=t::to_me(lang) on:click=found>
                <Sign icon=Icon::Locate />
            </button>
        }
    });
    view! {
        <div class="map-board">
            <Surface board label=Signal::derive(label) />
            <div class="map-board__buttons">
                <button
                    class="map-board__button"
                    type="button"
                    aria-label=t::closer(lang)
                    title=t::closer(lang)
                    on:click=move |_| board.change(|view| view.zoomed(1.0, view.middle()))
                >
                    "＋"
                </button>
                <button
                    class="map-board__button"
                    type="button"
                    aria-label=t::farther(lang)
                    title=t::farther(lang)
                    on:click=move |_| board.change(|view| view.zoomed(-1.0, view.middle()))
                >
                    "－"
                </button>
                <button
                    class="map-board__button"
                    type="button"
                    aria-label=t::whole(lang)
                    title=t::whole(lang)
                    on:click=move |_| board.show_all()
                >
                    <Sign icon=Icon::Grid />
                </button>
                {to_me}
            </div>
            {move || scale.get().map(|(metres, pixels)| bar(lang, metres, pixels))}
            {move || background.credit().map(credited)}
        </div>
        <MapBackground background />
        <MapSheet board />
        <MapList board />
    }
}

/// How long a part of it is on the ground.
fn bar(lang: crate::i18n::Lang, metres: f64, pixels: f64) -> impl IntoView + use<> {
    view! {
        <p class="map-board__scale" style:width=format!("{pixels:.0}px")>
            {t::length(lang, metres)}
        </p>
    }
}

/// Whose pictures lie below.
fn credited(credit: TileCredit) -> impl IntoView + use<> {
    view! { <p class="map-board__credit">{credit.as_str().to_owned()}</p> }
}

#[component]
fn Surface(board: Board, label: Signal<String>) -> impl IntoView {
    let fingers = StoredValue::new(Fingers::default());
    let down = move |event: web_sys::PointerEvent| {
        fingers.update_value(|fingers| fingers.put(&event));
        if let Some(canvas) = board.canvas.get_untracked() {
            // A pointer that is gone already is caught by nobody.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: web_sys::PointerEvent| {
        let Some(view) = board.view.get_untracked() else { return };
        let next = fingers.try_update_value(|fingers| fingers.moved(&event, view)).flatten();
        if next.is_some() {
            board.view.set(next);
        }
    };
    let up = move |event: web_sys::PointerEvent| {
        if let Some(at) = fingers.try_update_value(|fingers| fingers.lifted(&event)).flatten() {
            board.tap(at);
        }
    };
    let cancel = move |event: web_sys::PointerEvent| fingers.update_value(|fingers| fingers.lost(&event));
    let wheel = move |event: web_sys::WheelEvent| {
        event.prevent_default();
        let about = Pixel { x: f64::from(event.offset_x()), y: f64::from(event.offset_y()) };
        board.change(|view| view.zoomed((-event.delta_y() / 300.0).clamp(-1.0, 1.0), about));
    };
    let key = move |event: web_sys::KeyboardEvent| {
        let Some(view) = board.view.get_untracked() else { return };
        match event.key().as_str() {
            "Enter" => board.tap(view.middle()),
            "Escape" => board.chosen.set(vec![]),
            key => match keyed(key, view) {
                Some(next) => board.view.set(Some(next)),
                None => return,
            },
        }
        event.prevent_default();
    };
    view! {
        <canvas
            class="map-board__surface"
            node_ref=board.canvas
            role="application"
            tabindex="0"
            aria-label=label
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=cancel
            on:wheel=wheel
            on:keydown=key
        ></canvas>
    }
}
