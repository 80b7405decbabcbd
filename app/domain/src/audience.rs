//! # Who a record is for
//!
//! A change of a record is announced to each *audience* that may see the record: to everybody in the office, to those who see
//! all of it, to a grid, a site, a department, a sector, a person. A phone reads what was announced to its own audiences and nothing
//! else, so what it reads does not grow with the office.
//!
//! A [`Scope`] covers a [`ResourceScope`] exactly where the two have an audience in common. That is [`Scope::covers`] said in
//! another way, and a test holds the two together: a new kind of scope is a new audience here, and a column of the changes.
//!
//! What is one person's own, such as a task, lies nowhere, and no scope covers it. It is announced to that person alone: to
//! whoever sees the whole office it comes no more than to anybody else. So an [`Actor`] belongs to one audience more than the
//! scope does.

use crate::{
    id::{DepartmentId, GridId, PersonId, SiteId},
    role::{Actor, ResourceScope, Scope},
    sector::Sector,
};
use uuid::Uuid;

/// Some of the people of an office, by what they may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody: for what lies nowhere, such as the directory and the forms.
    Everybody,
    /// Those who see the whole office.
    WholeOffice,
    /// Those who walk the grid.
    Grid(GridId),
    /// Those who answer for the site.
    Site(SiteId),
    /// Those of the department.
    Department(DepartmentId),
    /// Those whose department answers for the sector, wherever in the office.
    Sector(Sector),
    /// One person, whatever the person sees besides.
    Person(PersonId),
}

impl Audience {
    /// As it is stored where a record has gone out of its sight, and told where changes are wrong: a letter and what it is
    /// about.
    pub fn word(&self) -> String {
        match self {
            Self::Everybody => "o".to_owned(),
            Self::WholeOffice => "a".to_owned(),
            Self::Grid(id) => format!("g{}", id.0.simple()),
            Self::Site(id) => format!("s{}", id.0.simple()),
            Self::Department(id) => format!("d{}", id.0.simple()),
            Self::Sector(sector) => format!("k{}", sector.as_str()),
            Self::Person(id) => format!("p{}", id.0.simple()),
        }
    }

    /// None: of a later version, or damaged.
    pub fn parse(word: &str) -> Option<Self> {
        let (letter, about) = word.split_at_checked(1)?;
        let id = || Uuid::try_parse(about).ok();
        match letter {
            "o" if about.is_empty() => Some(Self::Everybody),
            "a" if about.is_empty() => Some(Self::WholeOffice),
            "g" => id().map(|id| Self::Grid(GridId(id))),
            "s" => id().map(|id| Self::Site(SiteId(id))),
            "d" => id().map(|id| Self::Department(DepartmentId(id))),
            "k" => Sector::parse(about).map(Self::Sector),
            "p" => id().map(|id| Self::Person(PersonId(id))),
            _ => None,
        }
    }
}

impl ResourceScope {
    /// Who sees what lies here.
    pub fn audiences(&self) -> Vec<Audience> {
        let of_place = [Audience::WholeOffice, Audience::Grid(self.grid), Audience::Site(self.site)];
        let department = self.department.map(Audience::Department);
        of_place.into_iter().chain(department).chain([Audience::Sector(self.sector)]).collect()
    }
}

impl Scope {
    /// To what a person with this scope belongs.
    pub fn audiences(&self) -> Vec<Audience> {
        let mut audiences = vec![Audience::Everybody];
        match self {
            Self::Office => audiences.push(Audience::WholeOffice),
            Self::Department { department, sectors } => {
                audiences.push(Audience::Department(*department));
                audiences.extend(sectors.iter().copied().map(Audience::Sector));
            }
            Self::Grids(grids) => audiences.extend(grids.iter().copied().map(Audience::Grid)),
            Self::Sites(sites) => audiences.extend(sites.iter().copied().map(Audience::Site)),
        }
        audiences.sort_unstable();
        audiences.dedup();
        audiences
    }
}

impl Actor {
    /// To what the person belongs: what the scope says, and the person.
    pub fn audiences(&self) -> Vec<Audience> {
        let mut audiences = self.scope.audiences();
        audiences.push(Audience::Person(self.person));
        audiences
    }
}
