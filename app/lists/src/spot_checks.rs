//! 抽查列表 in columns. No row names a site.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName},
    spot_check::{SpotCheckFilter, SpotCheckRow},
    text::Lang,
};
use i18n::spot_checks as t;

pub struct SpotChecks;

type Col = Column<SpotCheckRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("title", t::title, |row, _| Cell::text(&row.title)).cut(),
    Col::new("kind", t::kind, |row, around| Cell::text(row.kind.name().get(around.lang))),
    Col::new("state", t::step, |row, around| Cell::text(row.step.name().get(around.lang))),
    Col::new("leader", t::leader, |row, _| Cell::text(&row.leader_name)).cut(),
    Col::new("opens_at", t::opens_at, |row, _| Cell::Instant(row.opens_at)).layout(Layout::Figures),
    Col::new("until", t::until, |row, _| Cell::Day(row.until)).layout(Layout::Figures),
    Col::new("done", t::done, |row, _| Cell::Number(row.checks.done.into())).layout(Layout::EndFigures),
    Col::new("under_way", t::under_way, |row, _| Cell::Number(row.checks.under_way.into()))
        .layout(Layout::EndFigures),
    Col::new("missed", t::missed, |row, _| Cell::Number(row.checks.missed.into())).layout(Layout::EndFigures),
];

impl List for SpotChecks {
    type Filter = SpotCheckFilter;
    type Row = SpotCheckRow;
    type Summary = ();

    const NAME: ListName = ListName::SpotChecks;

    fn title(lang: Lang) -> &'static str {
        t::checks(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
