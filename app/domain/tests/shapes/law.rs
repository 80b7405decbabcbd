//! The library of laws as it travels, and what is known about a site.

use crate::{
    stays,
    values::{both, day},
};
use domain::{
    law::{Law, LawKind, LawLibrary, LawTopic, Quotation, SectorLaw},
    sector::Sector,
    site::attributes::{GasSupply, SiteAttribute, SiteAttributes, SizeLimits},
};

fn library() -> LawLibrary {
    let bare = Law {
        id: "fire-law".into(),
        sector: Sector::Fire,
        title: both("中华人民共和国消防法"),
        kind: LawKind::Law,
        number: String::new(),
        edition: None,
        in_force_from: None,
        in_force_until: None,
    };
    let full = Law {
        id: "gas-major-criteria".into(),
        sector: Sector::City,
        title: both("城镇燃气经营安全重大隐患判定标准"),
        kind: LawKind::NormativeDocument,
        number: "建城规〔2023〕4号".into(),
        edition: Some(day()),
        in_force_from: Some(day()),
        in_force_until: Some(day()),
    };
    let sentence = Quotation {
        id: "fire-law-026".into(),
        law: "fire-law".into(),
        article: "第二十八条".into(),
        lead: String::new(),
        text: "任何单位、个人不得损坏、挪用或者擅自拆除、停用消防设施、器材，不得埋压、圈占、遮挡消火栓或者占用防火间距，不得占用、堵塞、封闭疏散通道、安全出口、消防车通道。".into(),
        excerpt: false,
        topics: vec!["fire_lane".into(), "exits".into()],
        binds: None,
    };
    let criterion = Quotation {
        id: "gas-major-criteria-003".into(),
        law: "gas-major-criteria".into(),
        article: "第四条第（一）项".into(),
        lead: "燃气经营者在安全生产管理中，有下列情形之一的，判定为重大隐患：".into(),
        text: "（一）未取得燃气经营许可证从事燃气经营活动；".into(),
        excerpt: true,
        topics: vec!["major_hazard".into()],
        binds: Some(vec!["gas-station-city".into(), "lpg-station".into()]),
    };
    let binds_nobody = Quotation { binds: Some(vec![]), ..criterion.clone() };
    LawLibrary {
        topics: vec![LawTopic {
            id: "fire_lane".into(),
            name: both("消防车通道"),
            sectors: vec![Sector::Fire, Sector::Ebike],
        }],
        laws: vec![bare, full],
        quotations: vec![sentence, criterion, binds_nobody],
    }
}

#[test]
fn of_laws() {
    stays(
        "law_kinds",
        &words!(LawKind {
            Law,
            AdministrativeRegulation,
            LocalRegulation,
            DepartmentRule,
            NormativeDocument,
            MandatoryStandard,
        }),
    );
    stays("sector_laws", &[SectorLaw { sector: Sector::Fire, library: library() }]);
}

#[test]
fn of_attributes_of_sites() {
    stays("gas_supplies", &words!(GasSupply { None, Bottled, Piped }));
    stays(
        "site_attributes",
        &words!(SiteAttribute {
            Area,
            Storeys,
            Beds,
            Places,
            Employees,
            Crowded,
            KeyFireUnit,
            Gas,
            Canteen,
            Dormitory,
            Laboratory,
            SchoolBus,
            Lifts,
            ControlRoom,
        }),
    );
    let known = SiteAttributes {
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
    };
    stays("attributes_of_sites", &[SiteAttributes::default(), known]);
    let limits = SizeLimits { area_at_most: Some(100.0), beds_at_most: Some(50), places_at_most: Some(100) };
    stays("size_limits", &[SizeLimits::default(), limits]);
}
