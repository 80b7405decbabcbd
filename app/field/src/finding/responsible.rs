//! Who is to put it right: the site's party, another authority, or nobody known. The last two are the office's to refer.

use super::Editing;
use crate::i18n::{trade, use_lang, visit as t};
use domain::{form::ResponsibleKind, limits::NAME, visit::Finding};
use leptos::prelude::*;

#[component]
pub fn Responsible(editing: Editing) -> impl IntoView {
    let kind = ui::memo(move || editing.get(|finding| finding.responsible_kind));
    let fixed = ui::memo(move || editing.get(|finding| finding.fixed));
    let authority =
        move || editing.finding.with_untracked(|finding| finding.as_ref().map(|f| f.authority.clone()));
    view! {
        <ResponsibleChoice
            kind
            referred=ui::memo(move || editing.get(Finding::is_to_be_referred))
            choose=Callback::new(move |one| editing.change(|finding| finding.responsible_kind = one))
        />
        <Show when=move || kind.get() == ResponsibleKind::Site && !fixed.get()>
            <OfSite editing />
        </Show>
        <Show when=move || kind.get() == ResponsibleKind::Authority>
            <AuthorityField
                before=authority().unwrap_or_default()
                lacking=ui::memo(move || editing.get(Finding::lacks_authority))
                write=Callback::new(move |words| editing.change(|finding| finding.authority = words))
            />
        </Show>
    }
}

/// Of which kind they are.
#[component]
pub fn ResponsibleChoice(
    #[prop(into)] kind: Signal<ResponsibleKind>,
    /// Whether the office is to refer it, which is told.
    #[prop(into)]
    referred: Signal<bool>,
    choose: Callback<ResponsibleKind>,
) -> impl IntoView {
    let lang = use_lang();
    let chips = ResponsibleKind::ALL.into_iter().map(|one| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (kind.get() == one).to_string()
                on:click=move |_| choose.run(one)
            >
                {trade::responsible_kind(lang, one)}
            </button>
        }
    });
    view! {
        <div class="field" role="group" aria-labelledby="finding-whose">
            <span class="field__label" id="finding-whose">
                {t::who(lang)}
            </span>
            <div class="chip-list">{chips.collect_view()}</div>
            <p class="u-small" role="status">
                {move || referred.get().then(|| t::referred_by_office(lang))}
            </p>
        </div>
    }
}

#[component]
fn OfSite(editing: Editing) -> impl IntoView {
    let before = editing.finding.with_untracked(|finding| finding.as_ref().map(|f| f.responsible.clone()));
    view! {
        <div class="field">
            <label for="finding-who">{t::who_of_site(use_lang())}</label>
            <input
                class="input"
                id="finding-who"
                maxlength=NAME.to_string()
                autocomplete="off"
                prop:value=before.unwrap_or_default()
                on:input=move |event| {
                    let words = event_target_value(&event);
                    editing.change(|finding| finding.responsible = words);
                }
            />
        </div>
    }
}

/// Without its name nothing is sent.
#[component]
pub fn AuthorityField(
    before: String,
    #[prop(into)] lacking: Signal<bool>,
    write: Callback<String>,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="field">
            <label for="finding-authority">{t::authority(lang)}</label>
            <Show when=move || lacking.get()>
                <p class="error-line" id="finding-authority-e">
                    {t::authority_missing(lang)}
                </p>
            </Show>
            <input
                class="input"
                id="finding-authority"
                maxlength=NAME.to_string()
                autocomplete="off"
                aria-invalid=move || lacking.get().then_some("true")
                aria-describedby=move || lacking.get().then_some("finding-authority-e")
                prop:value=before
                on:input=move |event| write.run(event_target_value(&event))
            />
        </div>
    }
}
