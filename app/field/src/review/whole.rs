//! What is said of the visit as a whole: its forms, the remarks.

use crate::{
    i18n::{use_lang, visit as t},
    visit::VisitSession,
};
use domain::{form::session::Standing, limits::TEXT, visit::DraftForm};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Where there are several, each leads to itself; one in which nothing was given can be taken out again.
#[component]
pub fn Forms(forms: Vec<VisitSession>, here: String) -> impl IntoView {
    let (lang, navigate) = (use_lang(), use_navigate());
    (forms.len() > 1).then(|| {
        let rows = forms.into_iter().map(|work| {
            let title = work.title(lang);
            let progress = move || {
                let Standing { answered, asked, .. } = work.standing();
                t::progress_spoken(lang, answered, asked)
            };
            let untouched =
                work.draft_now(|draft| draft.forms.get(work.form).is_some_and(DraftForm::is_untouched));
            let remove = untouched.then(|| {
                let (navigate, here) = (navigate.clone(), here.clone());
                let remove = move |_| {
                    work.remove_form();
                    navigate(&here, NavigateOptions { replace: true, ..Default::default() });
                };
                view! {
                    <button type="button" class="link" on:click=remove>
                        {t::remove_form(lang)}
                    </button>
                }
            });
            view! {
                <div>
                    <a class="rows__body" href=here.clone() on:click=move |_| work.go(None)>
                        <span class="rows__title">{title}</span>
                        <span class="rows__meta">{progress}</span>
                    </a>
                    {remove}
                </div>
            }
        });
        view! { <div class="card rows">{rows.collect_view()}</div> }
    })
}

#[component]
pub fn Note(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let (note, done) = work.draft_now(|draft| (draft.note.clone(), !draft.forms.is_empty()));
    view! {
        <div class="field">
            <label for="whole-note">{if done { t::whole_note(lang) } else { t::met_note(lang) }}</label>
            <textarea
                class="input input--area"
                id="whole-note"
                autocomplete="off"
                rows="3"
                maxlength=TEXT.to_string()
                prop:value=note
                on:input=move |event| {
                    let words = event_target_value(&event);
                    work.change_around(|draft| draft.note = words);
                }
            ></textarea>
        </div>
    }
}

/// Another form of the site in the same visit; where the site is not on this phone any more, there is none to choose.
#[component]
pub fn AnotherForm(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    (!work.away).then(|| {
        let way = work.site(|site| format!("/field/sites/{}/check?visit={}", site.id, work.id()));
        view! {
            <a class="link" href=way>
                {t::add_form(lang)}
            </a>
        }
    })
}
