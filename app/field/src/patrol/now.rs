//! The door at which the person stands: what it is, and what was met with where nothing could be seen.

use super::{known_door::KnownDoor, walk::Walk, ways::door_path};
use crate::{
    components::risk_sign::RiskSign,
    device::use_device,
    i18n::{field as f, patrol as t, use_lang},
    live,
    sites::due_site::first_kind,
};
use client::{changes::Topic, records};
use domain::{
    id::SiteId,
    limits::{TEXT, tidy_text},
    patrol::Rhythm,
    sync::DirectoryHead,
    time::{near_day, office_day},
    visit::VisitOutcome,
};
use leptos::prelude::*;

/// Nothing, where no door is left. What is written for a refusal stays while the street is read anew.
#[component]
pub fn Now(
    walk: Walk,
    current: Memo<Option<KnownDoor>>,
    from: RwSignal<Option<SiteId>>,
    rhythm: Memo<Rhythm>,
) -> impl IntoView {
    let (lang, phone) = (use_lang(), walk.phone);
    let read = live(&[Topic::Records], move || async move { records::directory_head(&phone).await });
    let directory = ui::memo(move || read.get().and_then(Result::ok).flatten());
    // The refusal of which door is being written, and what.
    let refusing = RwSignal::new(None::<SiteId>);
    let words = RwSignal::new(String::new());
    let lacking = RwSignal::new(false);
    let meet = Callback::new(move |outcome: VisitOutcome| {
        let Some(current) = current.get_untracked() else { return };
        let site = current.door.site;
        let written = words.with_untracked(|words| tidy_text(words));
        if outcome.needs_note() && refusing.get_untracked() != Some(site) {
            words.set(String::new());
            lacking.set(false);
            refusing.set(Some(site));
            return;
        }
        if outcome.needs_note() && written.is_empty() {
            lacking.set(true);
            return;
        }
        let note = if outcome.needs_note() { written } else { String::new() };
        // What was written stays until it is kept.
        let done = Callback::new(move |()| {
            refusing.try_set(None);
            from.try_set(Some(site));
        });
        walk.not_done(current.site, outcome, note, done);
    });
    let is_refusing = ui::memo(move || {
        let at = refusing.get();
        at.is_some() && at == current.with(|current| current.as_ref().map(|current| current.door.site))
    });
    move || {
        let current = current.get()?;
        let label = current.words(lang);
        Some(view! {
            <section class="street__now" aria-label=label>
                <Head current directory per=rhythm.get() />
                <Outcomes meet />
                <Show when=move || is_refusing.get()>
                    <Refusal words lacking meet />
                </Show>
            </section>
        })
    }
}

/// A tap on it opens the door with its short list.
#[component]
fn Head(current: KnownDoor, directory: Memo<Option<DirectoryHead>>, per: Rhythm) -> impl IntoView {
    let lang = use_lang();
    let last = match current.site.last_visit {
        Some(at) => t::last(lang, near_day(office_day(at), use_device().clock.today())),
        None => t::first_time(lang).to_owned(),
    };
    let owed = (current.owed > 0).then(|| t::owed(lang, current.owed));
    let (number, metres) = (current.number(), current.metres);
    let site = current.site;
    let (name, risk, href) = (site.name.clone(), site.risk, door_path(site.id, per));
    let kind = move || directory.with(|directory| first_kind(lang, &site, directory.as_ref()));
    view! {
        <a class="street__head" href=href>
            <span class="street__number street__number--now">{number}</span>
            <span class="rows__body">
                <span class="rows__title">{name}</span>
                <span class="rows__meta">
                    <RiskSign level=risk />
                    <span>{kind}</span>
                </span>
                <span class="rows__meta">
                    <span>{last}</span>
                    {owed.map(|words| view! { <b class="street__owed">{words}</b> })}
                </span>
            </span>
            {metres.map(|metres| view! { <span class="u-small">{f::distance(metres)}</span> })}
        </a>
    }
}

#[component]
fn Outcomes(meet: Callback<VisitOutcome>) -> impl IntoView {
    let lang = use_lang();
    let button = |outcome: VisitOutcome| {
        view! {
            <button type="button" class="street__outcome" on:click=move |_| meet.run(outcome)>
                {t::outcome(lang, outcome)}
            </button>
        }
    };
    view! {
        <div class="street__outcomes" role="group" aria-labelledby="street-not-seen">
            <span id="street-not-seen">{t::not_seen(lang)}</span>
            {VisitOutcome::NOT_DONE.map(button).collect_view()}
        </div>
    }
}

/// A refusal has consequences: what was said is written down.
#[component]
fn Refusal(words: RwSignal<String>, lacking: RwSignal<bool>, meet: Callback<VisitOutcome>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="field">
            <label for="street-refused">{t::refused_words(lang)}</label>
            <Show when=move || lacking.get()>
                <p class="error-line" id="street-refused-e" role="alert">{t::refused_needs_words(lang)}</p>
            </Show>
            <textarea
                class="input input--area"
                id="street-refused"
                autocomplete="off"
                rows="2"
                maxlength=TEXT.to_string()
                aria-invalid=move || lacking.get().then_some("true")
                aria-describedby=move || lacking.get().then_some("street-refused-e")
                prop:value=move || words.get()
                on:input=move |event| {
                    words.set(event_target_value(&event));
                    lacking.set(false);
                }
            ></textarea>
        </div>
        <button type="button" class="button button--small" on:click=move |_| meet.run(VisitOutcome::Refused)>
            {t::write_down(lang)}
        </button>
    }
}
