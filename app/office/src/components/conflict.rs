//! What another person did to a record while its form was open: field by field, theirs or mine. It stands in the form
//! itself and is sent with it, so that it works without the program, and nothing that was typed is lost.

use crate::{
    components::field::Fields,
    error::AppError,
    i18n::places as t,
    server_fns::meanwhile::{FieldChange, Meanwhile, THEIRS},
};
use leptos::prelude::*;

impl Fields {
    /// What the form is based on, and the choice where that is no longer so.
    pub fn based_on(self, base: impl Into<String>) -> AnyView {
        let Self { lang, fault, .. } = self;
        let of = |fault: &Option<AppError>| match fault {
            Some(AppError::Changed { meanwhile }) => Some(meanwhile.clone()),
            _ => None,
        };
        // Kept while the form is sent again, and where it is refused for another reason then.
        let known = RwSignal::new(fault.with_untracked(of));
        Effect::new(move |_| {
            if let Some(meanwhile) = fault.with(of) {
                known.set(Some(meanwhile));
            }
        });
        let first = base.into();
        let base =
            move || known.with(|known| known.as_ref().map_or_else(|| first.clone(), |now| now.base.clone()));
        let value = untrack(&base);
        view! {
            <input type="hidden" name=self.name("base") value=value prop:value=base />
            {move || known.get().map(|meanwhile| choices(self, lang, meanwhile))}
        }
        .into_any()
    }
}

fn choices(fields: Fields, lang: crate::i18n::Lang, meanwhile: Meanwhile) -> AnyView {
    let happened = meanwhile.happened.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let rows = meanwhile.fields.into_iter().map(|change| choice(fields, lang, change)).collect_view();
    view! {
        <div class="notice notice--refused" role="alert">
            <p>
                <b>{t::changed_title(lang)}</b>
            </p>
            <p>{t::changed_words(lang)}</p>
            <ul>{happened}</ul>
            {rows}
        </div>
    }
    .into_any()
}

/// Where only the other one changed it, theirs is proposed; where both did, somebody has to choose.
fn choice(fields: Fields, lang: crate::i18n::Lang, change: FieldChange) -> AnyView {
    let FieldChange { field, label, theirs, mine, both } = change;
    let name = format!("{}[{field}]", fields.name("take"));
    let shown = |words: String| if words.trim().is_empty() { t::nothing(lang).to_owned() } else { words };
    view! {
        <fieldset class="field">
            <legend>{label}</legend>
            <label class="check">
                <input class="check__input" type="radio" name=name.clone() value=THEIRS checked=!both required />
                <span class="check__label">{t::theirs(lang, shown(theirs))}</span>
            </label>
            <label class="check">
                <input class="check__input" type="radio" name=name value="mine" required />
                <span class="check__label">{t::mine(lang, shown(mine))}</span>
            </label>
        </fieldset>
    }
    .into_any()
}
