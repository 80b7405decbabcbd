//! What the office knows of a party.

use crate::{
    i18n::{inspection, office, parties as t},
    server_fns::parties::party_words::person_words,
};
use domain::{
    party::{InspectionCount, Party},
    text::Lang,
};
use leptos::prelude::*;

pub fn facts(lang: Lang, party: &Party, inspections: InspectionCount) -> AnyView {
    let people: Vec<_> = party.people.iter().map(person_words).collect();
    let code = party.credit_code.as_ref().map(ToString::to_string).unwrap_or_default();
    let lacking =
        |words: String| if words.trim().is_empty() { office::lacking(lang).to_owned() } else { words };
    let note = (!party.note.is_empty()).then(|| {
        view! {
            <dt>{t::note(lang)}</dt>
            <dd>{party.note.clone()}</dd>
        }
    });
    let count = inspection::count_words(lang, inspections);
    let state = if party.retired { office::is_retired(lang) } else { office::in_use(lang) };
    view! {
        <dl class="fact-list">
            <dt>{t::kind(lang)}</dt>
            <dd>{party.kind.name().get(lang).to_owned()}</dd>
            <dt>{t::credit_code(lang)}</dt>
            <dd>{lacking(code)}</dd>
            <dt>{t::people(lang)}</dt>
            <dd>{lacking(people.join("；"))}</dd>
            <dt>{t::phone(lang)}</dt>
            <dd>{lacking(party.phone.clone())}</dd>
            {note}
            <dt>{inspection::inspections_of_year(lang)}</dt>
            <dd>{count}</dd>
            <dt>{office::use_state(lang)}</dt>
            <dd>{state}</dd>
        </dl>
    }
    .into_any()
}
