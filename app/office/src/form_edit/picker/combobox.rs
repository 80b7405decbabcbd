//! The field in which one types what is looked for, and the list of what was found. The keys stay in the field: the arrows go
//! through the list, Enter chooses and takes out again, Escape closes.

use super::{Picker, words};
use crate::i18n::form_editing as t;
use domain::{
    form::reference::{Reference, ReferenceKind, ids, with_switched},
    limits::QUERY,
    text::Lang,
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// What stands for a key that an input method took, where the browser says that it has ended already.
const OF_AN_INPUT_METHOD: u32 = 229;

impl Picker {
    pub fn combobox(self) -> AnyView {
        let (lang, search) = (self.lang, self.search);
        let (list, is_shown) = (self.part("list"), move || search.open.get() && self.count() > 0);
        let active = move || search.active.get().filter(|_| is_shown()).map(|at| self.part(&at.to_string()));
        Effect::new(move |_| {
            if let Some(at) = search.active.get() {
                self.show(at);
            }
        });
        let options = move || {
            let found = search.found.with(|found| found.found.clone());
            found.into_iter().enumerate().map(|(at, one)| self.option(at, one)).collect_view()
        };
        view! {
            <input
                class="input"
                id=self.part("find")
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                maxlength=QUERY.to_string()
                aria-label=find_words(lang, search.kind)
                placeholder=t::find_by(lang)
                aria-autocomplete="list"
                aria-expanded=move || is_shown().to_string()
                aria-controls=list.clone()
                aria-activedescendant=active
                prop:value=move || search.typed.get()
                on:input=move |event| search.later(event_target_value(&event))
                on:keydown=move |event| self.pressed(&event)
                on:blur=move |_| search.close()
            />
            <ul
                class="form-picker__list"
                id=list
                role="listbox"
                aria-label=find_words(lang, search.kind)
                aria-multiselectable=search.kind.several().then_some("true")
                hidden=move || !is_shown()
                // The keys stay in the field, wherever in the list it is pressed: also where it is scrolled.
                on:mousedown=move |event| event.prevent_default()
            >
                {options}
            </ul>
            <p class="u-small" role="status">
                {move || self.said()}
            </p>
        }
        .into_any()
    }

    fn option(self, at: usize, one: Reference) -> AnyView {
        let (search, of) = (self.search, one.id.clone());
        let is_chosen = move || self.text.with(|text| ids(text).any(|id| id == of));
        let words = words(self.lang, &one);
        let (shown, picked) = (one.id.clone(), one);
        view! {
            <li
                class="form-picker__option"
                class:form-picker__option--on=move || search.active.get() == Some(at)
                id=self.part(&at.to_string())
                role="option"
                aria-selected=move || is_chosen().to_string()
                on:click=move |_| self.pick(&picked)
            >
                <span class="u-code">{shown}</span>
                {words}
            </li>
        }
        .into_any()
    }

    fn pressed(self, event: &ev::KeyboardEvent) {
        // An input method's own keys: what is spelled is chosen by arrows and Enter, too.
        if event.is_composing() || event.key_code() == OF_AN_INPUT_METHOD {
            return;
        }
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                event.prevent_default();
                self.search.step(key == "ArrowDown");
            }
            "Enter" => {
                // It saves nothing by mistake.
                event.prevent_default();
                if let Some(one) = self.search.active() {
                    self.pick(&one);
                }
            }
            "Escape" if self.search.open.get_untracked() => self.search.close(),
            "Escape" => self.search.typed.set(String::new()),
            _ => {}
        }
    }

    /// Chooses it; what is chosen already is taken out.
    fn pick(self, one: &Reference) {
        self.known.update(|known| {
            known.insert(one.id.clone(), one.clone());
        });
        self.write(&self.text.with_untracked(|text| with_switched(self.search.kind, text, &one.id)));
        if !self.search.kind.several() {
            self.search.close();
        }
    }

    fn count(self) -> usize {
        self.search.found.with(|found| found.found.len())
    }

    fn said(self) -> String {
        let (lang, search) = (self.lang, self.search);
        let more = search.found.with(|found| found.more);
        match (search.open.get(), search.failed.get(), self.count()) {
            (false, ..) => String::new(),
            (true, true, _) => t::find_failed(lang).to_owned(),
            (true, false, 0) => t::found_none(lang).to_owned(),
            (true, false, count) if more > 0 => t::found_more(lang, count, more),
            (true, false, count) => t::found(lang, count),
        }
    }

    /// Scrolls the list to this option.
    fn show(self, at: usize) {
        let element =
            |part: &str| document().get_element_by_id(&self.part(part))?.dyn_into::<HtmlElement>().ok();
        if let (Some(list), Some(option)) = (element("list"), element(&at.to_string())) {
            list.set_scroll_top(option.offset_top() - list.client_height() / 2);
        }
    }
}

fn find_words(lang: Lang, kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::SiteKind => t::find_site_kind(lang),
        ReferenceKind::Law => t::find_law(lang),
        ReferenceKind::Criterion => t::find_criterion(lang),
        ReferenceKind::Clause => t::find_clause(lang),
    }
}
