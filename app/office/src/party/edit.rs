//! A party being made or changed. An ordinary form: it works without the program, and what was typed is never lost.

mod fields;
mod people;

use crate::{
    asking::{Ask, Asked, ask},
    await_resource::await_resource,
    components::{
        fault::{ErrorLine, PageErrorNotice},
        field::{Fields, focus_the_refused},
    },
    error::AppError,
    head::PageHeader,
    i18n::{office, parties, use_lang},
    parties::address::{PARTIES, party_address},
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        meanwhile::base_of,
        parties::{LoadParty, SaveParty, party_form::PartyForm},
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
    let asked = Asked::new(move || match named() {
        Some(id) => ask(LoadParty { id }).maybe(),
        None => Ask::nothing(),
    });
    let save = Sending::to::<SaveParty>();
    let fault = save.fault();
    focus_the_refused(fault);
    let typed = plain_form::typed::<PartyForm>();
    await_resource(asked, move |frame, file| {
        let party = file.map(|file| file.value.party);
        if !frame.me.may_do(Action::ManageSites) {
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
                <SentForm to=save attr:class="form">
                    <ErrorLine fault />
                    {fields::fields(shown, form, base)}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {office::save(lang)}
                    </button>
                </SentForm>
            </div>
        }
        .into_any()
    })
}
