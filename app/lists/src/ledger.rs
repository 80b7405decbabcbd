//! 隐患台账 in columns.

use super::{CellContext, List};
use domain::{
    ledger::{LedgerFilter, LedgerRow, LedgerSummary},
    list::{Cell, Column, Layout, ListName, Shown},
    text::Lang,
};
use i18n::{office, parties, trade};

pub struct Ledger;

type Col = Column<LedgerRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("number", office::number, |row, _| Cell::text(&row.number)).layout(Layout::MinorFigures),
    Col::new("site", office::site, |row, _| Cell::text(&row.site_name)).cut(),
    Col::new("risk", office::risk, |row, around| Cell::text(row.risk.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("community", office::community, |row, _| Cell::text(&row.community_name)).shown(Shown::InFiles),
    Col::new("hazard", office::hazard, |row, _| Cell::text(&row.what)).cut(),
    Col::new("level", office::level, |row, around| Cell::text(trade::severity(around.lang, row.level)))
        .shown(Shown::InFiles),
    Col::new("sector", office::sector, |row, around| Cell::text(row.sector.name().get(around.lang)))
        .layout(Layout::Minor)
        .cut(),
    Col::new("progress", office::progress, |row, around| Cell::text(progress(around.lang, row))),
    Col::new("deadline", office::deadline, |row, _| Cell::from(row.due)).layout(Layout::End),
    Col::new("department", office::department, |row, _| Cell::from(row.department_name.clone()))
        .shown(Shown::InFiles),
    Col::new("party", parties::party, |row, _| Cell::from(row.party_name.clone())).shown(Shown::InFiles),
    Col::new("funds", office::funds_in_yuan, |row, _| Cell::from(row.funds))
        .layout(Layout::EndFigures)
        .shown(Shown::InFiles),
    Col::new("found_at", office::found_at, |row, _| Cell::Instant(row.found_at)).shown(Shown::InFiles),
    Col::new("finder", office::finder, |row, _| Cell::text(&row.found_by)).shown(Shown::InFiles),
];

/// As the badge says it.
fn progress(lang: Lang, row: &LedgerRow) -> &'static str {
    trade::standing(lang, row.status, row.extension_asked, row.to_refer)
}

impl List for Ledger {
    type Filter = LedgerFilter;
    type Row = LedgerRow;
    type Summary = LedgerSummary;

    const NAME: ListName = ListName::Ledger;

    fn title(lang: Lang) -> &'static str {
        office::ledger(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
