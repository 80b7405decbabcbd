//! Of an administrative inspection: what was in hand, and that the party was told the result.

use crate::{
    components::icon::{Icon, Sign},
    i18n::{inspection as t, use_lang},
    inspection::step,
    visit::VisitSession,
};
use domain::inspection::InspectionOfficer;
use leptos::prelude::*;

#[component]
pub fn Administrative(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let is_one = work.draft_now(|draft| draft.administrative.is_some() && !draft.forms.is_empty());
    is_one.then(|| {
        let way = format!("/field/visit/{}/inspection", work.id());
        let about = move || {
            work.inspection(|one| {
                let matter = one.matter.iter().map(|matter| matter.name.clone());
                matter.chain([InspectionOfficer::words(&one.officers)]).collect::<Vec<_>>().join(" · ")
            })
        };
        view! {
            <div class="section-head">
                <h2>{t::inspection(lang)}</h2>
            </div>
            <div class="card rows">
                <a href=way>
                    <span class="rows__body">
                        <span class="rows__title">{t::papers(lang)}</span>
                        <span class="rows__meta">{about}</span>
                    </span>
                    <span class="chevron">
                        <Sign icon=Icon::Forward />
                    </span>
                </a>
            </div>
            <div class="check-list">
                {step(work, t::tell_result(lang), move || t::tell_result_hint(lang).to_owned(), |done| &mut done.told)}
            </div>
        }
    })
}
