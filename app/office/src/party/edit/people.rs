//! The people of a party: those who are known, and empty lines for more.

use crate::{
    components::field::{Field, Fields},
    i18n::{office, parties as t},
};
use domain::{
    limits::{NAME, PHONE},
    party::PartyPerson,
};
use leptos::prelude::*;

/// Lines that are left for new names; a saved form offers as many again.
const EMPTY_LINES: usize = 2;

pub fn people(fields: Fields, known: Vec<PartyPerson>) -> AnyView {
    let lang = fields.lang;
    let field = Field::new("people", t::people(lang), "").hint(t::people_hint(lang));
    let (invalid, described) = fields.aria(&field);
    let empty = std::iter::repeat_n(PartyPerson::default(), EMPTY_LINES);
    let lines = known.into_iter().chain(empty).enumerate().map(|(position, person)| {
        let cell = move |part: &str, label: &'static str, value: String| {
            let name = format!("{}[{position}][{part}]", fields.name("people"));
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
                <div class="u-grow">{cell("name", office::person_name(lang), person.name)}</div>
                <div class="u-grow">{cell("post", t::post(lang), person.post)}</div>
                <div class="u-grow">{cell("phone", office::phone_number(lang), person.phone)}</div>
            </div>
        }
    });
    let lines = lines.collect_view();
    view! {
        <fieldset
            class="field"
            id=fields.id("people")
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
