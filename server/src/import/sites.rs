//! A list of sites, judged row by row against the office's.

use super::{
    columns::{Column, Columns, Holds},
    contacts,
    coordinates::Ground,
    places::{self, PlaceBook},
    plan::{Given, Judged, Judgement, Plan, RowReading, Told, fingerprint},
    reading::{ReadError, Row},
    twins::{Likeness, Neighbours, Newcomers, letters},
    words,
};
use crate::storage::Places;
use app::{
    backend::import::ImportOffer,
    i18n::{import as t, limits::over as over_limit},
};
use domain::{
    id::{CommunityId, GridId, SiteKind},
    limits::{self, records::check_site},
    risk::RiskLevel,
    sector::Sector,
    site::Site,
    sync::KindOfSite,
    text::{Bilingual, Lang},
};
use std::{collections::HashMap, time::Instant};
use uuid::Uuid;

pub const CODE: Column = Column::exact(
    "code",
    "编码",
    limits::CODE,
    Holds::Code,
    &["场所编码", "单位编码", "场所编号", "编号", "代码", "场所代码", "店铺编码"],
);
pub const NAME: Column = Column::words(
    "name",
    "名称",
    limits::NAME,
    &["场所名称", "单位名称", "企业名称", "店铺名称", "店名", "商户名称", "门店名称", "字号", "场所"],
);
pub const KINDS: Column = Column::words(
    "kinds",
    "类别",
    200,
    &["场所类别", "场所类型", "类型", "单位类别", "单位类型", "九小场所类别"],
)
.list();
pub const SECTOR: Column =
    Column::words("sector", "行业", 40, &["行业领域", "所属行业", "行业类别", "行业分类"]);
pub const RISK: Column =
    Column::words("risk", "风险等级", 20, &["风险级别", "安全风险等级", "风险分级", "风险"]);
pub const COMMUNITY: Column = Column::words(
    "community",
    "社区",
    limits::NAME,
    &[
        "村（社区）",
        "社区（村）",
        "村社区",
        "村/社区",
        "村居",
        "所属社区",
        "所在社区",
        "所属村（社区）",
        "社区名称",
    ],
);
pub const GRID: Column = Column::words("grid", "网格", limits::NAME, &["所属网格", "所在网格", "网格名称"]);
pub const ADDRESS: Column = Column::words(
    "address",
    "地址",
    limits::ADDRESS,
    &["详细地址", "场所地址", "单位地址", "经营地址", "所在地址", "具体地址", "门牌地址"],
);
pub const LATITUDE: Column = Column::exact("latitude", "纬度", 40, Holds::Degrees, &["lat", "坐标纬度"]);
pub const LONGITUDE: Column =
    Column::exact("longitude", "经度", 40, Holds::Degrees, &["lng", "lon", "坐标经度"]);
pub const DATUM: Column = Column::exact("datum", "坐标系", 20, Holds::Words, &["坐标类型", "坐标系统"]);
pub const CONTACT: Column = Column::words(
    "contact",
    "责任人",
    200,
    &["负责人", "主要负责人", "安全责任人", "责任人姓名", "负责人姓名", "联系人", "联系人姓名", "姓名"],
)
.list();
pub const DUTY: Column = Column::words("duty", "职务", 100, &["责任人职务", "负责人职务"]).list();
pub const PHONE: Column = Column::exact(
    "phone",
    "电话",
    200,
    Holds::Phone,
    &[
        "联系电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
        "电话号码",
        "责任人电话",
        "负责人电话",
        "联系人电话",
    ],
)
.list();
pub const LEADER: Column = Column::words(
    "leader",
    "包联领导",
    limits::NAME,
    &["包保领导", "联系领导", "包片领导", "包联干部", "包保干部"],
);
pub const DEPARTMENT: Column = Column::words(
    "department",
    "部门",
    limits::NAME,
    &["主管部门", "行业主管部门", "监管部门", "责任部门", "牵头部门", "所属部门"],
);
pub const STATE: Column = Column::words("state", "状态", 20, &["使用状态", "经营状态"]);

pub const COLUMNS: &[Column] = &[
    CODE, NAME, KINDS, SECTOR, RISK, COMMUNITY, GRID, ADDRESS, LATITUDE, LONGITUDE, DATUM, CONTACT, DUTY,
    PHONE, LEADER, DEPARTMENT, STATE,
];

/// What the office has already.
pub struct Known<'a> {
    pub places: &'a Places,
    pub sites: &'a [Site],
    pub kinds: &'a [KindOfSite],
}

/// What a site says, without what visits and searches add.
pub fn version(site: &Site) -> String {
    fingerprint(&Site { last_visit: None, pinyin: String::new(), ..site.clone() })
}

/// Not beyond the deadline, whatever the rows make it look up.
pub fn judge(
    plan: &Plan,
    known: &Known<'_>,
    lang: Lang,
    new_id: impl Fn() -> Uuid,
    deadline: Instant,
) -> Result<Judgement<Site>, ReadError> {
    let columns = Columns::of(COLUMNS, &plan.table);
    let mut judge = Judge {
        by_code: known.sites.iter().rev().map(|site| (words::exact(&site.code), site)).collect(),
        by_letters: known.sites.iter().map(|site| (letters(&site.code), site)).collect(),
        neighbours: Neighbours::of(known.sites),
        newcomers: Newcomers::default(),
        ground: Ground::new(plan, known.sites),
        places: PlaceBook::new(known.places, lang),
        called: known.kinds.iter().map(Called::of).collect(),
        told: Told::default(),
        rows_of_codes: HashMap::new(),
        plan,
        columns: &columns,
        known,
        lang,
    };
    let mut rows = Vec::with_capacity(plan.table.rows.len());
    for row in &plan.table.rows {
        if Instant::now() > deadline {
            return Err(ReadError::TooSlow);
        }
        rows.push(judge.row(row, &new_id));
    }
    judge.ground.settle(plan, &mut rows, lang);
    let is_off = |row: &&Judged<Site>| row.record.as_ref().is_some_and(|site| site.retired);
    let still_off = super::still_off(&columns, &STATE, rows.iter().filter(is_off).count(), lang);
    let blocked = judge.places.blocked().into_iter().chain(judge.ground.blocked(lang)).collect();
    Ok(Judgement {
        rows,
        new_places: judge.places.new_names(),
        communities: judge.places.new_communities,
        grids: judge.places.new_grids,
        notes: judge.places.notes.into_iter().chain(still_off).collect(),
        blocked,
        coordinates: judge.ground.tally(),
    })
}

struct Judge<'a> {
    plan: &'a Plan,
    columns: &'a Columns,
    known: &'a Known<'a>,
    lang: Lang,
    by_code: HashMap<String, &'a Site>,
    /// Without case.
    by_letters: HashMap<String, &'a Site>,
    neighbours: Neighbours<'a>,
    newcomers: Newcomers,
    ground: Ground,
    places: PlaceBook<'a>,
    called: Vec<Called<'a>>,
    told: Told,
    rows_of_codes: HashMap<String, u32>,
}

/// A kind and its names as they are compared, reckoned once for the whole list.
struct Called<'a> {
    kind: &'a KindOfSite,
    zh: String,
    en: String,
}

impl<'a> Called<'a> {
    fn of(kind: &'a KindOfSite) -> Self {
        Self { kind, zh: words::key(&kind.name.zh), en: words::key(&kind.name.en) }
    }
}

impl<'a> Judge<'a> {
    fn row(&mut self, row: &'a Row, new_id: &impl Fn() -> Uuid) -> Judged<Site> {
        let lang = self.lang;
        let mut reading = RowReading::new(self.plan, self.columns, row, lang);
        let left = self.plan.left.contains(&row.number);
        let line = |text: &str| words::short(&words::line(text), limits::NAME);
        let seen = |column| reading.raw(column).map(|cell| line(&cell.text)).unwrap_or_default();
        let mut judged = Judged {
            row: row.number,
            key: seen(&CODE),
            name: seen(&NAME),
            about: String::new(),
            faults: vec![],
            changes: vec![],
            asks: vec![],
            old: None,
            record: None,
            password: None,
            left,
        };
        if left {
            return judged;
        }
        // A code that is there already is what it looks like.
        let same = reading.raw(&CODE).map(|cell| words::exact(&CODE.said(cell)));
        let same = same.filter(|code| self.by_code.contains_key(code)).unwrap_or_default();
        let code = match reading.given_beside(&CODE, &same) {
            Given::Words(code) => code,
            Given::Wrong => String::new(),
            Given::Absent | Given::Empty | Given::Clear => {
                reading.missing(&CODE);
                String::new()
            }
        };
        if let Some(first) = self.rows_of_codes.get(&code).copied().filter(|_| !code.is_empty()) {
            reading.fault(&CODE, t::twice(lang, first), vec![]);
        }
        self.rows_of_codes.entry(code.clone()).or_insert(row.number);
        let old = self.by_code.get(&code).copied().filter(|_| !code.is_empty());
        reading.is_new = old.is_none();
        if !code.is_empty() {
            judged.key.clone_from(&code);
        }
        let site = self.fields(&mut reading, &code, old, new_id);
        if old.is_none() && reading.faults.is_empty() {
            self.ask_of_new(&mut reading, &site);
            self.newcomers.add(row.number, &site);
        }
        if let Some(old) = old {
            reading.ask_if_moved(old.id.0, &version(old));
        }
        let kinds: Vec<_> = site.kinds.iter().map(|kind| self.kind_name(kind)).collect();
        let between = t::between(lang);
        judged.about = [
            self.places.place_name(site.community, site.grid),
            kinds.join(between),
            site.risk.name().get(lang).to_owned(),
        ]
        .join(" · ");
        if old.is_none() || !reading.changes.is_empty() {
            check(&mut reading, &site);
        }
        judged.record = reading.faults.is_empty().then_some(site);
        judged.old = old.cloned();
        judged.faults = self.told.of(&mut reading);
        (judged.changes, judged.asks) = (reading.changes, reading.asks);
        judged
    }

    /// By id or by name in either language.
    fn kind_called(&self, word: &str) -> Option<&'a KindOfSite> {
        let plain = words::key(word);
        let is_it = |called: &&Called<'a>| {
            called.zh == plain || called.en.eq_ignore_ascii_case(&plain) || called.kind.id.as_str() == word
        };
        self.called.iter().find(is_it).map(|called| called.kind)
    }

    fn fields(
        &mut self,
        reading: &mut RowReading<'a>,
        code: &str,
        old: Option<&Site>,
        new_id: &impl Fn() -> Uuid,
    ) -> Site {
        let name = reading.text(&NAME, old.map(|old| old.name.as_str()), true);
        if let Some(old) = old
            && !super::twins::alike(&old.name, &name)
        {
            let words = t::ask_other_name(self.lang, code.to_owned(), old.name.clone(), name.clone());
            reading.ask("name", words, t::tick_renamed(self.lang), None);
        }
        let kinds = self.kinds(reading, old);
        let sector = self.sector(reading, old, &kinds);
        let risk = self.risk(reading, old);
        let (community, grid) = self.place(reading, old, new_id);
        let address = reading.text(&ADDRESS, old.map(|old| old.address.as_str()), false);
        let location = self.ground.read(reading, old);
        let contacts = contacts::read(reading, old.map_or(&[], |old| old.contacts.as_slice()));
        let leader = reading.text(&LEADER, old.map(|old| old.leader.as_str()), false);
        let department = self.department(reading, old);
        let retired = self.retired(reading, old);
        Site {
            id: old.map_or_else(|| new_id().into(), |old| old.id),
            community,
            grid,
            name,
            code: old.map_or_else(|| code.to_owned(), |old| old.code.clone()),
            kinds,
            sector,
            risk,
            address,
            location,
            contacts,
            leader,
            department,
            pinyin: String::new(),
            last_visit: old.and_then(|old| old.last_visit),
            retired,
        }
    }

    fn kind_name(&self, id: &SiteKind) -> String {
        let kind = self.known.kinds.iter().find(|kind| kind.id == *id);
        kind.map_or_else(|| id.as_str().to_owned(), |kind| kind.name.get(self.lang).to_owned())
    }

    /// By id or by name in either language, several with 、 , ; between.
    fn kinds(&self, reading: &mut RowReading<'_>, old: Option<&Site>) -> Vec<SiteKind> {
        let before = old.map(|old| old.kinds.clone()).unwrap_or_default();
        let words = match reading.given(&KINDS) {
            Given::Words(words) => words,
            Given::Wrong => return before,
            Given::Absent | Given::Empty if old.is_some() => return before,
            Given::Absent | Given::Empty | Given::Clear => {
                reading.missing(&KINDS);
                return before;
            }
        };
        let mut kinds = vec![];
        // Names may hold a delimiter themselves, or be broken over two lines: the whole cell is tried first.
        let whole = self.kind_called(&words).or_else(|| self.kind_called(&words.replace('、', "")));
        if let Some(kind) = whole {
            kinds.push(kind.id.clone());
        } else {
            let Some(named) = words::several_of(&words, limits::KINDS) else {
                reading.fault(&KINDS, t::too_many_words(self.lang, limits::KINDS), vec![]);
                return before;
            };
            for word in named {
                match self.kind_called(word) {
                    Some(kind) if kinds.contains(&kind.id) => {}
                    Some(kind) => kinds.push(kind.id.clone()),
                    None => reading.fault(&KINDS, t::kind_unknown(self.lang, word.to_owned()), vec![]),
                }
            }
        }
        if old.is_some() && kinds != before {
            let names = |kinds: &[SiteKind]| {
                kinds.iter().map(|kind| self.kind_name(kind)).collect::<Vec<_>>().join(t::between(self.lang))
            };
            reading.change(&KINDS, &names(&before), &names(&kinds), false);
        }
        kinds
    }

    /// Of a new site where nothing is said: the sector of its first kind.
    fn sector(&self, reading: &mut RowReading<'_>, old: Option<&Site>, kinds: &[SiteKind]) -> Sector {
        let usual = kinds.first().and_then(|first| self.known.kinds.iter().find(|kind| kind.id == *first));
        let before = old.map_or_else(|| usual.map_or(Sector::General, |kind| kind.sector), |old| old.sector);
        match reading.given(&SECTOR) {
            Given::Absent | Given::Empty | Given::Wrong => before,
            Given::Clear => {
                reading.missing(&SECTOR);
                before
            }
            Given::Words(words) => {
                let named =
                    Sector::ALL.into_iter().find(|sector| is_called(&sector.name(), sector.as_str(), &words));
                let Some(after) = named else {
                    reading.fault(&SECTOR, t::sector_unknown(self.lang, words), vec![]);
                    return before;
                };
                if after != before {
                    reading.change(&SECTOR, before.name().get(self.lang), after.name().get(self.lang), false);
                }
                after
            }
        }
    }

    fn risk(&self, reading: &mut RowReading<'_>, old: Option<&Site>) -> RiskLevel {
        let lang = self.lang;
        let before = old.map(|old| old.risk);
        let lowest = before.unwrap_or(RiskLevel::Low);
        let words = match reading.given(&RISK) {
            Given::Words(words) => words,
            Given::Wrong => return lowest,
            Given::Absent | Given::Empty if old.is_some() => return lowest,
            Given::Absent | Given::Empty | Given::Clear => {
                reading.missing(&RISK);
                return lowest;
            }
        };
        let short = |words: &str| words.trim_end_matches("风险").trim_end_matches("级").to_owned();
        let found = RiskLevel::ALL.into_iter().find(|level| {
            is_called(&level.name(), level.as_str(), &words) || short(&level.name().zh) == short(&words)
        });
        let Some(after) = found else {
            reading.fault(&RISK, t::risk_unknown(lang, words), vec![]);
            return lowest;
        };
        if let Some(before) = before
            && after != before
        {
            // The gravest comes first.
            let lowered = after > before;
            let (was, is) = (before.name().get(lang).to_owned(), after.name().get(lang).to_owned());
            reading.change(&RISK, &was, &is, lowered);
            if lowered {
                reading.ask("risk", t::ask_lowered(lang, was, is), t::tick_lowered(lang), None);
            }
        }
        after
    }

    fn place(
        &mut self,
        reading: &mut RowReading<'_>,
        old: Option<&Site>,
        new_id: &impl Fn() -> Uuid,
    ) -> (CommunityId, GridId) {
        let nowhere = || (CommunityId(Uuid::nil()), GridId(Uuid::nil()));
        let before = old.map(|old| (old.community, old.grid));
        let (community, grid) = (reading.given(&COMMUNITY), reading.given(&GRID));
        if matches!(community, Given::Wrong) || matches!(grid, Given::Wrong) {
            return before.unwrap_or_else(nowhere);
        }
        let named = |reading: &mut RowReading<'_>, column: &Column, given: Given| match given {
            Given::Words(words) => Some(words),
            Given::Clear => {
                reading.missing(column);
                None
            }
            Given::Absent | Given::Empty | Given::Wrong => {
                if before.is_none() {
                    reading.missing(column);
                }
                None
            }
        };
        let community = named(reading, &COMMUNITY, community);
        let grid = named(reading, &GRID, grid);
        let same = |old: String, given: &Option<String>| {
            given.as_ref().is_none_or(|given| places::key(given) == places::key(&old))
        };
        if let Some((old_community, old_grid)) = before {
            let same_community = same(self.places.community_name(old_community), &community);
            if same_community && same(self.places.grid_name(old_grid), &grid) {
                return (old_community, old_grid);
            }
            if !same_community && grid.is_none() {
                reading.fault(&GRID, t::grid_wanted(self.lang), vec![]);
                return (old_community, old_grid);
            }
        }
        let (Some(grid), true) = (grid, reading.faults.is_empty()) else {
            return before.unwrap_or_else(nowhere);
        };
        let community = match (community, before) {
            (Some(name), _) => self.places.community(&name, new_id),
            (None, Some((community, _))) => community,
            (None, None) => return nowhere(),
        };
        let grid = self.places.grid(community, &grid, new_id);
        if let Some((old_community, old_grid)) = before {
            let (was, is) =
                (self.places.place_name(old_community, old_grid), self.places.place_name(community, grid));
            reading.change(&GRID, &was, &is, false);
        }
        (community, grid)
    }

    fn department(
        &self,
        reading: &mut RowReading<'_>,
        old: Option<&Site>,
    ) -> Option<domain::id::DepartmentId> {
        let departments = &self.known.places.departments;
        let before = old.and_then(|old| old.department);
        let name = |id| {
            departments.iter().find(|known| Some(known.id) == id).map_or("", |known| known.name.as_str())
        };
        match reading.given(&DEPARTMENT) {
            Given::Absent | Given::Empty | Given::Wrong => before,
            Given::Clear => {
                reading.cleared(&DEPARTMENT, name(before));
                None
            }
            Given::Words(words) if before.is_some() && words::key(name(before)) == words::key(&words) => {
                before
            }
            Given::Words(words) => {
                let found = departments.iter().find(|known| words::key(&known.name) == words::key(&words));
                let Some(found) = found else {
                    reading.fault(&DEPARTMENT, t::department_unknown(self.lang, words), vec![]);
                    return before;
                };
                reading.change(&DEPARTMENT, name(before), &found.name, false);
                Some(found.id)
            }
        }
    }

    fn retired(&self, reading: &mut RowReading<'_>, old: Option<&Site>) -> bool {
        super::state_of_use(reading, &STATE, old.is_some_and(|old| old.retired))
    }

    /// A new site that may be one that is there already.
    fn ask_of_new(&mut self, reading: &mut RowReading<'_>, site: &Site) {
        let lang = self.lang;
        let same_letters = self.by_letters.get(&letters(&site.code)).copied();
        let near = same_letters.map(|other| (other, t::only_case(lang).to_owned())).or_else(|| {
            let (other, metres) = self.neighbours.of_new(site)?;
            let how = match metres {
                Some(metres) => t::within(lang, metres),
                None => t::same_name(lang).to_owned(),
            };
            Some((other, how))
        });
        if let Some((other, how)) = near {
            let words = t::ask_twin(lang, how, other.code.clone(), other.name.clone());
            let same = ImportOffer {
                column: CODE.id.to_owned(),
                value: other.code.clone(),
                words: t::is_the_same(lang).to_owned(),
            };
            reading.ask("twin", words, t::tick_two(lang), Some(same));
        } else if let Some((other, likeness)) = self.newcomers.of_new(site) {
            let how = match likeness {
                Likeness::Code => t::only_case(lang).to_owned(),
                Likeness::Metres(metres) => t::within(lang, metres),
                Likeness::Name => t::same_name(lang).to_owned(),
            };
            let words = t::ask_twin_row(lang, how, other.row, other.code.clone(), other.name.clone());
            reading.ask("twin", words, t::tick_two(lang), None);
        }
    }
}

/// What the form and the phones hold it to.
fn check(reading: &mut RowReading<'_>, site: &Site) {
    let Err(over) = check_site(site) else { return };
    let named = COLUMNS.iter().find(|column| over.field.as_str().starts_with(column.id));
    let column = named.unwrap_or(&NAME);
    reading.fault(column, over_limit(reading.lang, over), vec![]);
}

fn is_called(name: &Bilingual, id: &str, words: &str) -> bool {
    words::key(&name.zh) == words::key(words)
        || words::key(&name.en).eq_ignore_ascii_case(&words::key(words))
        || id == words
}
