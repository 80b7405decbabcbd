//! A hazard on its own page.

use super::{FileAsked, panel::file_view};
use crate::{
    components::fault::FaultNotice,
    error::Fault,
    i18n::{office, use_lang},
    office::{answered::answered, head::Head},
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
        <Head title=office::hazard(lang)>
            <a class="chip" href="/office/hazards">
                {office::to_ledger(lang)}
            </a>
        </Head>
        <div class="page-body">
            {answered(file.asked, move |frame, file| match file {
                Some(file) => view! { <article class="detail detail--alone">{file_view(lang, frame, file)}</article> }.into_any(),
                None => view! { <FaultNotice fault=Fault::NotFound /> }.into_any(),
            })}
        </div>
    }
}
