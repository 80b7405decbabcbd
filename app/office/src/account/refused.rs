//! What a plain form's page says after it was refused: which field and why stand in the address, in words of ours; what was
//! typed does not.

use super::why::{is_local, words};
use crate::i18n::use_lang;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The part of the page's address that a form answered with.
#[derive(Clone)]
pub struct Answer {
    /// Which field was wrong; empty where it was none of them.
    field: String,
    why: Option<&'static str>,
    /// A path of this site, or nothing.
    pub next: String,
    pub done: String,
}

pub fn answer() -> Answer {
    let query = use_query_map().get_untracked();
    let given = |key| query.get(key).unwrap_or_default();
    let next = Some(given("next")).filter(|next| is_local(next)).unwrap_or_default();
    Answer { field: given("field"), why: words(use_lang(), &given("why")), next, done: given("done") }
}

impl Answer {
    /// The words beside a field.
    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.why.filter(|_| self.field == field)
    }

    /// A field for a password or a code, with what is wrong with it.
    pub fn secret(
        &self,
        kind: &'static str,
        name: &'static str,
        label: &'static str,
        hint: Option<&'static str>,
        autocomplete: &'static str,
    ) -> AnyView {
        let wrong = self.of(name);
        let (hint_id, error_id) = (format!("{name}-h"), format!("{name}-e"));
        let described: Vec<_> = [hint.map(|_| hint_id.clone()), wrong.as_ref().map(|_| error_id.clone())]
            .into_iter()
            .flatten()
            .collect();
        let invalid = wrong.is_some().then_some("true");
        view! {
            <div class="field">
                <label for=name>{label}</label>
                {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
                {wrong.map(|words| view! { <p class="error-line" id=error_id role="alert">{words}</p> })}
                <input
                    class="input"
                    type=kind
                    id=name
                    name=name
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    aria-invalid=invalid
                    aria-describedby=(!described.is_empty()).then(|| described.join(" "))
                />
            </div>
        }
        .into_any()
    }

    /// What was wrong with none of the fields.
    pub fn notice(&self) -> AnyView {
        self.of("")
            .map(|words| view! { <p class="notice notice--refused" role="alert">{words}</p> })
            .into_any()
    }
}
