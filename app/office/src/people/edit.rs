//! An account being made or changed. An ordinary form: it works without the program, and what was typed is never lost,
//! but for a password, which stands in no address.

mod fields;

use super::PEOPLE;
use crate::{
    audit::address::history,
    await_resource::await_resource,
    components::{
        fault::{ErrorLine, PageErrorNotice, error_of},
        field::{Fields, focus_the_refused},
    },
    error::AppError,
    head::PageHeader,
    i18n::{office, use_lang},
    plain_form::typed,
    server_fns::{
        meanwhile::base_of,
        people::{SavePerson, load_person, person_form::PersonForm},
    },
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
    let asked = Resource::new(named, |named| async move {
        match named {
            Some(id) => load_person(id).await,
            None => Ok(PersonForm::default()),
        }
    });
    let save = ServerAction::<SavePerson>::new();
    let fault = error_of(save);
    focus_the_refused(fault);
    let typed = typed::<PersonForm>();
    // None until the program runs: without it every field is offered, and the server reads what the role needs.
    let role = RwSignal::new(None);
    await_resource(asked, move |frame, known| {
        if !frame.me.role.may(Action::ManagePeople) {
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
                {known_as.map(|id| history(lang, id.0))}
            </PageHeader>
            <div class="page-body">
                <ActionForm action=save attr:class="form" attr:autocomplete="off">
                    <ErrorLine fault />
                    {base.map(|base| shown.based_on(base))}
                    {fields::fields(shown, &frame, form, role)}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {office::save(lang)}
                    </button>
                </ActionForm>
            </div>
        }
        .into_any()
    })
}
