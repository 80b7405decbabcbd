//! 未上传列表 in columns.

use super::{CellContext, List};
use domain::{
    device::heartbeat::{UnsentFilter, UnsentRow, UnsentState, UnsentSums},
    list::{Cell, Column, Layout, ListName, Shown},
    role::Role,
    text::Lang,
    time,
};
use i18n::{field, office, unsent as t};

pub struct UnsentWork;

type Col = Column<UnsentRow, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("who", t::who, |row, _| Cell::text(&row.person_name)).cut(),
    Col::new("role", t::role, |row, around| Cell::text(row.role.name().get(around.lang)))
        .shown(Shown::InFiles),
    Col::new("telephone", t::telephone, |row, _| Cell::text(&row.telephone)).shown(Shown::InFiles),
    Col::new("where", t::where_from, |row, around| Cell::text(place(row, around))).layout(Layout::Long),
    Col::new("what", t::what, |row, around| Cell::text(t::in_words(around.lang, &row.heartbeat.unsent)))
        .layout(Layout::Long)
        .shown(Shown::OnScreen),
    Col::new("visits", t::visits, |row, _| number(row.heartbeat.unsent.visits)).shown(Shown::InFiles),
    Col::new("hazards", t::hazards, |row, _| number(row.heartbeat.unsent.hazards)).shown(Shown::InFiles),
    Col::new("others", t::others, |row, _| number(row.heartbeat.unsent.others)).shown(Shown::InFiles),
    Col::new("photos", t::photos, |row, _| number(row.heartbeat.unsent.photos)).shown(Shown::InFiles),
    Col::new("bytes", t::bytes, |row, _| Cell::Number(row.heartbeat.unsent.photo_bytes))
        .shown(Shown::InFiles),
    Col::new("refused", t::refused, |row, _| number(row.heartbeat.unsent.refused)).shown(Shown::InFiles),
    Col::new("drafts", t::drafts, |row, _| number(row.heartbeat.drafts)).shown(Shown::InFiles),
    Col::new("size", t::size, |row, _| Cell::text(field::size(row.heartbeat.unsent.photo_bytes)))
        .layout(Layout::EndFigures)
        .shown(Shown::OnScreen),
    Col::new("since", t::since, |row, _| Cell::from(row.since)).layout(Layout::EndFigures),
    Col::new("heard_at", t::heard_at, |row, _| Cell::Instant(row.heard_at)).layout(Layout::EndFigures),
    Col::new("app", t::app, |row, _| Cell::text(&row.app)).shown(Shown::InFiles),
    Col::new("phone", t::phone, |row, _| Cell::text(row.device.to_string())).shown(Shown::InFiles),
    Col::new("state", t::state, |row, around| Cell::text(standing(row, around))),
];

fn number(number: u32) -> Cell {
    Cell::Number(number.into())
}

/// The grids, the communities or the department that the person is of.
fn place(row: &UnsentRow, around: &CellContext) -> String {
    let CellContext { lang, names, .. } = around;
    let between = office::between_choices(*lang);
    match row.role {
        Role::Inspector => row.grids.iter().map(|grid| names.grid(*grid)).collect::<Vec<_>>().join(between),
        Role::CommunityOfficer => {
            row.communities.iter().map(|one| names.community(*one)).collect::<Vec<_>>().join(between)
        }
        Role::Officer | Role::Supervisor | Role::Leader | Role::Administrator => {
            row.department.map(|id| names.department(id).to_owned()).unwrap_or_default()
        }
        Role::Enterprise | Role::School => String::new(),
    }
}

/// How it stands: the gravest, and what the last contact says of it.
pub fn standing(row: &UnsentRow, around: &CellContext) -> String {
    let silent = row.silent_days(around.today);
    match row.state(around.today) {
        UnsentState::Sent => t::state_sent(around.lang).to_owned(),
        UnsentState::Refused => t::state_refused(around.lang).to_owned(),
        UnsentState::Holding | UnsentState::Long if silent >= UnsentState::LONG_DAYS => {
            t::silent(around.lang, silent)
        }
        UnsentState::Holding | UnsentState::Long => t::waits(around.lang).to_owned(),
    }
}

/// `检查 6、照片 22（11-21 08:12 联系）`
pub fn in_one_line(lang: Lang, row: &UnsentRow) -> String {
    t::on_phone(lang, t::in_words(lang, &row.heartbeat.unsent), time::short(row.heard_at))
}

impl List for UnsentWork {
    type Filter = UnsentFilter;
    type Row = UnsentRow;
    type Summary = UnsentSums;

    const NAME: ListName = ListName::Unsent;

    fn title(lang: Lang) -> &'static str {
        t::unsent(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
