//! 比较两版: what differs between two versions, or between the newest and the draft, side by side.

use super::{
    address::{EditorView, editor_address},
    faults::fault_list,
};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    forms::address::{FORMS, form_address},
    head::PageHeader,
    i18n::{form_editing as t, use_lang},
    server_fns::form_editing::{
        CompareForms,
        comparison::{Comparison, DifferenceWords, PartWords},
    },
};
use domain::{form::editing::SheetFault, id::FormId, text::Lang};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn ComparePage() -> impl IntoView {
    let lang = use_lang();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let version = move |key: &'static str| query.with(|query| query.get_str(key)?.parse().ok());
    let new = Memo::new(move |_| version("new"));
    let asked = Asked::new(move || ask(CompareForms { id: id.get(), old: version("old"), new: new.get() }));
    await_resource(asked, move |_, found: Result<Comparison, Vec<SheetFault>>| match found {
        Ok(comparison) => page(lang, &comparison, new.get_untracked().is_none()),
        Err(faults) => faulty(lang, &id.get_untracked(), &faults),
    })
}

/// A draft with faults is no form that could be compared; without any, nothing was published.
fn faulty(lang: Lang, id: &str, faults: &[SheetFault]) -> AnyView {
    let words = match faults {
        [] => view! { <p>{t::nothing_to_compare(lang)}</p> }.into_any(),
        faults => fault_list(lang, faults),
    };
    let editor = editor_address(&FormId::from(id), &EditorView::default());
    view! {
        <PageHeader title=t::compare(lang) finds_in=FORMS>
            <a class="chip" href=editor>
                {t::edit(lang)}
            </a>
        </PageHeader>
        <div class="page-body">{words}</div>
    }
    .into_any()
}

fn page(lang: Lang, comparison: &Comparison, with_draft: bool) -> AnyView {
    let Comparison { id, title, old, new, differences } = comparison;
    let editor = with_draft.then(|| {
        view! {
            <a class="chip" href=editor_address(id, &EditorView::default())>
                {t::edit(lang)}
            </a>
        }
    });
    let same = differences.is_empty().then(|| view! { <p class="page-body">{t::same(lang)}</p> });
    let rows = differences.iter().map(|difference| rows(lang, difference)).collect_view();
    let table = (!differences.is_empty()).then(|| {
        view! {
            <div class="table-scroll">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::difference(lang)}</th>
                            <th scope="col">{t::what_differs(lang)}</th>
                            <th scope="col">{old.clone()}</th>
                            <th scope="col">{new.clone()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let (sides, form) = (t::compare_sides(lang, old.clone(), new.clone()), form_address(id));
    view! {
        <PageHeader title=t::compare_title(lang, title.clone()) finds_in=FORMS>
            <span class="u-small">{sides}</span>
            <a class="chip" href=form>
                {t::to_form(lang)}
            </a>
            {editor}
        </PageHeader>
        {same}
        {table}
    }
    .into_any()
}

fn rows(lang: Lang, difference: &DifferenceWords) -> AnyView {
    let shown = |words: &str| if words.is_empty() { t::nothing(lang).to_owned() } else { words.to_owned() };
    let row = |part: &PartWords| {
        view! {
            <tr>
                <td class="cell--wrap" data-label=t::difference(lang)>
                    {difference.at.clone()}
                </td>
                <td class="cell--wrap" data-label=t::what_differs(lang)>
                    {part.name.clone()}
                </td>
                <td class="cell--wrap" data-label=t::before(lang)>
                    <del>{shown(&part.old)}</del>
                </td>
                <td class="cell--wrap" data-label=t::after(lang)>
                    <ins>{shown(&part.new)}</ins>
                </td>
            </tr>
        }
    };
    difference.parts.iter().map(row).collect_view().into_any()
}
