//! A basis: whether it holds on a day, whom it binds, how it is named, and what is read where.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{Days, NaiveDate};
use domain::{
    id::{LawId, QuoteId, SiteKind},
    law::{
        Law, LawKind, LawLibrary, LawStatus, LawTopic, Quotation, RegisteredStandard, StandardRegister,
        StandardTwice,
    },
    sector::Sector,
    text::Bilingual,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn law(id: &str, sector: Sector) -> Law {
    Law {
        id: LawId::from(id),
        sector,
        title: Bilingual::new("中华人民共和国消防法", "Fire Protection Law"),
        kind: LawKind::Law,
        number: String::new(),
        edition: None,
        in_force_from: None,
        in_force_until: None,
    }
}

fn quotation(id: &str, law: &str, topic: &str) -> Quotation {
    Quotation {
        id: QuoteId::from(id),
        law: LawId::from(law),
        article: "第二十八条".into(),
        lead: String::new(),
        text: "……".into(),
        excerpt: false,
        topics: vec![topic.into()],
        binds: None,
    }
}

fn library() -> LawLibrary {
    let topic = |id: &str, sectors: &[Sector]| LawTopic {
        id: id.into(),
        name: Bilingual::new("题", "Topic"),
        sectors: sectors.to_vec(),
    };
    let old = Law { in_force_until: Some(day(2026, 8, 15)), ..law("solid-waste-law", Sector::Hazwaste) };
    LawLibrary {
        topics: vec![
            topic("exits", &[Sector::Fire]),
            topic("ebike", &[Sector::Ebike]),
            topic("hazwaste", &[Sector::Hazwaste]),
        ],
        laws: vec![law("fire-law", Sector::Fire), old],
        quotations: vec![
            quotation("fire-law-001", "fire-law", "exits"),
            quotation("fire-law-002", "fire-law", "ebike"),
            quotation("solid-waste-law-001", "solid-waste-law", "hazwaste"),
        ],
    }
}

#[test]
fn a_law_is_in_force_from_its_first_day_until_the_day_on_which_it_ends() {
    let (from, until) = (day(2020, 9, 1), day(2026, 8, 15));
    let law = Law {
        in_force_from: Some(from),
        in_force_until: Some(until),
        ..law("solid-waste-law", Sector::Hazwaste)
    };
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap();
    assert_eq!(law.status(before(from)), LawStatus::NotYet);
    assert_eq!(law.status(from), LawStatus::InForce);
    assert_eq!(law.status(before(until)), LawStatus::InForce);
    assert_eq!(law.status(until), LawStatus::Ended);
    assert!(law.is_in_force(from) && !law.is_in_force(until));
}

#[test]
fn a_law_whose_days_nobody_has_seen_is_in_force() {
    assert!(law("fire-law", Sector::Fire).is_in_force(day(2026, 11, 29)));
}

#[test]
fn what_rests_on_a_text_that_has_ended_is_told_with_the_text() {
    let library = library();
    let cited = ["solid-waste-law-001", "fire-law-001", "nobody-knows-001"].map(QuoteId::from);
    let told = |on| {
        let ended = library.ended(&cited, on);
        ended
            .iter()
            .map(|basis| (basis.quotation.id.to_string(), basis.law.id.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(day(2026, 8, 14)), []);
    assert_eq!(told(day(2026, 8, 15)), [("solid-waste-law-001".to_owned(), "solid-waste-law".to_owned())]);
}

#[test]
fn a_criterion_grades_the_sites_that_it_binds_and_a_sentence_that_is_none_grades_nothing() {
    let kinds = ["hotel", "gas-station-city"].map(SiteKind::from);
    let sentence = quotation("fire-law-001", "fire-law", "exits");
    assert!(!sentence.is_criterion() && !sentence.grades(&kinds));
    let gas = Quotation { binds: Some(vec!["gas-station-city".into()]), ..sentence.clone() };
    assert!(gas.grades(&kinds) && !gas.grades(&kinds[..1]));
    // Of factories for which there is no kind of site.
    let nobody = Quotation { binds: Some(vec![]), ..sentence };
    assert!(nobody.is_criterion() && !nobody.grades(&kinds));
}

#[test]
fn a_sector_has_its_own_laws_whole_and_of_others_what_is_on_its_topics() {
    let library = library();
    let ids = |sector| {
        let read = library.of_sector(sector).library;
        read.quotations.iter().map(|quotation| quotation.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(Sector::Fire), ["fire-law-001", "fire-law-002"]);
    assert_eq!(ids(Sector::Ebike), ["fire-law-002"]);
    assert!(ids(Sector::School).is_empty());
}

#[test]
fn a_sector_needs_nothing_of_another_one() {
    for sector in Sector::ALL {
        let read = library().of_sector(sector).library;
        for quotation in &read.quotations {
            assert!(read.law(&quotation.law).is_some());
            assert!(quotation.topics.iter().all(|id| read.topics.iter().any(|topic| topic.id == *id)));
        }
    }
}

#[test]
fn a_paper_names_a_law_by_its_title_and_what_has_a_number_with_it() {
    let law = law("fire-law", Sector::Fire);
    assert_eq!(law.cite("第二十八条"), "《中华人民共和国消防法》第二十八条");
    let of = |kind, title: &str, number: &str| Law {
        kind,
        title: Bilingual::new(title, "…"),
        number: number.into(),
        ..law.clone()
    };
    let rule = of(LawKind::DepartmentRule, "高层民用建筑消防安全管理规定", "应急管理部令第5号");
    assert_eq!(rule.cite("第三十七条"), "《高层民用建筑消防安全管理规定》（应急管理部令第5号）第三十七条");
    let nameless = of(LawKind::DepartmentRule, "道路危险货物运输管理规定", "");
    assert_eq!(nameless.cite("第八条"), "《道路危险货物运输管理规定》第八条");
    let standard = of(LawKind::MandatoryStandard, "消防设施通用规范", "GB 55036-2022");
    assert_eq!(standard.cite("10.0.4"), "GB 55036-2022《消防设施通用规范》10.0.4");
}

#[test]
fn only_laws_regulations_and_rules_set_penalties() {
    let set: Vec<_> = LawKind::ALL.into_iter().filter(|kind| kind.may_set_penalty()).collect();
    assert_eq!(
        set,
        [LawKind::Law, LawKind::AdministrativeRegulation, LawKind::LocalRegulation, LawKind::DepartmentRule]
    );
}

fn standard(number: &str) -> RegisteredStandard {
    RegisteredStandard {
        number: number.to_owned(),
        title: None,
        in_force_from: None,
        in_force_until: None,
        replaced_by: None,
    }
}

#[test]
fn a_standard_is_found_however_its_number_is_written() {
    let register =
        StandardRegister::new([standard("GB 50016-2014（2018年版）"), standard("应急消〔2019〕334号")])
            .unwrap();
    for number in ["GB50016—2014(2018年版)", "gb 50016-2014 （2018年版）", "应急消[2019]334号"] {
        assert!(register.get(number).is_some(), "{number}");
    }
    assert_eq!(register.get("GB 50016-2014"), None, "another edition");
    assert!(register.is_in_force("GB 50016-2014", day(2026, 12, 1)), "of what is not known nothing is told");
    assert_eq!(register.standards().count(), 2);
}

#[test]
fn a_standard_that_stands_twice_is_refused() {
    let twice = StandardRegister::new([standard("GB 35181-2017"), standard("GB35181-2017")]);
    assert_eq!(twice, Err(StandardTwice("GB35181-2017".to_owned())));
}
