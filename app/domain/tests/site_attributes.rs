//! What is known about a site beside its kinds.

use domain::site::attributes::{AttributeValue, GasSupply, SiteAttribute, SiteAttributes, SizeLimits};
use std::collections::BTreeSet;

fn all_known() -> SiteAttributes {
    SiteAttributes {
        area: Some(86.5),
        storeys: Some(3),
        beds: Some(18),
        places: Some(90),
        employees: Some(6),
        crowded: Some(true),
        key_fire_unit: Some(false),
        gas: Some(GasSupply::Bottled),
        canteen: Some(false),
        dormitory: Some(true),
        laboratory: Some(false),
        school_bus: Some(false),
        lifts: Some(2),
        control_room: Some(true),
    }
}

#[test]
fn a_form_reads_each_attribute_by_its_word() {
    let site = all_known();
    let read = |word| site.get(SiteAttribute::parse(word).unwrap());
    assert_eq!(read("area"), Some(AttributeValue::Number(86.5)));
    assert_eq!(read("storeys"), Some(AttributeValue::Number(3.0)));
    assert_eq!(read("beds"), Some(AttributeValue::Number(18.0)));
    assert_eq!(read("places"), Some(AttributeValue::Number(90.0)));
    assert_eq!(read("employees"), Some(AttributeValue::Number(6.0)));
    assert_eq!(read("crowded"), Some(AttributeValue::Truth(true)));
    assert_eq!(read("key_fire_unit"), Some(AttributeValue::Truth(false)));
    assert_eq!(read("gas"), Some(AttributeValue::Word("bottled")));
    assert_eq!(read("canteen"), Some(AttributeValue::Truth(false)));
    assert_eq!(read("dormitory"), Some(AttributeValue::Truth(true)));
    assert_eq!(read("laboratory"), Some(AttributeValue::Truth(false)));
    assert_eq!(read("school_bus"), Some(AttributeValue::Truth(false)));
    assert_eq!(read("lifts"), Some(AttributeValue::Number(2.0)));
    assert_eq!(read("control_room"), Some(AttributeValue::Truth(true)));
    assert_eq!(SiteAttribute::parse("colour"), None);
}

#[test]
fn the_word_of_an_attribute_is_the_one_that_is_sent() {
    let sent = serde_json::to_value(all_known()).unwrap();
    let sent: BTreeSet<_> = sent.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(sent, SiteAttribute::ALL.into_iter().map(SiteAttribute::as_str).collect());
}

#[test]
fn what_is_not_known_is_no_answer_and_is_not_sent() {
    let site = SiteAttributes::default();
    assert!(SiteAttribute::ALL.into_iter().all(|attribute| site.get(attribute).is_none()));
    assert_eq!(serde_json::to_string(&site).unwrap(), "{}");
}

#[test]
fn a_figure_that_no_site_can_have_is_refused_with_its_name() {
    assert!(all_known().check().is_ok());
    let tower = SiteAttributes { storeys: Some(201), ..all_known() };
    let refused = tower.check().unwrap_err();
    assert_eq!((refused.attribute, refused.given, refused.to), (SiteAttribute::Storeys, 201.0, 200.0));
    for area in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        assert!(SiteAttributes { area: Some(area), ..all_known() }.check().is_err());
    }
}

#[test]
fn the_limit_itself_is_still_small_and_what_is_not_known_exceeds_nothing() {
    let limits = SizeLimits { area_at_most: Some(100.0), beds_at_most: Some(50), places_at_most: None };
    let exceeded =
        |area, beds| limits.are_exceeded_by(&SiteAttributes { area, beds, ..SiteAttributes::default() });
    assert!(!exceeded(Some(100.0), None));
    assert!(exceeded(Some(100.5), None));
    assert!(!exceeded(None, Some(50)));
    assert!(exceeded(None, Some(51)));
    assert!(!exceeded(None, None));
    assert!(!limits.are_exceeded_by(&SiteAttributes { places: Some(9_000), ..SiteAttributes::default() }));
}
