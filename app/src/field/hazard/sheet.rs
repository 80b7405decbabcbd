//! The sheet in which a deed is written: photos, words, perhaps a day. What was written stays until it is done.

use super::{
    file::File,
    steps::Way,
    words::{self, Wording},
};
use crate::{
    device::{DeviceError, clock, deed_drafts, deed_drafts::DeedDraft, outbox, photos::Stamp, session},
    field::photo_strip::PhotoStrip,
    i18n::{Lang, hazards as t, office, trade, use_lang},
};
use chrono::{Datelike, Days, NaiveDate};
use domain::{
    hazard::{Deed, Incomplete},
    photo::PhotoHash,
    sync::Reason,
};
use leptos::{html, prelude::*, task::spawn_local};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Open for as long as `way` says what is to be done and the hazard is known.
#[component]
pub fn DeedSheet(
    way: Memo<Option<Way>>,
    file: Signal<Option<Arc<File>>>,
    on_close: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let known = Memo::new(move |_| file.with(Option::is_some));
    let open = Memo::new(move |_| way.get().filter(|_| known.get()));
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match open.get().is_some() {
            // Fails only where it is open already.
            true if !dialog.open() => drop(dialog.show_modal()),
            false if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        if open.get_untracked().is_some() {
            on_close.run(());
        }
    };
    view! {
        <dialog class="sheet" aria-labelledby="deed" node_ref=dialog on:close=closed>
            {move || {
                let way = open.get()?;
                // What was typed stays while the hazard changes behind the sheet.
                let snapshot = file.get_untracked()?;
                Some(view! { <DeedForm way file=snapshot now=file on_close on_done /> })
            }}
        </dialog>
    }
}

/// Which part of the form is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Photos,
    Words,
    Day,
    Whole,
}

type Fault = (Part, String);

/// What is being written.
#[derive(Clone, Copy)]
struct Form {
    lang: Lang,
    way: Way,
    words: RwSignal<String>,
    day: RwSignal<Option<NaiveDate>>,
    photos: RwSignal<Vec<PhotoHash>>,
    fault: RwSignal<Option<Fault>>,
    busy: RwSignal<bool>,
}

impl Form {
    fn new(way: Way, file: &File) -> Self {
        let (hazard, word) = (file.hazard.id, way.word());
        let draft = deed_drafts::load(hazard, word);
        let form = Self {
            lang: use_lang(),
            way,
            words: RwSignal::new(draft.words),
            day: RwSignal::new(draft.day.or_else(|| proposed(way, file))),
            photos: RwSignal::new(draft.photos),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        Effect::new(move |before: Option<()>| {
            let draft = DeedDraft { words: form.words.get(), day: form.day.get(), photos: form.photos.get() };
            // Opening the sheet writes nothing.
            if before.is_some() {
                deed_drafts::save(hazard, word, &draft);
            }
        });
        form
    }

    /// Says what is wrong, or does it.
    fn submit(self, file: &File, on_done: Callback<()>) {
        if self.busy.get_untracked() {
            return;
        }
        let deed = match self.deed(file) {
            Ok(deed) => deed,
            Err(fault) => return self.fault.set(Some(fault)),
        };
        self.fault.set(None);
        self.busy.set(true);
        let (hazard, title) = (file.hazard.id, words::parcel(self.lang, self.way, file));
        spawn_local(async move {
            let done = outbox::act(hazard, deed, title).await;
            self.busy.try_set(false);
            match done {
                Ok(()) => {
                    deed_drafts::forget(hazard, self.way.word());
                    on_done.try_run(());
                }
                Err(error) => {
                    let words = DeviceError::words(&error, self.lang).to_owned();
                    self.fault.try_set(Some((Part::Whole, words)));
                }
            }
        });
    }

    fn deed(self, file: &File) -> Result<Deed, Fault> {
        let (lang, today) = (self.lang, clock::today());
        let day = self.day.get_untracked();
        if self.way.has_day() && day.is_none_or(|day| day < today) {
            let words = if day.is_none() { office::needs_day(lang) } else { office::day_gone(lang) };
            return Err((Part::Day, words.to_owned()));
        }
        let words = self.words.with_untracked(|words| words.trim().to_owned());
        let photos = if self.way.has_photos() { self.photos.get_untracked() } else { vec![] };
        let deed = self.way.deed(words, day.unwrap_or(today), photos);
        deed.check().map_err(|missing| {
            let part = match missing {
                Incomplete::AfterPhoto | Incomplete::TooManyPhotos => Part::Photos,
                Incomplete::Reason | Incomplete::TooLong => Part::Words,
                _ => Part::Whole,
            };
            (part, trade::incomplete(lang, missing).to_owned())
        })?;
        let me = session::current().map(|signed_in| signed_in.actor);
        let Some(me) = me.filter(|me| me.may(deed.action(), &file.hazard.place)) else {
            return Err((Part::Whole, trade::reason(lang, &Reason::NotAllowed)));
        };
        match file.hazard.would_take(me.person, clock::now(), &deed) {
            Err(misfit) => Err((Part::Whole, trade::misfit(lang, &misfit))),
            Ok(()) => Ok(deed),
        }
    }

    fn wrong(self, part: Part) -> Option<String> {
        self.fault.with(|fault| fault.as_ref().filter(|(at, _)| *at == part).map(|(_, words)| words.clone()))
    }
}

/// Three days for what is returned; a week more for an extension.
fn proposed(way: Way, file: &File) -> Option<NaiveDate> {
    let today = clock::today();
    match way {
        Way::Return => today.checked_add_days(Days::new(3)),
        Way::AskExtension => {
            file.hazard.due.map_or(today, |due| due.max(today)).checked_add_days(Days::new(7))
        }
        Way::Rectify | Way::Accept => None,
    }
}

#[component]
fn DeedForm(
    way: Way,
    file: Arc<File>,
    /// The hazard as it stands when it comes to the deed.
    now: Signal<Option<Arc<File>>>,
    on_close: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let form = Form::new(way, &file);
    let Wording { title, words: label, submit } = words::of(lang, way, &file.hazard);
    let stamp = Stamp { place: file.site_name(), subject: file.hazard.title().to_owned() };
    let taken = Callback::new(move |hash| {
        form.photos.update(|photos| photos.push(hash));
        // The photo that was missing is there.
        form.fault.update(|fault| *fault = fault.take().filter(|(part, _)| *part != Part::Photos));
    });
    let removed =
        Callback::new(move |hash: PhotoHash| form.photos.update(|photos| photos.retain(|one| *one != hash)));
    let about = file.hazard.title().to_owned();
    view! {
        <div class="spread">
            <h2 id="deed">{title}</h2>
            <button type="button" class="link" on:click=move |_| on_close.run(())>{t::later(lang)}</button>
        </div>
        <p class="small">{about}</p>
        {move || {
            form.wrong(Part::Whole)
                .map(|words| {
                    view! {
                        <div class="notice refused" role="alert">
                            <p>{words}</p>
                            <p class="small">{t::nothing_lost(lang)}</p>
                        </div>
                    }
                })
        }}
        {way
            .has_photos()
            .then(|| {
                view! {
                    <div class="field">
                        {move || form.wrong(Part::Photos).map(|words| view! { <p class="error" role="alert">{words}</p> })}
                        <PhotoStrip
                            photos=form.photos
                            stamp
                            on_taken=taken
                            on_removed=removed
                            label=words::photos(lang, way)
                        />
                    </div>
                }
            })}
        <WordsField form label />
        {way.has_day().then(|| view! { <DayField form /> })}
        <button
            class="button"
            type="button"
            aria-busy=move || form.busy.get().then_some("true")
            disabled=move || form.busy.get()
            on:click=move |_| form.submit(&now.get_untracked().unwrap_or_else(|| file.clone()), on_done)
        >
            {submit}
        </button>
    }
}

/// Moves to the field when it turns out to be wrong.
fn focus_when_wrong(form: Form, part: Part, id: &'static str) {
    Effect::new(move |_| {
        let wrong = form.wrong(part).is_some();
        if let Some(field) = document().get_element_by_id(id).filter(|_| wrong) {
            // Fails only for what cannot be focused.
            let _ = field.unchecked_into::<HtmlElement>().focus();
        }
    });
}

#[component]
fn WordsField(form: Form, label: &'static str) -> impl IntoView {
    focus_when_wrong(form, Part::Words, "deed-words");
    let wrong = move || form.wrong(Part::Words);
    view! {
        <div class="field">
            <label for="deed-words">{label}</label>
            {move || wrong().map(|words| view! { <p class="error" id="deed-words-e" role="alert">{words}</p> })}
            <textarea
                class="text"
                id="deed-words"
                rows="3"
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || wrong().map(|_| "deed-words-e")
                prop:value=move || form.words.get()
                on:input=move |event| form.words.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

#[component]
fn DayField(form: Form) -> impl IntoView {
    let lang = form.lang;
    let today = clock::today();
    focus_when_wrong(form, Part::Day, "deed-day");
    let wrong = move || form.wrong(Part::Day);
    let label = words::day(lang, form.way);
    let usual = [1, 3, 7, 15].into_iter().filter_map(|days| {
        let day = today.checked_add_days(Days::new(days))?;
        let words = office::in_days(lang, days, office::weekday(lang, day.weekday()));
        Some(view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (form.day.get() == Some(day)).to_string()
                on:click=move |_| form.day.set(Some(day))
            >
                {words}
            </button>
        })
    });
    view! {
        <div class="field">
            <label for="deed-day">{label}</label>
            {move || wrong().map(|words| view! { <p class="error" id="deed-day-e" role="alert">{words}</p> })}
            <div class="scroll">{usual.collect_view()}</div>
            <input
                class="text"
                type="date"
                id="deed-day"
                min=today.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || wrong().map(|_| "deed-day-e")
                prop:value=move || form.day.get().map(|day| day.to_string()).unwrap_or_default()
                on:input=move |event| form.day.set(event_target_value(&event).parse().ok())
            />
        </div>
    }
}
