//! 对上门的意见 in columns.

use super::{CellContext, List};
use domain::{
    code::{ComplaintFilter, ComplaintHazard, ComplaintRow},
    list::{Cell, Column, Layout, ListName, Shown},
    text::Lang,
};
use i18n::complaints as t;

pub struct Complaints;

type Col = Column<ComplaintRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("words", t::words, |row, _| Cell::text(&row.complaint.words)).layout(Layout::Long),
    Col::new("site", t::site, |row, _| Cell::text(&row.site_name)).cut(),
    Col::new("who", t::who, |row, _| Cell::text(&row.complaint.by_name)).cut(),
    Col::new("hazard", t::hazard, |row, _| Cell::from(row.hazard.as_ref().map(about))).layout(Layout::Note),
    Col::new("at", t::at, |row, _| Cell::Instant(row.complaint.at)).layout(Layout::Figures),
    Col::new("state", t::state, |row, around| Cell::text(t::state_of(around.lang, row.complaint.state()))),
    Col::new("marked_by", t::marked_by, |row, _| {
        Cell::from(row.complaint.mark.as_ref().map(|mark| mark.by_name.clone()))
    })
    .shown(Shown::InFiles),
    Col::new("marked_at", t::marked_at, |row, _| Cell::from(row.complaint.mark.as_ref().map(|mark| mark.at)))
        .shown(Shown::InFiles),
    Col::new("answer", t::answer, |row, _| {
        Cell::from(row.complaint.mark.as_ref().map(|mark| mark.answer.clone()))
    })
    .shown(Shown::InFiles),
];

/// `XC-2026-000318 后门安全出口堆了啤酒箱`
pub fn about(hazard: &ComplaintHazard) -> String {
    match &hazard.number {
        Some(number) => format!("{number} {}", hazard.what),
        None => hazard.what.clone(),
    }
}

impl List for Complaints {
    type Filter = ComplaintFilter;
    type Row = ComplaintRow;
    type Summary = ();

    const NAME: ListName = ListName::Complaints;

    fn title(lang: Lang) -> &'static str {
        t::complaints(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
