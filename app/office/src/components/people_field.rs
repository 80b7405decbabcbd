//! People with what they are and their telephones: those who are known, and empty lines for more.

use super::field::{Field, Fields};
use crate::i18n::office;
use domain::limits::{NAME, PHONE};
use leptos::prelude::*;

/// Lines that are left for new names; a saved form offers as many again.
const EMPTY_LINES: usize = 2;

/// Somebody as a line of the form holds them.
#[derive(Debug, Clone, Default)]
pub struct PersonLine {
    pub name: String,
    /// What they are there.
    pub post: String,
    pub phone: String,
}

/// `post`: under which key the form has what somebody is, and its label.
pub fn people_field(
    fields: Fields,
    field: &Field,
    post: (&'static str, &'static str),
    known: impl IntoIterator<Item = PersonLine>,
) -> AnyView {
    let (lang, list) = (fields.lang, field.name);
    let (invalid, described) = fields.aria(field);
    let empty = std::iter::repeat_n(PersonLine::default(), EMPTY_LINES);
    let lines = known.into_iter().chain(empty).enumerate().map(|(position, person)| {
        let cell = move |part: &str, label: &'static str, value: String| {
            let name = format!("{}[{position}][{part}]", fields.name(list));
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
                <div class="u-grow">{cell(post.0, post.1, person.post)}</div>
                <div class="u-grow">{cell("phone", office::phone_number(lang), person.phone)}</div>
            </div>
        }
    });
    let lines = lines.collect_view();
    view! {
        <fieldset
            class="field"
            id=fields.id(list)
            tabindex="-1"
            aria-invalid=move || invalid.get()
            aria-describedby=move || described.get()
        >
            <legend>{field.label.to_string()}</legend>
            {fields.hint_and_error(field)}
            {lines}
        </fieldset>
    }
    .into_any()
}
