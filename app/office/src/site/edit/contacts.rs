//! 责任人: those who are known, and empty lines for more.

use crate::{
    components::field::{Field, Fields},
    i18n::office,
};
use domain::{
    limits::{NAME, PHONE},
    site::Contact,
};
use leptos::prelude::*;

/// Lines that are left for new names; a saved form offers as many again.
const EMPTY_LINES: usize = 2;

pub fn contacts(fields: Fields, known: Vec<Contact>) -> AnyView {
    let lang = fields.lang;
    let field = Field::new("contacts", office::contacts(lang), "").hint(office::contacts_hint(lang));
    let (invalid, described) = fields.aria(&field);
    let empty = std::iter::repeat_n(Contact::default(), EMPTY_LINES);
    let lines = known.into_iter().chain(empty).enumerate().map(|(position, contact)| {
        let cell = move |part: &str, label: &'static str, value: String| {
            let name = format!("{}[{position}][{part}]", fields.name("contacts"));
            let most = if part == "phone" { PHONE } else { NAME };
            view! {
                <input
                    class="input"
                    name=name
                    maxlength=most.to_string()
                    aria-label=label
                    placeholder=label
                    value=value
                />
            }
        };
        view! {
            <div class="u-row">
                <div class="u-grow">{cell("name", office::person_name(lang), contact.name)}</div>
                <div class="u-grow">{cell("duty", office::duty(lang), contact.duty)}</div>
                <div class="u-grow">{cell("phone", office::phone_number(lang), contact.phone)}</div>
            </div>
        }
    });
    let lines = lines.collect_view();
    view! {
        <fieldset
            class="field"
            id=fields.id("contacts")
            tabindex="-1"
            aria-invalid=move || invalid.get()
            aria-describedby=move || described.get()
        >
            <legend>{field.label}</legend>
            {fields.hint_and_error(&field)}
            {lines}
        </fieldset>
    }
    .into_any()
}
