//! 派单列表 in columns.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName, Shown},
    task::{Task, TaskAbout, TaskFilter},
    text::Lang,
};
use i18n::tasks as t;

pub struct Tasks;

type Col = Column<Task, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("what", t::what, |row, around| Cell::text(what(around.lang, &row.about))).layout(Layout::Long),
    Col::new("site", t::site, |row, _| Cell::text(row.about.site_name())).cut(),
    Col::new("person", t::person, |row, _| Cell::text(&row.person_name)).cut(),
    Col::new("from", t::from, |row, _| Cell::text(&row.from_name)).layout(Layout::Minor).cut(),
    Col::new("note", t::note, |row, _| Cell::text(&row.note)).shown(Shown::InFiles),
    Col::new("given", t::given_on, |row, _| Cell::Instant(row.given_at)).shown(Shown::InFiles),
    Col::new("until", t::until, |row, _| Cell::Day(row.until)).layout(Layout::Figures),
    Col::new("state", t::state, |row, around| {
        let late = row.is_late(around.today);
        Cell::text(if late { t::overdue(around.lang) } else { t::task_state(around.lang, row.state.kind()) })
    }),
];

/// `上门检查`, `复查验收：楼道堆物`
pub fn what(lang: Lang, about: &TaskAbout) -> String {
    match about {
        TaskAbout::Visit { .. } => t::visit(lang).to_owned(),
        TaskAbout::Hazard { what, need, .. } => t::need_of(lang, t::hazard_need(lang, *need), what),
    }
}

impl List for Tasks {
    type Filter = TaskFilter;
    type Row = Task;
    type Summary = ();

    const NAME: ListName = ListName::Tasks;

    fn title(lang: Lang) -> &'static str {
        t::tasks(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
