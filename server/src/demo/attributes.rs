//! What is known of the invented sites, by their kinds. Of some nobody has written anything down.

use super::rng::SeededRng;
use domain::site::{
    Site,
    attributes::{GasSupply, SiteAttributes},
};

/// Sites of which nothing is known, of a hundred.
const UNKNOWN: usize = 10;

pub(super) fn plan(rng: &mut SeededRng, sites: &mut [Site]) {
    for site in sites {
        let kind = site.kinds.first().map(|kind| kind.as_str().to_owned()).unwrap_or_default();
        let known = of_kind(rng, &kind);
        site.attributes = if rng.percent(UNKNOWN) { SiteAttributes::default() } else { known };
    }
}

fn of_kind(rng: &mut SeededRng, kind: &str) -> SiteAttributes {
    let none = SiteAttributes::default();
    match kind {
        "residential-compound" => SiteAttributes {
            storeys: some(rng, 6, 33),
            gas: Some(GasSupply::Piped),
            lifts: some(rng, 0, 24),
            ..none
        },
        "high-rise" => SiteAttributes {
            storeys: some(rng, 15, 34),
            lifts: some(rng, 3, 12),
            control_room: Some(true),
            key_fire_unit: Some(true),
            ..public(rng, 12_000, 60_000)
        },
        "self-built-house" => {
            SiteAttributes { storeys: some(rng, 2, 5), gas: Some(GasSupply::Bottled), ..area(rng, 150, 600) }
        }
        "market" | "public-venue" => SiteAttributes {
            storeys: some(rng, 1, 5),
            gas: Some(*rng.one(&[GasSupply::Piped, GasSupply::Bottled, GasSupply::None])),
            lifts: some(rng, 0, 4),
            control_room: Some(rng.percent(50)),
            ..public(rng, 400, 6_000)
        },
        "care-home" | "hospital" => SiteAttributes {
            storeys: some(rng, 2, 6),
            beds: u32::try_from(rng.between(30, 240)).ok(),
            gas: Some(GasSupply::Piped),
            canteen: Some(true),
            lifts: some(rng, 1, 4),
            control_room: Some(true),
            key_fire_unit: Some(true),
            ..public(rng, 1_500, 9_000)
        },
        "school" | "kindergarten" | "boarding-school" | "training-centre" => school(rng, kind),
        "filling-station" | "hazchem-lab" | "ebike-shop" | "delivery-station" | "internet-cafe" => {
            SiteAttributes {
                storeys: some(rng, 1, 2),
                gas: Some(GasSupply::None),
                employees: u32::try_from(rng.between(2, 20)).ok(),
                crowded: Some(kind == "internet-cafe"),
                lifts: Some(0),
                ..area(rng, 60, 500)
            }
        }
        "charging-shed" => none,
        _ => SiteAttributes {
            storeys: some(rng, 1, 3),
            gas: Some(*rng.one(&[GasSupply::None, GasSupply::Piped])),
            employees: u32::try_from(rng.between(5, 180)).ok(),
            canteen: Some(rng.percent(40)),
            dormitory: Some(rng.percent(15)),
            crowded: Some(false),
            lifts: some(rng, 0, 2),
            control_room: Some(false),
            ..area(rng, 800, 15_000)
        },
    }
}

fn school(rng: &mut SeededRng, kind: &str) -> SiteAttributes {
    let is_school = matches!(kind, "school" | "boarding-school");
    SiteAttributes {
        storeys: some(rng, 2, 5),
        places: u32::try_from(if is_school { rng.between(600, 2_400) } else { rng.between(90, 360) }).ok(),
        employees: u32::try_from(rng.between(20, 180)).ok(),
        gas: Some(*rng.one(&[GasSupply::Piped, GasSupply::None])),
        canteen: Some(kind != "training-centre"),
        dormitory: Some(kind == "boarding-school"),
        laboratory: Some(is_school && rng.percent(60)),
        school_bus: Some(rng.percent(20)),
        lifts: Some(0),
        control_room: Some(rng.percent(40)),
        key_fire_unit: Some(is_school),
        ..public(rng, 2_000, 24_000)
    }
}

/// 人员密集场所
fn public(rng: &mut SeededRng, least: i64, most: i64) -> SiteAttributes {
    SiteAttributes { crowded: Some(true), ..area(rng, least, most) }
}

fn area(rng: &mut SeededRng, least: i64, most: i64) -> SiteAttributes {
    SiteAttributes { area: Some(rng.between(least, most) as f64), ..SiteAttributes::default() }
}

fn some(rng: &mut SeededRng, least: i64, most: i64) -> Option<u16> {
    u16::try_from(rng.between(least, most)).ok()
}
