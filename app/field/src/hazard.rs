//! One hazard on the phone: the proof, the plan, what happened, and above the thumb what this person may do next.

mod check;
pub mod commands;
mod facts;
mod file;
mod form;
mod history;
mod proof;
mod sheet;
mod words;

use crate::{
    asked::AskFor,
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, Empty, ErrorNotice},
    i18n::{Lang, field as f, hazards as t, use_lang},
    live,
    photo_strip::FullPhoto,
    site::People,
    tasks::{GiveTask, Giving},
};
use client::{changes::Topic, session};
use commands::{PhoneCommand, Steps};
use domain::{
    device::action_draft::BegunAction,
    id::HazardId,
    sync::RecordKind,
    task::{HazardNeed, TaskSubject},
};
use file::{File, Loaded};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use proof::Proof;
use sheet::CommandSheet;
use std::sync::Arc;

const TOAST_MS: u32 = 4_000;

#[component]
pub fn HazardScreen() -> impl IntoView {
    let lang = use_lang();
    let (params, phone) = (use_params_map(), use_device());
    let id = ui::memo(move || params.with(|params| params.get("id")?.parse::<HazardId>().ok()));
    let read = live(&[Topic::Records, Topic::Outbox], move || {
        let id = id.get();
        async move { File::read(&phone, id).await }
    });
    let loaded = ui::memo(move || match read.get() {
        None => Loaded::Loading,
        Some(Ok(Some(file))) => Loaded::Here(Arc::new(file)),
        Some(Ok(None)) => Loaded::NotHere,
        Some(Err(error)) => Loaded::Failed(error),
    });
    let file = Signal::derive(move || loaded.with(Loaded::file));
    let steps = ui::memo(move || {
        let me = session::current(&phone).map(|signed_in| signed_in.actor);
        let file = file.get();
        let now = phone.clock.office_now();
        me.zip(file).map(|(me, file)| Steps::of(&file.hazard, &me, now)).unwrap_or_default()
    });
    let shown = RwSignal::new(None);
    let stamp = Signal::derive(move || {
        let now = phone.clock.office_now();
        shown.get().zip(file.get()).map(|(photo, file)| file.stamp(&photo, now)).unwrap_or_default()
    });
    let toast = RwSignal::new(false);

    let address = CommandAddress::new(id);
    let done = Callback::new(move |()| {
        address.close();
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
        Loaded::NotHere => not_here(lang, id.get()),
        Loaded::Failed(error) => view! { <ErrorNotice error /> }.into_any(),
        Loaded::Here(file) => view! {
            <Proof file=file.clone() shown />
            <check::Check file=file.clone() steps=steps.get() />
            <facts::Facts file=file.clone() />
            {file.site.clone().map(|site| view! { <People site /> })}
            <history::History file steps=steps.get() shown />
        }
        .into_any(),
    };
    // What is being written there stays while the hazard changes behind it.
    let giving = ui::memo(move || file.get().and_then(|file| giving(&file)));
    let give = move || giving.get().map(|giving| view! { <GiveTask giving /> });
    view! {
        <BackScreen title under called=f::hazards(lang) back="/field/hazards".to_owned() foot=ViewFn::from(move || foot(file, steps, address))>
            {body}
            {give}
            <FullPhoto shown stamp />
            <CommandSheet command=address.command file on_close=Callback::new(move |()| address.close()) on_done=done />
            <Show when=move || toast.get()>
                <p role="status">{t::kept(lang)}</p>
            </Show>
        </BackScreen>
    }
}

/// Seeing to it, as far as there is anything to be done.
fn giving(file: &File) -> Option<Giving> {
    let hazard = &file.hazard;
    hazard.is_open().then(|| Giving {
        subject: TaskSubject::Hazard { hazard: hazard.id, need: HazardNeed::of(hazard) },
        place: hazard.place,
        level: Some(hazard.level()),
        site: hazard.place.site,
        site_name: file.site_name(),
    })
}

/// The office is asked for it; an address that names no hazard is nobody's to answer.
fn not_here(lang: Lang, id: Option<HazardId>) -> AnyView {
    let way = ("/field/hazards".to_owned(), t::to_hazards(lang));
    match id {
        Some(id) => view! { <AskFor kind=RecordKind::Hazard id=id.to_string() way /> }.into_any(),
        None => view! {
            <Empty icon=Icon::Search title=f::not_here(lang) words=f::not_here_hint(lang) way />
        }
        .into_any(),
    }
}

/// `惠民市场北门 · XC-2026-000318`
fn place(file: &File) -> String {
    let parts = [Some(file.site_name()), file.hazard.number.clone()];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// What a person began to write, as a list of unfinished things says it, and where it goes on.
pub fn begun_words(lang: Lang, begun: &BegunAction) -> Option<(String, String)> {
    let (command, about) = (PhoneCommand::parse(&begun.command)?, begun.draft.about.as_ref()?);
    let what = words::of(lang, command, &about.hazard).title;
    let title = about.hazard.title().to_owned();
    let path = format!("/field/hazards/{}?do={}", begun.hazard, command.word());
    Some((t::go_on_with(lang, what, title), path))
}

/// The primary action, and at most one quiet one beside it.
fn foot(file: Signal<Option<Arc<File>>>, steps: Memo<Steps>, address: CommandAddress) -> AnyView {
    let lang = use_lang();
    let link = |href: String, words: &'static str| {
        view! { <a class="button button--quiet" href=href>{words}</a> }.into_any()
    };
    let quiet = move || {
        let (steps, file) = (steps.get(), file.get()?);
        let view = match steps.quiet {
            Some(command) => view! {
                <button class="button button--quiet" on:click=move |_| address.open(command)>{words::opens(lang, command)}</button>
            }
            .into_any(),
            None if steps.primary.is_none() => {
                link(format!("/field/sites/{}", file.hazard.place.site), t::to_site(lang))
            }
            None => return None,
        };
        Some(view)
    };
    let primary = move || {
        steps.get().primary.map(|command| {
            view! {
                <button class="button" on:click=move |_| address.open(command)>
                    {command.has_photos().then(|| view! { <Sign icon=Icon::Camera /> })}
                    {words::opens(lang, command)}
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

/// Which command is being written stands in the address: it survives the camera, and "back" closes the sheet.
#[derive(Clone, Copy)]
struct CommandAddress {
    id: Memo<Option<HazardId>>,
    command: Memo<Option<PhoneCommand>>,
    /// This screen opened the sheet, hence the page before is the same without it.
    opened: StoredValue<bool>,
    go: Callback<(String, bool)>,
}

impl CommandAddress {
    fn new(id: Memo<Option<HazardId>>) -> Self {
        let query = use_query_map();
        let command = ui::memo(move || query.with(|query| PhoneCommand::parse(&query.get("do")?)));
        let navigate = use_navigate();
        let go = Callback::new(move |(to, replace): (String, bool)| {
            navigate(&to, NavigateOptions { replace, scroll: false, ..Default::default() });
        });
        Self { id, command, opened: StoredValue::new(false), go }
    }

    fn open(self, command: PhoneCommand) {
        if let Some(id) = self.id.get_untracked() {
            self.opened.set_value(true);
            self.go.run((format!("/field/hazards/{id}?do={}", command.word()), false));
        }
    }

    fn close(self) {
        if self.command.get_untracked().is_none() {
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
