//! People in every role. Names are invented; a password is `xunan-` and the account.

use super::{places::Places, rng::SeededRng, sites::person_name};
use domain::{
    id::{DepartmentId, GridId, SiteId},
    person::Person,
    role::Role,
    site::Site,
};

/// Accounts of the departments' officers, in the order of the departments.
const OFFICERS: [&str; 7] = ["yingji1", "quyu1", "zhifa1", "huanbao1", "shequ1", "shijian1", "zhongxin1"];
const INSPECTORS: usize = 13;
const GRIDS_EACH: usize = 3;

pub(super) fn password(username: &str) -> String {
    format!("xunan-{username}")
}

pub(super) fn plan(rng: &mut SeededRng, places: &Places, sites: &[Site]) -> Vec<Person> {
    let mut people = vec![];
    // One grid more than they walk: the overview tells of a grid without an inspector.
    for (number, grids) in places.grids.chunks(GRIDS_EACH).take(INSPECTORS).enumerate() {
        let grids = grids.iter().map(|grid| grid.id).collect();
        people.push(Person { grids, ..person(rng, format!("wangge{}", number + 1), Role::Inspector) });
    }
    for (username, department) in OFFICERS.iter().zip(&places.departments) {
        let officer = person(rng, (*username).to_owned(), Role::Officer);
        people.push(Person { department: Some(department.id), ..officer });
    }
    for username in ["anwei1", "anwei2"] {
        people.push(person(rng, username.to_owned(), Role::Supervisor));
    }
    // One answers for a single community, one for a pair of them.
    for (number, communities) in [(1, 0..1), (2, 1..3)] {
        let communities = places.communities.iter().take(communities.end).skip(communities.start);
        let communities = communities.map(|community| community.id).collect();
        let officer = person(rng, format!("anquan{number}"), Role::CommunityOfficer);
        people.push(Person { communities, ..officer });
    }
    people.push(person(rng, "lingdao1".to_owned(), Role::Leader));
    let of_kind = |start: &str| -> Vec<SiteId> {
        let fits = |site: &&Site| site.kinds.iter().any(|kind| kind.as_str().starts_with(start));
        sites.iter().filter(fits).map(|site| site.id).take(2).collect()
    };
    let contacts = [
        ("qiye1", Role::Enterprise, of_kind("hazchem")),
        ("qiye2", Role::Enterprise, of_kind("market")),
        ("xuexiao1", Role::School, of_kind("school")),
        ("xuexiao2", Role::School, of_kind("kindergarten")),
    ];
    for (username, role, sites) in contacts {
        people.push(Person { sites, ..person(rng, username.to_owned(), role) });
    }
    people.push(person(rng, "admin".to_owned(), Role::Administrator));
    people
}

fn person(rng: &mut SeededRng, username: String, role: Role) -> Person {
    Person {
        id: rng.id(),
        phone: format!("1000001{:04}", rng.below(10_000)),
        username,
        name: person_name(rng),
        role,
        department: None::<DepartmentId>,
        grids: Vec::<GridId>::new(),
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    }
}

/// Who walks the site's grid.
pub(super) fn inspector_of<'a>(people: &'a [Person], site: &Site) -> Option<&'a Person> {
    people.iter().find(|person| person.role == Role::Inspector && person.grids.contains(&site.grid))
}

/// Who answers for putting things right there: the site's own contact, else its department's officer.
pub(super) fn responsible_for<'a>(people: &'a [Person], site: &Site) -> Option<&'a Person> {
    let own = people.iter().find(|person| person.sites.contains(&site.id));
    own.or_else(|| officer_of(people, site))
}

pub(super) fn officer_of<'a>(people: &'a [Person], site: &Site) -> Option<&'a Person> {
    people.iter().find(|person| person.role == Role::Officer && person.department == site.department)
}

pub(super) fn supervisors(people: &[Person]) -> Vec<&Person> {
    people.iter().filter(|person| person.role == Role::Supervisor).collect()
}
