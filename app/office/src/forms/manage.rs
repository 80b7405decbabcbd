//! 编制检查表: a workbook is sent here, or a draft is begun. The forms work without the program too.

use crate::{
    components::fault::ErrorLine,
    desk::use_desk,
    error::AppError,
    file_form::{choose_again, file_form},
    form_edit::faults::fault_list,
    i18n::{form_editing as t, standards, use_lang},
    sending::{Sending, SentForm},
    server_fns::form_editing::{BeginDraft, SendForm, send_form},
    standards::STANDARDS,
};
use domain::role::Action;
use leptos::{prelude::*, server_fn::ServerFn};

#[component]
pub fn Manage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (answer, pending, submit) = file_form(send_form);
    let begin = Sending::to::<BeginDraft>();
    let fault = Signal::derive(move || answer.get().and_then(Result::err));
    // What was refused stays open.
    let open = fault.with_untracked(Option::is_some) || begin.fault().with_untracked(Option::is_some);
    view! {
        {move || fault.get().map(|fault| refused(lang, fault))}
        {choose_again::<String>()}
        {move || begin.fault().get().map(|fault| refused(lang, fault))}
        <Suspense>
            {move || Suspend::new(async move {
                let writes = desk.frame.await.is_ok_and(|frame| frame.me.may_do(Action::ManageForms));
                writes
                    .then(|| {
                        view! {
                            <details class="form-manage" open=open>
                                <summary class="button button--quiet">{t::write_forms(lang)}</summary>
                                <div class="form-manage__ways">
                                    <form
                                        class="form"
                                        method="post"
                                        enctype="multipart/form-data"
                                        action=SendForm::url()
                                        on:submit=submit
                                    >
                                        <h2>{t::upload(lang)}</h2>
                                        <div class="field">
                                            <label for="workbook">{t::file(lang)}</label>
                                            <p class="field__hint" id="workbook-h">
                                                {t::upload_hint(lang)}
                                            </p>
                                            <input
                                                class="input"
                                                type="file"
                                                id="workbook"
                                                name="file"
                                                accept=".xlsx,.zip"
                                                required
                                                aria-describedby="workbook-h"
                                            />
                                        </div>
                                        <button
                                            class="button"
                                            aria-busy=move || pending.get().then_some("true")
                                            disabled=move || pending.get()
                                        >
                                            {t::upload_now(lang)}
                                        </button>
                                        <p class="u-small" role="status">
                                            {move || pending.get().then(|| t::reading(lang))}
                                        </p>
                                    </form>
                                    <SentForm to=begin attr:class="form">
                                        <h2>{t::new(lang)}</h2>
                                        <div class="field">
                                            <label for="new-id">{t::new_id(lang)}</label>
                                            <p class="field__hint" id="new-id-h">
                                                {t::new_id_hint(lang)}
                                            </p>
                                            <input
                                                class="input"
                                                id="new-id"
                                                name="id"
                                                required
                                                pattern="[a-z0-9\\-]+"
                                                autocomplete="off"
                                                aria-describedby="new-id-h"
                                            />
                                        </div>
                                        <button class="button button--quiet">{t::begin_new(lang)}</button>
                                    </SentForm>
                                </div>
                            </details>
                            <p class="page-lead">
                                <a class="link" href=STANDARDS>
                                    {standards::title(lang)}
                                </a>
                            </p>
                        }
                    })
            })}
        </Suspense>
    }
}

/// Everything that is wrong with a file, each with its place.
fn refused(lang: domain::text::Lang, fault: AppError) -> AnyView {
    match fault {
        AppError::Sheets { faults } => fault_list(lang, &faults),
        AppError::Invalid { reason, .. } => view! {
            <div class="notice notice--refused" role="alert">
                <p>{reason}</p>
            </div>
        }
        .into_any(),
        fault => view! { <ErrorLine fault=Signal::derive(move || Some(fault.clone())) /> }.into_any(),
    }
}
