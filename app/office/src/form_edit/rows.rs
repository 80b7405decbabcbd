//! The rows of a draft as a table: each opens its fields; with the program a row can be dragged to another place.

use super::{
    Doing,
    address::{Chosen, EditorView, editor_address, number},
    faults::FaultPlaces,
    hidden,
    panel::adding,
};
use crate::{
    components::icon::{Icon, Sign},
    i18n::form_editing as t,
    sending::SentForm,
    server_fns::form_editing::draft::{DraftPage, RowWords},
};
use domain::{form::editing::SheetFault, text::Lang};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlFormElement, HtmlInputElement},
};
use std::{collections::BTreeSet, sync::Arc};

/// The form that a drop fills in and sends.
const DROP: &str = "dropped";

pub fn rows(doing: &Doing, draft: &Arc<DraftPage>) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let dragged = RwSignal::new(None::<usize>);
    let sheets = &draft.sheets;
    let depths = sheets.depths();
    let places = FaultPlaces::of(&draft.faults, sheets);
    let seen = (0..sheets.survey.rows.len()).filter(|row| !sheets.is_end(*row));
    let ended: BTreeSet<_> = draft.ended.iter().filter_map(|basis| basis.row).collect();
    let rows = seen.map(|row| {
        let told = Told { faults: places.count(row), ended: ended.contains(&row) };
        let depth = depths.get(row).copied().unwrap_or_default();
        let words = draft.rows.get(row).cloned().unwrap_or_default();
        let place = Place {
            row,
            depth,
            is_group: sheets.survey.get(row, "type").to_lowercase().starts_with("begin"),
        };
        line(&doing, draft, place, words, told, dragged)
    });
    let rows: Vec<_> = rows.collect();
    let end = sheets.survey.rows.len();
    let empty = rows.is_empty().then(|| view! { <p class="page-body u-small">{t::no_rows(lang)}</p> });
    let (said, dropped_on) = (hidden(&doing, draft, ""), Arc::clone(draft));
    view! {
        <div class="form-edit__rows">
            {whole_line(&doing, draft, &places.of_whole)}
            <table class="data-table data-table--stacked" aria-label=t::rows(lang)>
                <thead>
                    <tr>
                        <th scope="col">{t::row_number(lang)}</th>
                        <th scope="col">{t::text(lang)}</th>
                        <th scope="col">{t::kind(lang)}</th>
                        <th scope="col">{t::when(lang)}</th>
                        <th scope="col">{t::fails(lang)}</th>
                        <th scope="col">{t::basis(lang)}</th>
                        <th scope="col">{t::wrong(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {empty}
            <div
                class="form-edit__end"
                on:dragover=move |event| over(&event, dragged)
                on:drop=move |event| dropped(&event, dragged, end, &dropped_on)
            >
                {adding(&doing, draft, None)}
            </div>
            {remarks(lang, &draft.remarks)}
            <SentForm to=doing.edit attr:id=DROP attr:hidden="">
                {said}
                <input type="hidden" name="edit[before]" value="" />
                <input type="hidden" name="edit[does]" value="move" />
            </SentForm>
        </div>
    }
    .into_any()
}

/// What the form says of itself, and what is wrong with no row.
fn whole_line(doing: &Doing, draft: &DraftPage, faults: &[&SheetFault]) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let view = EditorView { chosen: Some(Chosen::Whole), kind: draft.kind.clone() };
    let faults = faults.iter().map(|fault| view! { <li>{fault.words.clone()}</li> }).collect_view();
    let current = move || doing.view.with(|view| view.chosen == Some(Chosen::Whole)).then_some("true");
    view! {
        <p>
            <a class="link" href=editor_address(&draft.id, &view) data-noscroll="true" aria-current=current>
                {t::whole_form(lang)}
            </a>
        </p>
        <ul class="form-edit__faults">{faults}</ul>
    }
    .into_any()
}

/// Where a row stands.
#[derive(Clone, Copy)]
struct Place {
    row: usize,
    depth: usize,
    is_group: bool,
}

/// What is told at a row.
#[derive(Clone, Copy)]
struct Told {
    faults: usize,
    /// It rests on something that is not in force.
    ended: bool,
}

fn line(
    doing: &Doing,
    draft: &Arc<DraftPage>,
    place: Place,
    words: RowWords,
    told: Told,
    dragged: RwSignal<Option<usize>>,
) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let Place { row, depth, is_group } = place;
    let Told { faults, ended } = told;
    let (form, draft) = (draft.id.clone(), Arc::clone(draft));
    let href = move || {
        let kind = doing.view.with(|view| view.kind.clone());
        editor_address(&form, &EditorView { chosen: Some(Chosen::Row(row)), kind })
    };
    let on = move || doing.view.with(|view| view.chosen == Some(Chosen::Row(row)));
    let text = if words.text.is_empty() { t::no_text(lang).to_owned() } else { words.text };
    let when = if words.when.is_empty() { t::always(lang).to_owned() } else { words.when };
    let fails = match (words.fails.is_empty(), is_group) {
        (true, false) => t::fails_never(lang).to_owned(),
        (true, true) | (false, _) => words.fails,
    };
    // Empty cells are left out where a row stands by itself; a text without letters would still be one.
    let said = |words: String| (!words.is_empty()).then_some(words);
    let wrong = (faults > 0).then(|| {
        view! { <span class="badge badge--act">{t::faults(lang, faults)}</span> }
    });
    let ended = ended.then(|| view! { " " <span class="badge">{t::basis_ended(lang)}</span> });
    // As deep as people look; the rest is told by the groups above it.
    let inside = format!("form-edit__text--{}", depth.min(4));
    view! {
        <tr
            class:data-table__row--on=on
            aria-current=move || on().then_some("true")
            class:form-edit__group=is_group
            on:dragover=move |event| over(&event, dragged)
            on:drop=move |event| dropped(&event, dragged, row, &draft)
        >
            <td data-label=t::row_number(lang)>
                <span
                    class="form-edit__grip"
                    draggable="true"
                    title=t::drag(lang)
                    aria-hidden="true"
                    on:dragstart=move |event| begin(&event, dragged, row)
                    on:dragend=move |_| dragged.set(None)
                >
                    <Sign icon=Icon::Drag />
                </span>
                {number(row)}
            </td>
            <td class="cell--wrap" data-label=t::text(lang)>
                <a class="cell__link" href=href data-noscroll="true" aria-current=move || on().then_some("true")>
                    <span class=inside>{text}</span>
                </a>
            </td>
            <td data-label=t::kind(lang)>{words.kind}</td>
            <td class="cell--wrap u-soft" data-label=t::when(lang)>
                {when}
            </td>
            <td class="cell--wrap" data-label=t::fails(lang)>
                {said(fails)}
            </td>
            <td class="cell--wrap u-soft" data-label=t::basis(lang)>
                {said(words.basis)} {ended}
            </td>
            <td data-label=t::wrong(lang)>{wrong}</td>
        </tr>
    }
    .into_any()
}

fn remarks(lang: Lang, remarks: &[SheetFault]) -> AnyView {
    if remarks.is_empty() {
        return ().into_any();
    }
    let lines = remarks.iter().map(|remark| view! { <li>{remark.words.clone()}</li> }).collect_view();
    view! {
        <details>
            <summary class="link">{t::remarks(lang)}</summary>
            <ul class="u-small">{lines}</ul>
        </details>
    }
    .into_any()
}

fn begin(event: &ev::DragEvent, dragged: RwSignal<Option<usize>>, row: usize) {
    // Some browsers drag only what carries something.
    if let Some(carried) = event.data_transfer() {
        let _: Result<(), _> = carried.set_data("text/plain", &number(row).to_string());
    }
    dragged.set(Some(row));
}

fn over(event: &ev::DragEvent, dragged: RwSignal<Option<usize>>) {
    if dragged.with_untracked(Option::is_some) {
        event.prevent_default();
    }
}

/// Before the row at which it was let go; a group goes nowhere into itself.
fn dropped(event: &ev::DragEvent, dragged: RwSignal<Option<usize>>, before: usize, draft: &DraftPage) {
    let Some(row) = dragged.get_untracked() else { return };
    event.prevent_default();
    dragged.set(None);
    if draft.sheets.lands(row, before).is_none_or(|lands| lands == row) {
        return;
    }
    let form = document().get_element_by_id(DROP).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else { return };
    let fill = |name: &str, value: usize| {
        let field = form.query_selector(&format!("[name='edit[{name}]']")).ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value(&value.to_string());
        }
    };
    fill("row", number(row));
    fill("before", number(before));
    // A browser that cannot leaves the rows as they are.
    let _ = form.request_submit();
}
