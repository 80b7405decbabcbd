//! 随手报: a hazard reported on the spot, without a visit. The camera first, then a sentence, the site at hand, how grave it
//! is and whose. What is open here already has to be looked at before another one is reported.

mod known;
mod site;
mod words;
mod writing;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    finding::{AuthorityField, LevelChoice, ResponsibleChoice},
    frame::{BackScreen, Empty, ErrorNotice, LineState},
    hazards::row::Row,
    i18n::{Lang, quick_report as t, use_lang, visit as v},
    live,
    photo_strip::PhotoStrip,
    sites::near::Near,
    throw_away::ThrowAway,
};
use client::{
    changes::Topic,
    photos::Stamp,
    quick_reports::{self, Surroundings},
    session,
};
use domain::{
    device::action_draft::BegunAction,
    form::ResponsibleKind,
    id::{HazardId, SiteId},
    limits::tidy_line,
    photo::PhotoHash,
    quick_report::nearest,
};
use known::{Known, known_here};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};
use site::SiteChoice;
use std::{str::FromStr, sync::Arc};
use words::Words;
use writing::{Part, Writing};

/// None until it has been read.
type Around = Option<Arc<Surroundings>>;

const TODAY: &str = "/field/";
const OUTBOX: &str = "/field/outbox";

#[component]
pub fn QuickReportScreen() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let reports = session::current(&phone).is_some_and(|me| me.actor.reports_in_passing());
    if reports {
        return view! { <Reporting /> }.into_any();
    }
    view! {
        <BackScreen title=t::title(lang).to_owned() back=TODAY.to_owned()>
            <Empty
                icon=Icon::Flag
                title=t::not_yours(lang)
                words=t::not_yours_hint(lang)
                way=("/field/hazards".to_owned(), v::to_hazards(lang))
            />
        </BackScreen>
    }
    .into_any()
}

#[component]
fn Reporting() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let query = use_query_map();
    let (named, at) = query.with_untracked(|query| (part::<HazardId>(query, "draft"), part(query, "site")));
    let begun = named.or_else(|| quick_reports::begun(&phone, at));
    let writing = Writing::begin(begun.unwrap_or_else(|| phone.clock.new_id()));
    stands_in_address(writing.id);

    let read = live(&[Topic::Records, Topic::Outbox], move || async move {
        quick_reports::surroundings(&phone).await.map(Arc::new)
    });
    let around: Memo<Around> = ui::memo(move || read.get().and_then(Result::ok));
    let failure = move || read.get().and_then(Result::err).map(|error| view! { <ErrorNotice error /> });

    let near = Near::of(phone);
    // Read when it is begun and at no other time: what is gone on with at home lies where it lay.
    if untrack(|| writing.place()).is_none() {
        near.find();
        ui::effect(move || {
            if let Some(place) = near.fix() {
                writing.stands_at(place);
            }
        });
    }
    // The site whose screen led here, else the one at hand; what was chosen stays.
    ui::effect(move || {
        let Some(around) = around.get() else { return };
        if writing.site().is_some() {
            return;
        }
        let meant = match at {
            Some(id) => around.sites.iter().find(|site| site.id == id),
            None => writing.place().and_then(|place| nearest(&around.sites, &place)),
        };
        if let Some(site) = meant {
            writing.choose_site(site.clone());
        }
    });

    let known = known_here(writing, around);
    let navigate = use_navigate();
    let leave = Callback::new(move |to: &'static str| {
        navigate(to, NavigateOptions { replace: true, ..Default::default() });
    });
    let throw_away = Callback::new(move |()| {
        writing.throw_away();
        leave.run(TODAY);
    });
    let stamp = Signal::derive(move || Stamp {
        place: writing
            .chosen
            .with(|chosen| chosen.site.as_ref().map(|site| site.name.clone()))
            .unwrap_or_default(),
        subject: t::title(lang).to_owned(),
        number: String::new(),
    });
    let under =
        Signal::derive(move || if writing.holds() { t::not_sent(lang).to_owned() } else { String::new() });
    let back = at.map_or_else(|| TODAY.to_owned(), |id| format!("/field/sites/{id}"));
    let aside = || view! { <LineState /> };
    let foot = move || view! { <Foot writing known on_done=Callback::new(move |()| leave.run(OUTBOX)) /> };
    view! {
        <BackScreen title=t::title(lang).to_owned() under back aside foot>
            {failure}
            <PhotoStrip
                photos=writing.photos
                stamp
                on_taken=Callback::new(move |hash| writing.photos.update(|photos| photos.push(hash)))
                on_removed=Callback::new(move |hash: PhotoHash| {
                    writing.photos.update(|photos| photos.retain(|one| *one != hash));
                })
                gallery=false
            />
            <Words writing around />
            <SiteChoice writing around near />
            <Known known />
            <Gravity writing />
            {move || writing.wrong(Part::Whole).map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
            <ThrowAway holds=Signal::derive(move || writing.holds()) throw_away />
        </BackScreen>
    }
}

fn part<T: FromStr>(query: &ParamsMap, name: &str) -> Option<T> {
    query.get(name)?.parse().ok()
}

/// Which one is being written survives the camera, that makes a small phone throw the page away.
fn stands_in_address(id: HazardId) {
    let navigate = use_navigate();
    ui::effect(move || {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("/field/report?draft={id}"), options);
    });
}

/// How grave it is, and whose.
#[component]
fn Gravity(writing: Writing) -> impl IntoView {
    let chosen = writing.chosen;
    let kind = ui::memo(move || chosen.with(|chosen| chosen.responsible_kind));
    let before = move || chosen.with_untracked(|chosen| chosen.authority.clone());
    view! {
        <LevelChoice
            level=ui::memo(move || chosen.with(|chosen| chosen.level))
            choose=Callback::new(move |one| chosen.update(|chosen| chosen.level = one))
        />
        <ResponsibleChoice
            kind
            referred=Signal::derive(move || !kind.get().is_site())
            choose=Callback::new(move |one| {
                chosen.update(|chosen| chosen.responsible_kind = one);
                writing.mend(Part::Authority);
            })
        />
        <Show when=move || kind.get() == ResponsibleKind::Authority>
            <AuthorityField
                before=before()
                lacking=ui::memo(move || chosen.with(|chosen| tidy_line(&chosen.authority).is_empty()))
                write=Callback::new(move |words: String| chosen.update(|chosen| chosen.authority = words))
            />
        </Show>
    }
}

/// The one thing to do: to make it, once what is known here is none of it.
#[component]
fn Foot(writing: Writing, known: Memo<Vec<Row>>, on_done: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let another = move |_| writing.chosen.update(|chosen| chosen.is_another = true);
    move || {
        let known = known.get();
        if known.is_empty() {
            return view! {
                <button
                    class="button"
                    type="button"
                    aria-busy=move || writing.busy.get().then_some("true")
                    disabled=move || writing.busy.get()
                    on:click=move |_| writing.submit(on_done)
                >
                    <Sign icon=Icon::Send />
                    {t::submit(lang)}
                </button>
            }
            .into_any();
        }
        // Of several the rows above lead to the one that is meant.
        let only = known.first().filter(|_| known.len() == 1).map(|row| format!("/field/hazards/{}", row.id));
        view! {
            <button class="button button--quiet" type="button" on:click=another>
                {t::another(lang)}
            </button>
            {only.map(|href| view! { <a class="button" href=href>{t::see_known(lang)}</a> })}
        }
        .into_any()
    }
}

/// What a person began to report, as a list of unfinished things says it, and where it goes on; none where it is no report.
pub fn begun_words(lang: Lang, begun: &BegunAction) -> Option<(String, String)> {
    begun.draft.report.as_ref()?;
    let words = tidy_line(&begun.draft.words);
    let what = if words.is_empty() { t::without_words(lang).to_owned() } else { words };
    Some((t::go_on(lang, what), format!("/field/report?draft={}", begun.hazard)))
}

/// The small way here from a screen that has something else to do, left of it.
#[component]
pub fn QuickReportLink(
    /// What is reported is reported of this site.
    #[prop(optional)]
    site: Option<SiteId>,
) -> impl IntoView {
    let lang = use_lang();
    let href = site.map_or_else(|| "/field/report".to_owned(), |id| format!("/field/report?site={id}"));
    let reports = session::current(&use_device()).is_some_and(|me| me.actor.reports_in_passing());
    reports.then(|| {
        view! {
            <a class="button button--quiet button--snap" href=href>
                <Sign icon=Icon::Camera />
                {t::title(lang)}
            </a>
        }
    })
}
