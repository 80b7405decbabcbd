//! A list of sites, judged row by row.

use super::table::{Column, Row, Table};
use crate::storage::Places;
use app::{
    backend::RowError,
    i18n::{admin as t, limits},
};
use domain::{
    id::SiteKind,
    limits::{Field, check_name, records::check_site},
    place::{Community, Grid, Location},
    risk::RiskLevel,
    sector::Sector,
    site::{Contact, Site},
    sync::KindOfSite,
    text::{Bilingual, Lang},
};
use std::collections::HashMap;
use uuid::Uuid;

const CODE: Column = Column { zh: "编码", en: "code" };
const NAME: Column = Column { zh: "名称", en: "name" };
const KINDS: Column = Column { zh: "类别", en: "kinds" };
const SECTOR: Column = Column { zh: "行业", en: "sector" };
const RISK: Column = Column { zh: "风险等级", en: "risk" };
const COMMUNITY: Column = Column { zh: "社区", en: "community" };
const GRID: Column = Column { zh: "网格", en: "grid" };
const ADDRESS: Column = Column { zh: "地址", en: "address" };
const LATITUDE: Column = Column { zh: "纬度", en: "latitude" };
const LONGITUDE: Column = Column { zh: "经度", en: "longitude" };
const CONTACT: Column = Column { zh: "责任人", en: "contact" };
const DUTY: Column = Column { zh: "职务", en: "duty" };
const PHONE: Column = Column { zh: "电话", en: "phone" };
const LEADER: Column = Column { zh: "包联领导", en: "leader" };
const DEPARTMENT: Column = Column { zh: "部门", en: "department" };

/// What the office has already.
pub struct Known<'a> {
    pub places: Places,
    pub sites: Vec<Site>,
    pub kinds: &'a [KindOfSite],
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Plan {
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    pub sites: Vec<Site>,
}

impl Plan {
    pub fn new_places(&self) -> Vec<String> {
        let communities = self.communities.iter().map(|community| community.name.clone());
        communities.chain(self.grids.iter().map(|grid| grid.name.clone())).collect()
    }
}

/// Every row's site, or every row's faults.
pub fn plan(
    table: &Table,
    known: &Known<'_>,
    lang: Lang,
    new_id: impl Fn() -> Uuid,
) -> Result<Plan, Vec<RowError>> {
    let mut errors = table.lacking(&[CODE, NAME, KINDS, RISK, COMMUNITY, GRID], lang);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut plan = Plan::default();
    let mut rows_of_codes = HashMap::<&str, u32>::new();
    for row in &table.rows {
        let reading = Reading { table, row, lang };
        let before = errors.len();
        let code = reading.needed(CODE, t::code_missing(lang), &mut errors);
        if let Some(first) = rows_of_codes.get(code).filter(|_| !code.is_empty()) {
            errors.push(reading.error(CODE, t::twice(lang, *first)));
        }
        rows_of_codes.entry(code).or_insert(row.number);
        let name = reading.needed(NAME, t::name_missing(lang), &mut errors);
        let community = reading.needed(COMMUNITY, t::community_missing(lang), &mut errors);
        let grid = reading.needed(GRID, t::grid_missing(lang), &mut errors);
        let kinds = reading.kinds(known.kinds, &mut errors);
        let risk = reading.risk(&mut errors);
        let sector = reading.sector(&kinds, known.kinds, &mut errors);
        let location = reading.location(&mut errors);
        let department = reading.department(&known.places, &mut errors);
        for (column, name) in [(COMMUNITY, community), (GRID, grid)] {
            if let Err(over) = check_name(Field::Name, name) {
                errors.push(reading.error(column, limits::over(lang, over)));
            }
        }
        let (Some(risk), true) = (risk, errors.len() == before) else { continue };

        let old = known.sites.iter().find(|site| site.code == code);
        let community = plan.community(&known.places, community, &new_id);
        let grid = plan.grid(&known.places, &community, grid, &new_id);
        let site = Site {
            id: old.map_or_else(|| new_id().into(), |site| site.id),
            community: community.id,
            grid: grid.id,
            name: name.to_owned(),
            code: code.to_owned(),
            kinds,
            sector,
            risk,
            address: reading.cell(ADDRESS).to_owned(),
            location: location.or_else(|| old.and_then(|site| site.location)),
            contacts: reading
                .contacts()
                .unwrap_or_else(|| old.map(|s| s.contacts.clone()).unwrap_or_default()),
            leader: reading.cell(LEADER).to_owned(),
            department,
            pinyin: String::new(),
            last_visit: old.and_then(|site| site.last_visit),
            retired: old.is_some_and(|site| site.retired),
        };
        if let Err(over) = check_site(&site) {
            errors.push(reading.error(column_of(over.field), limits::over(lang, over)));
        }
        plan.sites.push(site);
    }
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

impl Plan {
    fn community(&mut self, known: &Places, name: &str, new_id: impl Fn() -> Uuid) -> Community {
        let all = known.communities.iter().chain(&self.communities);
        if let Some(found) = all.clone().find(|community| community.name == name) {
            return found.clone();
        }
        let community = Community { id: new_id().into(), name: name.to_owned() };
        self.communities.push(community.clone());
        community
    }

    fn grid(&mut self, known: &Places, community: &Community, name: &str, new_id: impl Fn() -> Uuid) -> Grid {
        let mut all = known.grids.iter().chain(&self.grids);
        if let Some(found) = all.find(|grid| grid.name == name && grid.community == community.id) {
            return found.clone();
        }
        let grid = Grid { id: new_id().into(), community: community.id, name: name.to_owned() };
        self.grids.push(grid.clone());
        grid
    }
}

/// One row being read.
struct Reading<'a> {
    table: &'a Table,
    row: &'a Row,
    lang: Lang,
}

impl<'a> Reading<'a> {
    fn cell(&self, column: Column) -> &'a str {
        self.table.cell(self.row, column)
    }

    fn error(&self, column: Column, reason: impl Into<String>) -> RowError {
        RowError { row: self.row.number, column: column.name(self.lang), reason: reason.into() }
    }

    fn needed(&self, column: Column, missing: &str, errors: &mut Vec<RowError>) -> &'a str {
        let words = self.cell(column);
        if words.is_empty() {
            errors.push(self.error(column, missing));
        }
        words
    }

    /// By id or by name in either language, several with 、 , ; or / between.
    fn kinds(&self, known: &[KindOfSite], errors: &mut Vec<RowError>) -> Vec<SiteKind> {
        let words = self.needed(KINDS, t::kind_missing(self.lang), errors);
        // Names may hold a slash themselves: the whole cell is tried first.
        if let Some(kind) = known.iter().find(|kind| is_called(&kind.name, kind.id.as_str(), words)) {
            return vec![kind.id.clone()];
        }
        let mut kinds = vec![];
        for word in words.split(['、', ',', '，', ';', '；']).map(str::trim).filter(|word| !word.is_empty())
        {
            match known.iter().find(|kind| is_called(&kind.name, kind.id.as_str(), word)) {
                Some(kind) => kinds.push(kind.id.clone()),
                None => errors.push(self.error(KINDS, t::kind_unknown(self.lang, word.to_owned()))),
            }
        }
        kinds
    }

    fn risk(&self, errors: &mut Vec<RowError>) -> Option<RiskLevel> {
        let words = self.cell(RISK);
        let short = words.trim_end_matches("风险");
        let found = RiskLevel::ALL.into_iter().find(|level| {
            is_called(&level.name(), level.as_str(), words)
                || level.name().zh.trim_end_matches("风险") == short
        });
        if found.is_none() {
            errors.push(self.error(RISK, t::risk_unknown(self.lang, words.to_owned())));
        }
        found
    }

    /// Where the cell is empty, the sector of the first kind.
    fn sector(&self, kinds: &[SiteKind], known: &[KindOfSite], errors: &mut Vec<RowError>) -> Sector {
        let words = self.cell(SECTOR);
        let usual = kinds.first().and_then(|first| known.iter().find(|kind| kind.id == *first));
        let usual = usual.map_or(Sector::General, |kind| kind.sector);
        if words.is_empty() {
            return usual;
        }
        let named = Sector::ALL.into_iter().find(|sector| is_called(&sector.name(), sector.as_str(), words));
        named.unwrap_or_else(|| {
            errors.push(self.error(SECTOR, t::sector_unknown(self.lang, words.to_owned())));
            usual
        })
    }

    fn location(&self, errors: &mut Vec<RowError>) -> Option<Location> {
        let (latitude, longitude) = (self.cell(LATITUDE), self.cell(LONGITUDE));
        if latitude.is_empty() && longitude.is_empty() {
            return None;
        }
        let within =
            |words: &str, most: f64| words.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
        match (within(latitude, 90.0), within(longitude, 180.0)) {
            (Some(latitude), Some(longitude)) => Some(Location { latitude, longitude, accuracy: None }),
            (latitude, _) => {
                let column = if latitude.is_none() { LATITUDE } else { LONGITUDE };
                errors.push(self.error(column, t::location_wrong(self.lang)));
                None
            }
        }
    }

    fn department(&self, places: &Places, errors: &mut Vec<RowError>) -> Option<domain::id::DepartmentId> {
        let words = self.cell(DEPARTMENT);
        let found = places.departments.iter().find(|department| department.name == words);
        if found.is_none() && !words.is_empty() {
            errors.push(self.error(DEPARTMENT, t::department_unknown(self.lang)));
        }
        found.map(|department| department.id)
    }

    fn contacts(&self) -> Option<Vec<Contact>> {
        let name = self.cell(CONTACT);
        let contact = || Contact {
            name: name.to_owned(),
            duty: self.cell(DUTY).to_owned(),
            phone: self.cell(PHONE).to_owned(),
        };
        (!name.is_empty()).then(|| vec![contact()])
    }
}

/// Where a part of a site stands in a list.
fn column_of(field: Field) -> Column {
    match field.as_str() {
        "code" => CODE,
        "address" => ADDRESS,
        "leader" => LEADER,
        "phone" => PHONE,
        "duty" => DUTY,
        "contacts" => CONTACT,
        "kinds" => KINDS,
        "latitude" => LATITUDE,
        "longitude" => LONGITUDE,
        _ => NAME,
    }
}

fn is_called(name: &Bilingual, id: &str, words: &str) -> bool {
    name.zh == words || name.en.eq_ignore_ascii_case(words) || id == words
}
