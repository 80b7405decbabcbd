//! 地图 at the desk: the sites, open hazards and outlines that somebody sees, narrowed by what stands in the address.

pub mod address;
pub mod outlines;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        filter_chips::{ApplyWithoutScript, FilterLink, FilterSelect},
        map_board::{MapBoard, MapLinks},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{Lang, map as t, use_lang},
    server_fns::{frame::Frame, map::LoadMap},
};
use address::{MAP, OUTLINES, map_address, shown_by};
use domain::{
    map::{MapPlaces, MapShown},
    place::PlaceId,
    role::Action,
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use std::sync::Arc;

const LINKS: MapLinks = MapLinks {
    site: |id| format!("/office/sites/{id}"),
    hazard: |id| format!("/office/hazards/{id}"),
    leads: false,
};

#[component]
pub fn MapPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(shown_by));
    let asked = Asked::new(move || ask(LoadMap {}).in_round(desk.changes.get()));
    view! {
        <PageHeader title=t::map(lang) />
        {await_resource(asked, move |frame, places| page(lang, frame, places, shown))}
    }
}

fn page(lang: Lang, frame: Arc<Frame>, all: MapPlaces, shown: Memo<MapShown>) -> AnyView {
    let draws = frame.me.may_do(Action::ManageSites);
    let offered = Offered::of(lang, &frame, &all);
    let communities = frame.communities.iter().map(|one| (PlaceId::Community(one.id), one.name.clone()));
    let grids = frame.grids.iter().map(|one| (PlaceId::Grid(one.id), one.name.clone()));
    let names: Vec<_> = communities.chain(grids).collect();
    let places = Memo::new(move |_| Arc::new(shown.with(|shown| all.narrowed(shown))));
    let keeps = draws.then(|| {
        view! {
            <p>
                <a class="link" href=OUTLINES>
                    {t::outlines(lang)}
                </a>
            </p>
        }
    });
    view! {
        <Form method="GET" action=MAP attr:class="filters" noscroll=true>
            {move || shown.with(|shown| offered.view(lang, shown))}
        </Form>
        <div class="page-body">
            <MapBoard
                places=places.into()
                names=Signal::stored(names)
                here=Signal::stored(None)
                remembers="xunan.desk-tiles"
                links=LINKS
            />
            {keeps}
        </div>
    }
    .into_any()
}

/// What the map can be narrowed to: grids and kinds that have a site on it.
struct Offered {
    grids: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
}

impl Offered {
    fn of(lang: Lang, frame: &Frame, all: &MapPlaces) -> Self {
        let grids = frame.grids.iter().filter(|grid| all.sites.iter().any(|site| site.grid == grid.id));
        let kinds =
            frame.kinds.iter().filter(|kind| all.sites.iter().any(|site| site.kinds.contains(&kind.id)));
        Self {
            grids: grids.map(|grid| (grid.id.to_string(), frame.grid(grid.id))).collect(),
            kinds: kinds.map(|kind| (kind.id.to_string(), kind.name.get(lang).to_owned())).collect(),
        }
    }

    fn view(&self, lang: Lang, shown: &MapShown) -> AnyView {
        let with_hazards = MapShown { hazards: !shown.hazards, ..shown.clone() };
        let due = MapShown { due: !shown.due, ..shown.clone() };
        let kept = |name: &'static str, on: bool| {
            on.then(|| view! { <input type="hidden" name=name value="true" /> })
        };
        let grid = shown.grid.map(|id| id.to_string()).unwrap_or_default();
        let kind = shown.kind.as_ref().map(|id| id.to_string()).unwrap_or_default();
        view! {
            {kept("hazards", shown.hazards)}
            {kept("due", shown.due)}
            <FilterLink href=map_address(&with_hazards) on=shown.hazards>
                {t::with_hazards(lang)}
            </FilterLink>
            <FilterLink href=map_address(&due) on=shown.due>
                {t::due(lang)}
            </FilterLink>
            <FilterSelect name="grid" label=t::all_grids(lang) options=self.grids.clone() chosen=grid />
            <FilterSelect name="kind" label=t::all_kinds(lang) options=self.kinds.clone() chosen=kind />
            <ApplyWithoutScript />
        }
        .into_any()
    }
}
