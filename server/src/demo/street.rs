//! A street to be patrolled: thirty doors of one grid, whose numbers leave one out. Nobody has been there this month.

use super::{places::Places, rng::SeededRng, sites::person_name};
use crate::catalogue::Catalogue;
use chrono::{DateTime, Days, Utc};
use domain::{
    id::SiteKind,
    place::Location,
    risk::RiskLevel,
    sector::Sector,
    site::{Contact, Site, attributes::SiteAttributes},
};

const STREET: &str = "新街";
/// On one side, from 1 on; at this number nothing is registered.
const LEFT_OUT: usize = 39;
/// Where the first door is, and from one to the next.
const BEGINS: (f64, f64) = (34.8621, 113.6035);
const STEP: f64 = 0.000_09;

/// What stands in it, door after door.
const DOORS: [(&str, &str); 30] = [
    ("百姓早餐", "small-restaurant"),
    ("老张修鞋铺", "shop-front"),
    ("喜洋洋便利店", "small-shop"),
    ("红梅裁缝店", "shop-front"),
    ("川香面馆", "small-restaurant"),
    ("福来烟酒", "small-shop"),
    ("小雅美甲", "small-beauty-bath"),
    ("平价粮油", "small-shop"),
    ("宏图打印社", "shop-front"),
    ("牛家烧饼", "small-restaurant"),
    ("康健诊所", "small-clinic"),
    ("童乐文具", "small-shop"),
    ("顺发五金", "small-shop"),
    ("清清洗衣店", "shop-front"),
    ("好味熟食", "small-shop"),
    ("好再来米线", "small-restaurant"),
    ("瑞丰五金日杂", "small-shop"),
    ("阿芳理发店", "small-beauty-bath"),
    ("顺达电动车配件", "small-shop"),
    ("老街坊早餐", "small-restaurant"),
    ("百姓大药房", "small-shop"),
    ("星光照相馆", "shop-front"),
    ("悦来旅社", "small-hotel"),
    ("一品鲜果", "small-shop"),
    ("新街修表", "shop-front"),
    ("明亮眼镜", "shop-front"),
    ("二姐饺子馆", "small-restaurant"),
    ("手工皮具坊", "small-workshop"),
    ("绿叶花店", "shop-front"),
    ("晚风书屋", "shop-front"),
];

pub(super) fn plan(
    rng: &mut SeededRng,
    now: DateTime<Utc>,
    places: &Places,
    catalogue: &Catalogue,
) -> Vec<Site> {
    let numbers = (0..).map(|door| 2 * door + 1).filter(|number| *number != LEFT_OUT);
    let Some(grid) = places.grids.first() else { return vec![] };
    let doors = DOORS.iter().zip(numbers).enumerate();
    doors
        .map(|(place, ((name, kind), number))| {
            let kind = SiteKind::from(*kind);
            let sector = catalogue.kinds.iter().find(|known| known.id == kind).map(|known| known.sector);
            let answers = Contact { name: person_name(rng), duty: "店主".to_owned(), phone: String::new() };
            let months = Days::new(u64::try_from(31 + place).unwrap_or(31));
            Site {
                id: rng.id(),
                community: grid.community,
                grid: grid.id,
                name: (*name).to_owned(),
                code: format!("XJ{number:04}"),
                kinds: vec![kind],
                sector: sector.unwrap_or(Sector::General),
                risk: if place % 6 == 4 { RiskLevel::General } else { RiskLevel::Low },
                attributes: SiteAttributes::default(),
                address: format!("{STREET} {number} 号"),
                location: Some(Location {
                    latitude: BEGINS.0,
                    longitude: BEGINS.1 + STEP * place as f64,
                    accuracy: None,
                }),
                contacts: vec![answers],
                party: None,
                leader: String::new(),
                department: None,
                pinyin: String::new(),
                // Long enough ago that they are to be walked, not so long that they are due.
                last_visit: now.checked_sub_days(months),
                last_answers: vec![],
                retired: false,
                to_confirm: None,
            }
        })
        .collect()
}
