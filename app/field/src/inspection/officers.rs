//! 检查人员: two or more of those who hold a certificate, each with its number.

use crate::{
    i18n::{inspection as t, use_lang},
    visit::VisitSession,
};
use domain::{
    inspection::{CertifiedPerson, InspectionOfficer},
    person::Certificate,
    time::office_day,
};
use leptos::prelude::*;

#[component]
pub fn Officers(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let day = work.draft_now(|draft| office_day(draft.started_at));
    let mut certified = work.inspection_directory().certified;
    certified.retain(CertifiedPerson::may_inspect);
    let none = certified.is_empty().then(|| view! { <p class="field__hint">{t::nobody_certified(lang)}</p> });
    let chips = certified.into_iter().map(|one| {
        let newest = Certificate::newest(&one.certificates);
        let number = newest.map(|held| held.number.clone()).unwrap_or_default();
        let ended = newest.filter(|held| !held.is_valid_on(day));
        let ended = ended.map(|held| t::ended_on(lang, held.valid_until.to_string()));
        let (name, person) = (one.name.clone(), one.person);
        let is_there = move || work.inspection(|it| it.officers.iter().any(|known| known.person == person));
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || is_there().to_string()
                on:click=move |_| work.change_inspection(|it| InspectionOfficer::toggle(&mut it.officers, &one))
            >
                {name}
                " "
                {number}
                {ended.map(|words| view! { <span>" "{words}</span> })}
            </button>
        }
    });
    let chips = chips.collect_view();
    view! {
        <div class="field">
            <span class="field__label" id="officers">{t::officers(lang)}</span>
            {none}
            <div class="chip-list" role="group" aria-labelledby="officers">{chips}</div>
        </div>
    }
}
