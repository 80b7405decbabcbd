use super::*;
use crate::catalogue::site_kinds::SiteKinds;
use chrono::NaiveDate;
use domain::{law::LawKind, sector::Sector};

/// The day on which the files were made.
const MADE: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();

fn kinds() -> BTreeSet<SiteKind> {
    SiteKinds::built_in().unwrap().ids()
}

fn built_in() -> LawLibrary {
    library(&kinds()).unwrap()
}

/// A library of one file that an author wrote.
fn written(name: &'static str, text: &str) -> Result<LawLibrary, LawLibraryError> {
    joined(vec![(name, toml::from_str(text).unwrap())], &kinds())
}

const ONE: &str = r#"
[[topic]]
id = "exits"
name = { zh = "疏散通道、安全出口", en = "Escape routes and exits" }
sectors = ["fire"]

[[law]]
id = "fire-law"
sector = "fire"
title = { zh = "中华人民共和国消防法", en = "Fire Protection Law" }
kind = "law"

[[quote]]
id = "fire-law-001"
law = "fire-law"
article = "第二条"
text = "……"
topics = ["exits"]
"#;

#[test]
fn the_library_is_read_and_every_reference_in_it_leads_somewhere() {
    let library = built_in();
    println!("{} texts, {} quotations", library.laws.len(), library.quotations.len());
    assert!(library.quotations.len() > 800);
    for law in &library.laws {
        assert!(library.quotations.iter().any(|quote| quote.law == law.id), "{} is quoted nowhere", law.id);
    }
    for topic in &library.topics {
        let named = library.quotations.iter().any(|quote| quote.topics.contains(&topic.id));
        assert!(named && !topic.sectors.is_empty(), "nobody finds anything by {}", topic.id);
    }
}

#[test]
fn every_text_was_in_force_when_the_library_was_made() {
    for law in &built_in().laws {
        assert!(law.is_in_force(MADE), "{}", law.id);
    }
}

#[test]
fn nothing_that_was_superseded_is_quoted() {
    let library = built_in();
    // Repealed, out of use, a draft, or behind a law that goes before it.
    for out in [
        "solid-waste-law",
        "gb35181-2017",
        "hazard-regulation-draft",
        "hazchem-regulation",
        "chem-major-criteria-121",
        "henan-property-regulation",
    ] {
        assert_eq!(library.law(&LawId::from(out)), None);
    }
    // The age of drivers: an older regulation gives another one.
    assert_eq!(library.quotation(&QuoteId::from("dangerous-goods-road-rules-003")), None);
    // The editions of Zhengzhou's regulations of which older copies are about.
    let edition = |id: &str| library.law(&LawId::from(id)).unwrap().edition;
    assert_eq!(edition("zhengzhou-gas-regulation"), NaiveDate::from_ymd_opt(2024, 9, 28));
    assert_eq!(edition("zhengzhou-house-regulation"), NaiveDate::from_ymd_opt(2022, 9, 30));
}

#[test]
fn a_criterion_grades_nobody_whom_it_does_not_bind() {
    let library = built_in();
    let never = |law: &str, kinds: &[&str]| {
        let kinds: Vec<_> = kinds.iter().map(|kind| SiteKind::from(*kind)).collect();
        let of_it: Vec<_> = library.quotations.iter().filter(|quote| quote.law.as_str() == law).collect();
        assert!(of_it.iter().any(|quote| quote.is_criterion()));
        for quote in of_it {
            assert!(!quote.grades(&kinds), "{}", quote.id);
        }
    };
    never(
        "gas-major-criteria",
        &["restaurant-gas", "small-restaurant", "residential-compound", "school", "hotel"],
    );
    never(
        "construction-major-criteria",
        &["residential-compound", "self-built-house", "school", "high-rise"],
    );
    never(
        "trade-major-criteria",
        &["restaurant-gas", "small-restaurant", "school", "shop-front", "confined-space"],
    );
}

#[test]
fn a_criterion_says_when_a_hazard_is_major_and_nothing_else() {
    let library = built_in();
    for quote in library.quotations.iter().filter(|quote| quote.is_criterion()) {
        let about: Vec<_> = quote.topics.iter().map(LawTopicId::as_str).collect();
        assert!(about.contains(&"major_hazard") && !about.contains(&"definition"), "{}", quote.id);
        assert!(!quote.text.contains("其他严重违反"), "{} catches all", quote.id);
        assert!(!quote.excerpt, "{} is not whole", quote.id);
    }
}

#[test]
fn no_penalty_is_quoted_from_a_text_that_can_set_none() {
    let library = built_in();
    for quote in &library.quotations {
        if quote.topics.iter().any(|topic| topic.as_str() == "penalty") {
            let kind: LawKind = library.law(&quote.law).unwrap().kind;
            assert!(kind.may_set_penalty(), "{}", quote.id);
        }
    }
}

#[test]
fn every_sector_but_that_of_e_bikes_has_a_text_of_its_own_and_all_have_something_to_read() {
    let library = built_in();
    for sector in Sector::ALL {
        let read = library.of_sector(sector).library;
        println!("{}: {} texts, {} quotations", sector.as_str(), read.laws.len(), read.quotations.len());
        assert!(!read.quotations.is_empty());
        assert!(sector == Sector::Ebike || read.laws.iter().any(|law| law.sector == sector));
    }
}

#[test]
fn what_stands_twice_is_refused() {
    assert!(written("law/one", ONE).is_ok());
    let quote = &ONE[ONE.find("[[quote]]").unwrap()..];
    let twice = written("law/one", &format!("{ONE}{quote}"));
    assert!(matches!(twice, Err(LawLibraryError::QuoteTwice(id)) if id.as_str() == "fire-law-001"));
}

#[test]
fn what_is_not_known_is_refused() {
    let law = written("law/one", &ONE.replace("law = \"fire-law\"", "law = \"water-law\""));
    assert!(matches!(law, Err(LawLibraryError::UnknownLaw { law, .. }) if law.as_str() == "water-law"));
    let topic = written("law/one", &ONE.replace("[\"exits\"]", "[\"exit\"]"));
    assert!(matches!(topic, Err(LawLibraryError::UnknownTopic { topic, .. }) if topic.as_str() == "exit"));
    let kind = written("criteria/one", &format!("{ONE}binds = [\"castle\"]\n"));
    assert!(matches!(kind, Err(LawLibraryError::UnknownKind { kind, .. }) if kind.as_str() == "castle"));
}

#[test]
fn a_criterion_stands_among_the_criteria_and_nothing_else_does() {
    let bound = format!("{ONE}binds = [\"hotel\"]\n");
    assert!(written("criteria/one", &bound).is_ok());
    for (name, text) in [("law/one", bound.as_str()), ("criteria/one", ONE)] {
        assert!(matches!(written(name, text), Err(LawLibraryError::Misplaced { .. })));
    }
}
