//! 地图界线: the office's own GeoJSON is sent here, checked first and written where nothing is wrong with it. The form works
//! without the program too.

mod kept;
mod table;

use super::address::MAP;
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::fault::{ErrorLine, PageErrorNotice},
    desk::use_desk,
    error::AppError,
    file_form::{choose_again, file_form},
    head::PageHeader,
    i18n::{Lang, import, map as t, use_lang},
    sending::Sending,
    server_fns::map::{LoadOutlines, RemoveOutline, SendOutlines, send_outlines},
};
use domain::{
    datum::Datum,
    map::{OutlineFile, ReadOutline},
    role::Action,
};
use leptos::{prelude::*, server_fn::ServerFn};
use table::Row;

/// Names that are told of a list; the rest is counted.
const TOLD: usize = 12;

#[component]
pub fn OutlinesPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (answer, pending, submit) = file_form(send_outlines);
    let removes = Sending::to::<RemoveOutline>();
    let asked = Asked::new(move || ask(LoadOutlines {}).in_round(desk.changes.get()));
    // What was written or removed is on the list, or off it.
    Effect::new(move |_| {
        // Both are followed, whichever of them was first.
        let is_written = answer.with(|answer| matches!(answer, Some(Ok(file)) if file.written));
        let removals = removes.tries();
        if is_written || removals > 0 {
            desk.changed();
        }
    });
    let read = move || match answer.get() {
        Some(Ok(file)) => Some(outcome(lang, &file)),
        Some(Err(AppError::Invalid { reason, .. })) => Some(refused(lang, vec![reason])),
        Some(Err(_)) | None => None,
    };
    // Anything else is no matter of the file: it stays chosen while the person does what is asked on a page of its own.
    let fault = Signal::derive(move || {
        answer.get().and_then(Result::err).filter(|fault| !matches!(fault, AppError::Invalid { .. }))
    });
    view! {
        <PageHeader title=t::outlines(lang) />
        <div class="page-body">
            {read}
            <ErrorLine fault />
            <ErrorLine fault=removes.fault() />
            {choose_again::<OutlineFile>()}
            <Suspense>
                {move || Suspend::new(async move {
                    match desk.frame.await {
                        Ok(frame) if frame.me.may_do(Action::ManageSites) => {
                            view! {
                                <form
                                    class="form"
                                    method="post"
                                    enctype="multipart/form-data"
                                    action=SendOutlines::url()
                                    on:submit=submit
                                >
                                    {fields(lang)}
                                    <button
                                        class="button"
                                        aria-busy=move || pending.get().then_some("true")
                                        disabled=move || pending.get()
                                    >
                                        {t::outlines_send(lang)}
                                    </button>
                                    <p class="u-small" role="status">
                                        {move || pending.get().then(|| t::outlines_reading(lang))}
                                    </p>
                                </form>
                                <p>
                                    <a class="link" href=MAP>
                                        {t::map(lang)}
                                    </a>
                                </p>
                                {await_resource(asked, move |_, kept| kept::list(lang, kept, removes))}
                            }
                                .into_any()
                        }
                        Ok(_) => view! { <PageErrorNotice fault=AppError::NotAllowed /> }.into_any(),
                        Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
}

fn fields(lang: Lang) -> AnyView {
    let datums = Datum::ALL.map(|datum| {
        view! { <option value=datum.as_str()>{import::datum_name(lang, datum)}</option> }
    });
    let choice = |value: &'static str, words: &'static str, checked: bool| {
        view! {
            <label class="check">
                <input class="check__input" type="radio" name="does" value=value checked=checked />
                <span class="check__label">{words}</span>
            </label>
        }
    };
    view! {
        <p>{t::lead_outlines(lang)}</p>
        <div class="field">
            <label for="file">{t::outlines_file(lang)}</label>
            <p class="field__hint" id="file-h">
                {t::outlines_file_hint(lang)}
            </p>
            <input
                class="input"
                type="file"
                id="file"
                name="file"
                accept=".geojson,.json"
                required
                aria-describedby="file-h"
            />
        </div>
        <div class="field">
            <label for="datum">{t::outlines_datum(lang)}</label>
            <p class="field__hint" id="datum-h">
                {t::outlines_datum_hint(lang)}
            </p>
            <select class="input input--select" id="datum" name="datum" aria-describedby="datum-h">
                {datums.collect_view()}
            </select>
        </div>
        <fieldset class="field">
            <legend>{t::outlines_do(lang)}</legend>
            <div class="check-list">
                {choice("look", t::outlines_look(lang), true)} {choice("write", t::outlines_write(lang), false)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// What is wrong, each with its place and what to do; nothing was written.
fn refused(lang: Lang, faults: Vec<String>) -> AnyView {
    let faults = faults.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <div class="notice notice--refused" role="alert">
            <p>
                <b>{t::outlines_refused(lang)}</b>
            </p>
            <ul>{faults}</ul>
        </div>
    }
    .into_any()
}

fn outcome(lang: Lang, file: &OutlineFile) -> AnyView {
    let count = file.outlines.len();
    let said = if file.faults.is_empty() {
        let words =
            if file.written { t::outlines_written(lang, count) } else { t::outlines_checked(lang, count) };
        view! {
            <div class="notice" role="status">
                <p>
                    <b>{words}</b>
                </p>
            </div>
        }
        .into_any()
    } else {
        refused(lang, file.faults.clone())
    };
    let without = (!file.without.is_empty())
        .then(|| view! { <p>{t::outlines_without(lang, file.without.len(), told(lang, &file.without))}</p> });
    let table = (count > 0).then(|| table(lang, &file.outlines));
    view! {
        {said}
        {without}
        {table}
    }
    .into_any()
}

/// Some of the names, and how many more there are.
fn told(lang: Lang, names: &[String]) -> String {
    let some = names.iter().take(TOLD).cloned().collect::<Vec<_>>().join(t::between(lang));
    match names.len().saturating_sub(TOLD) {
        0 => some,
        more => format!("{some}{}{}", t::between(lang), t::and_more(lang, more)),
    }
}

fn table(lang: Lang, outlines: &[ReadOutline]) -> AnyView {
    let row = |one: &ReadOutline| {
        let change = if one.replaces { t::outlines_again(lang) } else { t::outlines_new(lang) };
        Row { name: one.name.clone(), points: one.points, last: change.into_any() }
    };
    table::table(lang, t::outlines_change(lang), outlines.iter().map(row))
}
