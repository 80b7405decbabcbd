//! A row of the preview: what becomes of it, what differs, and what can be done about it on the spot.

use super::{
    address::preview_address,
    preview::{Doing, hidden},
};
use crate::{
    components::icon::{Icon, Sign},
    i18n::import as t,
    sending::SentForm,
};
use domain::{
    import::{CellError, FieldChange, ImportAsk, ImportView, PlannedRow, RowStatus},
    text::Lang,
};
use leptos::prelude::*;
use uuid::Uuid;

pub fn row(&doing: &Doing, plan: Uuid, row: &PlannedRow) -> AnyView {
    let lang = doing.lang;
    let on = doing.view.row == Some(row.row);
    let href = preview_address(plan, ImportView { row: Some(row.row), ..doing.view });
    let name = if row.name.is_empty() { t::no_name(lang).to_owned() } else { row.name.clone() };
    view! {
        <tr class:data-table__row--on=on>
            <td class="u-soft" data-label=t::row_number(lang)>
                {row.row}
            </td>
            <td class="u-code" data-label=t::key_any(lang)>
                {row.key.clone()}
            </td>
            <td class="cell--wrap" data-label=t::name_any(lang)>
                <a class="cell__link" href=href data-noscroll="true">
                    {name}
                </a>
            </td>
            <td data-label=t::becomes(lang)>{kind(lang, row.status)}</td>
            <td class="cell--wrap" data-label=t::differs(lang)>
                {differs(lang, row)}
            </td>
            <td class="cell--right cell--wrap" data-label=t::to_do(lang)>
                {what_to_do(&doing, plan, row)}
            </td>
        </tr>
    }
    .into_any()
}

pub fn kind(lang: Lang, status: RowStatus) -> AnyView {
    let class = match status {
        RowStatus::Wrong => "import-standing import-standing--ink",
        RowStatus::Confirm => "import-standing import-standing--out",
        RowStatus::New => "import-standing import-standing--new",
        RowStatus::Changed | RowStatus::Same | RowStatus::Left => "import-standing",
    };
    view! { <span class=class>{t::status(lang, status)}</span> }.into_any()
}

fn differs(lang: Lang, row: &PlannedRow) -> AnyView {
    match row.status {
        RowStatus::Wrong => {
            let fault =
                |fault: &CellError| view! { <div>{format!("{}：{}", fault.heading, fault.reason)}</div> };
            row.faults.iter().map(fault).collect_view().into_any()
        }
        RowStatus::Confirm => {
            let asks = row.asks.iter().map(|ask| view! { <div>{ask.words.clone()}</div> }).collect_view();
            view! { {asks} {changes(lang, &row.changes)} }.into_any()
        }
        RowStatus::Changed => changes(lang, &row.changes),
        RowStatus::New => view! { <span class="u-soft">{row.about.clone()}</span> }.into_any(),
        RowStatus::Same | RowStatus::Left => ().into_any(),
    }
}

pub fn changes(lang: Lang, changes: &[FieldChange]) -> AnyView {
    let change = |change: &FieldChange| {
        let empty =
            |words: &str| if words.is_empty() { t::nothing(lang).to_owned() } else { words.to_owned() };
        view! {
            <div class="import-change">
                {change.heading.clone()} " " <del>{empty(&change.before)}</del>
                <span class="import-change__arrow" aria-label=t::becomes_so(lang) role="img">
                    "→"
                </span> <ins>{empty(&change.after)}</ins>
            </div>
        }
    };
    changes.iter().map(change).collect_view().into_any()
}

fn what_to_do(&doing: &Doing, plan: Uuid, row: &PlannedRow) -> AnyView {
    match row.status {
        RowStatus::Wrong => {
            let offers =
                row.faults.iter().flat_map(|fault| offers(&doing, plan, row.row, fault)).collect_view();
            view! {
                <div class="import-acts">
                    {offers}
                    <a
                        class="link"
                        href=preview_address(plan, ImportView { row: Some(row.row), ..doing.view })
                        data-noscroll="true"
                    >
                        {t::fill_in(doing.lang)}
                    </a>
                </div>
            }
            .into_any()
        }
        RowStatus::Confirm => {
            let ticks = row.asks.iter().map(|ask| tick(&doing, plan, row.row, ask)).collect_view();
            view! { <div class="import-acts">{ticks}</div> }.into_any()
        }
        RowStatus::Left => one_press(&doing, plan, row.row, "take", t::take_again(doing.lang)),
        RowStatus::Changed | RowStatus::New | RowStatus::Same => ().into_any(),
    }
}

/// `就是 3-1`
pub fn offers(&doing: &Doing, plan: Uuid, row: u32, fault: &CellError) -> Vec<AnyView> {
    let offer = |value: &String| {
        let words = t::it_is(doing.lang, value.clone());
        correction(&doing, plan, row, &fault.column, value, words)
    };
    fault.offers.iter().map(offer).collect()
}

fn correction(&doing: &Doing, plan: Uuid, row: u32, column: &str, value: &str, words: String) -> AnyView {
    let (column, value) = (column.to_owned(), value.to_owned());
    view! {
        <SentForm to=doing.mark>
            {hidden(doing.view, plan)}
            <input type="hidden" name="row" value=row.to_string() />
            <input type="hidden" name="column" value=column />
            <input type="hidden" name="value" value=value />
            <button class="link" name="mark" value="correct">
                {words}
            </button>
        </SentForm>
    }
    .into_any()
}

/// A button that confirms a row or takes the confirmation back; it works without the page's program.
pub fn tick(&doing: &Doing, plan: Uuid, row: u32, ask: &ImportAsk) -> AnyView {
    let other = ask
        .other
        .as_ref()
        .filter(|_| !ask.ticked)
        .map(|other| correction(&doing, plan, row, &other.column, &other.value, other.words.clone()));
    let (mark, class) =
        if ask.ticked { ("untick", "tick__box tick__box--on") } else { ("tick", "tick__box") };
    let sign = ask.ticked.then(|| view! { <Sign icon=Icon::Tick /> });
    let checked = if ask.ticked { "true" } else { "false" };
    let (id, words) = (ask.id.clone(), ask.tick.clone());
    view! {
        {other}
        <SentForm to=doing.mark>
            {hidden(doing.view, plan)}
            <input type="hidden" name="row" value=row.to_string() />
            <input type="hidden" name="value" value=id />
            <button class="tick" name="mark" value=mark role="checkbox" aria-checked=checked>
                <span class=class>{sign}</span>
                {words}
            </button>
        </SentForm>
    }
    .into_any()
}

pub fn one_press(&doing: &Doing, plan: Uuid, row: u32, mark: &'static str, words: &'static str) -> AnyView {
    view! {
        <SentForm to=doing.mark>
            {hidden(doing.view, plan)}
            <input type="hidden" name="row" value=row.to_string() />
            <button class="link" name="mark" value=mark>
                {words}
            </button>
        </SentForm>
    }
    .into_any()
}
