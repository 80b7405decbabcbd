//! 检查列表 in columns.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName, Shown},
    text::Lang,
    visit::{VisitFilter, VisitRow},
};
use i18n::office;

pub struct Visits;

type Col = Column<VisitRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("number", office::number, |row, _| Cell::text(&row.summary.number)).layout(Layout::Figures),
    Col::new("site", office::site, |row, _| Cell::text(&row.site_name)).cut(),
    Col::new("risk", office::risk, |row, around| Cell::text(row.risk.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("nature", office::nature, |row, around| Cell::text(row.summary.nature.name().get(around.lang))),
    Col::new("outcome", office::outcome, |row, around| {
        Cell::text(row.summary.outcome.name().get(around.lang))
    }),
    Col::new("form", office::form, |row, around| {
        let titles: Vec<_> = row.form_titles.iter().map(|title| title.get(around.lang)).collect();
        Cell::text(titles.join(office::between_choices(around.lang)))
    })
    .cut(),
    Col::new("result", office::result, |row, around| {
        let tally = row.summary.tally;
        if !row.summary.outcome.is_done() {
            return Cell::text("");
        }
        Cell::text(office::tally(around.lang, tally.failed, tally.answered()))
    })
    .layout(Layout::Figures)
    .shown(Shown::OnScreen),
    Col::new("failed", office::items_failed, |row, _| Cell::Number(row.summary.tally.failed.into()))
        .shown(Shown::InFiles),
    Col::new("answered", office::items_answered, |row, _| Cell::Number(row.summary.tally.answered().into()))
        .shown(Shown::InFiles),
    Col::new("inspector", office::inspector, |row, _| Cell::text(&row.summary.inspector_name)).cut(),
    Col::new("community", office::community, |row, _| Cell::text(&row.community_name))
        .layout(Layout::Minor)
        .cut(),
    Col::new("submitted", office::submitted, |row, _| Cell::Instant(row.summary.submitted_at))
        .layout(Layout::EndFigures),
];

impl List for Visits {
    type Filter = VisitFilter;
    type Row = VisitRow;
    type Summary = ();

    const NAME: ListName = ListName::Visits;

    fn title(lang: Lang) -> &'static str {
        office::visits(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
