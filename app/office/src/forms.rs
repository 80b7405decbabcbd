//! 检查表: every form of the office, by sector and layer, and each as an inspector will be asked it.

pub mod address;
mod campaign;
mod manage;
mod question;
pub mod sheet;
pub mod standing;
mod versions;

use crate::form_edit::address::{EditorView, editor_address};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::filter_chips::{ApplyWithoutScript, FilterLink, FilterSelect},
    head::PageHeader,
    i18n::{form_editing as editing, forms as t, office, use_lang},
    list::one_of,
    nothing::nothing_fits,
    server_fns::{
        AsOf,
        forms::{LoadForms, row::FormFilter},
        frame::Frame,
    },
};
use address::{FORMS, form_address, forms_address, read};
use chrono::NaiveDate;
use domain::{
    form::{Layer, editing::FormOverview},
    role::Action,
    sector::Sector,
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use manage::Manage;
use standing::Standing;

#[component]
pub fn FormsPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(read));
    let asked = Asked::new(move || ask(LoadForms { filter: filter.get() }));
    view! {
        <PageHeader
            title=t::forms(lang)
            finds_in=FORMS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        <Form method="GET" action=FORMS attr:class="filters" noscroll=true>
            {move || choices(lang, &filter.get())}
        </Form>
        <Manage />
        {await_resource(
            asked,
            move |frame, rows: AsOf<Vec<FormOverview>>| {
                let today = rows.today();
                table(lang, &frame, rows.value, today)
            },
        )}
    }
}

fn choices(lang: Lang, filter: &FormFilter) -> AnyView {
    let sectors = one_of(Sector::ALL, |sector| sector.name().get(lang).to_owned());
    let layers = Layer::ALL.map(|layer| (layer.as_str().to_owned(), t::layer_name(lang, layer).to_owned()));
    let query = (!filter.query.is_empty()).then(|| {
        let href = forms_address(&FormFilter { query: String::new(), ..filter.clone() });
        let words = office::found_by(lang, filter.query.clone());
        view! {
            <input type="hidden" name="q" value=filter.query.clone() />
            <FilterLink href on=true>
                {words}
                <span aria-label=office::remove_filter(lang)>"×"</span>
            </FilterLink>
        }
    });
    view! {
        <FilterSelect
            name="sector"
            label=office::sector(lang)
            options=sectors
            chosen=filter.sector.map(Sector::as_str).unwrap_or_default()
        />
        <FilterSelect
            name="layer"
            label=t::layer(lang)
            options=layers.to_vec()
            chosen=filter.layer.map(Layer::as_str).unwrap_or_default()
        />
        {query}
        <ApplyWithoutScript />
    }
    .into_any()
}

fn table(lang: Lang, frame: &Frame, rows: Vec<FormOverview>, today: NaiveDate) -> AnyView {
    if rows.is_empty() {
        return nothing_fits(lang, t::no_forms(lang), FORMS);
    }
    let count = rows.len();
    let rows = rows.into_iter().map(|row| table_row(lang, frame, row, today)).collect_view();
    view! {
        <p class="page-lead" role="status">
            {t::count(lang, count)}
        </p>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::with_title(lang)}</th>
                        <th scope="col">{office::sector(lang)}</th>
                        <th scope="col">{t::layer(lang)}</th>
                        <th scope="col">{t::questions(lang)}</th>
                        <th scope="col">{editing::state(lang)}</th>
                        <th scope="col">{editing::draft(lang)}</th>
                        <th scope="col">{t::offered_at(lang)}</th>
                        <th scope="col">{t::reviewed(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(lang: Lang, frame: &Frame, row: FormOverview, today: NaiveDate) -> AnyView {
    let kinds: Vec<_> = row.site_kinds.iter().map(|kind| frame.kind(kind, lang)).collect();
    let kinds = kinds.join(office::between_choices(lang));
    let ended = (row.ended > 0).then(|| {
        view! { <span class="badge badge--act">{t::ended(lang, row.ended)}</span> }
    });
    let review = row.published.as_ref().and_then(|edition| edition.review.as_ref());
    let reviewed = review.map_or_else(
        || t::not_reviewed(lang).to_owned(),
        |review| t::reviewed_by(lang, review.by.clone(), review.on.to_string()),
    );
    let due = row.published.as_ref().and_then(|edition| edition.review_due);
    let due = due.map(|due| review_due(lang, due, today));
    let questions = row.published.as_ref().map(|edition| edition.questions.to_string());
    let writes = frame.me.may_do(Action::ManageForms);
    let editor = editor_address(&row.id, &EditorView::default());
    // What was never published has no page of its own.
    let href = match (&row.published, writes) {
        (None, true) => editor.clone(),
        (Some(_), _) | (None, false) => form_address(&row.id),
    };
    let title = row.title.get(lang);
    let title = if title.is_empty() { editing::untitled(lang, row.id.to_string()) } else { title.to_owned() };
    let draft = row.draft.as_ref().map(|draft| {
        let faults = standing::faults(lang, draft.faults);
        let saved = editing::saved(lang, draft.saved_by.clone(), time::short(draft.saved_at));
        let link = writes.then(|| {
            view! {
                <a class="cell__link" href=editor aria-label=editing::editor_title(lang, title.clone())>
                    {editing::draft(lang)}
                    " "
                    {faults.clone()}
                </a>
            }
        });
        let plain = (!writes).then_some(faults);
        view! {
            {link}
            {plain}
            <span class="u-small">{saved}</span>
        }
    });
    let standing = Standing::of(row.published.as_ref(), today);
    view! {
        <tr>
            <td class="cell--wrap cell--name" data-label=t::with_title(lang)>
                <a class="cell__link" href=href>
                    {title.clone()}
                    " "
                    {ended}
                </a>
            </td>
            <td class="cell--wrap" data-label=office::sector(lang)>{row.sector.name().get(lang).to_owned()}</td>
            <td data-label=t::layer(lang)>{t::layer_name(lang, row.layer)}</td>
            <td data-label=t::questions(lang)>{questions}</td>
            <td class="cell--wrap" data-label=editing::state(lang)>
                {standing::badge(lang, row.published.as_ref(), standing)}
            </td>
            <td class="cell--wrap" data-label=editing::draft(lang)>
                {draft}
            </td>
            <td class="u-soft" title=kinds.clone() data-label=t::offered_at(lang)>
                {kinds.clone()}
            </td>
            <td class="cell--wrap" class:u-soft=review.is_none() data-label=t::reviewed(lang)>
                {reviewed}
                " "
                {due}
            </td>
        </tr>
    }
    .into_any()
}

/// By when somebody has to look again at what a form rests on, marked once that day is over.
fn review_due(lang: Lang, due: NaiveDate, today: NaiveDate) -> AnyView {
    let (class, words) = if due < today {
        ("badge badge--act", t::review_overdue(lang, due.to_string()))
    } else {
        ("u-small", t::review_due_by(lang, due.to_string()))
    };
    view! { <span class=class>{words}</span> }.into_any()
}
