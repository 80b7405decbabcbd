//! A published draw: a file that people keep, and that scripts of others read. Three whole ones lie beside the tests of draws.

use crate::{
    stays,
    values::{at, id},
};
use domain::draw::{
    Commitment, Digest, DrawFormat, DrawPerson, DrawPlan, DrawResult, DrawSite, DrawnSite, FrozenDraw,
    METHOD, Method, PartDigests, Population, PublishedDraw, Reveal, Revealed, Salt, Seed, SeedSource,
    VoidDraw, VoidReason,
};

fn digest(n: u8) -> Digest {
    format!("{n:02x}").repeat(32).parse().unwrap()
}

fn sources() -> Vec<SeedSource> {
    every!(SeedSource {
        SeedSource::Public { .. } => [SeedSource::Public {
            what: "双色球第 2026135 期".into(),
            place: "https://www.cwl.gov.cn/".into(),
            due: at(),
        }],
        SeedSource::Commitments { .. } => [SeedSource::Commitments {
            commitments: vec![Commitment { name: "赵主任".into(), digest: digest(7) }],
        }],
    })
}

fn revealed() -> Vec<Revealed> {
    every!(Revealed {
        Revealed::Public { .. } => [Revealed::Public { words: "03 09 14 21 27 30 + 11".into() }],
        Revealed::Commitments { .. } => [Revealed::Commitments {
            reveals: vec![Reveal { name: "赵主任".into(), words: "一阵微风".into(), salt: Salt::new([8; 32]) }],
        }],
    })
}

fn reasons() -> Vec<VoidReason> {
    every!(VoidReason {
        VoidReason::NotRevealed { .. } => [VoidReason::NotRevealed { people: vec!["赵主任".into()] }],
        VoidReason::Other { .. } => [VoidReason::Other { words: "名单漏了 6 处".into() }],
    })
}

pub fn whole() -> PublishedDraw {
    let site =
        DrawSite {
            id: id(5), name: "锦绣小区充电棚".into(), grid: id(3), party: Some(id(6)), weight: 6
        };
    let person = DrawPerson {
        id: id(0x11),
        name: "王磊".into(),
        workload: 2,
        grids: vec![id(3)],
        parties: vec![id(6)],
        avoids: vec![id(5)],
    };
    PublishedDraw {
        format: DrawFormat::V1,
        frozen: FrozenDraw {
            plan: DrawPlan {
                office: "新城街道".into(),
                title: "双随机抽查".into(),
                replaces: Some(digest(9)),
            },
            population: Population { sites: vec![site], people: vec![person] },
            method: Method { version: METHOD, sites: 1, people_per_site: 1, avoid_own_grid: true },
            source: sources().remove(0),
            salt: Salt::new([10; 32]),
        },
        digests: PartDigests {
            plan: digest(1),
            population: digest(2),
            method: digest(3),
            source: digest(4),
            salt: digest(5),
        },
        fingerprint: digest(6),
        announced_at: at(),
        seed: Some(Seed { revealed: revealed().remove(0), at: at(), value: digest(11) }),
        result: Some(DrawResult {
            sites: vec![DrawnSite { site: id(5), people: vec![id(0x11)] }],
            digest: digest(12),
        }),
        void: Some(VoidDraw { reason: reasons().remove(1), by: "韩立新".into(), at: at() }),
    }
}

#[test]
fn of_draws() {
    stays("draw_formats", &words!(DrawFormat { V1 }));
    stays("seed_sources", &sources());
    stays("seeds_revealed", &revealed());
    stays("void_reasons", &reasons());
    let mut bare = whole();
    (bare.seed, bare.result, bare.void) = (None, None, None);
    bare.frozen.plan.replaces = None;
    bare.frozen.population.sites[0].party = None;
    stays("published_draws", &[whole(), bare]);
}
