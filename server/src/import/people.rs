//! A list of people, judged row by row against the office's.

use super::{
    columns::{Column, Columns, Holds},
    places::PlaceBook,
    plan::{Given, Judged, Judgement, Plan, RowReading, Told, fingerprint},
    reading::{Nature, ReadError, Row},
    words,
};
use crate::storage::Places;
use app::i18n::{import as t, limits::over as over_limit, office};
use domain::{
    id::{DepartmentId, GridId, PersonId, SiteId},
    limits::{self, records::check_person},
    person::Person,
    role::Role,
    site::Site,
    text::Lang,
};
use std::{collections::HashMap, time::Instant};
use uuid::Uuid;

pub const USERNAME: Column = Column::exact(
    "username",
    "账号",
    limits::USERNAME,
    Holds::Code,
    &["帐号", "登录账号", "登录名", "用户名"],
);
pub const NAME: Column = Column::words("name", "姓名", limits::NAME, &["人员姓名", "网格员姓名", "名字"]);
pub const ROLE: Column = Column::words("role", "角色", 40, &["身份", "人员角色", "人员类别"]);
pub const PHONE: Column = Column::exact(
    "phone",
    "电话",
    limits::PHONE,
    Holds::Phone,
    &["联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"],
);
pub const DEPARTMENT: Column =
    Column::words("department", "部门", limits::NAME, &["所属部门", "科室", "所在部门"]);
pub const GRIDS: Column =
    Column::words("grids", "网格", 2000, &["负责网格", "所属网格", "分管网格", "所在网格"]).list();
pub const SITES: Column =
    Column::exact("sites", "场所编码", 2000, Holds::Words, &["负责场所", "场所"]).list();
pub const PASSWORD: Column =
    Column { is_secret: true, ..Column::words("password", "密码", 400, &["初始密码", "登录密码"]) };
pub const STATE: Column = Column::words("state", "状态", 20, &["账号状态", "在岗状态"]);

pub const COLUMNS: &[Column] = &[USERNAME, NAME, ROLE, PHONE, DEPARTMENT, GRIDS, SITES, PASSWORD, STATE];

/// Names that a change shows; beyond them it shows how many.
const SHOWN: usize = 3;

/// Characters that a fault shows of a word that names nothing.
const SHOWN_OF_WORD: usize = 60;

/// What the office has already.
pub struct Known<'a> {
    pub places: &'a Places,
    pub sites: &'a [Site],
    pub people: &'a [Person],
    /// Who imports; nobody where it is done at the machine itself.
    pub by: Option<PersonId>,
}

/// What an account says, without when its person was last here.
pub fn version(person: &Person) -> String {
    fingerprint(&Person { last_seen: None, ..person.clone() })
}

/// Not beyond the deadline, whatever the rows make it look up.
pub fn judge(
    plan: &Plan,
    known: &Known<'_>,
    lang: Lang,
    new_id: impl Fn() -> Uuid,
    deadline: Instant,
) -> Result<Judgement<Person>, ReadError> {
    let columns = Columns::of(COLUMNS, &plan.table);
    let mut judge = Judge {
        by_username: known.people.iter().map(|person| (person.username.to_lowercase(), person)).collect(),
        by_code: known.sites.iter().rev().map(|site| (words::exact(&site.code), site)).collect(),
        places: PlaceBook::new(known.places, lang),
        told: Told::default(),
        rows_of_names: HashMap::new(),
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
    let blocked = judge.last_administrator(&rows).into_iter().collect();
    let is_off = |row: &&Judged<Person>| row.record.as_ref().is_some_and(|person| person.disabled);
    let still_off = super::still_off(&columns, &STATE, rows.iter().filter(is_off).count(), lang);
    Ok(Judgement {
        rows,
        communities: vec![],
        grids: vec![],
        new_places: vec![],
        notes: judge.places.notes.into_iter().chain(still_off).collect(),
        blocked,
        coordinates: None,
    })
}

struct Judge<'a> {
    plan: &'a Plan,
    columns: &'a Columns,
    known: &'a Known<'a>,
    lang: Lang,
    by_username: HashMap<String, &'a Person>,
    by_code: HashMap<String, &'a Site>,
    places: PlaceBook<'a>,
    told: Told,
    rows_of_names: HashMap<String, u32>,
}

impl<'a> Judge<'a> {
    fn row(&mut self, row: &'a Row, new_id: &impl Fn() -> Uuid) -> Judged<Person> {
        let lang = self.lang;
        let mut reading = RowReading::new(self.plan, self.columns, row, lang);
        let line = |text: &str| words::short(&words::line(text), limits::NAME);
        let seen = |column| reading.raw(column).map(|cell| line(&cell.text)).unwrap_or_default();
        let mut judged = Judged {
            row: row.number,
            key: seen(&USERNAME),
            name: seen(&NAME),
            about: String::new(),
            faults: vec![],
            changes: vec![],
            asks: vec![],
            old: None,
            record: None,
            password: None,
            left: self.plan.left.contains(&row.number),
        };
        if judged.left {
            return judged;
        }
        let username = match reading.given(&USERNAME) {
            Given::Words(username) => username,
            Given::Wrong => String::new(),
            Given::Absent | Given::Empty | Given::Clear => {
                reading.missing(&USERNAME);
                String::new()
            }
        };
        let letters = username.to_lowercase();
        if let Some(first) = self.rows_of_names.get(&letters).copied().filter(|_| !letters.is_empty()) {
            reading.fault(&USERNAME, t::twice(lang, first), vec![]);
        }
        self.rows_of_names.entry(letters.clone()).or_insert(row.number);
        let old = self.by_username.get(&letters).copied().filter(|_| !letters.is_empty());
        reading.is_new = old.is_none();
        if !username.is_empty() {
            judged.key.clone_from(&username);
        }
        let name = reading.text(&NAME, old.map(|old| old.name.as_str()), true);
        let role = self.role(&mut reading, old);
        let person = Person {
            id: old.map_or_else(|| new_id().into(), |old| old.id),
            username: old.map_or_else(|| username.clone(), |old| old.username.clone()),
            name,
            role,
            phone: reading.text(&PHONE, old.map(|old| old.phone.as_str()), false),
            department: self.department(&mut reading, old, role),
            grids: self.grids(&mut reading, old),
            sites: self.sites(&mut reading, old),
            disabled: super::state_of_use(&mut reading, &STATE, old.is_some_and(|old| old.disabled)),
            last_seen: old.and_then(|old| old.last_seen),
        };
        judged.password = self.password(&mut reading, old.is_none());
        self.check(&mut reading, &person, old);
        if let Some(old) = old {
            reading.ask_if_moved(old.id.0, &version(old));
        }
        judged.about = [role.name().get(lang).to_owned(), self.grid_names(&person.grids)].join(" · ");
        if reading.faults.is_empty() {
            judged.record = Some(person);
        } else {
            judged.password = None;
        }
        judged.old = old.cloned();
        judged.faults = self.told.of(&mut reading);
        (judged.changes, judged.asks) = (reading.changes, reading.asks);
        judged
    }

    /// What the form would refuse too.
    fn check(&self, reading: &mut RowReading<'_>, person: &Person, old: Option<&Person>) {
        let lang = self.lang;
        if (old.is_none() || !reading.changes.is_empty())
            && let Err(over) = check_person(person)
        {
            let column = COLUMNS.iter().find(|column| column.id == over.field.as_str()).unwrap_or(&NAME);
            if !reading.faults.iter().any(|fault| fault.column == column.id) {
                reading.fault(column, over_limit(lang, over), vec![]);
            }
        }
        let goes = person.disabled || person.role != Role::Administrator;
        if self.known.by == Some(person.id) && goes && old.is_some_and(|old| old.role == Role::Administrator)
        {
            let column = if person.disabled { &STATE } else { &ROLE };
            reading.fault(column, t::not_oneself(lang), vec![]);
        }
    }

    fn role(&self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Role {
        let lang = self.lang;
        let before = old.map_or(Role::Inspector, |old| old.role);
        let words = match reading.given(&ROLE) {
            Given::Words(words) => words,
            Given::Wrong => return before,
            Given::Absent | Given::Empty if old.is_some() => return before,
            Given::Absent | Given::Empty | Given::Clear => {
                reading.missing(&ROLE);
                return before;
            }
        };
        let called = |role: &Role| {
            let name = role.name();
            let word = words::key(&words);
            words::key(&name.zh) == word
                || words::key(&name.en).eq_ignore_ascii_case(&word)
                || role.as_str() == words
        };
        let Some(after) = Role::ALL.into_iter().find(called) else {
            reading.fault(&ROLE, t::role_unknown(lang, words), vec![]);
            return before;
        };
        if old.is_some() && after != before {
            let (was, is) = (before.name().get(lang).to_owned(), after.name().get(lang).to_owned());
            reading.change(&ROLE, &was, &is, true);
            reading.ask("role", t::ask_role(lang, was, is), t::tick_role(lang), None);
        }
        after
    }

    fn department(
        &self,
        reading: &mut RowReading<'_>,
        old: Option<&Person>,
        role: Role,
    ) -> Option<DepartmentId> {
        let departments = &self.known.places.departments;
        let before = old.and_then(|old| old.department);
        let name = |id| {
            departments.iter().find(|known| Some(known.id) == id).map_or("", |known| known.name.as_str())
        };
        let after = match reading.given(&DEPARTMENT) {
            Given::Wrong => return before,
            Given::Absent | Given::Empty => before,
            Given::Clear => {
                reading.cleared(&DEPARTMENT, name(before));
                None
            }
            Given::Words(words) => {
                let found = departments.iter().find(|known| words::key(&known.name) == words::key(&words));
                let Some(found) = found else {
                    reading.fault(&DEPARTMENT, t::department_unknown(self.lang, words), vec![]);
                    return before;
                };
                if before != Some(found.id) {
                    reading.change(&DEPARTMENT, name(before), &found.name, false);
                }
                Some(found.id)
            }
        };
        if after.is_none() && role == Role::Officer {
            reading.fault(&DEPARTMENT, t::department_wanted(self.lang), vec![]);
        }
        after
    }

    /// `社区/网格`, several with 、 , or ; between.
    fn grids(&mut self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Vec<GridId> {
        let before = old.map(|old| old.grids.clone()).unwrap_or_default();
        let after = match reading.given(&GRIDS) {
            Given::Absent | Given::Empty | Given::Wrong => return before,
            Given::Clear => vec![],
            Given::Words(words) => {
                let Some(named) = words::several_of(&words, limits::GRIDS) else {
                    reading.fault(&GRIDS, t::too_many_words(self.lang, limits::GRIDS), vec![]);
                    return before;
                };
                let mut grids = vec![];
                for word in named {
                    match self.places.find(word) {
                        Some(grid) if grids.contains(&grid) => {}
                        Some(grid) => grids.push(grid),
                        None if reading.is_full() => reading.more += 1,
                        None => {
                            let word = words::short(word, SHOWN_OF_WORD);
                            reading.fault(&GRIDS, t::grid_unknown(self.lang, word), vec![]);
                        }
                    }
                }
                grids
            }
        };
        let names = |grids: &[GridId]| self.grid_names(grids);
        compare(
            reading,
            &GRIDS,
            &before,
            &after,
            names,
            t::ask_grids_lost(self.lang),
            t::tick_lost(self.lang),
        );
        in_old_order(before, after)
    }

    fn grid_names(&self, grids: &[GridId]) -> String {
        let lang = self.lang;
        if grids.len() > SHOWN || grids.is_empty() {
            return t::count_grids(lang, grids.len());
        }
        let community = |grid: GridId| {
            self.known.places.grids.iter().find(|known| known.id == grid).map(|known| known.community)
        };
        let name = |grid: &GridId| {
            community(*grid).map(|community| self.places.place_name(community, *grid)).unwrap_or_default()
        };
        grids.iter().map(name).collect::<Vec<_>>().join(t::between(lang))
    }

    fn sites(&self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Vec<SiteId> {
        let before = old.map(|old| old.sites.clone()).unwrap_or_default();
        let after = match reading.given(&SITES) {
            Given::Absent | Given::Empty | Given::Wrong => return before,
            Given::Clear => vec![],
            Given::Words(words) => {
                let Some(named) = words::several_of(&words, limits::SITES) else {
                    reading.fault(&SITES, t::too_many_words(self.lang, limits::SITES), vec![]);
                    return before;
                };
                let mut sites = vec![];
                for word in named {
                    match self.by_code.get(word) {
                        Some(site) if sites.contains(&site.id) => {}
                        Some(site) => sites.push(site.id),
                        None if reading.is_full() => reading.more += 1,
                        None => {
                            let word = words::short(word, SHOWN_OF_WORD);
                            reading.fault(&SITES, t::site_unknown(self.lang, word), vec![]);
                        }
                    }
                }
                sites
            }
        };
        let lang = self.lang;
        let names = |sites: &[SiteId]| match sites.len() {
            1..=SHOWN => {
                let codes = self.known.sites.iter().filter(|site| sites.contains(&site.id));
                codes.map(|site| site.code.as_str()).collect::<Vec<_>>().join(t::between(lang))
            }
            many => office::count_sites(lang, many as u64),
        };
        compare(reading, &SITES, &before, &after, names, t::ask_sites_lost(lang), t::tick_lost(lang));
        in_old_order(before, after)
    }

    /// The hash of a new one.
    fn password(&self, reading: &mut RowReading<'_>, is_new: bool) -> Option<String> {
        let hashed =
            reading.raw(&PASSWORD).filter(|cell| cell.nature == Nature::Hashed).map(|cell| cell.text.clone());
        if let Some(hash) = hashed {
            reading.change(&PASSWORD, "", t::password_set(self.lang), false);
            return Some(hash);
        }
        let given = reading.given(&PASSWORD);
        if is_new && !matches!(given, Given::Wrong) {
            reading.missing(&PASSWORD);
        }
        None
    }

    /// One administrator who can sign in always stays.
    fn last_administrator(&self, rows: &[Judged<Person>]) -> Option<String> {
        let reigns = |person: &Person| person.role == Role::Administrator && !person.disabled;
        let had = self.known.people.iter().any(reigns);
        let changed = |person: &Person| {
            let written =
                rows.iter().filter_map(|row| row.record.as_ref()).find(|record| record.id == person.id);
            written.unwrap_or(person).clone()
        };
        let stays = self.known.people.iter().map(changed).any(|person| reigns(&person));
        let comes = rows.iter().filter_map(|row| row.record.as_ref()).any(reigns);
        (had && !stays && !comes).then(|| t::last_administrator(self.lang).to_owned())
    }
}

/// Those that stay keep their order, so that an equal list changes nothing.
fn in_old_order<T: PartialEq + Copy>(before: Vec<T>, after: Vec<T>) -> Vec<T> {
    let stay = before.iter().copied().filter(|one| after.contains(one));
    let come = after.iter().copied().filter(|one| !before.contains(one));
    stay.chain(come).collect()
}

/// Tells what a list of places becomes; what is lost wants a tick.
fn compare<T: PartialEq + Copy>(
    reading: &mut RowReading<'_>,
    column: &Column,
    before: &[T],
    after: &[T],
    names: impl Fn(&[T]) -> String,
    ask: &str,
    tick: &str,
) {
    let same = before.len() == after.len() && before.iter().all(|one| after.contains(one));
    if same || reading.is_new {
        return;
    }
    let lost: Vec<T> = before.iter().copied().filter(|one| !after.contains(one)).collect();
    let (was, is) = (names(before), names(after));
    reading.change(column, &was, &is, !lost.is_empty());
    if !lost.is_empty() {
        reading.ask(column.id, format!("{ask}{was} → {is}"), tick, None);
    }
}
