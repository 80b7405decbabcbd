//! Draws: that nobody can bend one unseen, and that anybody computes the same.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod chance;
mod checking;
mod errors;
mod files;
mod properties;
mod seeds;

use chrono::{DateTime, TimeZone, Utc};
use domain::draw::{
    Digest, DrawError, DrawPerson, DrawPlan, DrawSite, FrozenDraw, METHOD, Method, Population, Salt,
    SeedSource,
};
use uuid::Uuid;

/// 0x1.. people, 0x3.. grids, 0x5.. sites, 0x6.. parties.
pub fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

/// An hour of a day of November 2026.
pub fn at(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap()
}

pub fn site(n: u32, weight: u32) -> DrawSite {
    let name = format!("场所{n}");
    DrawSite { id: id(0x500 + u128::from(n)), name, grid: id(0x301), party: None, weight }
}

/// Nothing keeps them from any site.
pub fn person(n: u32) -> DrawPerson {
    let (grids, parties, avoids) = (vec![], vec![], vec![]);
    DrawPerson {
        id: id(0x110 + u128::from(n)),
        name: format!("人员{n}"),
        workload: 0,
        grids,
        parties,
        avoids,
    }
}

pub fn plan() -> DrawPlan {
    DrawPlan { office: "新城街道办事处".into(), title: "双随机抽查".into(), replaces: None }
}

pub fn method(sites: u32, people_per_site: u32) -> Method {
    Method { version: METHOD, sites, people_per_site, avoid_own_grid: false }
}

/// Due on the 22nd at 13 o'clock.
pub fn source() -> SeedSource {
    SeedSource::Public {
        what: "双色球开奖号码".into(), place: "中国福彩网".into(), due: at(22, 13)
    }
}

pub fn salt(n: u8) -> Salt {
    Salt::new([n; 32])
}

fn seed(n: u64) -> Digest {
    format!("{n:064x}").parse().unwrap()
}

pub fn frozen(population: Population, method: Method) -> Result<FrozenDraw, DrawError> {
    FrozenDraw::freeze(plan(), population, method, source(), salt(1))
}
