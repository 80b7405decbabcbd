//! 人员列表 in columns.

use super::{CellContext, List};
use domain::{
    list::{Cell, Column, Layout, ListName, Shown},
    person::{Person, PersonFilter},
    role::Role,
    text::Lang,
};
use i18n::office;

pub struct People;

type Col = Column<Person, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("name", office::person_name, |person, _| Cell::text(&person.name)).cut(),
    Col::new("username", office::username, |person, _| Cell::text(&person.username)).cut(),
    Col::new("role", office::role, |person, around| Cell::text(person.role.name().get(around.lang))),
    Col::new("scope", office::scope, |person, around| Cell::text(scope(person, around))).layout(Layout::Long),
    Col::new("phone", office::phone_number, |person, _| Cell::text(&person.phone)).layout(Layout::Figures),
    Col::new("last_seen", office::last_seen, |person, around| match person.last_seen {
        Some(at) => Cell::Instant(at),
        None => Cell::text(office::never_seen(around.lang)),
    })
    .layout(Layout::EndFigures),
    Col::new("state", office::use_state, |person, around| {
        let state = if person.disabled { office::switched_off } else { office::in_use };
        Cell::text(state(around.lang))
    })
    .shown(Shown::InFiles),
];

/// What part of the office the person sees, as [`Person::actor`] has it.
fn scope(person: &Person, around: &CellContext) -> String {
    let CellContext { lang, names, .. } = around;
    let scope = match person.role {
        Role::Supervisor | Role::Leader | Role::Administrator => office::whole_office(*lang).to_owned(),
        Role::Officer => person.department.map(|id| names.department(id).to_owned()).unwrap_or_default(),
        Role::Inspector => {
            let grids: Vec<_> = person.grids.iter().map(|grid| names.grid(*grid)).collect();
            grids.join(office::between_choices(*lang))
        }
        Role::CommunityOfficer => {
            let communities: Vec<_> = person.communities.iter().map(|one| names.community(*one)).collect();
            communities.join(office::between_choices(*lang))
        }
        Role::Enterprise | Role::School if person.sites.is_empty() => String::new(),
        Role::Enterprise | Role::School => office::count_sites(*lang, person.sites.len() as u64),
    };
    if scope.is_empty() { office::no_scope(*lang).to_owned() } else { scope }
}

impl List for People {
    type Filter = PersonFilter;
    type Row = Person;
    type Summary = ();

    const NAME: ListName = ListName::People;

    fn title(lang: Lang) -> &'static str {
        office::people(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
