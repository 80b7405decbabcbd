//! Some three hundred invented sites.

use super::{
    places::{Places, somewhere},
    rng::SeededRng,
};
use crate::catalogue::Catalogue;
use domain::{
    id::SiteKind,
    risk::RiskLevel,
    sector::Sector,
    site::{Contact, Site, attributes::SiteAttributes},
};

/// A kind of site, how many there are, and endings of their names.
const KINDS: [(&str, usize, &[&str]); 26] = [
    ("residential-compound", 42, &["花园", "家园", "小区", "公寓"]),
    ("charging-shed", 52, &["1 号充电棚", "2 号充电棚", "东门充电棚", "地面充电桩"]),
    ("high-rise", 16, &["大厦", "国际中心", "商务楼"]),
    ("self-built-house", 22, &["院自建房", "出租楼", "号院"]),
    ("market", 14, &["农贸市场", "建材市场", "便民市场"]),
    ("public-venue", 14, &["酒店", "影城", "健身中心"]),
    ("care-home", 4, &["养老院", "老年公寓"]),
    ("hospital", 4, &["社区卫生服务中心", "医院"]),
    ("ebike-shop", 12, &["电动车行", "电动车维修部"]),
    ("delivery-station", 6, &["快递站", "外卖站点"]),
    ("school", 14, &["小学", "中学", "第二小学"]),
    ("kindergarten", 14, &["幼儿园"]),
    ("boarding-school", 3, &["寄宿学校"]),
    ("training-centre", 8, &["培训中心", "托管班"]),
    ("hazchem-production", 3, &["化工厂"]),
    ("hazchem-storage", 4, &["危化品仓库"]),
    ("hazchem-trade", 9, &["化工经营部", "涂料经营部"]),
    ("hazchem-use", 8, &["电镀厂", "印刷厂", "家具厂"]),
    ("filling-station", 6, &["加油站"]),
    ("hazchem-lab", 2, &["检测实验室"]),
    ("ammonia-cold-store", 2, &["冷库"]),
    ("construction-site", 8, &["项目工地"]),
    ("logistics-warehouse", 8, &["物流仓库", "货运站"]),
    ("internet-cafe", 5, &["网咖"]),
    ("industrial-enterprise", 14, &["机械厂", "面粉厂", "纸箱厂"]),
    ("special-equipment-user", 6, &["锅炉房", "气体站"]),
];

const WORDS: [&str; 36] = [
    "金河",
    "锦绣",
    "惠民",
    "新城路",
    "鑫源",
    "宏达",
    "金水湾",
    "和谐",
    "阳光",
    "福苑",
    "春晖",
    "東升",
    "康乐",
    "翠竹",
    "明珠",
    "长青",
    "银杏",
    "丰华",
    "瑞祥",
    "海棠",
    "凤栖",
    "启明",
    "向阳",
    "安居",
    "祥和",
    "华盛",
    "远航",
    "天成",
    "云锦",
    "龙湖里",
    "百合",
    "桃源",
    "思源",
    "博文",
    "广厦",
    "盛世",
];

const FAMILY: [&str; 16] =
    ["张", "李", "王", "赵", "陈", "刘", "杨", "周", "吴", "郑", "孙", "马", "朱", "胡", "郭", "何"];
const GIVEN: [&str; 20] = [
    "建国", "丽", "志强", "秀兰", "海涛", "敏", "国庆", "雪梅", "磊", "芳", "俊杰", "桂英", "伟", "静",
    "永刚", "晓燕", "振华", "玉珍", "明", "倩",
];
const LEADERS: [&str; 6] = ["韩书记", "崔主任", "梁副主任", "宋副主任", "谢委员", "罗委员"];

pub(super) fn plan(rng: &mut SeededRng, places: &Places, catalogue: &Catalogue) -> Vec<Site> {
    let mut sites: Vec<Site> = vec![];
    for (kind, count, endings) in KINDS {
        let kind = SiteKind::from(kind);
        let sector = catalogue.kinds.iter().find(|known| known.id == kind).map(|known| known.sector);
        let sector = sector.unwrap_or(Sector::General);
        for _ in 0..count {
            let name = name(rng, &sites, endings);
            sites.push(site(rng, places, kind.clone(), sector, name, sites.len()));
        }
    }
    sites
}

fn name(rng: &mut SeededRng, taken: &[Site], endings: &[&str]) -> String {
    loop {
        let name = format!("{}{}", rng.one(&WORDS).replace('東', "东"), rng.one(endings));
        if taken.iter().all(|site| site.name != name) {
            return name;
        }
        let numbered =
            format!("{name}（{}）", ["东区", "西区", "南院", "北院", "二期", "三期"][rng.below(6)]);
        if taken.iter().all(|site| site.name != numbered) {
            return numbered;
        }
    }
}

fn site(
    rng: &mut SeededRng,
    places: &Places,
    kind: SiteKind,
    sector: Sector,
    name: String,
    number: usize,
) -> Site {
    let grid = &places.grids[number % places.grids.len()];
    let community =
        places.communities.iter().position(|known| known.id == grid.community).unwrap_or_default();
    let beside = || places.grids.iter().filter(|known| known.community == grid.community);
    let part = beside().position(|known| known.id == grid.id).unwrap_or_default();
    let answers = |department: &&domain::place::Department| department.sectors.contains(&sector);
    let department = places.departments.iter().find(answers).map(|department| department.id);
    let contacts = if rng.percent(4) { vec![] } else { vec![contact(rng, number)] };
    Site {
        id: rng.id(),
        community: grid.community,
        grid: grid.id,
        code: format!("XC{:04}", number + 1),
        kinds: vec![kind.clone()],
        sector,
        risk: risk(rng, kind.as_str()),
        attributes: SiteAttributes::default(),
        address: format!(
            "{}{}路 {} 号",
            places.communities[community].name.trim_end_matches("社区").trim_end_matches('村'),
            ["北", "南", "东", "西", "中"][rng.below(5)],
            rng.between(1, 188)
        ),
        location: Some(somewhere(rng, community, (part, beside().count()))),
        contacts,
        party: None,
        leader: if rng.percent(5) { String::new() } else { (*rng.one(&LEADERS)).to_owned() },
        department,
        pinyin: String::new(),
        name,
        last_visit: None,
        last_answers: vec![],
        to_confirm: None,
        retired: false,
    }
}

/// Numbers that begin with 100 are not assigned.
fn contact(rng: &mut SeededRng, number: usize) -> Contact {
    Contact {
        name: person_name(rng),
        duty: ["主要负责人", "安全员", "物业经理", "店主"][rng.below(4)].to_owned(),
        phone: format!("1000000{:04}", number + 1),
    }
}

pub(super) fn person_name(rng: &mut SeededRng) -> String {
    format!("{}{}", rng.one(&FAMILY), rng.one(&GIVEN))
}

fn risk(rng: &mut SeededRng, kind: &str) -> RiskLevel {
    let dangerous = kind.starts_with("hazchem") || matches!(kind, "ammonia-cold-store" | "filling-station");
    let of_hundred = rng.below(100);
    match (dangerous, of_hundred) {
        (true, 0..25) => RiskLevel::Major,
        (true, 25..75) | (false, 2..14) => RiskLevel::Considerable,
        (false, 0..2) => RiskLevel::Major,
        (true, _) | (false, 14..65) => RiskLevel::General,
        (false, _) => RiskLevel::Low,
    }
}
