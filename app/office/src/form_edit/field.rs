//! One field of a row: its label, a hint, what is wrong with it, and the control.

use super::{
    faults::{is_of_list, list},
    kinds::RowKind,
    picker::{Known, picker},
    slots::{Control, Slot},
    typed::Typed,
};
use crate::{
    components::options::Options, i18n::form_editing as t, server_fns::form_editing::draft::DraftPage,
};
use domain::{form::editing::SheetFault, sector::Sector, text::Lang};
use leptos::prelude::*;
use std::sync::Arc;

/// The row that is shown.
#[derive(Clone)]
pub struct Shown {
    pub lang: Lang,
    /// As it is chosen now.
    pub kind: RwSignal<Option<RowKind>>,
    pub faults: Signal<Vec<SheetFault>>,
    pub draft: Arc<DraftPage>,
    /// None: what the form says of itself.
    pub row: Option<usize>,
    /// What was typed into it and is not saved.
    pub typed: Option<Arc<Typed>>,
    pub known: Known,
}

/// What belongs to a field besides its control.
struct Around {
    id: String,
    label: &'static str,
    hint: Option<&'static str>,
    /// What another person saved here while it was typed.
    theirs: Option<String>,
    faults: Signal<Vec<String>>,
}

pub fn id(name: &str) -> String {
    format!("cell-{name}")
}

pub fn name(name: &str) -> String {
    format!("edit[cells][{name}]")
}

impl Around {
    fn of(
        shown: &Shown,
        name: &str,
        label: &'static str,
        hint: Option<&'static str>,
        slot: Option<&'static Slot>,
    ) -> Self {
        let (own, of) = (shown.clone(), name.to_owned());
        let faults = Signal::derive(move || {
            let here = |fault: &SheetFault| match slot {
                Some(slot) => is_under(slot, fault, &own),
                None => own.is_of(&of, fault),
            };
            own.faults.get().into_iter().filter(here).map(|fault| fault.words).collect::<Vec<_>>()
        });
        let theirs = shown.typed.as_ref().and_then(|typed| typed.theirs(name));
        let theirs = theirs.map(|text| t::saved_meanwhile(shown.lang, text));
        Self { id: id(name), label, hint, theirs, faults }
    }

    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + 'static {
        let faults = self.faults;
        move || faults.with(|faults| !faults.is_empty()).then_some("true")
    }

    fn described(&self) -> String {
        match self.hint {
            Some(_) => format!("{0}-h {0}-e", self.id),
            None => format!("{}-e", self.id),
        }
    }

    fn view(self, class: &'static str, control: AnyView, hidden: Signal<bool>) -> AnyView {
        let Self { id, label, hint, theirs, faults } = self;
        let theirs = theirs.map(|words| view! { <p class="error-line">{words}</p> });
        let hint = hint.map(|words| view! { <p class="field__hint" id=format!("{id}-h")>{words}</p> });
        let lines = move || {
            let faults = faults.get().into_iter();
            faults.map(|words| view! { <p class="error-line">{words}</p> }).collect_view()
        };
        view! {
            <div class=class hidden=move || hidden.get()>
                <label for=id.clone()>{label}</label>
                {hint}
                {control}
                <div id=format!("{id}-e") aria-live="polite">
                    {theirs}
                    {lines}
                </div>
            </div>
        }
        .into_any()
    }
}

fn is_under(slot: &Slot, fault: &SheetFault, shown: &Shown) -> bool {
    fault.sheet != "choices" && slot.is_under(&fault.heading, shown.cells())
}

impl Shown {
    /// Faults of what is no single cell: the type, and the choices.
    fn is_of(&self, name: &str, fault: &SheetFault) -> bool {
        let sheets = &self.draft.sheets;
        match name {
            "kind" => fault.sheet == "survey" && fault.heading == "type",
            "choices" => is_of_list(fault, sheets, list(sheets, self.row.unwrap_or_default())),
            _ => false,
        }
    }
}

pub fn field(shown: &Shown, slot: &'static Slot) -> AnyView {
    let lang = shown.lang;
    let hint = slot.hint.map(|hint| hint(lang));
    let around = Around::of(shown, slot.name, (slot.label)(lang), hint, Some(slot));
    let value = shown.value(slot.name, slot.value(shown.cells(), shown.row.unwrap_or_default()).to_owned());
    let own = shown.clone();
    let hidden = Signal::derive(move || !own.has(slot));
    let (invalid, described) = (around.invalid(), around.described());
    let line = |class: &'static str| {
        view! {
            <input
                class=class
                id=id(slot.name)
                name=name(slot.name)
                value=value.clone()
                autocomplete="off"
                aria-invalid=invalid
                aria-describedby=described.clone()
            />
        }
        .into_any()
    };
    match slot.control {
        Control::Line => around.view("field", line("input"), hidden),
        Control::Code => around.view("field", line("input u-code"), hidden),
        Control::Area => {
            let control = text_area(slot.name, &value, invalid, described);
            around.view("field", control, hidden)
        }
        Control::Pick(kind) => {
            let control = picker(shown, kind, slot.name, &value, invalid, described);
            around.view("field form-edit__wide", control, hidden)
        }
        Control::Words(none, words) => {
            let known = words.iter().any(|(word, _)| *word == value);
            let options = words.iter().map(|(word, words)| ((*word).to_owned(), words(lang).to_owned()));
            let first = [(String::new(), none(lang).to_owned())];
            // What the column does not know stays until something else is chosen.
            let odd =
                (!known && !value.is_empty()).then(|| (value.clone(), t::as_it_is(lang, value.clone())));
            let options: Vec<_> = first.into_iter().chain(odd).chain(options).collect();
            let control = options_view(slot.name, &value, options, invalid, described, None);
            around.view("field", control, hidden)
        }
        Control::Sector => {
            let known = Sector::parse(&value).is_some();
            let odd = (!known).then(|| (value.clone(), t::as_it_is(lang, value.clone())));
            let sectors = Sector::ALL.map(|one| (one.as_str().to_owned(), one.name().get(lang).to_owned()));
            let options = odd.into_iter().chain(sectors).collect();
            let control = options_view(slot.name, &value, options, invalid, described, None);
            around.view("field", control, hidden)
        }
    }
}

/// The type of the row.
pub fn select(
    shown: &Shown,
    field: &'static str,
    label: &'static str,
    saved: String,
    options: Vec<(String, String)>,
) -> AnyView {
    let around = Around::of(shown, field, label, None, None);
    let value = shown.value(field, saved);
    let (invalid, described) = (around.invalid(), around.described());
    let control = options_view(field, &value, options, invalid, described, Some(shown.kind));
    around.view("field", control, Signal::stored(false))
}

/// A text of one line or several.
pub fn area(
    shown: &Shown,
    field: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    saved: String,
    several: bool,
) -> AnyView {
    let around = Around::of(shown, field, label, hint, None);
    let value = shown.value(field, saved);
    let (invalid, described) = (around.invalid(), around.described());
    let control = if several {
        text_area(field, &value, invalid, described)
    } else {
        view! {
            <input
                class="input u-code"
                id=id(field)
                name=name(field)
                value=value
                autocomplete="off"
                aria-describedby=described
            />
        }
        .into_any()
    };
    around.view("field", control, Signal::stored(false))
}

fn options_view(
    field: &'static str,
    chosen: &str,
    options: Vec<(String, String)>,
    invalid: impl Fn() -> Option<&'static str> + Send + 'static,
    described: String,
    kind: Option<RwSignal<Option<RowKind>>>,
) -> AnyView {
    let change = move |event| {
        if let Some(kind) = kind {
            kind.set(RowKind::parse(&event_target_value(&event)));
        }
    };
    view! {
        <select
            class="input input--select"
            id=id(field)
            name=name(field)
            aria-invalid=invalid
            aria-describedby=described
            on:change=change
        >
            <Options options chosen />
        </select>
    }
    .into_any()
}

fn text_area(
    field: &'static str,
    value: &str,
    invalid: impl Fn() -> Option<&'static str> + Send + 'static,
    described: String,
) -> AnyView {
    // As a child it would be hydrated, and hydration fills empty texts with a space.
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <textarea
            class="input input--area"
            rows="4"
            id=id(field)
            name=name(field)
            aria-invalid=invalid
            aria-describedby=described
            inner_html=escaped
        ></textarea>
    }
    .into_any()
}
