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
    Col::new("code", office::code, |row, _| Cell::text(&row.site.code)).layout(Layout::Figures),
    Col::new("site", office::site, |row, _| Cell::text(&row.site.name)).cut(),
    Col::new("risk", office::risk, |row, around| Cell::text(row.site.risk.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("kinds", office::site_kinds, |row, around| Cell::text(kinds(row, around))).cut(),
    Col::new("sector", office::sector, |row, around| Cell::text(row.site.sector.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("grid", office::grid, |row, around| Cell::text(around.names.grid(row.site.grid)))
        .layout(Layout::Minor)
        .cut(),
    Col::new("address", office::address, |row, _| Cell::text(&row.site.address)).shown(Shown::InFiles),
    Col::new("contacts", office::contacts, |row, around| Cell::text(contacts(row, around))).cut(),
    Col::new("party", parties::party, |row, _| {
        Cell::from(row.site.party.as_ref().map(|party| party.name.clone()))
    })
    .shown(Shown::InFiles),
    Col::new("credit_code", parties::credit_code, |row, _| {
        let code = row.site.party.as_ref().and_then(|party| party.credit_code.as_ref());
        Cell::from(code.map(ToString::to_string))
    })
    .layout(Layout::Code)
    .shown(Shown::InFiles),
    Col::new("leader", office::leader, |row, _| Cell::text(&row.site.leader)).cut(),
    Col::new("open", office::open, |row, _| Cell::Number(row.open_hazards)).layout(Layout::EndFigures),
    Col::new("last_visit", office::last_visit, |row, _| Cell::from(row.site.last_visit))
        .shown(Shown::InFiles),
    Col::new("next_visit", office::next_visit, |row, _| {
        Cell::from((!row.site.retired).then_some(row.next_visit))
    })
    .layout(Layout::End),
    Col::new("state", office::use_state, |row, around| {
        let state = if row.site.retired { office::is_retired } else { office::in_use };
        Cell::text(state(around.lang))
    })
    .shown(Shown::InFiles),
];

fn kinds(row: &SiteRow, around: &CellContext) -> String {
    let kinds: Vec<_> = row.site.kinds.iter().map(|kind| around.names.kind(kind, around.lang)).collect();
    kinds.join(office::between_choices(around.lang))
}

fn contacts(row: &SiteRow, around: &CellContext) -> String {
    let names: Vec<_> = row.site.contacts.iter().map(|contact| contact.name.as_str()).collect();
    names.join(office::between_choices(around.lang))
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
