//! 群众举报列表 in columns. Nothing here tells who reported.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName, Shown},
    public_report::{PublicReportFilter, PublicReportRow},
    text::Lang,
};
use i18n::public_reports as t;

pub struct PublicReports;

type Col = Column<PublicReportRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("number", t::number, |row, _| Cell::text(&row.report.number)).layout(Layout::Figures),
    Col::new("what", t::what, |row, _| Cell::text(&row.report.what)).layout(Layout::Long),
    Col::new("place", t::place, |row, _| Cell::text(place(row))).cut(),
    Col::new("voices", t::voices, |row, _| Cell::Number(row.voices.into())).layout(Layout::EndFigures),
    Col::new("received", t::received_at, |row, _| Cell::Instant(row.report.received_at))
        .layout(Layout::Figures),
    Col::new("state", t::state, |row, around| {
        Cell::text(t::state_words(around.lang, row.report.state.kind()))
    }),
    Col::new("answer", t::follow_answer, |row, _| Cell::text(&row.report.answer)).shown(Shown::InFiles),
];

/// In the words of whoever sent it, else as the site next to it is called.
pub fn place(row: &PublicReportRow) -> &str {
    let place = &row.report.place;
    if place.words.is_empty() { &place.site_name } else { &place.words }
}

impl List for PublicReports {
    type Filter = PublicReportFilter;
    type Row = PublicReportRow;
    type Summary = ();

    const NAME: ListName = ListName::PublicReports;

    fn title(lang: Lang) -> &'static str {
        t::reports(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
