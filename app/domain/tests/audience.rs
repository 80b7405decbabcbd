//! Who sees a record by its audiences sees it by the scope, and nobody else does.

use domain::{
    audience::Audience,
    id::{DepartmentId, GridId, OfficeId, PersonId, SiteId},
    permission::Withheld,
    role::{Actor, ResourceScope, Role, Scope},
    sector::Sector,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Few of each, so that they meet as often as not.
fn few() -> impl Strategy<Value = Uuid> {
    (0..4_u128).prop_map(Uuid::from_u128)
}

fn sector() -> impl Strategy<Value = Sector> {
    select(Sector::ALL[..4].to_vec())
}

fn resource_scope() -> impl Strategy<Value = ResourceScope> {
    (few(), few(), option::of(few()), sector()).prop_map(|(grid, site, department, sector)| ResourceScope {
        grid: GridId(grid),
        site: SiteId(site),
        department: department.map(DepartmentId),
        sector,
    })
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Office),
        (few(), vec(sector(), 0..4))
            .prop_map(|(id, sectors)| Scope::Department { department: DepartmentId(id), sectors }),
        vec(few(), 0..4).prop_map(|ids| Scope::Grids(ids.into_iter().map(GridId).collect())),
        vec(few(), 0..4).prop_map(|ids| Scope::Sites(ids.into_iter().map(SiteId).collect())),
    ]
}

proptest! {
    #[test]
    fn a_scope_covers_a_place_exactly_where_they_have_an_audience_in_common(scope in scope(), place in resource_scope()) {
        let mine: BTreeSet<_> = scope.audiences().into_iter().collect();
        let meet = place.audiences().iter().any(|audience| mine.contains(audience));
        prop_assert_eq!(meet, scope.covers(&place), "{:?} and {:?}", scope, place);
    }

    #[test]
    fn an_audience_is_read_as_it_is_written_and_no_two_are_written_alike(scope in scope(), place in resource_scope()) {
        let all: BTreeSet<_> = scope.audiences().into_iter().chain(place.audiences()).collect();
        let words: BTreeSet<_> = all.iter().map(Audience::word).collect();
        prop_assert_eq!(words.len(), all.len());
        for audience in all {
            prop_assert_eq!(Audience::parse(&audience.word()), Some(audience));
        }
    }

    /// A row names an audience once, and a phone asks for none twice.
    #[test]
    fn each_audience_is_named_once(scope in scope(), place in resource_scope()) {
        for audiences in [scope.audiences(), place.audiences()] {
            let set: BTreeSet<_> = audiences.iter().collect();
            prop_assert_eq!(set.len(), audiences.len());
        }
    }
}

#[test]
fn everybody_hears_what_lies_nowhere() {
    for scope in [Scope::Office, Scope::Grids(vec![]), Scope::Sites(vec![])] {
        assert!(scope.audiences().contains(&Audience::Everybody));
    }
}

#[test]
fn words_of_a_later_version_are_no_audience() {
    for word in ["", "o7", "a1", "g", "gx", "kmoon", "p0", "q", "人"] {
        assert_eq!(Audience::parse(word), None, "{word}");
    }
    let nil = Uuid::nil().simple().to_string();
    assert_eq!(Audience::parse(&format!("g{nil}")).unwrap(), Audience::Grid(GridId(Uuid::nil())));
    assert_eq!(Audience::parse(&format!("p{nil}")).unwrap(), Audience::Person(PersonId(Uuid::nil())));
}

/// What is one's own is nobody else's, however much of the office somebody sees.
#[test]
fn a_person_is_an_audience_beside_the_scopes() {
    let actor = |n, scope| Actor {
        office: OfficeId(Uuid::nil()),
        person: PersonId(Uuid::from_u128(n)),
        name: "王强".to_owned(),
        role: Role::Inspector,
        scope,
        withheld: Withheld::default(),
        extension_limit: None,
    };
    for scope in [Scope::Office, Scope::Grids(vec![GridId(Uuid::nil())]), Scope::Sites(vec![])] {
        let one = actor(7, scope.clone());
        let own = Audience::Person(one.person);
        assert_eq!(Audience::parse(&own.word()), Some(own));
        assert!(one.audiences().contains(&own));
        assert!(!actor(8, scope.clone()).audiences().contains(&own));
        assert!(scope.audiences().iter().all(|audience| one.audiences().contains(audience)));
    }
}
