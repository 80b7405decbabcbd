//! The same people, places and lists in every shape; nothing is drawn or read from a clock.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    form::{Answer, AnswerKey, LastAnswer, LastAnswers},
    id::SiteKind,
    inspection::{
        AdministrativeInspection, AuthorityLevel, CapException, CertifiedPerson, ChosenMatter,
        CountedInspections, Inspected, InspectingBody, InspectionDirectory, InspectionKind, InspectionMatter,
        InspectionOfficer, InspectionRule, InspectionRules, InspectionSteps, OfficerSeen, RuleSetting,
        SpecialApproval, WentBy,
    },
    map::{Area, Outline, Polygon},
    party::{CreditCode, PartyKind, PartyPerson, SiteParty},
    permission::Withheld,
    person::Certificate,
    photo::PhotoHash,
    place::{Community, Department, Grid, Location, Office, PlaceId},
    quick_report::office::OfficePhrase,
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    site::{
        Contact, ProposedSite, Site, ToConfirm,
        attributes::{GasSupply, SiteAttributes},
    },
    sync::{Directory, SiteKindInfo},
    task::Colleague,
    text::Bilingual,
    window::LiveWindow,
};
use uuid::Uuid;

/// 1 office, 2 community, 3 grid, 4 department, 5 site, 6 party, 0x11 and 0x12 people, 0x21 visit, 0x31 and 0x32 hazards,
/// 0x41 event, 0x51 operation, 0x61 device or task, 0x62 a task's event, 0x71 sealed order.
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

pub fn attributes() -> SiteAttributes {
    SiteAttributes {
        storeys: Some(6),
        gas: Some(GasSupply::Bottled),
        lifts: Some(0),
        ..SiteAttributes::default()
    }
}

/// Of two forms, of which one was filled in without an answer that counts.
pub fn last_answers() -> Vec<LastAnswers> {
    let width = LastAnswer { key: AnswerKey::of("width"), answer: Answer::Number(3.5) };
    let clear = LastAnswer { key: AnswerKey::of("clear").at(&[2]), answer: Answer::Pass };
    let shed = LastAnswers { form: "shed".into(), visit: id(0x21), at: at(), answers: vec![width, clear] };
    let bare = LastAnswers { form: "doors".into(), answers: vec![], ..shed.clone() };
    vec![shed, bare]
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
        attributes: attributes(),
        address: "锦绣路 7 号".into(),
        location: Some(location()),
        contacts: vec![contact],
        party: Some(site_party()),
        leader: "刘主任".into(),
        department: Some(id(4)),
        pinyin: "jinxiu".into(),
        last_visit: Some(at()),
        last_answers: last_answers(),
        retired: true,
        to_confirm: Some(to_confirm()),
    }
}

fn to_confirm() -> ToConfirm {
    ToConfirm { by: id(0x11), by_name: "李敏".into(), at: at_the_phone(), photos: vec![photo(1)] }
}

pub fn proposed_site() -> ProposedSite {
    ProposedSite {
        id: id(5),
        grid: id(3),
        name: "金河饺子馆".into(),
        kind: SiteKind::from("restaurant-gas"),
        sector: Sector::Fire,
        address: "金河中路39号".into(),
        location: Some(location()),
        photos: vec![photo(1)],
    }
}

/// Nothing that may be missing.
pub fn bare_proposed_site() -> ProposedSite {
    ProposedSite { address: String::new(), location: None, photos: vec![], ..proposed_site() }
}

pub fn site_party() -> SiteParty {
    let manager =
        PartyPerson { name: "孙强".into(), post: "主要负责人".into(), phone: "0371-60000001".into() };
    SiteParty {
        id: id(6),
        kind: PartyKind::PublicInstitution,
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
        last_answers: vec![],
        retired: false,
        to_confirm: None,
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
    Actor {
        office: id(1),
        person: id(0x11),
        name: "王磊".into(),
        role: Role::Inspector,
        scope,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

/// With whatever it can say.
pub fn administrative_inspection() -> AdministrativeInspection {
    AdministrativeInspection {
        kind: InspectionKind::Special,
        body: InspectingBody::Department { id: id(4), name: department().name },
        matter: Some(ChosenMatter { code: "XF-01".into(), name: "消防车通道".into() }),
        approval: "新街检批〔2026〕31号".into(),
        urgent: true,
        notice: "新街检通〔2026〕31号".into(),
        officers: vec![InspectionOfficer {
            person: id(0x11),
            name: "王磊".into(),
            certificate: "0173".into(),
        }],
        entry_code: "RQ2026112400017".into(),
        special: Some(SpecialApproval { level: AuthorityLevel::City, number: "市安〔2026〕3号".into() }),
        exception: Some(CapException::Report),
        done: InspectionSteps { shown: true, served: true, registered: true, told: true },
        rules: 7,
        went_by: Some(WentBy {
            role: Role::Officer,
            party: Some(PartyKind::SoleTrader),
            officers: vec![OfficerSeen { person: id(0x11), role: Role::Officer }],
        }),
    }
}

pub fn certificate() -> Certificate {
    Certificate { number: "0173".into(), issuer: "区司法局".into(), valid_until: at().date_naive() }
}

pub fn inspection_rules() -> InspectionRules {
    let setting = |rule, figure| RuleSetting { rule, on: true, figure, by: "刘主任".into(), at: at() };
    let matter = InspectionMatter {
        code: "XF-01".into(),
        name: "消防车通道".into(),
        basis: "消防法".into(),
        department: Some(id(4)),
        ended: true,
    };
    InspectionRules {
        version: 7,
        settings: vec![
            setting(InspectionRule::YearlyCap, Some(4)),
            setting(InspectionRule::UncountedReport, None),
        ],
        matters: vec![matter],
        departments: vec![id(4)],
    }
}

pub fn inspection_directory() -> InspectionDirectory {
    let certified = CertifiedPerson {
        person: id(0x11),
        name: "王磊".into(),
        role: Role::Officer,
        certificates: vec![certificate()],
    };
    let counted = |of| CountedInspections { of, year: 2026, count: 2 };
    InspectionDirectory {
        rules: inspection_rules(),
        certified: vec![certified],
        counted: vec![counted(Inspected::Party(id(6))), counted(Inspected::Site(id(5)))],
    }
}

pub fn outline() -> Outline {
    let ring = vec![[113.62, 34.87], [113.63, 34.87], [113.63, 34.88], [113.62, 34.87]];
    Outline { place: PlaceId::Grid(id(3)), area: Area(vec![Polygon(vec![ring])]) }
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
        colleagues: vec![Colleague::from(&actor(Scope::Grids(vec![id(3)])))],
        window: LiveWindow { closed_hazards: 60, visits: 90 },
        phrases: vec![OfficePhrase {
            words: "消防通道停放机动车".into(),
            times: 31,
            sounds: "x f t d t f j d c".into(),
            sectors: vec![Sector::Fire],
        }],
        inspection: Some(inspection_directory()),
        outlines: vec![outline()],
    }
}
