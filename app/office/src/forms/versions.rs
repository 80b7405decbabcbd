//! A form's versions, and what whoever writes forms does with it: go on in a draft, export, withdraw.

use super::standing::{self, Standing};
use crate::{
    components::fault::PageErrorNotice,
    error::AppError,
    form_edit::address::{bundle_address, compare_address, workbook_address},
    i18n::{form_editing as t, forms},
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        form_editing::{BeginDraft, WithdrawForm},
        forms::FormFile,
    },
};
use chrono::NaiveDate;
use domain::{
    form::editing::{DraftHead, Edition},
    id::FormId,
    text::Lang,
    time,
};
use leptos::prelude::*;

/// What the page sends.
#[derive(Clone, Copy)]
pub struct Acts {
    pub begin: Sending,
    pub withdraw: Sending,
}

impl Acts {
    pub fn new() -> Self {
        Self { begin: Sending::to::<BeginDraft>(), withdraw: Sending::to::<WithdrawForm>() }
    }
}

/// Why the last try was refused.
#[component]
pub fn Refusals(acts: Acts) -> impl IntoView {
    let notice = |fault| match fault {
        AppError::Invalid { reason, .. } => {
            view! { <p class="notice notice--refused" role="alert">{reason}</p> }.into_any()
        }
        fault => view! { <PageErrorNotice fault /> }.into_any(),
    };
    move || [acts.begin.fault(), acts.withdraw.fault()].iter().find_map(|fault| fault.get()).map(notice)
}

/// In the page's head.
pub fn buttons(lang: Lang, file: &FormFile, writes: bool, acts: Acts) -> AnyView {
    let id = file.sheet.id.clone();
    let export = workbook_address(&id, Some(file.sheet.version));
    let bundle = file.sheet.has_pictures().then(|| {
        view! {
            <a class="chip" href=bundle_address(&id, Some(file.sheet.version)) rel="external" download>
                {t::export_with_pictures(lang)}
            </a>
        }
    });
    let edit = writes.then(|| {
        let id = id.to_string();
        view! {
            <SentForm to=acts.begin>
                <input type="hidden" name="id" value=id />
                <button class="chip">{t::edit(lang)}</button>
            </SentForm>
        }
    });
    view! {
        {edit}
        <a class="chip" href=export rel="external" download>
            {t::export(lang)}
        </a>
        {bundle}
    }
    .into_any()
}

/// `published` is the version that the address says was published just now.
pub fn versions(
    lang: Lang,
    file: &AsOf<FormFile>,
    published: Option<u32>,
    writes: bool,
    acts: Acts,
) -> AnyView {
    let today = file.today();
    let FormFile { sheet, editions, draft, progress: _ } = &file.value;
    let just = editions.iter().find(|edition| Some(edition.version) == published);
    let just = just.and_then(|edition| happened(lang, edition, today));
    let rows = editions.iter().enumerate().map(|(place, edition)| {
        let former = editions.get(place + 1).map(|former| former.version);
        let standing = Standing::among(edition, &editions[..place], today);
        row(lang, &sheet.id, edition, former, standing)
    });
    let draft = draft.as_ref().map(|draft| draft_line(lang, draft));
    let withdraw = (writes && editions.first().is_some_and(|newest| newest.validity.until.is_none()))
        .then(|| withdrawal(lang, &sheet.id, today, acts));
    view! {
        {just}
        <section class="panel panel--wide">
            <h2 class="panel__title">{t::versions(lang)}</h2>
            {draft}
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{forms::version(lang)}</th>
                        <th scope="col">{t::state(lang)}</th>
                        <th scope="col">{forms::questions(lang)}</th>
                        <th scope="col">{forms::reviewed(lang)}</th>
                        <th scope="col">{t::export(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {withdraw}
        </section>
    }
    .into_any()
}

/// What the records say of it, whatever the address says.
fn happened(lang: Lang, edition: &Edition, today: NaiveDate) -> Option<AnyView> {
    let review = edition.review.as_ref()?;
    let from = match edition.validity.from.filter(|from| *from > today) {
        Some(from) => t::from_day(lang, from.to_string()),
        None => t::from_now(lang).to_owned(),
    };
    let words = t::now_published(lang, edition.version, from, review.by.clone());
    Some(view! { <p class="notice" role="status">{words}</p> }.into_any())
}

fn draft_line(lang: Lang, draft: &DraftHead) -> AnyView {
    let saved = t::saved(lang, draft.saved_by.clone(), time::short(draft.saved_at));
    view! {
        <p class="u-small">
            <span class="badge">{t::draft(lang)}</span>
            " "
            {saved}
            " · "
            {standing::faults(lang, draft.faults)}
        </p>
    }
    .into_any()
}

fn row(lang: Lang, id: &FormId, edition: &Edition, former: Option<u32>, standing: Standing) -> AnyView {
    let review = edition.review.as_ref();
    let reviewed = review.map(|review| forms::reviewed_by(lang, review.by.clone(), review.on.to_string()));
    let version = forms::version_number(lang, edition.version);
    let export = workbook_address(id, Some(edition.version));
    let compare = former.map(|former| {
        view! {
            <a class="link" href=compare_address(id, Some(former), Some(edition.version))>
                {t::compare_with_former(lang)}
            </a>
        }
    });
    view! {
        <tr>
            <td data-label=forms::version(lang)>{version.clone()}</td>
            <td class="cell--wrap" data-label=t::state(lang)>
                {standing::badge(lang, Some(edition), standing)}
            </td>
            <td data-label=forms::questions(lang)>{edition.questions.to_string()}</td>
            <td class="cell--wrap" data-label=forms::reviewed(lang)>
                {reviewed}
            </td>
            <td class="cell--wrap" data-label=t::export(lang)>
                <a class="link" href=export rel="external" download aria-label=format!("{} {version}", t::export(lang))>
                    "XLSX"
                </a>
                " "
                {compare}
            </td>
        </tr>
    }
    .into_any()
}

fn withdrawal(lang: Lang, id: &FormId, today: NaiveDate, acts: Acts) -> AnyView {
    let id = id.to_string();
    view! {
        <details>
            <summary class="link">{t::withdraw(lang)}</summary>
            <p class="u-small">{t::withdraw_hint(lang)}</p>
            <SentForm to=acts.withdraw attr:class="form">
                <input type="hidden" name="id" value=id />
                <div class="field">
                    <label for="until">{t::withdraw_until(lang)}</label>
                    <input class="input" type="date" id="until" name="until" value=today.to_string() required />
                </div>
                <button class="button button--danger">{t::withdraw_now(lang)}</button>
            </SentForm>
        </details>
    }
    .into_any()
}
