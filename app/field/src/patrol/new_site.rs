//! 新开的店: a site that is made on the spot. What is known here already is shown first; what is written is kept with each change.

use super::ways::{rhythm_of, street_path, streets_path};
use crate::{
    components::icon::{Icon, Sign},
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    frame::{BackScreen, LineState},
    i18n::{Lang, patrol as t, use_lang},
    live,
    photo_strip::PhotoStrip,
    sites::near::Near,
    sought::folded,
};
use client::{
    DeviceError,
    changes::Topic,
    new_sites::{self, Failed},
    photos::Stamp,
    records, session,
};
use domain::{
    id::{GridId, HazardId, SiteId, SiteKind},
    limits::{ADDRESS, NAME, tidy_line},
    patrol::StreetAddress,
    photo::PhotoHash,
    place::Location,
    quick_report::by_distance,
    role::Scope,
    sector::Sector,
    site::{ProposedSite, Site, alike},
    sync::{Directory, SiteKindInfo},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};
use std::{collections::BTreeMap, str::FromStr, sync::Arc};

/// So many kinds are offered by a tap: those of the sites nearest by.
const KINDS_AT_HAND: usize = 6;
/// Of so many sites the kinds are looked at.
const NEIGHBOURS: usize = 40;

/// What it is made among.
#[derive(Debug, Clone, PartialEq)]
struct Around {
    directory: Directory,
    sites: Vec<Site>,
    /// Grids in which this person may make one.
    grids: Vec<GridId>,
}

async fn read(phone: PhoneRef) -> Result<Option<Arc<Around>>, DeviceError> {
    let (Some(me), Some(directory)) = (session::current(&phone), records::directory(&phone).await?) else {
        return Ok(None);
    };
    let sites = records::sites(&phone).await?.known;
    let grids = match &me.actor.scope {
        Scope::Grids(grids) => grids.clone(),
        Scope::Office | Scope::Department { .. } => directory.grids.iter().map(|grid| grid.id).collect(),
        Scope::Sites(_) => vec![],
    };
    Ok(Some(Arc::new(Around { directory, sites, grids })))
}

/// What is being written.
#[derive(Clone, Copy)]
struct Writing {
    phone: PhoneRef,
    lang: Lang,
    id: SiteId,
    name: RwSignal<String>,
    kind: RwSignal<Option<SiteKind>>,
    address: RwSignal<String>,
    grid: RwSignal<Option<GridId>>,
    /// No grid of the office: whoever has none can make no site.
    nowhere: GridId,
    photos: RwSignal<Vec<PhotoHash>>,
    near: Near,
    /// Where it was begun: whoever finishes it may have gone on.
    begun_at: Option<Location>,
    fault: RwSignal<Option<Failed>>,
    busy: RwSignal<bool>,
}

impl Writing {
    fn begin() -> Self {
        let phone = use_device();
        let kept = new_sites::load(&phone);
        let near = Near::of(phone);
        near.find();
        let of = kept.as_ref();
        let writing = Self {
            phone,
            lang: use_lang(),
            id: of.map_or_else(|| phone.clock.new_id(), |kept| kept.id),
            name: RwSignal::new(of.map(|kept| kept.name.clone()).unwrap_or_default()),
            kind: RwSignal::new(of.map(|kept| kept.kind.clone()).filter(|kind| !kind.as_str().is_empty())),
            address: RwSignal::new(of.map(|kept| kept.address.clone()).unwrap_or_default()),
            grid: RwSignal::new(of.map(|kept| kept.grid)),
            nowhere: phone.clock.new_id(),
            photos: RwSignal::new(of.map(|kept| kept.photos.clone()).unwrap_or_default()),
            near,
            begun_at: of.and_then(|kept| kept.location),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        Effect::new(move |before: Option<()>| {
            let proposed = writing.proposed(&[]);
            // Opening the screen writes nothing.
            if before.is_some() && (proposed.is_named() || !proposed.photos.is_empty()) {
                new_sites::save(&phone, &proposed);
            }
        });
        writing
    }

    /// Tracked. `kinds` say which sector a kind is of.
    fn proposed(self, kinds: &[SiteKindInfo]) -> ProposedSite {
        let kind = self.kind.get();
        let known = kinds.iter().find(|known| Some(&known.id) == kind.as_ref());
        ProposedSite {
            id: self.id,
            grid: self.grid.get().unwrap_or(self.nowhere),
            name: self.name.get(),
            sector: known.map_or(Sector::General, |known| known.sector),
            kind: kind.unwrap_or_else(|| SiteKind::from("")),
            address: self.address.get(),
            location: self.begun_at.or_else(|| self.near.fix()),
            photos: self.photos.get(),
        }
    }

    fn submit(self, kinds: &[SiteKindInfo], on_done: Callback<SiteId>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        let proposed = untrack(|| self.proposed(kinds));
        let title = t::made(self.lang, tidy_line(&proposed.name));
        spawn_local(async move {
            let id = proposed.id;
            match new_sites::make(&self.phone, proposed, title).await {
                Ok(()) => {
                    on_done.try_run(id);
                }
                Err(failed) => {
                    self.busy.try_set(false);
                    self.fault.try_set(Some(failed));
                }
            }
        });
    }

    /// Tracked.
    fn wrong(self) -> Option<String> {
        let lang = self.lang;
        self.fault.with(|fault| {
            Some(match fault.as_ref()? {
                Failed::NoName => t::needs_name(lang).to_owned(),
                Failed::NoKind => t::needs_site_kind(lang).to_owned(),
                Failed::NotAllowed => t::not_yours_to_make(lang).to_owned(),
                Failed::Device(error) => error.words(lang).to_owned(),
            })
        })
    }
}

fn part<T: FromStr>(query: &ParamsMap, name: &str) -> Option<T> {
    query.get(name)?.parse().ok()
}

#[component]
pub fn NewSiteScreen() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let query = use_query_map();
    let (beside, number) =
        query.with_untracked(|query| (part::<SiteId>(query, "beside"), part::<u32>(query, "number")));
    let report = query.with_untracked(|query| part::<HazardId>(query, "report"));
    let per = query.with_untracked(rhythm_of);
    let writing = Writing::begin();
    let read = live(&[Topic::Records, Topic::Outbox], move || async move { read(phone).await });
    let around = Memo::new(move |_| read.get().and_then(Result::ok).flatten());
    propose_place(writing, around, beside, number);

    let navigate = use_navigate();
    // In place of this screen: "back" leads to where one came from.
    let leave = Callback::new(move |to: String| {
        navigate(&to, NavigateOptions { replace: true, ..Default::default() });
    });
    let goes_on = move |site: SiteId| match report {
        Some(report) => format!("/field/report?draft={report}&site={site}"),
        None => street_path(site, per),
    };
    let done = Callback::new(move |site: SiteId| leave.run(goes_on(site)));
    let submit = move |_| {
        // Before it is read which grids and kinds there are, none could be named.
        if let Some(around) = around.get_untracked() {
            writing.submit(&around.directory.kinds, done);
        }
    };
    let back = match (report, beside) {
        (Some(report), _) => format!("/field/report?draft={report}"),
        (None, Some(site)) => street_path(site, per),
        (None, None) => streets_path(per),
    };
    let stamp = Signal::derive(move || Stamp {
        place: writing.name.get(),
        subject: t::new_site(lang).to_owned(),
        number: String::new(),
    });
    let foot = move || {
        view! {
            <button
                type="button"
                class="button"
                aria-busy=move || writing.busy.get().then_some("true")
                on:click=submit
            >
                <Sign icon=Icon::Tick />
                {t::make_site(lang)}
            </button>
        }
    };
    view! {
        <BackScreen title=t::new_site(lang).to_owned() back aside=move || view! { <LineState /> } foot>
            <p class="u-small">{t::new_site_hint(lang)}</p>
            {move || writing.wrong().map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
            <Known writing around goes_on=Callback::new(move |site: SiteId| leave.run(goes_on(site))) />
            <PhotoStrip
                photos=writing.photos
                stamp
                on_taken=Callback::new(move |hash| writing.photos.update(|photos| photos.push(hash)))
                on_removed=Callback::new(move |hash: PhotoHash| {
                    writing.photos.update(|photos| photos.retain(|one| *one != hash));
                })
                gallery=false
                label=t::door_photo(lang)
            />
            <Line id="new-site-name" label=t::site_name(lang) most=NAME value=writing.name />
            <Kind writing around />
            <Line id="new-site-address" label=t::site_address(lang) most=ADDRESS value=writing.address />
            <GridChoice writing around />
        </BackScreen>
    }
}

/// The street is the neighbour's, and so is the grid; else those of the nearest site.
fn propose_place(
    writing: Writing,
    around: Memo<Option<Arc<Around>>>,
    beside: Option<SiteId>,
    number: Option<u32>,
) {
    Effect::new(move |_| {
        let (Some(around), here) = (around.get(), writing.near.fix()) else { return };
        let neighbour = match beside {
            Some(id) => around.sites.iter().find(|site| site.id == id),
            None => {
                here.and_then(|here| by_distance(&around.sites, Some(&here)).first().map(|(site, _)| *site))
            }
        };
        let of_neighbour = neighbour.map(|site| site.grid).filter(|grid| around.grids.contains(grid));
        let is_one = |grid: &Option<GridId>| grid.is_some_and(|grid| around.grids.contains(&grid));
        if !writing.grid.with_untracked(is_one) {
            writing.grid.set(of_neighbour.or(around.grids.first().copied()));
        }
        let street = beside.and(neighbour).and_then(|site| StreetAddress::read(&site.address));
        if let Some(street) = street
            && writing.address.with_untracked(String::is_empty)
        {
            writing.address.set(match number {
                Some(number) => format!("{}{number}号", street.street),
                None => street.street,
            });
        }
    });
}

/// 就是这家: what may be the very site.
#[component]
fn Known(writing: Writing, around: Memo<Option<Arc<Around>>>, goes_on: Callback<SiteId>) -> impl IntoView {
    let lang = use_lang();
    let known = Memo::new(move |_| {
        let proposed = writing.proposed(&[]);
        let around = around.get()?;
        let alike = alike(&proposed, &around.sites, &folded);
        Some(
            alike
                .into_iter()
                .map(|site| (site.id, site.name.clone(), site.address.clone()))
                .collect::<Vec<_>>(),
        )
    });
    let row = move |(id, name, address): (SiteId, String, String)| {
        let choose = move |_| {
            new_sites::forget(&writing.phone);
            goes_on.run(id);
        };
        view! {
            <button type="button" on:click=choose>
                <span class="rows__body">
                    <span class="rows__title">{name}</span>
                    <span class="rows__meta">{address}</span>
                </span>
                <b class="street__owed">{t::is_this_one(lang)}</b>
            </button>
        }
    };
    move || {
        let known = known.get().unwrap_or_default();
        (!known.is_empty()).then(|| {
            view! {
                <div class="notice" role="status">
                    <p>{t::may_be_known(lang, known.len())}</p>
                </div>
                <div class="card rows">{known.into_iter().map(row).collect_view()}</div>
            }
        })
    }
}

#[component]
fn Line(id: &'static str, label: &'static str, most: usize, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                type="text"
                autocomplete="off"
                maxlength=most.to_string()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// The kinds of the sites near by in one tap, all others in a list.
#[component]
fn Kind(writing: Writing, around: Memo<Option<Arc<Around>>>) -> impl IntoView {
    let lang = use_lang();
    let kinds = Memo::new(move |_| {
        around.with(|around| around.as_ref().map(|around| around.directory.kinds.clone()).unwrap_or_default())
    });
    let at_hand = Memo::new(move |_| {
        let here = writing.near.fix();
        around.with(|around| {
            let near = around.as_ref().map(|around| by_distance(&around.sites, here.as_ref()));
            common(near.into_iter().flatten().take(NEIGHBOURS).map(|(site, _)| site))
        })
    });
    let chip = move |kind: SiteKind| {
        let name = kinds.with(|kinds| {
            kinds.iter().find(|known| known.id == kind).map(|known| known.name.get(lang).to_owned())
        });
        let (chosen, is_it) =
            (kind.clone(), move || writing.kind.with(|known| known.as_ref() == Some(&kind)));
        name.map(|name| {
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || is_it().to_string()
                    on:click=move |_| writing.kind.set(Some(chosen.clone()))
                >
                    {name}
                </button>
            }
        })
    };
    let option = move |known: SiteKindInfo| {
        let (id, is_it) =
            (known.id.to_string(), move || writing.kind.with(|kind| kind.as_ref() == Some(&known.id)));
        view! {
            <option value=id prop:selected=is_it>
                {known.name.get(lang).to_owned()}
            </option>
        }
    };
    view! {
        <div class="field" role="group" aria-labelledby="new-site-kinds">
            <span class="field__label" id="new-site-kinds">{t::site_kind(lang)}</span>
            <div class="chip-list">{move || at_hand.get().into_iter().filter_map(chip).collect_view()}</div>
            <select
                class="input input--select"
                aria-label=t::other_kind(lang)
                on:change:target=move |event| {
                    let word = event.target().value();
                    writing.kind.set((!word.is_empty()).then(|| SiteKind::from(word.as_str())));
                }
            >
                <option value="">{t::other_kind(lang)}</option>
                {move || kinds.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// The kinds of these sites, the most common first.
fn common<'a>(sites: impl Iterator<Item = &'a Site>) -> Vec<SiteKind> {
    let mut counted: BTreeMap<SiteKind, usize> = BTreeMap::new();
    for kind in sites.flat_map(|site| &site.kinds) {
        *counted.entry(kind.clone()).or_default() += 1;
    }
    let mut counted: Vec<_> = counted.into_iter().collect();
    domain::order::sort_by_key(&mut counted, |(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().take(KINDS_AT_HAND).map(|(kind, _)| kind).collect()
}

/// Asked only of whoever has several.
#[component]
fn GridChoice(writing: Writing, around: Memo<Option<Arc<Around>>>) -> impl IntoView {
    let lang = use_lang();
    let grids = Memo::new(move |_| {
        let around = around.get()?;
        let of = |id: &GridId| {
            let grid = around.directory.grids.iter().find(|grid| grid.id == *id)?;
            Some((grid.id, grid.name.clone()))
        };
        Some(around.grids.iter().filter_map(of).collect::<Vec<_>>())
    });
    let option = move |(id, name): (GridId, String)| {
        view! {
            <option value=id.to_string() prop:selected=move || writing.grid.get() == Some(id)>
                {name}
            </option>
        }
    };
    move || {
        let grids = grids.get().filter(|grids| grids.len() > 1)?;
        Some(view! {
            <div class="field">
                <label for="new-site-grid">{t::site_grid(lang)}</label>
                <select
                    class="input input--select"
                    id="new-site-grid"
                    on:change:target=move |event| writing.grid.set(event.target().value().parse().ok())
                >
                    {grids.into_iter().map(option).collect_view()}
                </select>
            </div>
        })
    }
}
