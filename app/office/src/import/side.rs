//! The row that is looked at: its cells, what is wrong with it, and the fields to put that right.

use super::{
    address::preview_address,
    preview::{Doing, hidden},
    row::{changes, kind, offers, one_press, tick},
};
use crate::{i18n::import as t, sending::SentForm};
use domain::import::{CellError, ChosenRow, ImportView, RowStatus, ShownCell};
use leptos::prelude::*;
use uuid::Uuid;

pub fn side(&doing: &Doing, plan: Uuid, chosen: &ChosenRow) -> AnyView {
    let lang = doing.lang;
    let row = &chosen.row;
    let back = preview_address(plan, ImportView { row: None, ..doing.view });
    let cells = chosen.cells.iter().map(|cell| fact(&doing, plan, row.row, cell)).collect_view();
    let faults = row.faults.iter().map(|fault| field(&doing, plan, row.row, fault)).collect_view();
    let asks = row.asks.iter().map(|ask| {
        view! {
            <div class="import-fix">
                <p>{ask.words.clone()}</p>
                <div class="import-acts">{tick(&doing, plan, row.row, ask)}</div>
            </div>
        }
    });
    let leave = match row.status {
        RowStatus::Left => one_press(&doing, plan, row.row, "take", t::take_again(lang)),
        RowStatus::Same => ().into_any(),
        RowStatus::Wrong | RowStatus::Confirm | RowStatus::Changed | RowStatus::New => {
            one_press(&doing, plan, row.row, "leave", t::leave(lang))
        }
    };
    view! {
        <aside class="side-panel" aria-label=t::this_row(lang, row.row)>
            <div>
                <p class="u-small">{t::this_row(lang, row.row)} " " {kind(lang, row.status)}</p>
                <h2>{row.name.clone()}</h2>
            </div>
            {faults}
            {asks.collect_view()}
            {changes(lang, &row.changes)}
            <dl class="fact-list">{cells}</dl>
            <div class="link-row">
                {leave}
                <a class="link" href=back data-noscroll="true">
                    {t::back_to_rows(lang)}
                </a>
            </div>
        </aside>
    }
    .into_any()
}

fn fact(&doing: &Doing, plan: Uuid, row: u32, cell: &ShownCell) -> AnyView {
    let lang = doing.lang;
    let restore = cell.corrected.then(|| {
        let column = cell.column.clone();
        view! {
            <SentForm to=doing.mark>
                {hidden(doing.view, plan)}
                <input type="hidden" name="row" value=row.to_string() />
                <input type="hidden" name="column" value=column />
                <button class="link" name="mark" value="restore">
                    {t::restore(lang)}
                </button>
            </SentForm>
        }
    });
    view! {
        <dt>{cell.heading.clone()}</dt>
        <dd>{cell.shown.clone()} {restore}</dd>
    }
    .into_any()
}

/// `编码应该是 [3-1] 用它`
fn field(&doing: &Doing, plan: Uuid, row: u32, fault: &CellError) -> AnyView {
    let lang = doing.lang;
    let id = format!("right-{}", fault.column);
    let hint = format!("{id}-h");
    // Where it may have been one of several things, nothing is written there that one press would take.
    let first = match fault.offers.as_slice() {
        [first] | [first, _] => first.clone(),
        [] | [_, _, _, ..] => String::new(),
    };
    let shown =
        (!fault.shown.is_empty()).then(|| t::in_the_list(lang, fault.cell.clone(), fault.shown.clone()));
    let kind = if fault.column == "password" { "password" } else { "text" };
    let (column, label) = (fault.column.clone(), t::should_be(lang, fault.heading.clone()));
    let described = hint.clone();
    let offers = offers(&doing, plan, row, fault);
    view! {
        <div class="import-fix">
            <p class="error-line" id=hint>
                {fault.reason.clone()}
            </p>
            {shown.map(|shown| view! { <p class="u-small">{shown}</p> })}
            <SentForm to=doing.mark attr:class="field">
                {hidden(doing.view, plan)}
                <input type="hidden" name="row" value=row.to_string() />
                <input type="hidden" name="column" value=column />
                <label for=id.clone()>{label}</label>
                <div class="field__group">
                    <input
                        class="input"
                        type=kind
                        id=id
                        name="value"
                        value=first
                        autocomplete="off"
                        aria-describedby=described
                        aria-invalid="true"
                    />
                    <button class="button button--quiet" name="mark" value="correct">
                        {t::use_it(lang)}
                    </button>
                </div>
            </SentForm>
            <div class="import-acts">{offers}</div>
        </div>
    }
    .into_any()
}
