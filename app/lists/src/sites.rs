//! 场所列表 in columns. Telephones of those who answer for a site stand on the site's page alone.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName, Shown},
    site::{SiteFilter, SiteRow},
    text::Lang,
};
use i18n::{office, parties};

pub struct Sites;

type Col = Column<SiteRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("code", office::code, |row, _| Cell::text(&row.code)).layout(Layout::Figures),
    Col::new("site", office::site, |row, _| Cell::text(&row.name)).cut(),
    Col::new("risk", office::risk, |row, around| Cell::text(row.risk.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("kinds", office::site_kinds, |row, around| Cell::text(kinds(row, around))).cut(),
    Col::new("sector", office::sector, |row, around| Cell::text(row.sector.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("grid", office::grid, |row, around| Cell::text(around.names.grid(row.grid)))
        .layout(Layout::Minor)
        .cut(),
    Col::new("address", office::address, |row, _| Cell::text(&row.address)).shown(Shown::InFiles),
    Col::new("contacts", office::contacts, |row, around| Cell::text(contacts(row, around))).cut(),
    Col::new("party", parties::party, |row, _| Cell::from(row.party_name.clone())).shown(Shown::InFiles),
    Col::new("credit_code", parties::credit_code, |row, _| {
        Cell::from(row.credit_code.as_ref().map(ToString::to_string))
    })
    .layout(Layout::Code)
    .shown(Shown::InFiles),
    Col::new("leader", office::leader, |row, _| Cell::text(&row.leader)).cut(),
    Col::new("open", office::open, |row, _| Cell::Number(row.open_hazards)).layout(Layout::EndFigures),
    Col::new("last_visit", office::last_visit, |row, _| Cell::from(row.last_visit)).shown(Shown::InFiles),
    Col::new("next_visit", office::next_visit, |row, _| Cell::from((!row.retired).then_some(row.next_visit)))
        .layout(Layout::End),
    Col::new("state", office::use_state, |row, around| {
        let state = if row.retired { office::is_retired } else { office::in_use };
        Cell::text(state(around.lang))
    })
    .shown(Shown::InFiles),
];

fn kinds(row: &SiteRow, around: &CellContext) -> String {
    let kinds: Vec<_> = row.kinds.iter().map(|kind| around.names.kind(kind, around.lang)).collect();
    kinds.join(office::between_choices(around.lang))
}

fn contacts(row: &SiteRow, around: &CellContext) -> String {
    row.contacts.join(office::between_choices(around.lang))
}

impl List for Sites {
    type Filter = SiteFilter;
    type Row = SiteRow;
    type Summary = ();

    const NAME: ListName = ListName::Sites;

    fn title(lang: Lang) -> &'static str {
        office::sites(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
