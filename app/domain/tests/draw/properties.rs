//! What is so of every draw.

use super::{at, frozen, id, method, person, salt, seed, site, source};
use domain::{
    draw::{DrawPerson, DrawSite, FrozenDraw, Method, Population, SeedSource},
    id::PersonId,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::collections::{BTreeMap, BTreeSet};

/// Sites of three grids and three parties; people who avoid some of them, and two who may go anywhere.
fn population() -> impl Strategy<Value = Population> {
    let of_site = (1u32..50, 0u128..3, proptest::option::of(0u128..3));
    let of_person = (0u32..5, vec(0u128..3, 0..2), vec(0u128..3, 0..2), vec(1u128..12, 0..3));
    (vec(of_site, 1..12), vec(of_person, 0..6)).prop_map(|(sites, people)| {
        let sites = (1..).zip(sites).map(|(n, (weight, grid, party))| DrawSite {
            grid: id(0x301 + grid),
            party: party.map(|party| id(0x601 + party)),
            ..site(n, weight)
        });
        let people = (1..).zip(people).map(|(n, (workload, grids, parties, avoids))| DrawPerson {
            workload,
            grids: grids.into_iter().map(|grid| id(0x301 + grid)).collect(),
            parties: parties.into_iter().map(|party| id(0x601 + party)).collect(),
            avoids: avoids.into_iter().map(|site| id(0x500 + site)).collect(),
            ..person(n)
        });
        Population { sites: sites.collect(), people: people.chain([person(90), person(91)]).collect() }
    })
}

proptest! {
    #[test]
    fn nobody_goes_where_they_must_not_and_who_has_least_to_do_goes_first(
        population in population(),
        wanted in any::<Index>(),
        per_site in 1u32..=2,
        avoid_own_grid: bool,
        n: u64,
    ) {
        let wanted = wanted.index(population.sites.len()) as u32 + 1;
        let rules = Method { avoid_own_grid, ..method(wanted, per_site) };
        let draw = frozen(population, rules).unwrap();
        let drawn = draw.select(&seed(n)).unwrap();
        let sites: BTreeSet<_> = drawn.iter().map(|one| one.site).collect();
        prop_assert_eq!((drawn.len(), sites.len()), (wanted as usize, wanted as usize));
        let people = &draw.population.people;
        let mut workload: BTreeMap<PersonId, u32> =
            people.iter().map(|person| (person.id, person.workload)).collect();
        for one in &drawn {
            let site = draw.population.sites.iter().find(|site| site.id == one.site).unwrap();
            let sent: BTreeSet<_> = one.people.iter().collect();
            prop_assert_eq!((one.people.len(), sent.len()), (per_site as usize, per_site as usize));
            let busiest = one.people.iter().map(|person| workload[person]).max().unwrap();
            for person in people {
                let of_party = site.party.is_some_and(|party| person.parties.contains(&party));
                let of_grid = avoid_own_grid && person.grids.contains(&site.grid);
                let avoids = of_party || of_grid || person.avoids.contains(&site.id);
                let is_sent = one.people.contains(&person.id);
                prop_assert!(!(avoids && is_sent), "{} goes to {}", person.name, site.name);
                prop_assert!(avoids || is_sent || workload[&person.id] >= busiest);
            }
            for person in &one.people {
                *workload.get_mut(person).unwrap() += 1;
            }
        }
    }

    #[test]
    fn work_is_shared_evenly_where_nobody_avoids_anything(sites in 1u32..30, people in 2u32..7, n: u64) {
        let all = Population {
            sites: (1..=sites).map(|n| site(n, n)).collect(),
            people: (1..=people).map(person).collect(),
        };
        let drawn = frozen(all, method(sites, 2)).unwrap().select(&seed(n)).unwrap();
        let visits = |n: u32| drawn.iter().filter(|one| one.people.contains(&person(n).id)).count();
        let visits: Vec<_> = (1..=people).map(visits).collect();
        prop_assert!(visits.iter().max().unwrap() - visits.iter().min().unwrap() <= 1, "{visits:?}");
    }

    #[test]
    fn the_order_in_which_a_list_comes_decides_nothing(population in population(), n: u64) {
        let mut other = population.clone();
        other.sites.reverse();
        other.people.rotate_left(1);
        let [one, other] = [population, other].map(|list| frozen(list, method(1, 2)).unwrap());
        prop_assert_eq!(one.fingerprint(), other.fingerprint());
        prop_assert_eq!(one.select(&seed(n)), other.select(&seed(n)));
    }

    #[test]
    fn whatever_is_changed_changes_the_fingerprint(population in population()) {
        let draw = frozen(population, method(1, 1)).unwrap();
        let changed = CHANGES.map(|change| {
            let mut changed = draw.clone();
            change(&mut changed);
            changed.fingerprint()
        });
        let mut all: BTreeSet<_> = changed.into_iter().collect();
        all.insert(draw.fingerprint());
        prop_assert_eq!(all.len(), CHANGES.len() + 1);
    }

    #[test]
    fn another_seed_draws_otherwise(n: u64) {
        let sites = (1..=40).map(|n| site(n, 5)).collect();
        let draw = frozen(Population { sites, people: vec![person(1)] }, method(40, 1)).unwrap();
        prop_assert_ne!(draw.select(&seed(n)), draw.select(&seed(n ^ 1)));
    }
}

/// Of every part of what is frozen, something.
const CHANGES: [fn(&mut FrozenDraw); 17] = [
    |draw| draw.plan.office.push('二'),
    |draw| draw.plan.title.push('二'),
    |draw| draw.plan.replaces = Some(seed(1)),
    |draw| draw.population.sites.push(site(99, 1)),
    |draw| draw.population.sites[0].name.push('二'),
    |draw| draw.population.sites[0].weight += 1,
    |draw| draw.population.sites[0].party = Some(id(0x699)),
    |draw| draw.population.people.push(person(99)),
    |draw| draw.population.people[0].workload += 1,
    |draw| draw.population.people[0].avoids.push(id(0x599)),
    |draw| draw.population.people[0].parties.push(id(0x599)),
    |draw| draw.population.people[0].grids.push(id(0x599)),
    |draw| draw.method.sites += 1,
    |draw| draw.method.people_per_site += 1,
    |draw| draw.method.avoid_own_grid = true,
    |draw| {
        let SeedSource::Public { what, place, .. } = source() else { unreachable!() };
        draw.source = SeedSource::Public { what, place, due: at(23, 13) };
    },
    |draw| draw.salt = salt(2),
];
