//! 网格列表 in columns.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName},
    place::{GridFilter, GridRow},
    text::Lang,
};
use i18n::office;

pub struct Grids;

type Col = Column<GridRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("community", office::community, |row, _| Cell::text(&row.community_name)).cut(),
    Col::new("grid", office::grid, |row, _| Cell::text(&row.name)).cut(),
    Col::new("inspectors", office::inspectors, |row, around| {
        Cell::text(row.inspectors.join(office::between_choices(around.lang)))
    })
    .layout(Layout::Long),
    Col::new("sites", office::sites_in_use, |row, _| Cell::Number(row.sites)).layout(Layout::EndFigures),
];

impl List for Grids {
    type Filter = GridFilter;
    type Row = GridRow;
    type Summary = ();

    const NAME: ListName = ListName::Grids;

    fn title(lang: Lang) -> &'static str {
        office::grids(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
