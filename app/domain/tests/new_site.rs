//! 新开的店: what is the very site, and what may be it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use domain::{
    id::{GridId, SiteId, SiteKind},
    limits::{NAME, PHOTOS},
    photo::PhotoHash,
    place::Location,
    search::{fold, nfkc},
    sector::Sector,
    site::{ALIKE_MOST, ProposedSite, SAME_METRES, Site, alike},
};
use serde_json::json;
use uuid::Uuid;

fn folded(text: &str) -> String {
    fold(&nfkc(text))
}

/// So many metres north of one place.
fn north(metres: f64) -> Location {
    Location { latitude: 34.8561 + metres / 111_195.0, longitude: 113.599, accuracy: None }
}

fn site(n: u128, name: &str, address: &str, metres: Option<f64>) -> Site {
    let site = json!({
        "id": Uuid::from_u128(n), "community": Uuid::nil(), "grid": Uuid::from_u128(1), "name": name,
        "code": format!("A{n}"), "kinds": [], "sector": "fire", "risk": "low", "address": address,
    });
    Site { location: metres.map(north), ..serde_json::from_value(site).unwrap() }
}

fn proposed(name: &str, address: &str, metres: Option<f64>) -> ProposedSite {
    ProposedSite {
        id: SiteId(Uuid::from_u128(99)),
        grid: GridId(Uuid::from_u128(1)),
        name: name.to_owned(),
        kind: SiteKind::from("small-restaurant"),
        sector: Sector::Fire,
        address: address.to_owned(),
        location: metres.map(north),
        photos: vec![],
    }
}

#[test]
fn the_very_site_has_its_name_and_its_door_or_its_place() {
    let new = proposed("金河饺子馆 A", "金河中路39号", Some(0.0));
    let is_same = |known: Site| new.is_same(&known, &folded);
    assert!(is_same(site(1, "金河饺子馆Ａ", "金河中路 39 号", None)), "at its door");
    assert!(is_same(site(1, "金河饺子馆A", "", Some(SAME_METRES - 1.0))), "at its place");
    assert!(!is_same(site(1, "金河饺子馆A", "", Some(SAME_METRES + 1.0))), "another of the chain");
    assert!(!is_same(site(1, "金河饺子馆A", "金河中路41号", None)));
    assert!(!is_same(site(1, "老街坊早餐", "金河中路39号", Some(0.0))), "upstairs, or the one before it");
    assert!(!is_same(site(99, "金河饺子馆A", "金河中路39号", Some(0.0))), "itself");
    let retired = Site { retired: true, ..site(1, "金河饺子馆A", "金河中路39号", Some(0.0)) };
    assert!(!is_same(retired), "it is no more");
    let of_others =
        Site { grid: GridId(Uuid::from_u128(2)), ..site(1, "金河饺子馆A", "金河中路39号", None) };
    assert!(!is_same(of_others), "nobody of this grid sees it");
}

#[test]
fn what_may_be_it_is_offered_the_nearest_first_and_no_more_than_a_few() {
    let new = proposed("金河饺子馆", "金河中路39号", Some(0.0));
    let sites = [
        site(1, "金河饺子馆", "", Some(900.0)),
        site(2, "老街坊早餐", "金河中路39号附1", Some(5.0)),
        site(3, "老街坊早餐", "金河中路39号", None),
        site(4, "饺子馆", "", Some(8.0)),
        site(5, "饺子馆", "", Some(80.0)),
        Site { retired: true, ..site(6, "金河饺子馆", "", Some(1.0)) },
    ];
    let ids = |new: &ProposedSite, sites: &[Site]| {
        alike(new, sites, &folded).iter().map(|site| site.id.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&new, &sites), [4, 1, 3]);
    let many: Vec<_> = (1..9).map(|n| site(n, "金河饺子馆", "", Some(f64::from(n as u8)))).collect();
    assert_eq!(ids(&new, &many), (1..=ALIKE_MOST as u128).collect::<Vec<_>>());
    assert!(ids(&proposed("", "", Some(0.0)), &sites).is_empty(), "nothing was written yet");
}

#[test]
fn a_site_has_a_name_and_keeps_its_limits() {
    let new = proposed("金河饺子馆", "", None);
    assert!(new.is_named() && new.check().is_ok());
    assert!(!proposed(" \u{200b} ", "", None).is_named());
    assert!(proposed(&"长".repeat(NAME + 1), "", None).check().is_err());
    let photos = (0..=PHOTOS as u8).map(|n| PhotoHash::of(&[n])).collect();
    assert!(ProposedSite { photos, ..new.clone() }.check().is_err());
    assert_eq!(ProposedSite { name: " 金河  饺子馆 ".to_owned(), ..new }.tidied().name.trim(), "金河 饺子馆");
}
