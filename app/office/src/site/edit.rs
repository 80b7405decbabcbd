//! A site being made or changed. An ordinary form: it works without the program, and what was typed is never lost.

mod attributes;
mod contacts;
mod fields;

use crate::{
    asking::{Ask, Asked, ask},
    await_resource::await_resource,
    components::{
        fault::{ErrorLine, PageErrorNotice},
        field::{Fields, focus_the_refused},
    },
    error::AppError,
    head::PageHeader,
    i18n::{office, use_lang},
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        meanwhile::base_of,
        sites::{LoadSite, SaveSite, site_form::SiteForm},
    },
    sites::address::{SITES, site_address},
};
use domain::{id::SiteId, role::Action};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Of a new site where the address names none.
#[component]
pub fn SiteEditPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let named = move || params.with(|params| params.get_str("id").map(|id| id.parse::<SiteId>().ok()));
    let asked = Asked::new(move || match named() {
        Some(id) => ask(LoadSite { id }).maybe(),
        None => Ask::nothing(),
    });
    let save = Sending::to::<SaveSite>();
    let fault = save.fault();
    focus_the_refused(fault);
    let typed = plain_form::typed::<SiteForm>();
    await_resource(asked, move |frame, file| {
        let site = file.map(|file| file.value.site);
        if !frame.me.may_do(Action::ManageSites) {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        let (title, back) = match &site {
            Some(site) => (site.name.clone(), site_address(site.id)),
            None => (office::new_site(lang).to_owned(), SITES.to_owned()),
        };
        let known = site.as_ref().map(SiteForm::of).unwrap_or_default();
        let base = (!known.id.is_empty()).then(|| base_of(&known));
        let form = typed.clone().filter(|typed| typed.id == known.id).unwrap_or(known);
        let base = Some(form.base.clone()).filter(|base| !base.is_empty()).or(base);
        let shown = Fields { lang, form: "site", group: "form", fault };
        let pending = save.pending();
        view! {
            <PageHeader title finds_in=SITES>
                <a class="chip" href=back>
                    {office::leave_unchanged(lang)}
                </a>
            </PageHeader>
            <div class="page-body">
                <SentForm to=save attr:class="form">
                    <ErrorLine fault />
                    {fields::fields(shown, &frame, form, base)}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {office::save(lang)}
                    </button>
                </SentForm>
            </div>
        }
        .into_any()
    })
}
