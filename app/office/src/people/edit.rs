//! An account being made or changed. An ordinary form: it works without the program, and what was typed is never lost,
//! but for a password, which stands in no address.

mod fields;

use super::PEOPLE;
use crate::{
    asking::{Ask, Asked, ask},
    audit::address::history,
    await_resource::await_resource,
    components::{
        fault::{ErrorLine, PageErrorNotice},
        field::{Fields, focus_the_refused},
    },
    error::AppError,
    head::PageHeader,
    i18n::{office, tasks, use_lang},
    plain_form::typed,
    sending::{Sending, SentForm},
    server_fns::{
        meanwhile::base_of,
        people::{LoadPerson, SavePerson, person_form::PersonForm},
    },
    tasks::address::hand_over_address,
    unsent::on_phones_of,
};
use domain::{id::PersonId, role::Action};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// For a new account where the address names none.
#[component]
pub fn PersonEditPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let named = move || params.with(|params| params.get_str("id").map(|id| id.parse::<PersonId>().ok()));
    let asked = Asked::new(move || match named() {
        Some(id) => ask(LoadPerson { id }).maybe(),
        None => Ask::nothing(),
    });
    let save = Sending::to::<SavePerson>();
    let fault = save.fault();
    focus_the_refused(fault);
    let typed = typed::<PersonForm>();
    // None until the program runs: without it every field is offered, and the server reads what the role needs.
    let role = RwSignal::new(None);
    let page = await_resource(asked, move |frame, known| {
        let known = known.unwrap_or_default();
        if !frame.me.may_do(Action::ManagePeople) {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        let title =
            if known.id.is_empty() { office::new_person(lang).to_owned() } else { known.name.clone() };
        let known_as = known.id.parse::<PersonId>().ok();
        let base = (!known.id.is_empty()).then(|| base_of(&known));
        let form = typed.clone().filter(|typed| typed.id == known.id).unwrap_or(known);
        let base = Some(form.base.clone()).filter(|base| !base.is_empty()).or(base);
        let shown = Fields { lang, form: "person", group: "form", fault };
        let pending = save.pending();
        view! {
            <PageHeader title>
                <a class="chip" href=PEOPLE>
                    {office::leave_unchanged(lang)}
                </a>
                {known_as
                    .map(|id| {
                        view! {
                            <a class="chip" href=hand_over_address(id)>
                                {tasks::hand_over(lang)}
                            </a>
                        }
                    })}
                {known_as.map(|id| history(lang, id.0))}
            </PageHeader>
            <div class="page-body">
                <SentForm to=save attr:class="form" attr:autocomplete="off">
                    <ErrorLine fault />
                    {base.map(|base| shown.based_on(base))}
                    {fields::fields(shown, &frame, form, role)}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {office::save(lang)}
                    </button>
                </SentForm>
            </div>
        }
        .into_any()
    });
    view! {
        {page}
        {on_phones_of(move || named().flatten())}
    }
}
