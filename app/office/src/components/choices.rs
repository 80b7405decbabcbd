//! Fields that are answered by ticking: several of many, or yes and no.

use super::field::{Field, Fields};
use leptos::prelude::*;

/// One thing to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

impl Fields {
    /// Any number of them. Sent as a list; nothing is sent where none is ticked.
    pub fn several(self, field: Field, choices: Vec<Choice>) -> AnyView {
        let (invalid, described) = self.aria(&field);
        let name = format!("{}[]", self.name(field.name));
        let choices = choices.into_iter().map(|Choice { value, words, chosen }| {
            view! {
                <label class="chip">
                    <input class="chip__control" type="checkbox" name=name.clone() value=value checked=chosen />
                    {words}
                </label>
            }
        });
        let choices = choices.collect_view();
        view! {
            <fieldset
                class="field"
                id=self.id(field.name)
                tabindex="-1"
                aria-invalid=move || invalid.get()
                aria-describedby=move || described.get()
            >
                <legend>{field.label.to_string()}</legend>
                {self.hint_and_error(&field)}
                <div class="chip-list">{choices}</div>
            </fieldset>
        }
        .into_any()
    }

    /// Yes or no.
    pub fn check(self, field: Field, checked: bool) -> AnyView {
        let (invalid, described) = self.aria(&field);
        view! {
            <div class="field">
                <label class="check">
                    <input
                        class="check__input"
                        type="checkbox"
                        id=self.id(field.name)
                        name=self.name(field.name)
                        value="true"
                        checked=checked
                        aria-invalid=move || invalid.get()
                        aria-describedby=move || described.get()
                    />
                    <span class="check__label">{field.label.to_string()}</span>
                </label>
                {self.hint_and_error(&field)}
            </div>
        }
        .into_any()
    }
}
