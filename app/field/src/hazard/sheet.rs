//! The sheet in which a command is written: photos, words, perhaps a day. What was written stays until it is done.

use super::{
    commands::PhoneCommand,
    file::File,
    form::{Form, Part},
    words::{self, Wording},
};
use crate::{
    components::dialog::open_while,
    device::use_device,
    i18n::{hazards as t, office, use_lang},
    live,
    photo_strip::PhotoStrip,
    throw_away::ThrowAway,
};
use chrono::{Datelike, Days};
use client::{action_drafts, photos::Stamp, records};
use domain::{
    fen::Fen,
    hazard::{CommandField, Control},
    limits::{TEXT, records::longest_line},
    photo::PhotoHash,
    place::Department,
};
use leptos::{html, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Open for as long as `command` says what is to be done and the hazard is known.
#[component]
pub fn CommandSheet(
    command: Memo<Option<PhoneCommand>>,
    file: Signal<Option<Arc<File>>>,
    on_close: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let known = ui::memo(move || file.with(Option::is_some));
    let open = ui::memo(move || command.get().filter(|_| known.get()));
    open_while(dialog, move || open.get().is_some());
    let closed = move |_| {
        if open.get_untracked().is_some() {
            on_close.run(());
        }
    };
    view! {
        <dialog class="sheet" aria-labelledby="command" node_ref=dialog on:close=closed>
            {move || {
                let command = open.get()?;
                // What was typed stays while the hazard changes behind the sheet.
                let snapshot = file.get_untracked()?;
                Some(view! { <CommandForm command file=snapshot now=file on_close on_done /> })
            }}
        </dialog>
    }
}

#[component]
fn CommandForm(
    command: PhoneCommand,
    file: Arc<File>,
    /// The hazard as it stands when the command is given.
    now: Signal<Option<Arc<File>>>,
    on_close: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let form = Form::new(command, &file);
    let Wording { title, words: label, submit } = words::of(lang, command, &file.hazard);
    let stamp = Stamp {
        place: file.site_name(),
        subject: file.hazard.title().to_owned(),
        number: file.hazard.number.clone().unwrap_or_default(),
    };
    let found = file.hazard.found.clone();
    let phone = use_device();
    let allowed = live(&[], move || {
        let found = found.clone();
        async move {
            let Some(id) = &found.form else { return false };
            let form = records::form_in_use(&phone, id).await;
            form.is_ok_and(|form| found.existing_photo_allowed(form.as_slice()))
        }
    });
    let gallery = Signal::derive(move || allowed.get() == Some(true));
    let taken = Callback::new(move |hash| {
        form.photos.update(|photos| photos.push(hash));
        // The photo that was missing is there.
        form.fault.update(|fault| *fault = fault.take().filter(|(part, _)| *part != Part::Photos));
    });
    let removed =
        Callback::new(move |hash: PhotoHash| form.photos.update(|photos| photos.retain(|one| *one != hash)));
    // Whoever puts it right stands where whoever found it stood.
    let over = file.hazard.found.photos.first().cloned();
    let about = file.hazard.title().to_owned();
    let (hazard, away) = (file.hazard.id, file.away);
    let holds = ui::memo(move || {
        form.words.with(|words| !words.trim().is_empty())
            || form.photos.with(|photos| !photos.is_empty())
            || !form.written().is_empty()
    });
    let departments = file.departments.clone();
    let others = command
        .others()
        .map(|asks| view! { <OtherField form field=asks.field departments=departments.clone() /> });
    let others = others.collect_view();
    let throw_away = Callback::new(move |()| {
        form.empty();
        action_drafts::forget(&form.phone, hazard, command.word());
        on_close.run(());
    });
    view! {
        <div class="u-spread">
            <h2 id="command">{title}</h2>
            <button type="button" class="link" on:click=move |_| on_close.run(())>{t::later(lang)}</button>
        </div>
        <p class="u-small">{about}</p>
        {away.then(|| view! { <div class="notice" role="status"><p>{t::away(lang)}</p></div> })}
        {move || {
            form.wrong(Part::Whole)
                .map(|words| {
                    view! {
                        <div class="notice notice--refused" role="alert">
                            <p>{words}</p>
                            <p class="u-small">{t::nothing_lost(lang)}</p>
                        </div>
                    }
                })
        }}
        {command
            .has_photos()
            .then(|| {
                view! {
                    <div class="field">
                        {move || form.wrong(Part::Photos).map(|words| view! { <p class="error-line" role="alert">{words}</p> })}
                        <PhotoStrip
                            photos=form.photos
                            stamp
                            on_taken=taken
                            on_removed=removed
                            label=words::photos(lang, command)
                            gallery
                            over
                        />
                    </div>
                }
            })}
        {others}
        {command.words().map(|_| view! { <WordsField form label /> })}
        {command.day().map(|_| view! { <DayField form /> })}
        <ThrowAway holds throw_away />
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
fn focus_when_wrong(form: Form, part: Part, id: String) {
    ui::effect(move || {
        let wrong = form.wrong(part).is_some();
        if let Some(field) = document().get_element_by_id(&id).filter(|_| wrong) {
            // Fails only for what cannot be focused.
            let _ = field.unchecked_into::<HtmlElement>().focus();
        }
    });
}

#[component]
fn WordsField(form: Form, label: &'static str) -> impl IntoView {
    focus_when_wrong(form, Part::Words, "command-words".to_owned());
    let wrong = move || form.wrong(Part::Words);
    view! {
        <div class="field">
            <label for="command-words">{label}</label>
            {move || wrong().map(|words| view! { <p class="error-line" id="command-words-e" role="alert">{words}</p> })}
            <textarea
                class="input input--area"
                id="command-words"
                autocomplete="off"
                rows="3"
                maxlength=TEXT.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || wrong().map(|_| "command-words-e")
                prop:value=move || form.words.get()
                on:input=move |event| form.words.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

/// A line, several, a sum, or a department.
#[component]
fn OtherField(form: Form, field: CommandField, departments: Vec<Department>) -> impl IntoView {
    let (lang, id) = (form.lang, format!("command-{}", field.as_str()));
    focus_when_wrong(form, Part::Field(field), id.clone());
    let wrong = move || form.wrong(Part::Field(field));
    let error_id = format!("{id}-e");
    let text = move || form.given.with(|given| given.get(&field).cloned().unwrap_or_default());
    let write = move |words: String| form.given.update(|given| drop(given.insert(field, words)));
    let described = {
        let error_id = error_id.clone();
        move || wrong().map(|_| error_id.clone())
    };
    let line = |keyboard: &'static str, longest: usize| {
        view! {
            <input
                class="input"
                id=id.clone()
                inputmode=keyboard
                autocomplete="off"
                maxlength=longest.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=described.clone()
                prop:value=text
                on:input=move |event| write(event_target_value(&event))
            />
        }
        .into_any()
    };
    let control = match field.control() {
        Control::Line => line("text", longest_line(field.as_str()).unwrap_or(TEXT)),
        Control::Money => line("decimal", Fen::LONGEST),
        Control::Lines => view! {
            <textarea
                class="input input--area"
                id=id.clone()
                autocomplete="off"
                rows="3"
                maxlength=TEXT.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=described.clone()
                prop:value=text
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
        }
        .into_any(),
        Control::Department => {
            let option = |one: Department| {
                let value = one.id.to_string();
                let chosen = value.clone();
                view! {
                    <option value=value prop:selected=move || text() == chosen>
                        {one.name}
                    </option>
                }
            };
            view! {
                <select
                    class="input input--select"
                    id=id.clone()
                    on:change=move |event| write(event_target_value(&event))
                >
                    <option value="">{office::no_department(lang)}</option>
                    {departments.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        // They stand in the sheet by themselves, or no sheet of the phone has them.
        Control::Day | Control::Photos | Control::Hazard => ().into_any(),
    };
    view! {
        <div class="field">
            <label for=id.clone()>{office::field_label(lang, form.command.kind(), field)}</label>
            {move || {
                let error_id = error_id.clone();
                wrong().map(|words| view! { <p class="error-line" id=error_id role="alert">{words}</p> })
            }}
            {control}
        </div>
    }
}

#[component]
fn DayField(form: Form) -> impl IntoView {
    let lang = form.lang;
    let today = form.phone.clock.today();
    focus_when_wrong(form, Part::Day, "command-day".to_owned());
    let wrong = move || form.wrong(Part::Day);
    let label = words::day(lang, form.command);
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
            <label for="command-day">{label}</label>
            {move || wrong().map(|words| view! { <p class="error-line" id="command-day-e" role="alert">{words}</p> })}
            <div class="chip-strip">{usual.collect_view()}</div>
            <input
                class="input"
                type="date"
                id="command-day"
                min=today.to_string()
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=move || wrong().map(|_| "command-day-e")
                prop:value=move || form.day.get().map(|day| day.to_string()).unwrap_or_default()
                on:input=move |event| form.day.set(event_target_value(&event).parse().ok())
            />
        </div>
    }
}
