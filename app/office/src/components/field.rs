//! Fields of forms: a label, perhaps a hint, the fault in words beside the field, and what was typed kept.

use crate::{
    components::{error_signal::ErrorSignal, options::Options},
    plain_form,
};
use chrono::NaiveDate;
use domain::{
    fen::Fen,
    hazard::ValidationError,
    limits::{TEXT, records::longest_line},
    text::Lang,
};
use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use std::borrow::Cow;

/// The fields of one form. Names are sent as `group[name]`; ids carry the form's own name, so that several forms of a
/// page may have fields of the same name.
#[derive(Clone, Copy)]
pub struct Fields {
    pub lang: Lang,
    pub form: &'static str,
    pub group: &'static str,
    pub fault: ErrorSignal,
}

#[derive(Debug, Clone, Default)]
pub struct Field {
    pub name: &'static str,
    pub label: Cow<'static, str>,
    pub hint: Option<Cow<'static, str>>,
    pub value: String,
    /// What the trade says is missing when this field is empty.
    pub missing: Option<ValidationError>,
    /// What the browser may fill in by itself; none leaves that to the browser.
    pub autocomplete: Option<&'static str>,
    /// Characters at the most; none: as many as a field of this name has.
    pub longest: Option<usize>,
    /// Of a number: from and to.
    pub range: Option<(usize, usize)>,
}

impl Field {
    pub fn new(name: &'static str, label: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        Self { name, label: label.into(), value: value.into(), ..Self::default() }
    }

    pub fn hint(self, hint: impl Into<Cow<'static, str>>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub fn missing(self, missing: ValidationError) -> Self {
        Self { missing: Some(missing), ..self }
    }

    pub fn longest(self, most: usize) -> Self {
        Self { longest: Some(most), ..self }
    }

    pub fn between(self, least: usize, most: usize) -> Self {
        Self { range: Some((least, most)), ..self }
    }

    pub fn autocomplete(self, rule: &'static str) -> Self {
        Self { autocomplete: Some(rule), ..self }
    }
}

impl Fields {
    /// How the field is sent.
    pub fn name(self, field: &str) -> String {
        format!("{}[{field}]", self.group)
    }

    pub fn id(self, field: &str) -> String {
        format!("{}-{field}", self.form)
    }

    /// The words for what is wrong with this field, if it is this one. Whoever asks shows them: the form's line leaves them out.
    pub fn error(self, name: &'static str, missing: Option<ValidationError>) -> Signal<Option<String>> {
        self.fault.at(self.lang, name, missing)
    }

    fn around(self, field: &Field, control: AnyView) -> AnyView {
        view! {
            <div class="field">
                <label for=self.id(field.name)>{field.label.to_string()}</label>
                {self.hint_and_error(field)}
                {control}
            </div>
        }
        .into_any()
    }

    /// What stands between a field's label and its control.
    pub fn hint_and_error(self, field: &Field) -> AnyView {
        let id = self.id(field.name);
        let error = self.error(field.name, field.missing);
        let (hint_id, error_id) = (format!("{id}-h"), format!("{id}-e"));
        view! {
            {field.hint.as_ref().map(|hint| view! { <p class="field__hint" id=hint_id>{hint.to_string()}</p> })}
            {move || error.get().map(|words| view! { <p class="error-line" id=error_id.clone() role="alert">{words}</p> })}
        }
        .into_any()
    }

    /// `aria-invalid` and `aria-describedby` of a control.
    pub fn aria(self, field: &Field) -> (Signal<Option<&'static str>>, Signal<Option<String>>) {
        let error = self.error(field.name, field.missing);
        let (id, hint) = (self.id(field.name), field.hint.is_some());
        let invalid = Signal::derive(move || error.with(Option::is_some).then_some("true"));
        let described = Signal::derive(move || match (hint, error.with(Option::is_some)) {
            (true, true) => Some(format!("{id}-h {id}-e")),
            (true, false) => Some(format!("{id}-h")),
            (false, true) => Some(format!("{id}-e")),
            (false, false) => None,
        });
        (invalid, described)
    }

    /// The field with what was typed into it, where this form comes back refused: one of several of a page says by `does`
    /// which it is.
    fn kept(self, mut field: Field) -> Field {
        let typed = plain_form::typed::<serde_json::Value>();
        let typed = typed.filter(|typed| typed["does"] == self.form);
        if let Some(words) = typed.as_ref().and_then(|typed| typed[field.name].as_str()) {
            field.value = words.to_owned();
        }
        field
    }

    /// One line; `kind` is the input's type.
    pub fn input(self, kind: &'static str, field: Field) -> AnyView {
        let longest = field.longest.or_else(|| longest_line(field.name));
        self.line(kind, None, longest, field)
    }

    /// A sum in yuan, as people type it; phones open the keyboard for figures.
    pub fn money(self, field: Field) -> AnyView {
        self.line("text", Some("decimal"), Some(Fen::LONGEST), field)
    }

    fn line(
        self,
        kind: &'static str,
        keyboard: Option<&'static str>,
        longest: Option<usize>,
        field: Field,
    ) -> AnyView {
        let field = self.kept(field);
        let (invalid, described) = self.aria(&field);
        let control = view! {
            <input
                class="input"
                type=kind
                id=self.id(field.name)
                name=self.name(field.name)
                value=field.value.clone()
                inputmode=keyboard
                maxlength=longest.map(|most| most.to_string())
                min=field.range.map(|(least, _)| least.to_string())
                max=field.range.map(|(_, most)| most.to_string())
                autocomplete=field.autocomplete
                aria-invalid=move || invalid.get()
                aria-describedby=move || described.get()
            />
        };
        self.around(&field, control.into_any())
    }

    pub fn text(self, field: Field) -> AnyView {
        self.input("text", field)
    }

    /// Several lines.
    pub fn area(self, field: Field) -> AnyView {
        let field = self.kept(field);
        let (invalid, described) = self.aria(&field);
        let control = view! {
            <textarea
                class="input input--area"
                rows="3"
                maxlength=field.longest.unwrap_or(TEXT).to_string()
                id=self.id(field.name)
                name=self.name(field.name)
                aria-invalid=move || invalid.get()
                aria-describedby=move || described.get()
                inner_html=escaped(&field.value)
            ></textarea>
        };
        self.around(&field, control.into_any())
    }

    /// Value and words of each option; `field.value` is chosen.
    pub fn select(self, field: Field, options: Vec<(String, String)>) -> AnyView {
        let field = self.kept(field);
        let (invalid, described) = self.aria(&field);
        let control = view! {
            <select
                class="input input--select"
                id=self.id(field.name)
                name=self.name(field.name)
                aria-invalid=move || invalid.get()
                aria-describedby=move || described.get()
            >
                <Options options chosen=field.value.clone() />
            </select>
        };
        self.around(&field, control.into_any())
    }

    /// A day not before `earliest`, with chips for the usual ones.
    pub fn day(self, field: Field, earliest: NaiveDate, usual: Vec<(NaiveDate, String)>) -> AnyView {
        let field = self.kept(field);
        let (invalid, described) = self.aria(&field);
        let input = NodeRef::<html::Input>::new();
        let chips = usual.into_iter().map(|(day, words)| {
            let choose = move |_| {
                if let Some(input) = input.get_untracked() {
                    input.set_value(&day.to_string());
                }
            };
            view! {
                <button type="button" class="chip" on:click=choose>
                    {words}
                </button>
            }
        });
        let control = view! {
            <input
                class="input"
                type="date"
                node_ref=input
                id=self.id(field.name)
                name=self.name(field.name)
                min=earliest.to_string()
                value=field.value.clone()
                aria-invalid=move || invalid.get()
                aria-describedby=move || described.get()
            />
            <div class="chip-list">{chips.collect_view()}</div>
        };
        self.around(&field, control.into_any())
    }

    /// A value that is sent and not shown.
    pub fn hidden(self, name: &str, value: impl Into<String>) -> AnyView {
        view! { <input type="hidden" name=self.name(name) value=value.into() /> }.into_any()
    }

    /// The same of a part of a field.
    pub fn hidden_part(self, field: &str, part: &str, value: &str) -> AnyView {
        let name = format!("{}[{part}]", self.name(field));
        view! { <input type="hidden" name=name value=value.to_owned() /> }.into_any()
    }
}

/// Goes to the field that was refused, wherever in a long form it is; where no field says why, to the line that does.
pub fn focus_the_refused(fault: ErrorSignal) {
    Effect::new(move |_| {
        if fault.with(Option::is_none) {
            return;
        }
        // The field is marked by another effect of the same turn.
        request_animation_frame(|| {
            let first = |selector: &str| document().query_selector(selector).ok().flatten();
            let refused = first(".form [aria-invalid=true]").or_else(|| first(".notice--refused[tabindex]"));
            if let Some(refused) = refused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                // An element that cannot be focused leaves the focus where it was.
                let _ = refused.focus();
            }
        });
    });
}

/// Text as the content of a `<textarea>`: as a child it would be hydrated, and hydration fills empty texts with a space.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
