//! The same people, places and lists in every shape; nothing is drawn or read from a clock.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    checklist::{
        Checklist, ChoiceOption, DateRule, Frequency, Item, NumericRule, PhotoRule, Question, Section,
        Severity,
    },
    condition::Condition,
    id::{ChecklistId, ClauseId, ItemId, OptionId, SectionId, SiteKind},
    party::{CreditCode, PartyPerson, SiteParty},
    photo::PhotoHash,
    place::{Community, Department, Grid, Location, Office},
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    site::{Contact, Site},
    sync::{Directory, SiteKindInfo},
    text::Bilingual,
    window::LiveWindow,
};
use uuid::Uuid;

/// 1 office, 2 community, 3 grid, 4 department, 5 site, 6 party, 0x11 and 0x12 people, 0x21 visit, 0x31 and 0x32 hazards,
/// 0x41 event, 0x51 operation, 0x61 device.
pub fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

pub fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap()
}

/// Phones count milliseconds.
pub fn at_the_phone() -> DateTime<Utc> {
    at() + Duration::milliseconds(250)
}

pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

pub fn photo(n: u8) -> PhotoHash {
    PhotoHash::of(&[n])
}

pub fn location() -> Location {
    Location { latitude: 34.8712, longitude: 113.6205, accuracy: Some(12.0) }
}

pub fn both(zh: &str) -> Bilingual {
    Bilingual::new(zh, "in English")
}

pub fn sectors() -> Vec<Sector> {
    words!(Sector {
        General,
        Hazchem,
        Fire,
        Ebike,
        Transport,
        Construction,
        Hazwaste,
        School,
        Culture,
        Equipment,
        City,
        Enterprise,
    })
}

pub fn department() -> Department {
    Department { id: id(4), name: "应急管理办公室".into(), sectors: sectors() }
}

pub fn community() -> Community {
    Community { id: id(2), name: "锦绣社区".into() }
}

pub fn grid() -> Grid {
    Grid { id: id(3), community: id(2), name: "第三网格".into() }
}

pub fn intervals() -> VisitIntervals {
    VisitIntervals { major: 10, considerable: 20, general: 45, low: 180 }
}

pub fn site() -> Site {
    let contact =
        Contact { name: "张经理".into(), duty: "安全员".into(), phone: "0371-60000000".into() };
    Site {
        id: id(5),
        community: id(2),
        grid: id(3),
        name: "锦绣小区充电棚".into(),
        code: "XC-0417".into(),
        kinds: vec![SiteKind::from("charging-shed"), SiteKind::from("residence")],
        sector: Sector::Ebike,
        risk: RiskLevel::Considerable,
        address: "锦绣路 7 号".into(),
        location: Some(location()),
        contacts: vec![contact],
        party: Some(site_party()),
        leader: "刘主任".into(),
        department: Some(id(4)),
        pinyin: "jinxiu".into(),
        last_visit: Some(at()),
        retired: true,
    }
}

pub fn site_party() -> SiteParty {
    let manager =
        PartyPerson { name: "孙强".into(), post: "主要负责人".into(), phone: "0371-60000001".into() };
    SiteParty {
        id: id(6),
        name: "锦绣物业服务有限公司".into(),
        credit_code: CreditCode::completing("91000000MA0000001"),
        phone: "0371-60000002".into(),
        people: vec![manager],
    }
}

/// Nothing that may be missing.
pub fn bare_site() -> Site {
    Site {
        address: String::new(),
        location: None,
        contacts: vec![],
        party: None,
        leader: String::new(),
        department: None,
        pinyin: String::new(),
        last_visit: None,
        retired: false,
        ..site()
    }
}

pub fn scopes() -> Vec<Scope> {
    every!(Scope {
        Scope::Office => [Scope::Office],
        Scope::Department { .. } => [Scope::Department { department: id(4), sectors: sectors() }],
        Scope::Grids(_) => [Scope::Grids(vec![id(3)])],
        Scope::Sites(_) => [Scope::Sites(vec![id(5)])],
    })
}

pub fn actor(scope: Scope) -> Actor {
    Actor { office: id(1), person: id(0x11), name: "王磊".into(), role: Role::Inspector, scope }
}

pub fn directory() -> Directory {
    Directory {
        office: Office { id: id(1), name: "新城街道".into(), demo: true },
        me: actor(Scope::Grids(vec![id(3)])),
        communities: vec![community()],
        grids: vec![grid()],
        departments: vec![department()],
        kinds: vec![SiteKindInfo {
            id: SiteKind::from("charging-shed"),
            name: both("充电棚"),
            sector: Sector::Ebike,
        }],
        intervals: intervals(),
        window: LiveWindow { closed_hazards: 60, visits: 90 },
    }
}

fn questions() -> Vec<Question> {
    let measure = NumericRule {
        unit: both("米"),
        decimals: 1,
        from: 0.5,
        to: 50.0,
        at_least: Some(4.0),
        at_most: None,
    };
    let fact = NumericRule { at_least: None, ..measure.clone() };
    let most = NumericRule {
        unit: both("辆"),
        decimals: 0,
        at_least: None,
        at_most: Some(500.0),
        ..measure.clone()
    };
    let option = |id: &str, fails| ChoiceOption { id: OptionId::from(id), text: both("楼内"), fails };
    let options = vec![option("open", false), option("indoor", true)];
    let within = DateRule { within_days: Some(31), not_past: false };
    let not_past = DateRule { within_days: None, not_past: true };
    every!(Question {
        Question::PassFail => [Question::PassFail],
        Question::Number(_) => [Question::Number(measure), Question::Number(fact)],
        Question::Count(_) => [Question::Count(most)],
        Question::SelectOne { .. } => [Question::SelectOne { options: options.clone() }],
        Question::SelectMultiple { .. } => [Question::SelectMultiple { options }],
        Question::Date(_) => [Question::Date(within), Question::Date(not_past)],
        Question::Text => [Question::Text],
    })
}

fn conditions() -> Vec<Condition> {
    let clear = || ItemId::from("clear");
    let failed = || Condition::Failed(clear());
    every!(Condition {
        Condition::SiteKind(_) => [Condition::SiteKind(SiteKind::from("ebike-shop"))],
        Condition::Passed(_) => [Condition::Passed(clear())],
        Condition::Failed(_) => [failed()],
        Condition::Chosen { .. } => [Condition::Chosen { item: clear(), option: OptionId::from("indoor") }],
        Condition::AtLeast { .. } => [Condition::AtLeast { item: clear(), value: 2.5 }],
        Condition::All(_) => [Condition::All(vec![failed(), Condition::Passed(clear())])],
        Condition::Any(_) => [Condition::Any(vec![failed()])],
        Condition::Not(_) => [Condition::Not(Box::new(failed()))],
    })
}

/// Nothing that may be missing.
fn item(id: &str, question: Question) -> Item {
    Item {
        id: ItemId::from(id),
        text: both("车道无堆物"),
        hint: None,
        question,
        photo: PhotoRule::OnFail,
        allow_existing_photo: false,
        severity: Severity::General,
        deadline_days: 7,
        hazard: None,
        basis: None,
        source: vec![],
        visible_if: None,
        every: None,
    }
}

/// With every kind of question and of condition.
pub fn checklist() -> Checklist {
    let asked = questions().into_iter().enumerate();
    let asked = asked.map(|(n, question)| item(&format!("question-{n}"), question));
    let depending = conditions().into_iter().enumerate().map(|(n, condition)| Item {
        visible_if: Some(condition),
        ..item(&format!("condition-{n}"), Question::PassFail)
    });
    let full = Item {
        hint: Some(both("从门口看")),
        photo: PhotoRule::Always,
        allow_existing_photo: true,
        severity: Severity::Major,
        deadline_days: 0,
        hazard: Some(both("车道被占")),
        basis: Some(both("附件 4")),
        source: vec![ClauseId::from("A4-017")],
        every: Some(Frequency::Month),
        ..item("full", Question::PassFail)
    };
    let section = |id: &str, items| Section { id: SectionId::from(id), title: both("场所"), items };
    Checklist {
        id: ChecklistId::from("shed"),
        version: 3,
        sector: Sector::Ebike,
        site_kinds: vec![SiteKind::from("charging-shed")],
        title: both("充电棚"),
        sections: vec![
            section("asked", asked.collect()),
            section("depending", depending.collect()),
            section("full", vec![full]),
        ],
    }
}
