//! A party being made or changed. An ordinary form: it works without the program, and what was typed is never lost.

mod fields;
mod people;

use crate::{
    await_resource::await_resource,
    components::{
        fault::{ErrorLine, PageErrorNotice, error_of},
        field::{Fields, focus_the_refused},
    },
    error::AppError,
    head::PageHeader,
    i18n::{office, parties, use_lang},
    parties::address::{PARTIES, party_address},
    plain_form,
    server_fns::{
        meanwhile::base_of,
        parties::{SaveParty, load_party, party_form::PartyForm},
    },
};
use domain::{id::PartyId, role::Action};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Of a new party where the address names none.
#[component]
pub fn PartyEditPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let named = move || params.with(|params| params.get_str("id").map(|id| id.parse::<PartyId>().ok()));
    let asked = Resource::new(named, |named| async move {
        match named {
            Some(id) => load_party(id).await.map(|file| Some(file.value.party)),
            None => Ok(None),
        }
    });
    let save = ServerAction::<SaveParty>::new();
    let fault = error_of(save);
    focus_the_refused(fault);
    let typed = plain_form::typed::<PartyForm>();
    await_resource(asked, move |frame, party| {
        if !frame.me.role.may(Action::ManageSites) {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        let (title, back) = match &party {
            Some(party) => (party.name.clone(), party_address(party.id)),
            None => (parties::new(lang).to_owned(), PARTIES.to_owned()),
        };
        let known = party.as_ref().map(PartyForm::of).unwrap_or_default();
        let base = (!known.id.is_empty()).then(|| base_of(&known));
        let form = typed.clone().filter(|typed| typed.id == known.id).unwrap_or(known);
        let base = Some(form.base.clone()).filter(|base| !base.is_empty()).or(base);
        let shown = Fields { lang, form: "party", group: "form", fault };
        let pending = save.pending();
        view! {
            <PageHeader title finds_in=PARTIES>
                <a class="chip" href=back>
                    {office::leave_unchanged(lang)}
                </a>
            </PageHeader>
            <div class="page-body">
                <ActionForm action=save attr:class="form">
                    <ErrorLine fault />
                    {fields::fields(shown, form, base)}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {office::save(lang)}
                    </button>
                </ActionForm>
            </div>
        }
        .into_any()
    })
}
