//! # A list page
//!
//! What every list of the desk has: the row of filters, what narrows it beyond them, how many rows are left, the buttons for
//! files, the table drawn from the columns, pages, and what is said where nothing fits. A list says what is its own by
//! [`DeskList`]; everything is in the address.

pub mod address;
mod controls;
mod table;

pub use controls::{Control, communities, named, one_of};
pub use table::{cells, headings, stacked, stacked_with, table};

use crate::{
    asking,
    await_resource::{await_part, await_resource},
    components::{
        filter_chips::{ApplyWithoutScript, FilterLink},
        pagination::{Pagination, pages, past_the_end},
    },
    desk::use_desk,
    i18n::{office, use_lang},
    lists::{CellContext, List, PageOf, path},
    server_fns::{AsOf, frame::Frame},
};
use address::{address, export_address};
use domain::{
    list::{FileFormat, ListFilter, PAGE_SIZE},
    settings::paper::Paper,
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What a list has of its own on the screen.
pub trait DeskList: List<Row: DeserializeOwned, Summary: DeserializeOwned> {
    /// The chips and choices of its filters, in their order.
    fn controls(lang: Lang, frame: &Frame, filter: &Self::Filter) -> Vec<Control<Self::Filter>>;

    /// What narrows it beyond them, each with the filter without it. `first` is the first row that is left, which may know
    /// what the narrowing is called.
    fn narrowing(
        _lang: Lang,
        _frame: &Frame,
        _filter: &Self::Filter,
        _first: Option<&Self::Row>,
    ) -> Vec<(String, Self::Filter)> {
        vec![]
    }

    /// "126 条"
    fn count(lang: Lang, page: &PageOf<Self>) -> String;

    /// What is said where nothing fits.
    fn nothing(lang: Lang) -> AnyView;

    /// A cell that is more than its words; none: the words.
    fn cell(_key: &'static str, _row: &Self::Row, _around: &CellContext) -> Option<AnyView> {
        None
    }
}

/// The page of a list, asked for.
pub type Asked<L> = asking::Asked<AsOf<PageOf<L>>>;

/// What the address asks the list.
pub fn asked_by_address<L: List>() -> Memo<L::Filter> {
    let query = use_query_map();
    Memo::new(move |_| query.with(address::read::<L::Filter>))
}

/// The filters in one line, and what they leave.
pub fn filters<L: DeskList>(asked: Asked<L>, filter: Memo<L::Filter>) -> AnyView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Form method="GET" action=path(L::NAME) attr:class="filters" noscroll=true>
            {await_part(move || {
                let filter = filter.get();
                Box::pin(async move { frame.await.ok().map(|frame| choices::<L>(lang, &frame, &filter)) })
            })}
            {await_part(move || {
                Box::pin(async move {
                    match (frame.await, asked.answer().await) {
                        (Ok(frame), Ok(page)) => {
                            Some(left::<L>(lang, &frame, &page.value, &filter.get_untracked()))
                        }
                        (Err(_), _) | (_, Err(_)) => None,
                    }
                })
            })}
        </Form>
    }
    .into_any()
}

fn choices<L: DeskList>(lang: Lang, frame: &Frame, filter: &L::Filter) -> AnyView {
    let controls = L::controls(lang, frame, filter);
    // A choice made in the form keeps what its other controls do not say.
    let said: Vec<_> = controls.iter().filter_map(Control::key).collect();
    let kept = filter.at_page(1).words().into_iter().filter(|(key, _)| !said.contains(key));
    let kept =
        kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    let controls = controls.into_iter().map(controls::view::<L>).collect_view();
    view! {
        {kept}
        {controls}
        <ApplyWithoutScript />
    }
    .into_any()
}

fn left<L: DeskList>(lang: Lang, frame: &Frame, page: &PageOf<L>, filter: &L::Filter) -> AnyView {
    let narrowing = L::narrowing(lang, frame, filter, page.rows.first()).into_iter();
    let narrowing = narrowing.map(|(words, without)| {
        let href = address::<L>(&without.at_page(1));
        view! {
            <FilterLink href on=true>
                {words}
                <span aria-label=office::remove_filter(lang)>"×"</span>
            </FilterLink>
        }
    });
    view! {
        {narrowing.collect_view()}
        <span class="filters__count" role="status">
            {L::count(lang, page)}
        </span>
        {files::<L>(lang, frame, filter, page.total)}
    }
    .into_any()
}

/// The list as files, as it is filtered.
fn files<L: DeskList>(lang: Lang, frame: &Frame, filter: &L::Filter, total: u64) -> AnyView {
    if Paper::of_list(L::NAME).is_some_and(|paper| !frame.papers.issues(paper)) {
        return ().into_any();
    }
    let link = |format: FileFormat| {
        let words = match format {
            FileFormat::Csv => office::export_csv(lang),
            FileFormat::Xlsx => office::export_xlsx(lang),
        };
        // Left to the browser: the answer is a file, or a page that says why there is none.
        view! {
            <a class="chip" href=export_address(L::NAME, filter, format) rel="external">
                {words}
            </a>
        }
    };
    let most = FileFormat::Xlsx.most_rows();
    let cut = (total > u64::from(most))
        .then(|| view! { <span class="u-small">{office::export_most(lang, most)}</span> });
    view! {
        {FileFormat::ALL.map(link)}
        {cut}
    }
    .into_any()
}

/// The rows as `table` shows them, with pages; or what is said where there are none.
pub fn rows<L: DeskList>(
    asked: Asked<L>,
    filter: Memo<L::Filter>,
    table: impl Fn(&CellContext, Vec<L::Row>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let lang = use_lang();
    await_resource(asked, move |frame, page: AsOf<PageOf<L>>| {
        let around = around(lang, &frame, &page);
        let (page, filter) = (page.value, filter.get_untracked());
        let count = pages(page.total, PAGE_SIZE);
        let here = filter.page();
        let address = move |page| address::<L>(&filter.at_page(page));
        if let Some(gone) = past_the_end(lang, here, count, &address) {
            return gone;
        }
        let unreadable = (page.unreadable > 0).then(|| {
            view! {
                <p class="notice" role="alert">
                    {office::unreadable_rows(lang, page.unreadable)}
                </p>
            }
        });
        if page.rows.is_empty() && unreadable.is_none() {
            return L::nothing(lang);
        }
        view! {
            {unreadable}
            {table(&around, page.rows)}
            <Pagination page=here pages=count address />
        }
        .into_any()
    })
}

/// What the cells of an answer need beside their rows.
pub fn around<T>(lang: Lang, frame: &Frame, answer: &AsOf<T>) -> CellContext {
    CellContext { lang, today: answer.today(), names: Arc::new(frame.names.clone()) }
}
