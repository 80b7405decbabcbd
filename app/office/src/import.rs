//! 导入: a list of sites or people is sent here; nothing is written before its preview was looked at. The forms work without
//! the program too.

pub mod address;
mod columns;
mod last;
mod preview;
mod row;
mod side;

pub use preview::ImportPreviewPage;

use crate::{
    components::fault::{ErrorLine, PageErrorNotice},
    desk::use_desk,
    error::AppError,
    file_form::{choose_again, file_form},
    head::PageHeader,
    i18n::{import as t, office, use_lang},
    server_fns::{
        frame::Frame,
        import::{SendTable, send_table},
    },
};
use columns::{Columns, columns};
use domain::{datum::Datum, role::Action as Right, text::Lang};
use last::Last;
use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

pub const IMPORT: &str = "/office/import";

#[component]
pub fn ImportPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (answer, pending, submit) = file_form(send_table);
    let unread = move || match answer.get() {
        Some(Err(AppError::Invalid { reason, .. })) => Some(refused(lang, reason)),
        Some(_) | None => None,
    };
    // Anything else is no matter of the file: it stays chosen while the person does what is asked on a page of its own.
    let fault = Signal::derive(move || {
        answer.get().and_then(Result::err).filter(|fault| !matches!(fault, AppError::Invalid { .. }))
    });
    view! {
        <PageHeader title=office::import_title(lang) />
        <div class="page-body">
            {unread}
            <ErrorLine fault />
            {choose_again::<Uuid>()}
            <Last />
            <Suspense>
                {move || Suspend::new(async move {
                    match desk.frame.await {
                        Ok(frame) if frame.me.may_do(Right::ManageSites) => {
                            view! {
                                <form
                                    class="form"
                                    method="post"
                                    enctype="multipart/form-data"
                                    action=SendTable::url()
                                    on:submit=submit
                                >
                                    {fields(lang, &frame)}
                                    <button
                                        class="button"
                                        aria-busy=move || pending.get().then_some("true")
                                        disabled=move || pending.get()
                                    >
                                        {t::send(lang)}
                                    </button>
                                    <p class="u-small" role="status">
                                        {move || pending.get().then(|| t::reading(lang))}
                                    </p>
                                </form>
                                {columns(lang, &frame, Columns::Sites)}
                                {frame.me.may_do(Right::ManagePeople).then(|| columns(lang, &frame, Columns::People))}
                            }
                                .into_any()
                        }
                        Ok(_) => view! { <PageErrorNotice fault=AppError::NotAllowed /> }.into_any(),
                        Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
}

/// A file that is no list: what is wrong with it, and that nothing happened.
fn refused(lang: Lang, reason: String) -> AnyView {
    view! {
        <div class="notice notice--refused" role="alert">
            <p>
                <b>{t::not_read(lang)}</b>
            </p>
            <p>{reason}</p>
        </div>
    }
    .into_any()
}

fn fields(lang: Lang, frame: &Frame) -> AnyView {
    let people = frame.me.may_do(Right::ManagePeople).then(|| {
        view! {
            <label class="check">
                <input class="check__input" type="radio" name="what" value="people" />
                <span class="check__label">{office::people(lang)}</span>
                <a class="link" href="#columns-people" rel="external">
                    {office::columns_link(lang)}
                </a>
            </label>
        }
    });
    view! {
        <p>{t::rule(lang)}</p>
        <fieldset class="field">
            <legend>{office::import_what(lang)}</legend>
            <div class="check-list">
                <label class="check">
                    <input class="check__input" type="radio" name="what" value="sites" checked />
                    <span class="check__label">{office::sites(lang)}</span>
                    <a class="link" href="#columns-sites" rel="external">
                        {office::columns_link(lang)}
                    </a>
                </label>
                {people}
            </div>
        </fieldset>
        <div class="field">
            <label for="file">{office::import_file(lang)}</label>
            <p class="field__hint" id="file-h">
                {t::file_hint(lang)}
            </p>
            <input
                class="input"
                type="file"
                id="file"
                name="file"
                accept=".xlsx,.csv,.txt"
                required
                aria-describedby="file-h"
            />
        </div>
        <div class="field">
            <label for="datum">{t::datum(lang)}</label>
            <p class="field__hint" id="datum-h">
                {t::datum_hint(lang)}
            </p>
            <select class="input input--select" id="datum" name="datum" aria-describedby="datum-h">
                <option value="">{t::datum_later(lang)}</option>
                {datums(lang, None)}
            </select>
        </div>
    }
    .into_any()
}

/// The options of a choice.
fn datums(lang: Lang, chosen: Option<Datum>) -> impl IntoView + use<> {
    let option = move |datum: Datum| {
        view! {
            <option value=datum.as_str() selected=chosen == Some(datum)>
                {t::datum_name(lang, datum)}
            </option>
        }
    };
    Datum::ALL.map(option).collect_view()
}
