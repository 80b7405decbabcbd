//! Draws as files: they are made again to the byte, and others are written for `end2end/draw.test.mjs`.

use super::{at, id, method, person, plan, salt, site, source};
use domain::draw::{
    Commitment, DrawPerson, DrawSite, FrozenDraw, Method, Population, PublishedDraw, Reveal, Revealed,
    SeedSource, VoidDraw,
};
use std::{fs, path::PathBuf};

pub const PUBLIC: &str = include_str!("files/public.json");
pub const COMMITMENTS: &str = include_str!("files/commitments.json");
pub const VOID: &str = include_str!("files/void.json");

#[test]
fn a_published_draw_is_made_again_to_the_byte() {
    for text in [PUBLIC, COMMITMENTS, VOID] {
        let draw = PublishedDraw::read(text).unwrap();
        let FrozenDraw { plan, mut population, method, source, salt } = draw.frozen;
        population.sites.reverse();
        population.people.reverse();
        let frozen = FrozenDraw::freeze(plan, population, method, source, salt).unwrap();
        let seed = draw.seed.unwrap();
        let announced = PublishedDraw::announce(frozen, draw.announced_at).unwrap();
        let mut again = announced.draw(seed.revealed, seed.at).unwrap();
        if let Some(VoidDraw { reason, by, at }) = draw.void {
            again = again.voided(reason, by, at).unwrap();
        }
        assert_eq!(serde_json::to_string_pretty(&again).unwrap() + "\n", text);
    }
}

/// With `n` sites, names that have to be escaped, and avoidance of each kind.
fn drawn(n: u32) -> PublishedDraw {
    let site = |k: u32| DrawSite {
        name: format!("第 {k} 处“\"\\/ é😀"),
        grid: id(0x301 + u128::from(k % 4)),
        party: k.is_multiple_of(3).then(|| id(0x601 + u128::from(k % 5))),
        ..site(k, k * n % 17 + 1)
    };
    let busy = |k: u32| DrawPerson {
        workload: k * n % 5,
        grids: vec![id(0x301 + u128::from(k % 4))],
        parties: vec![id(0x601 + u128::from(k % 5))],
        avoids: vec![id(0x500 + u128::from(k)), id(0x501 + u128::from(n))],
        ..person(k)
    };
    let people = (1..=n % 6).map(busy).chain([person(90), person(91)]).collect();
    let population = Population { sites: (1..=n).map(site).collect(), people };
    let rules = Method { avoid_own_grid: !n.is_multiple_of(2), ..method(n.div_ceil(2), n % 2 + 1) };
    let reveal =
        |k: u8| Reveal { name: format!("第 {k} 人"), words: "\"七\"\\上八下".into(), salt: salt(k) };
    let reveals: Vec<_> = (1..=4).map(reveal).collect();
    let commit = |reveal: &Reveal| Commitment { name: reveal.name.clone(), digest: reveal.digest() };
    let (source, revealed) = if n.is_multiple_of(3) {
        let commitments = reveals.iter().map(commit).collect();
        (SeedSource::Commitments { commitments }, Revealed::Commitments { reveals })
    } else {
        (source(), Revealed::Public { words: format!("{n} 03 09 14") })
    };
    let frozen = FrozenDraw::freeze(plan(), population, rules, source, salt(7)).unwrap();
    PublishedDraw::announce(frozen, at(20, 8)).unwrap().draw(revealed, at(23, 8)).unwrap()
}

#[test]
fn draws_of_many_shapes_hold_and_read_back() {
    let folder = std::env::var_os("XUNAN_DRAWS_WRITTEN").map(PathBuf::from);
    for n in 1..=24 {
        let draw = drawn(n);
        assert_eq!(draw.check(Some(&draw.fingerprint)), [], "{n}");
        let text = serde_json::to_string(&draw).unwrap();
        assert_eq!(PublishedDraw::read(&text).unwrap(), draw);
        if let Some(folder) = &folder {
            fs::write(folder.join(format!("{n}.json")), text).unwrap();
        }
    }
}
