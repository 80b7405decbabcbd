//! 责任主体列表 in columns. Telephones of their people stand on a party's page alone.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName, Shown},
    party::{PartyFilter, PartyRow},
    text::Lang,
};
use i18n::{office, parties};

pub struct Parties;

type Col = Column<PartyRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("party", parties::party, |row, _| Cell::text(&row.name)).cut(),
    Col::new("kind", parties::kind, |row, around| Cell::text(row.kind.name().get(around.lang)))
        .layout(Layout::Minor),
    Col::new("credit_code", parties::credit_code, |row, _| {
        Cell::from(row.credit_code.as_ref().map(ToString::to_string))
    })
    .layout(Layout::Code),
    Col::new("principal", parties::principal, |row, _| Cell::from(row.principal.clone())).cut(),
    Col::new("sites", office::sites_in_use, |row, _| Cell::Number(row.sites)).layout(Layout::EndFigures),
    Col::new("open", office::open, |row, _| Cell::Number(row.open_hazards)).layout(Layout::EndFigures),
    Col::new("state", office::use_state, |row, around| {
        let state = if row.retired { office::is_retired } else { office::in_use };
        Cell::text(state(around.lang))
    })
    .shown(Shown::InFiles),
];

impl List for Parties {
    type Filter = PartyFilter;
    type Row = PartyRow;
    type Summary = ();

    const NAME: ListName = ListName::Parties;

    fn title(lang: Lang) -> &'static str {
        parties::parties(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
