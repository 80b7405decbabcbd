//! Laws, criteria, kinds of site and clauses, found by their words and chosen from a list: an editable combobox with a list, as
//! WAI-ARIA's practices have it. Beside it stands the cell itself, in which ids can be typed; all else follows from what is in
//! it. Without the program there is the cell, and what is chosen in it.

mod combobox;
mod search;

use super::field::{Shown, id, name};
use crate::i18n::form_editing as t;
use domain::{
    form::reference::{Reference, ReferenceKind, ids, without},
    law::LawStatus,
    text::Lang,
};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Event, EventInit, HtmlElement, HtmlTextAreaElement},
};
use search::Search;
use std::collections::BTreeMap;

/// What is known of ids, by them.
pub type Known = RwSignal<BTreeMap<String, Reference>>;

/// One picker of the open row.
#[derive(Clone, Copy)]
struct Picker {
    lang: Lang,
    /// The field's name.
    field: &'static str,
    /// What stands in the cell.
    text: RwSignal<String>,
    known: Known,
    search: Search,
    /// Whether the program runs.
    alive: RwSignal<bool>,
}

/// `value`: what stands in the cell.
pub fn picker(
    shown: &Shown,
    kind: ReferenceKind,
    field: &'static str,
    value: &str,
    invalid: impl Fn() -> Option<&'static str> + Send + 'static,
    described: String,
) -> AnyView {
    let (text, alive) = (RwSignal::new(value.to_owned()), RwSignal::new(false));
    let picker =
        Picker { lang: shown.lang, field, text, known: shown.known, search: Search::new(kind), alive };
    Effect::new(move |_| alive.set(true));
    // As a child it would be hydrated, and hydration fills empty texts with a space.
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        {move || picker.chosen()}
        <div class="form-picker" hidden=move || !alive.get()>
            {picker.combobox()}
        </div>
        <textarea
            class="input input--area u-code"
            rows="1"
            id=id(field)
            name=name(field)
            autocomplete="off"
            spellcheck="false"
            aria-invalid=invalid
            aria-describedby=described
            on:input=move |event| text.set(event_target_value(&event))
            inner_html=escaped
        ></textarea>
    }
    .into_any()
}

impl Picker {
    fn part(self, part: &str) -> String {
        format!("{}-{part}", id(self.field))
    }

    /// What stands in the cell, each with its sentence and the way out.
    fn chosen(self) -> Option<AnyView> {
        let lang = self.lang;
        // What is known grows when the draft is loaded anew, just before this row is drawn anew.
        let chosen: Vec<String> = self.text.try_with(|text| ids(text).map(str::to_owned).collect())?;
        let rows = chosen.iter().map(|one| {
            let known = self.known.with(|known| known.get(one).cloned());
            let named = known.as_ref().map_or_else(|| one.clone(), |known| known.name.clone());
            let words = known.map_or_else(
                || view! { <span class="u-small">{t::not_in_library(lang)}</span> }.into_any(),
                |known| words(lang, &known),
            );
            let taken = one.clone();
            let take_out = move |_| {
                self.write(&self.text.with_untracked(|text| without(text, &taken)));
                focus(&self.part("find"));
            };
            view! {
                <li>
                    <div class="form-picker__words">
                        <span class="u-code">{one.clone()}</span>
                        {words}
                    </div>
                    <button
                        type="button"
                        class="chip"
                        hidden=move || !self.alive.get()
                        aria-label=t::take_out(lang, &named)
                        on:click=take_out
                    >
                        "×"
                    </button>
                </li>
            }
        });
        let rows = rows.collect_view();
        (!chosen.is_empty()).then(|| {
            view! {
                <ul class="form-picker__chosen" aria-label=t::chosen(lang)>
                    {rows}
                </ul>
            }
            .into_any()
        })
    }

    /// Into the cell, as if it had been typed: whoever hears of that hears of this.
    fn write(self, text: &str) {
        let cell = document().get_element_by_id(&id(self.field));
        let Some(cell) = cell.and_then(|cell| cell.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
        cell.set_value(text);
        let heard = EventInit::new();
        heard.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &heard) {
            // Nobody refuses it.
            let _ = cell.dispatch_event(&event);
        }
    }
}

/// What it is called, whether it holds, and what it says.
fn words(lang: Lang, one: &Reference) -> AnyView {
    let status = match one.status {
        LawStatus::InForce => None,
        LawStatus::NotYet => Some(t::law_not_yet(lang)),
        LawStatus::Ended => Some(t::law_ended(lang)),
    };
    let status = status.map(|words| view! { <span class="badge badge--act">{words}</span> });
    let said =
        |text: &str| (!text.is_empty()).then(|| view! { <span class="u-small">{text.to_owned()}</span> });
    view! {
        <b>{one.name.clone()}</b>
        {status}
        {said(&one.text)}
        {said(&one.about)}
    }
    .into_any()
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // An element that cannot be focused leaves the focus where it was.
        let _ = element.focus();
    }
}
