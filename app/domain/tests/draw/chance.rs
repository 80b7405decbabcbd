//! That chance is what the weights say. The seeds are fixed, so that these tests end the same every time.

use super::{frozen, method, person, seed, site};
use domain::draw::Population;

const DRAWS: u64 = 10_000;

/// χ² of five degrees of freedom is above this once in a thousand times. Of a draw that takes no notice of the weights it is
/// above five thousand.
const ONCE_IN_A_THOUSAND: f64 = 20.515;

const WEIGHTS: [u32; 6] = [1, 2, 3, 5, 8, 13];

fn chi_squared(counted: [u32; 6], chances: [f64; 6]) -> f64 {
    let expected = chances.map(|chance| chance * DRAWS as f64);
    counted
        .into_iter()
        .zip(expected)
        .map(|(counted, expected)| (f64::from(counted) - expected).powi(2) / expected)
        .sum()
}

#[test]
fn sites_come_up_by_their_weights_and_people_alike() {
    let sites = (1..).zip(WEIGHTS).map(|(n, weight)| site(n, weight)).collect();
    let draw = frozen(Population { sites, people: (1..=6).map(person).collect() }, method(2, 1)).unwrap();
    let (mut first, mut second, mut sent) = ([0; 6], [0; 6], [0; 6]);
    for n in 0..DRAWS {
        let drawn = draw.select(&seed(n)).unwrap();
        let place = |of: usize| draw.population.sites.iter().position(|site| site.id == drawn[of].site);
        let who = draw.population.people.iter().position(|person| person.id == drawn[0].people[0]);
        first[place(0).unwrap()] += 1;
        second[place(1).unwrap()] += 1;
        sent[who.unwrap()] += 1;
    }
    let all: f64 = WEIGHTS.into_iter().map(f64::from).sum();
    let by_weight = WEIGHTS.map(|weight| f64::from(weight) / all);
    // Whichever other was first, its weight is out of the sum.
    let after = |n: usize| -> f64 {
        let others = (0..6).filter(|other| *other != n);
        others.map(|other| by_weight[other] * by_weight[n] / (1.0 - by_weight[other])).sum()
    };
    let told = [
        ("first", chi_squared(first, by_weight)),
        ("second", chi_squared(second, [0, 1, 2, 3, 4, 5].map(after))),
        ("people", chi_squared(sent, [1.0 / 6.0; 6])),
    ];
    for (what, chi_squared) in told {
        assert!(chi_squared < ONCE_IN_A_THOUSAND, "{what}: {chi_squared}");
    }
}
