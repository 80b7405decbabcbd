//! What no draw can be made of, each by its name, before anything is drawn.

use super::{frozen, id, method, person, plan, salt, seed, site, source};
use domain::{
    draw::{Avoidance, DrawError, DrawPerson, DrawPlan, DrawSite, FrozenDraw, Method, Population},
    limits::{self, Excess, Field, OverLimit},
};

type Change = fn(&mut Population, &mut Method);

/// Of two sites and two people.
fn refused(change: Change) -> DrawError {
    let mut population =
        Population { sites: vec![site(1, 1), site(2, 3)], people: vec![person(1), person(2)] };
    let mut rules = method(1, 1);
    frozen(population.clone(), rules.clone()).unwrap();
    change(&mut population, &mut rules);
    frozen(population, rules).unwrap_err()
}

#[test]
fn what_cannot_be_drawn_is_refused_by_name() {
    let (first, second) = (|| "场所1".to_owned(), || "场所2".to_owned());
    let table: [(Change, DrawError); 14] = [
        (|list, _| list.sites.clear(), DrawError::NoSites),
        (|list, _| list.people.clear(), DrawError::NoPeople),
        (|_, rules| rules.sites = 0, DrawError::NothingWanted),
        (|_, rules| rules.people_per_site = 0, DrawError::NothingWanted),
        (|_, rules| rules.sites = 3, DrawError::TooFewSites { wanted: 3, there: 2 }),
        (|_, rules| rules.people_per_site = 3, DrawError::TooFewMayGo { site: first(), wanted: 3, there: 2 }),
        (
            |list, _| list.people.iter_mut().for_each(|person| person.avoids.push(site(2, 1).id)),
            DrawError::TooFewMayGo { site: second(), wanted: 1, there: 0 },
        ),
        (|list, _| list.sites.push(site(2, 9)), DrawError::DuplicateSite(second())),
        (|list, _| list.people.push(person(2)), DrawError::DuplicatePerson("人员2".into())),
        (|list, _| list.sites[0].weight = 0, DrawError::Weight(first())),
        (|list, _| list.sites[1].weight = limits::DRAW_WEIGHT + 1, DrawError::Weight(second())),
        (|_, rules| rules.version = 2, DrawError::UnknownMethod(2)),
        (
            |list, _| list.sites[0].name = "长".repeat(limits::NAME + 1),
            DrawError::OverLimit(OverLimit { field: Field::Name, excess: Excess::TooLong(100) }),
        ),
        (
            |list, _| list.people = (0..=500).map(person).collect(),
            DrawError::OverLimit(OverLimit { field: Field::Participants, excess: Excess::TooMany(500) }),
        ),
    ];
    for (change, error) in table {
        assert_eq!(refused(change), error);
    }
}

#[test]
fn a_title_has_a_limit() {
    let population = Population { sites: vec![site(1, 1)], people: vec![person(1)] };
    let plan = DrawPlan { title: "<b>".into(), replaces: Some(seed(1)), ..plan() };
    let markup = OverLimit { field: Field::Name, excess: Excess::Markup };
    assert_eq!(
        FrozenDraw::freeze(plan, population, method(1, 1), source(), salt(1)),
        Err(DrawError::OverLimit(markup))
    );
}

#[test]
fn one_avoids_ones_party_what_is_named_and_where_the_rule_says_so_ones_grid() {
    let shop = DrawSite { party: Some(id(0x601)), ..site(1, 1) };
    let with_rule = Method { avoid_own_grid: true, ..method(1, 1) };
    let why = |person: &DrawPerson, rules: &Method| person.avoidance(&shop, rules);
    let of_party = DrawPerson { parties: vec![id(0x601)], ..person(1) };
    let named = DrawPerson { avoids: vec![shop.id], ..person(1) };
    let of_grid = DrawPerson { grids: vec![id(0x301)], ..person(1) };
    assert_eq!(why(&of_party, &with_rule), Some(Avoidance::SameParty));
    assert_eq!(why(&named, &with_rule), Some(Avoidance::Named));
    assert_eq!(why(&of_grid, &with_rule), Some(Avoidance::OwnGrid));
    assert_eq!(why(&of_grid, &method(1, 1)), None);
    // Of nobody's site nobody is of the party.
    let of_nobody = DrawSite { party: None, ..shop.clone() };
    assert_eq!(of_party.avoidance(&of_nobody, &with_rule), None);
}
