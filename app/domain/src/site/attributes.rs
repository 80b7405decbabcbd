//! 场所属性: what is known about a site beside its kinds. Forms ask for them as `site('storeys')`; what nobody knows is no
//! answer, and a question that depends on it is asked.
//!
//! The credit code (统一社会信用代码) and the legal person are the party's and stand in its record.

mod size;

pub use size::SizeLimits;

use crate::{expression::Value, text::Bilingual};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How gas comes to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GasSupply {
    /// 不用气
    None,
    /// 瓶装气
    Bottled,
    /// 管道气
    Piped,
}

impl GasSupply {
    pub const ALL: [Self; 3] = [Self::None, Self::Bottled, Self::Piped];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bottled => "bottled",
            Self::Piped => "piped",
        }
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::None => Bilingual::new("不用气", "No gas"),
            Self::Bottled => Bilingual::new("瓶装气", "Bottled gas"),
            Self::Piped => Bilingual::new("管道气", "Piped gas"),
        }
    }
}

/// Each attribute that a site can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SiteAttribute {
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
}

impl SiteAttribute {
    pub const ALL: [Self; 14] = [
        Self::Area,
        Self::Storeys,
        Self::Beds,
        Self::Places,
        Self::Employees,
        Self::Crowded,
        Self::KeyFireUnit,
        Self::Gas,
        Self::Canteen,
        Self::Dormitory,
        Self::Laboratory,
        Self::SchoolBus,
        Self::Lifts,
        Self::ControlRoom,
    ];

    /// The word in `site('…')`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Storeys => "storeys",
            Self::Beds => "beds",
            Self::Places => "places",
            Self::Employees => "employees",
            Self::Crowded => "crowded",
            Self::KeyFireUnit => "key_fire_unit",
            Self::Gas => "gas",
            Self::Canteen => "canteen",
            Self::Dormitory => "dormitory",
            Self::Laboratory => "laboratory",
            Self::SchoolBus => "school_bus",
            Self::Lifts => "lifts",
            Self::ControlRoom => "control_room",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| attribute.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Area => Bilingual::new("建筑面积（平方米）", "Floor area (m²)"),
            Self::Storeys => Bilingual::new("层数", "Storeys"),
            Self::Beds => Bilingual::new("床位数", "Beds"),
            Self::Places => Bilingual::new("学位数（人）", "Places for pupils or children"),
            Self::Employees => Bilingual::new("从业人数", "Employees"),
            Self::Crowded => Bilingual::new("人员密集场所", "Crowded place"),
            Self::KeyFireUnit => Bilingual::new("消防安全重点单位", "Key fire safety unit"),
            Self::Gas => Bilingual::new("用气方式", "Gas supply"),
            Self::Canteen => Bilingual::new("有食堂", "Has a canteen"),
            Self::Dormitory => Bilingual::new("有宿舍", "Has a dormitory"),
            Self::Laboratory => Bilingual::new("有实验室", "Has a laboratory"),
            Self::SchoolBus => Bilingual::new("有校车", "Has a school bus"),
            Self::Lifts => Bilingual::new("电梯数", "Lifts"),
            Self::ControlRoom => Bilingual::new("有消防控制室", "Has a fire control room"),
        }
    }

    /// The least and the most that a figure may be, both included; what is no figure has none.
    pub fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::Area => Some((1.0, 10_000_000.0)),
            Self::Storeys => Some((1.0, 200.0)),
            Self::Beds | Self::Places | Self::Employees => Some((0.0, 100_000.0)),
            Self::Lifts => Some((0.0, 1_000.0)),
            Self::Crowded
            | Self::KeyFireUnit
            | Self::Gas
            | Self::Canteen
            | Self::Dormitory
            | Self::Laboratory
            | Self::SchoolBus
            | Self::ControlRoom => None,
        }
    }
}

/// What `site('…')` gives where something is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AttributeValue {
    Truth(bool),
    Number(f64),
    Word(&'static str),
}

impl From<AttributeValue> for Value {
    fn from(known: AttributeValue) -> Self {
        match known {
            AttributeValue::Truth(truth) => Self::Truth(truth),
            AttributeValue::Number(number) => Self::Number(number),
            AttributeValue::Word(word) => Self::Text(word.to_owned()),
        }
    }
}

/// A figure that no site can have: a slip of the finger.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("{given} for {attribute:?}, which is {from} to {to}")]
pub struct AttributeOutOfRange {
    pub attribute: SiteAttribute,
    pub given: f64,
    pub from: f64,
    pub to: f64,
}

/// What is known about a site; what is not known is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteAttributes {
    /// 建筑面积, in square metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<f64>,
    /// 层数, above the ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storeys: Option<u16>,
    /// 床位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beds: Option<u32>,
    /// 学位: pupils or children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// 从业人数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<u32>,
    /// 人员密集场所
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crowded: Option<bool>,
    /// 消防安全重点单位
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_fire_unit: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gas: Option<GasSupply>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canteen: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dormitory: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laboratory: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_bus: Option<bool>,
    /// How many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifts: Option<u16>,
    /// 消防控制室
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control_room: Option<bool>,
}

impl SiteAttributes {
    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What expressions see: name and value of all that is known.
    pub fn values(&self) -> Vec<(String, Value)> {
        let known = |attribute| Some((attribute, self.get(attribute)?));
        let all = SiteAttribute::ALL.into_iter().filter_map(known);
        all.map(|(attribute, value)| (attribute.as_str().to_owned(), value.into())).collect()
    }

    pub fn get(&self, attribute: SiteAttribute) -> Option<AttributeValue> {
        let truth = |known: Option<bool>| known.map(AttributeValue::Truth);
        let figure = |known: Option<f64>| known.map(AttributeValue::Number);
        match attribute {
            SiteAttribute::Area => figure(self.area),
            SiteAttribute::Storeys => figure(self.storeys.map(f64::from)),
            SiteAttribute::Beds => figure(self.beds.map(f64::from)),
            SiteAttribute::Places => figure(self.places.map(f64::from)),
            SiteAttribute::Employees => figure(self.employees.map(f64::from)),
            SiteAttribute::Crowded => truth(self.crowded),
            SiteAttribute::KeyFireUnit => truth(self.key_fire_unit),
            SiteAttribute::Gas => self.gas.map(|gas| AttributeValue::Word(gas.as_str())),
            SiteAttribute::Canteen => truth(self.canteen),
            SiteAttribute::Dormitory => truth(self.dormitory),
            SiteAttribute::Laboratory => truth(self.laboratory),
            SiteAttribute::SchoolBus => truth(self.school_bus),
            SiteAttribute::Lifts => figure(self.lifts.map(f64::from)),
            SiteAttribute::ControlRoom => truth(self.control_room),
        }
    }

    /// What is known otherwise there, or only of one of the two.
    pub fn differences(&self, there: &Self) -> impl Iterator<Item = SiteAttribute> {
        SiteAttribute::ALL.into_iter().filter(move |attribute| self.get(*attribute) != there.get(*attribute))
    }

    pub fn check(&self) -> Result<(), AttributeOutOfRange> {
        for attribute in SiteAttribute::ALL {
            if let (Some(AttributeValue::Number(given)), Some((from, to))) =
                (self.get(attribute), attribute.range())
                && !(from..=to).contains(&given)
            {
                return Err(AttributeOutOfRange { attribute, given, from, to });
            }
        }
        Ok(())
    }
}
