//! 隐患台账: the list on the left, the proof on the right. Filters and the open row stand in the address.

pub mod address;
mod filters;
mod keys;
mod table;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    hazard::{FileAsked, panel::Beside},
    head::PageHeader,
    i18n::{office, use_lang},
    list,
    lists::ledger::Ledger,
    server_fns::hazards::LoadLedger,
};
use address::hazard_in;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn LedgerPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let query = use_query_map();
    let filter = list::asked_by_address::<Ledger>();
    let open = Memo::new(move |_| query.with(hazard_in));
    let asked = Asked::new(move || ask(LoadLedger { filter: filter.get() }).in_round(desk.changes.get()));
    let file = FileAsked::new(open.into());
    let rows = StoredValue::new(vec![]);
    keys::walk(filter, open, rows);
    view! {
        <PageHeader
            title=office::ledger(lang)
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        {list::filters::<Ledger>(asked, filter)}
        <div class="split" class:split--open=move || open.with(Option::is_some)>
            <div class="split__list">
                {list::rows::<Ledger>(
                    asked,
                    filter,
                    move |around, page| {
                        rows.set_value(page.iter().map(|row| row.id).collect());
                        table::table(around, page, &filter.get_untracked(), open)
                    },
                )}
            </div>
            <aside class="detail" id="detail">
                <Beside file filter open />
            </aside>
        </div>
    }
}
