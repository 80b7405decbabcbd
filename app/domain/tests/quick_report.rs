//! 随手报: what is sent of it, what is known here already, what is offered to be written, and which site is meant.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    form::ResponsibleKind,
    hazard::{FixedOnSpot, Found, Hazard, HazardCommand, Issued, ValidationError},
    id::{GridId, HazardId, SiteId},
    limits::{Excess, Field, OverLimit, PHRASES, TEXT},
    permission::Withheld,
    photo::PhotoHash,
    place::Location,
    quick_report::{
        AT_HAND_METRES, KNOWN_MOST, NotReported, OFFERED_MOST, QuickReport, by_distance, known_already,
        learned, may_report_at, nearest, offered,
        office::{HazardWords, OfficePhrase, repeated},
        with_those_of_office,
    },
    role::{Actor, Role, Scope},
    search::{Query, fold, nfkc},
    sector::Sector,
    severity::Severity,
    site::Site,
};
use serde_json::json;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()
}

/// So many metres north of one place.
fn north(metres: f64) -> Location {
    Location { latitude: 34.8561 + metres / 111_195.0, longitude: 113.599, accuracy: Some(6.0) }
}

fn grid(n: u128) -> GridId {
    GridId(Uuid::from_u128(n))
}

fn site_id(n: u128) -> SiteId {
    SiteId(Uuid::from_u128(n))
}

/// In the first grid, so many metres north of the place.
fn site(n: u128, metres: Option<f64>) -> Site {
    let site = json!({
        "id": Uuid::from_u128(n), "community": Uuid::nil(), "grid": Uuid::from_u128(1),
        "name": format!("锦绣家园 {n} 号"), "code": format!("A{n}"), "kinds": [], "sector": "fire", "risk": "low",
        "contacts": [{ "name": "张经理" }],
    });
    Site { location: metres.map(north), ..serde_json::from_value(site).unwrap() }
}

fn somebody(role: Role, scope: Scope) -> Actor {
    Actor {
        office: Uuid::nil().into(),
        person: Uuid::nil().into(),
        name: "李敏".into(),
        role,
        scope,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

fn inspector() -> Actor {
    somebody(Role::Inspector, Scope::Grids(vec![grid(1)]))
}

fn found(what: &str) -> Found {
    serde_json::from_value(json!({ "level": "general", "what": what, "photos": [] })).unwrap()
}

/// At the site, so many hours ago.
fn hazard(n: u128, at: SiteId, hours: i64, found: Found) -> Hazard {
    let by = inspector();
    let place = domain::role::ResourceScope { site: at, ..site(1, None).resource_scope() };
    let issued = Issued {
        id: Uuid::from_u128(n).into(),
        at: now() - Duration::hours(hours),
        received_at: None,
        by: &by,
    };
    Hazard::open(HazardId(Uuid::from_u128(n)), place, None, found, &issued).unwrap()
}

fn folded(text: &str) -> String {
    fold(&nfkc(text))
}

fn chosen() -> QuickReport {
    QuickReport { site: Some(site(1, Some(9.0))), location: Some(north(0.0)), ..QuickReport::default() }
}

#[test]
fn a_report_says_what_where_and_whose_and_names_no_visit() {
    let photos = [PhotoHash::of(b"lane")];
    let (at, command) = chosen().report(" 消防通道堆放杂物\r\n", &photos, &inspector()).unwrap();
    assert_eq!(at, site_id(1));
    let HazardCommand::Report(found) = command else { panic!("{command:?}") };
    assert_eq!((found.what.as_str(), found.level), ("消防通道堆放杂物", Severity::General));
    assert_eq!(found.responsible, "锦绣家园 1 号 · 张经理");
    assert_eq!((found.photos.as_slice(), found.location), (photos.as_slice(), Some(north(0.0))));
    assert_eq!((found.visit, found.form, found.question, found.due), (None, None, None, None));

    let (responsible_kind, authority) = (ResponsibleKind::Authority, "市场监督管理部门".to_owned());
    let referred = QuickReport { responsible_kind, authority, level: Severity::Major, ..chosen() };
    let found = referred.found("无证经营", &[]);
    assert_eq!((found.authority(), found.level), (Some("市场监督管理部门"), Severity::Major));
    let unknown = QuickReport { responsible_kind: ResponsibleKind::Unknown, ..referred };
    assert_eq!(
        unknown.found("井盖缺失", &[]).responsible,
        "",
        "what was typed for another choice is not sent"
    );
}

#[test]
fn what_is_missing_is_told_in_the_order_of_the_screen() {
    let why = |report: &QuickReport, words: &str, by: &Actor| report.report(words, &[], by).unwrap_err();
    let nowhere = QuickReport { site: None, ..chosen() };
    assert_eq!(why(&nowhere, " \n", &inspector()), NotReported::Incomplete(ValidationError::What));
    assert_eq!(why(&nowhere, "堆物", &inspector()), NotReported::NoSite);
    let nameless = QuickReport { responsible_kind: ResponsibleKind::Authority, ..chosen() };
    let missing = NotReported::Incomplete(ValidationError::Responsible);
    assert_eq!(why(&nameless, "堆物", &inspector()), missing);
    let excess = OverLimit { field: Field::What, excess: Excess::TooLong(TEXT as u32) };
    let long = NotReported::Incomplete(ValidationError::OverLimit(excess));
    assert_eq!(why(&chosen(), &"堆".repeat(TEXT + 1), &inspector()), long);
}

#[test]
fn nobody_reports_where_role_or_scope_do_not_reach() {
    let elsewhere = somebody(Role::Inspector, Scope::Grids(vec![grid(2)]));
    let own = somebody(Role::Enterprise, Scope::Sites(vec![site_id(1)]));
    for by in [elsewhere, own] {
        assert_eq!(chosen().report("堆物", &[], &by), Err(NotReported::NotAllowed));
        assert!(!may_report_at(&by, &site(1, None)));
    }
    assert!(may_report_at(&inspector(), &site(1, None)));
    assert!(!may_report_at(&inspector(), &Site { retired: true, ..site(1, None) }));
}

/// Numbers of those that are told of, at a site with nothing known of its place but what is given.
fn known(hazards: &[Hazard], site: Option<SiteId>, here: Option<Location>) -> Vec<u128> {
    let place_of = |site: SiteId| (site == site_id(2)).then(|| north(20.0));
    let known = known_already(hazards, &place_of, site, here.as_ref());
    known.iter().map(|known| known.hazard.id.0.as_u128()).collect()
}

#[test]
fn what_is_open_at_the_site_or_within_thirty_metres_is_known_already() {
    let at = |metres| Found { location: Some(north(metres)), ..found("堆物") };
    let fixed = Some(FixedOnSpot { note: String::new(), photos: vec![PhotoHash::of(b"after")] });
    let hazards = [
        hazard(11, site_id(1), 5, found("同一场所")),
        hazard(12, site_id(1), 2, found("同一场所，后报的")),
        hazard(13, site_id(2), 1, found("场所在 20 米外")),
        hazard(14, site_id(3), 1, at(29.0)),
        hazard(15, site_id(3), 1, at(31.0)),
        hazard(16, site_id(3), 1, found("不知道在哪")),
        hazard(17, site_id(1), 1, Found { fixed, ..found("已销号") }),
    ];
    let here = Some(north(0.0));
    assert_eq!(
        known(&hazards, Some(site_id(1)), here),
        [13, 14, 12, 11],
        "the nearest first, then the newest"
    );
    assert_eq!(known(&hazards, None, here), [13, 14]);
    assert_eq!(
        known(&hazards, Some(site_id(1)), None),
        [12, 11],
        "by the site alone where no place is known"
    );
    assert!(known(&hazards, None, None).is_empty());
    // Where it was reported from counts, and not where its site is.
    let moved = [hazard(18, site_id(2), 1, at(500.0))];
    assert!(known(&moved, None, here).is_empty());
}

#[test]
fn no_more_are_told_of_than_can_be_looked_through() {
    let many: Vec<_> = (0..20).map(|n| hazard(n + 100, site_id(1), 20 - n as i64, found("堆物"))).collect();
    assert_eq!(known(&many, Some(site_id(1)), None), [119, 118, 117, 116, 115]);
    assert_eq!(known(&many, Some(site_id(1)), None).len(), KNOWN_MOST);
}

#[test]
fn what_is_written_most_is_learned_once() {
    let hazards = [
        hazard(1, site_id(1), 9, found("灭火器过期")),
        hazard(2, site_id(1), 8, found("消防通道停放机动车。")),
        hazard(3, site_id(1), 7, found("消防通道停放机动车")),
        hazard(4, site_id(1), 1, found(" 消防通道 停放机动车；\n")),
        hazard(5, site_id(1), 6, found("ＡＢＣ 灭火器缺失")),
        hazard(6, site_id(1), 5, found("abc灭火器缺失")),
        hazard(7, site_id(1), 4, found(&"很长的经过".repeat(20))),
        hazard(8, site_id(1), 3, found("。")),
    ];
    let phrases = learned(&hazards, &folded);
    let said: Vec<_> = phrases.iter().map(|phrase| (phrase.words.as_str(), phrase.times)).collect();
    assert_eq!(said, [("消防通道 停放机动车", 3), ("abc灭火器缺失", 2), ("灭火器过期", 1)]);
}

#[test]
fn phrases_are_found_by_any_part_of_their_words_and_not_once_written_out() {
    let all = [
        "消防通道停放机动车",
        "消防通道堆放杂物",
        "消防通道上锁、设路障",
        "灭火器过期",
        "井盖缺失",
        "飞线充电",
        "无证经营",
    ];
    let hazards: Vec<_> =
        all.iter().zip(1..).map(|(what, n)| hazard(n, site_id(1), n as i64, found(what))).collect();
    let phrases = learned(&hazards, &folded);
    let found = |typed: &str| -> Vec<&str> {
        let offered = offered(&phrases, &Query::new(&nfkc(typed)), &folded(typed), None);
        offered.into_iter().map(|phrase| phrase.words.as_str()).collect()
    };
    assert_eq!(found(""), all[..OFFERED_MOST]);
    assert_eq!(found("通道"), all[..3]);
    assert_eq!(found("通道 机动车"), all[..1]);
    assert_eq!(found("灭火器过期"), [""; 0]);
    assert_eq!(found("xftd"), [""; 0], "by words alone: the table of sounds is the server's");
}

/// Written in a record, at a site of fire safety.
fn written(record: u128, words: &str) -> HazardWords {
    let (site, sector) = (site_id(record), Sector::Fire);
    HazardWords { words: words.to_owned(), site, sector, record: Uuid::from_u128(record) }
}

#[test]
fn an_office_is_told_of_what_stands_in_several_of_its_records() {
    let cases = [
        ("灭火器过期。", "灭火器过期", true),
        ("消防通道 堆放杂物", "消防通道堆放杂物", true),
        ("净宽不足 4 m", "净宽不足４ｍ", true),
        ("联系电话 138 0000 6412", "联系电话 138 0000 6412", false),
        ("１３８００００６４１２ 打不通", "13800006412 打不通", false),
        ("。", "。", false),
    ];
    for (one, other, is_told) in cases {
        let told = repeated([written(1, one), written(2, other)]);
        assert_eq!(told.len(), usize::from(is_told), "{one}");
        assert_eq!(repeated([written(1, one), written(1, other)]), [], "twice in one record: {one}");
        assert_eq!(repeated([written(1, one)]), [], "once: {one}");
    }
    let long = "很长的经过".repeat(20);
    assert_eq!(repeated([written(1, &long), written(2, &long)]), []);
    assert_eq!(repeated([]), [], "an office with nothing");
}

#[test]
fn what_an_office_writes_is_counted_and_told_with_where_it_is_written() {
    let fire = [1, 2, 3].map(|record| written(record, "飞线充电"));
    let trade =
        [4, 5, 6, 7].map(|record| HazardWords { sector: Sector::Ebike, ..written(record, "飞线充电") });
    let others = [8, 9].map(|record| written(record, "灭火器过期"));
    let told = repeated(others.into_iter().chain(trade).chain(fire));
    let told: Vec<_> =
        told.into_iter().map(|one| (one.words, one.times, one.sectors, one.sites.len())).collect();
    let sectors = vec![Sector::Ebike, Sector::Fire];
    let expected =
        [("飞线充电".to_owned(), 7, sectors, 7), ("灭火器过期".to_owned(), 2, vec![Sector::Fire], 2)];
    assert_eq!(told, expected);

    let many = (0..3 * PHRASES as u128)
        .flat_map(|n| [n, n + 10_000].map(|record| written(record, &format!("第{n}样"))));
    assert_eq!(repeated(many).len(), 2 * PHRASES);
}

#[test]
fn sentences_that_name_somebody_are_known() {
    let told = repeated([written(1, "张 伟的电动车停在楼道"), written(2, "张伟的电动车停在楼道")]);
    for (names, is_named) in [
        (vec!["李敏", "张伟"], true),
        (vec!["李敏"], false),
        (vec!["电", ""], false),
        (vec![" 张　伟 "], true),
    ] {
        assert_eq!(told[0].names(names.iter().copied()), is_named, "{names:?}");
    }
}

#[test]
fn an_offices_phrases_are_found_by_initials_and_those_of_the_sites_sector_come_first() {
    let of_office = |words: &str, times, sounds: &str, sector| OfficePhrase {
        words: words.to_owned(),
        times,
        sounds: sounds.to_owned(),
        sectors: vec![sector],
    };
    let office = [
        of_office("消防通道堆放杂物", 46, "x f t d d f z w", Sector::Fire),
        of_office("消防通道停放机动车", 31, "x f t d t f j d c/j", Sector::Ebike),
        of_office("重物压在电线上", 12, "z/c w y/z z d x s", Sector::Fire),
    ];
    let own =
        [hazard(1, site_id(1), 3, found("消防通道堆放杂物")), hazard(2, site_id(1), 1, found("飞线充电"))];
    let phrases = with_those_of_office(learned(&own, &folded), &office, &folded);
    let offered = |typed: &str, sector| -> Vec<(&str, usize)> {
        let offered = offered(&phrases, &Query::new(&nfkc(typed)), &folded(typed), sector);
        offered.into_iter().map(|phrase| (phrase.words.as_str(), phrase.times)).collect()
    };
    let [lane, cars, load] = [("消防通道堆放杂物", 46), ("消防通道停放机动车", 31), ("重物压在电线上", 12)];
    assert_eq!(offered("", None), [lane, cars, load, ("飞线充电", 1)], "what both know is told once");
    assert_eq!(offered("xftd", None), [lane, cars]);
    assert_eq!(offered("XFTD", Some(Sector::Ebike)), [cars, lane]);
    for polyphone in ["zwy", "cwy", "cwz", "物压"] {
        assert_eq!(offered(polyphone, None), [load], "{polyphone}");
    }
    assert_eq!(offered("xftdx", None), []);
    assert_eq!(offered("fxcd", None), [], "what only this phone knows has no sounds");
    let nothing = with_those_of_office(learned(&own, &folded), &[], &folded);
    assert_eq!(nothing, learned(&own, &folded), "an office with nothing");
}

#[test]
fn the_nearest_site_is_meant_where_one_is_at_hand() {
    let sites = [site(1, Some(150.0)), site(2, None), site(3, Some(9.0))];
    let here = north(0.0);
    let ids = |from: Option<&Location>| -> Vec<u128> {
        by_distance(&sites, from).iter().map(|(site, _)| site.id.0.as_u128()).collect()
    };
    assert_eq!(ids(Some(&here)), [3, 1, 2]);
    assert_eq!(ids(None), [1, 2, 3]);
    assert_eq!(nearest(&sites, &here).map(|site| site.id), Some(site_id(3)));
    assert_eq!(nearest(&sites, &north(-AT_HAND_METRES)), None, "209 metres away");
    let vague = Location { accuracy: Some(AT_HAND_METRES + 1.0), ..here };
    assert_eq!(nearest(&sites, &vague), None, "the phone knows the district and no more");
}
