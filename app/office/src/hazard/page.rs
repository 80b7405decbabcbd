//! A hazard on its own page.

use super::{FileAsked, panel::file_view};
use crate::{
    await_resource::await_resource,
    components::fault::PageErrorNotice,
    error::AppError,
    head::PageHeader,
    i18n::{office, use_lang},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn HazardPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Signal::derive(move || params.with(|params| params.get_str("id")?.parse().ok()));
    let file = FileAsked::new(id);
    view! {
        <PageHeader title=office::hazard(lang)>
            <a class="chip" href="/office/hazards">
                {office::to_ledger(lang)}
            </a>
        </PageHeader>
        <div class="page-body">
            {await_resource(file.asked, move |frame, file| match file {
                Some(file) => view! { <article class="detail detail--alone">{file_view(lang, frame, file)}</article> }.into_any(),
                None => view! { <PageErrorNotice fault=AppError::NotFound /> }.into_any(),
            })}
        </div>
    }
}
