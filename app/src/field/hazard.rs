//! One hazard on the phone: the proof, the plan, what happened, and above the thumb what this person may do next.

mod check;
mod facts;
mod file;
mod form;
mod history;
mod proof;
mod sheet;
pub mod steps;
mod words;

use crate::{
    components::icon::{Icon, Sign},
    device::{changes::Topic, clock, session},
    field::{
        frame::{BackScreen, Empty, Trouble},
        live,
        photo_strip::FullPhoto,
    },
    i18n::{Lang, field as f, hazards as t, use_lang},
    office::ledger::address::hazard_address,
};
use domain::{device::deed_draft::BegunDeed, id::HazardId};
use file::{File, Loaded};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use proof::Proof;
use sheet::DeedSheet;
use std::sync::Arc;
use steps::{Steps, Way};

const TOAST_MS: u32 = 4_000;

#[component]
pub fn HazardScreen() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<HazardId>().ok()));
    let read = live(&[Topic::Records, Topic::Outbox], move || File::read(id.get()));
    let loaded = Memo::new(move |_| match read.get() {
        None => Loaded::Loading,
        Some(Ok(Some(file))) => Loaded::Here(Arc::new(file)),
        Some(Ok(None)) => Loaded::NotHere,
        Some(Err(error)) => Loaded::Trouble(error),
    });
    let file = Signal::derive(move || loaded.with(Loaded::file));
    let steps = Memo::new(move |_| {
        let me = session::current().map(|signed_in| signed_in.actor);
        let file = file.get();
        me.zip(file).map(|(me, file)| Steps::of(&file.hazard, &me, clock::office_now())).unwrap_or_default()
    });
    let shown = RwSignal::new(None);
    let stamp = Signal::derive(move || {
        shown.get().zip(file.get()).map(|(photo, file)| file.stamp(&photo)).unwrap_or_default()
    });
    let toast = RwSignal::new(false);

    let deed = DeedAddress::new(id);
    let done = Callback::new(move |()| {
        deed.close();
        toast.set(true);
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(TOAST_MS).await;
            toast.try_set(false);
        });
    });
    let title = Signal::derive(move || {
        file.get().map_or_else(|| f::hazards(lang).to_owned(), |file| file.hazard.title().to_owned())
    });
    let under = Signal::derive(move || file.get().map(|file| place(&file)).unwrap_or_default());
    let body = move || match loaded.get() {
        Loaded::Loading => ().into_any(),
        Loaded::NotHere => view! {
            <Empty
                icon=Icon::Search
                title=f::not_here(lang)
                words=f::not_here_hint(lang)
                way=("/field/hazards".to_owned(), t::to_hazards(lang))
            />
        }
        .into_any(),
        Loaded::Trouble(error) => view! { <Trouble error /> }.into_any(),
        Loaded::Here(file) => view! {
            <Proof file=file.clone() shown />
            <check::Check file=file.clone() steps=steps.get() />
            <facts::Facts file=file.clone() />
            <history::History file steps=steps.get() shown />
        }
        .into_any(),
    };
    view! {
        <BackScreen title under called=f::hazards(lang) back="/field/hazards".to_owned() foot=ViewFn::from(move || foot(file, steps, deed))>
            {body}
            <FullPhoto shown stamp />
            <DeedSheet way=deed.way file on_close=Callback::new(move |()| deed.close()) on_done=done />
            <Show when=move || toast.get()>
                <p role="status">{t::kept(lang)}</p>
            </Show>
        </BackScreen>
    }
}

/// `惠民市场北门 · XC-2026-000318`
fn place(file: &File) -> String {
    let parts = [Some(file.site_name()), file.hazard.number.clone()];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// What a person began to write, as a list of unfinished things says it, and where it goes on.
pub fn begun_words(lang: Lang, begun: &BegunDeed) -> Option<(String, String)> {
    let (way, about) = (Way::parse(&begun.deed)?, begun.draft.about.as_ref()?);
    let what = words::of(lang, way, &about.hazard).title;
    let title = about.hazard.title().to_owned();
    let path = format!("/field/hazards/{}?do={}", begun.hazard, way.word());
    Some((t::go_on_with(lang, what, title), path))
}

/// The primary action, and at most one quiet one beside it.
fn foot(file: Signal<Option<Arc<File>>>, steps: Memo<Steps>, deed: DeedAddress) -> AnyView {
    let lang = use_lang();
    let link = |href: String, words: &'static str, external: bool| {
        view! { <a class="button button--quiet" href=href rel=external.then_some("external")>{words}</a> }
            .into_any()
    };
    let quiet = move || {
        let (steps, file) = (steps.get(), file.get()?);
        let view = match steps.quiet {
            Some(way) => view! {
                <button class="button button--quiet" on:click=move |_| deed.open(way)>{words::opens(lang, way)}</button>
            }
            .into_any(),
            None if steps.at_desk => link(hazard_address(file.hazard.id), t::at_desk(lang), true),
            None if steps.primary.is_none() => {
                link(format!("/field/sites/{}", file.hazard.place.site), t::to_site(lang), false)
            }
            None => return None,
        };
        Some(view)
    };
    let primary = move || {
        steps.get().primary.map(|way| {
            view! {
                <button class="button" on:click=move |_| deed.open(way)>
                    <Sign icon=Icon::Camera />
                    {words::opens(lang, way)}
                </button>
            }
        })
    };
    view! {
        {quiet}
        {primary}
    }
    .into_any()
}

/// Which deed is being written stands in the address: it survives the camera, and "back" closes the sheet.
#[derive(Clone, Copy)]
struct DeedAddress {
    id: Memo<Option<HazardId>>,
    way: Memo<Option<Way>>,
    /// This screen opened the sheet, hence the page before is the same without it.
    opened: StoredValue<bool>,
    go: Callback<(String, bool)>,
}

impl DeedAddress {
    fn new(id: Memo<Option<HazardId>>) -> Self {
        let query = use_query_map();
        let way = Memo::new(move |_| query.with(|query| Way::parse(&query.get("do")?)));
        let navigate = use_navigate();
        let go = Callback::new(move |(to, replace): (String, bool)| {
            navigate(&to, NavigateOptions { replace, scroll: false, ..Default::default() });
        });
        Self { id, way, opened: StoredValue::new(false), go }
    }

    fn open(self, way: Way) {
        if let Some(id) = self.id.get_untracked() {
            self.opened.set_value(true);
            self.go.run((format!("/field/hazards/{id}?do={}", way.word()), false));
        }
    }

    fn close(self) {
        if self.way.get_untracked().is_none() {
            return;
        }
        let back = self.opened.get_value().then(|| window().history().ok()).flatten();
        self.opened.set_value(false);
        // Fails only in a document that is no longer shown.
        if back.is_some_and(|history| history.back().is_ok()) {
            return;
        }
        if let Some(id) = self.id.get_untracked() {
            self.go.run((format!("/field/hazards/{id}"), true));
        }
    }
}
