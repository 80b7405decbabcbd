//! A list of people, judged row by row.

use super::table::{Column, Row, Table};
use crate::{
    service::{
        password,
        people::{Rule, check},
    },
    storage::Places,
};
use app::{backend::RowError, i18n::admin as t};
use domain::{
    id::{GridId, SiteId},
    limits::Field,
    person::Person,
    role::Role,
    site::Site,
    text::Lang,
};
use std::collections::HashMap;
use uuid::Uuid;

const USERNAME: Column = Column { zh: "账号", en: "username" };
const NAME: Column = Column { zh: "姓名", en: "name" };
const ROLE: Column = Column { zh: "角色", en: "role" };
const PHONE: Column = Column { zh: "电话", en: "phone" };
const DEPARTMENT: Column = Column { zh: "部门", en: "department" };
const GRIDS: Column = Column { zh: "网格", en: "grids" };
const SITES: Column = Column { zh: "场所编码", en: "sites" };
const PASSWORD: Column = Column { zh: "密码", en: "password" };

/// What the office has already.
pub struct Known {
    pub places: Places,
    pub sites: Vec<Site>,
    pub people: Vec<Person>,
}

/// Every row's person with a new password where one is given, or every row's faults.
pub fn plan(
    table: &Table,
    known: &Known,
    lang: Lang,
    new_id: impl Fn() -> Uuid,
) -> Result<Vec<(Person, Option<String>)>, Vec<RowError>> {
    let mut errors = table.lacking(&[USERNAME, NAME, ROLE], lang);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut plan = vec![];
    let mut rows_of_names = HashMap::<String, u32>::new();
    for row in &table.rows {
        let reading = Reading { table, row, known, lang };
        let username = table.cell(row, USERNAME);
        let key = username.to_lowercase();
        if let Some(first) = rows_of_names.get(&key) {
            errors.push(reading.error(USERNAME, t::twice(lang, *first)));
        }
        rows_of_names.entry(key).or_insert(row.number);
        let old = known.people.iter().find(|person| person.username.eq_ignore_ascii_case(username));
        let Some(role) = reading.role(&mut errors) else { continue };
        let department = reading.department(role, &mut errors);
        let person = Person {
            id: old.map_or_else(|| new_id().into(), |person| person.id),
            username: username.to_owned(),
            name: table.cell(row, NAME).to_owned(),
            role,
            phone: table.cell(row, PHONE).to_owned(),
            department,
            grids: reading.grids(&mut errors),
            sites: reading.sites(&mut errors),
            disabled: old.is_some_and(|person| person.disabled),
            last_seen: old.and_then(|person| person.last_seen),
        };
        let password = Some(table.cell(row, PASSWORD)).filter(|password| !password.is_empty());
        // That a department is missing is told already.
        if let Err(rule) = check(&person)
            && rule != Rule::DepartmentMissing
        {
            errors.push(reading.error(column_of(rule), rule.words(lang)));
        }
        let known_words = password::of(&person, &known.places.office.name);
        match password.map(|password| password::check(password, &known_words)) {
            None if old.is_none() => errors.push(reading.error(PASSWORD, Rule::PasswordMissing.words(lang))),
            Some(Err(weak)) => errors.push(reading.error(PASSWORD, password::words(lang, weak))),
            None | Some(Ok(())) => {}
        }
        plan.push((person, password.map(ToOwned::to_owned)));
    }
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

/// Where a rule that a row breaks is told.
pub fn column_of(rule: Rule) -> Column {
    match rule {
        Rule::NameMissing => NAME,
        Rule::PasswordMissing => PASSWORD,
        Rule::DepartmentMissing => DEPARTMENT,
        Rule::NotOneself | Rule::LastAdministrator => ROLE,
        Rule::UsernameWrong | Rule::UsernameTaken => USERNAME,
        Rule::Limit(over) => match over.field {
            Field::Name => NAME,
            Field::Phone => PHONE,
            Field::Grids => GRIDS,
            Field::Sites => SITES,
            _ => USERNAME,
        },
    }
}

/// One row being read.
struct Reading<'a> {
    table: &'a Table,
    row: &'a Row,
    known: &'a Known,
    lang: Lang,
}

impl Reading<'_> {
    fn error(&self, column: Column, reason: impl Into<String>) -> RowError {
        RowError { row: self.row.number, column: column.name(self.lang), reason: reason.into() }
    }

    fn role(&self, errors: &mut Vec<RowError>) -> Option<Role> {
        let words = self.table.cell(self.row, ROLE);
        let called = |role: &Role| {
            let name = role.name();
            name.zh == words || name.en.eq_ignore_ascii_case(words) || role.as_str() == words
        };
        let role = Role::ALL.into_iter().find(called);
        if role.is_none() {
            errors.push(self.error(ROLE, t::role_unknown(self.lang, words.to_owned())));
        }
        role
    }

    fn department(&self, role: Role, errors: &mut Vec<RowError>) -> Option<domain::id::DepartmentId> {
        let words = self.table.cell(self.row, DEPARTMENT);
        let found = self.known.places.departments.iter().find(|department| department.name == words);
        if found.is_none() && !words.is_empty() {
            errors.push(self.error(DEPARTMENT, t::department_unknown(self.lang)));
        } else if found.is_none() && role == Role::Officer {
            errors.push(self.error(DEPARTMENT, t::department_missing(self.lang)));
        }
        found.map(|department| department.id)
    }

    /// `社区/网格`, several with 、 , or ; between.
    fn grids(&self, errors: &mut Vec<RowError>) -> Vec<GridId> {
        let places = &self.known.places;
        let find = |word: &str| {
            let (community, grid) = word.split_once('/')?;
            let community = places.communities.iter().find(|known| known.name == community.trim())?;
            let fits =
                |known: &&domain::place::Grid| known.community == community.id && known.name == grid.trim();
            places.grids.iter().find(fits).map(|grid| grid.id)
        };
        self.each(GRIDS, find, t::grid_unknown, errors)
    }

    fn sites(&self, errors: &mut Vec<RowError>) -> Vec<SiteId> {
        let find = |word: &str| self.known.sites.iter().find(|site| site.code == word).map(|site| site.id);
        self.each(SITES, find, t::site_unknown, errors)
    }

    fn each<T>(
        &self,
        column: Column,
        find: impl Fn(&str) -> Option<T>,
        unknown: fn(Lang, String) -> String,
        errors: &mut Vec<RowError>,
    ) -> Vec<T> {
        let words = self.table.cell(self.row, column).split(['、', ',', '，', ';', '；']).map(str::trim);
        let mut found = vec![];
        for word in words.filter(|word| !word.is_empty()) {
            match find(word) {
                Some(one) => found.push(one),
                None => errors.push(self.error(column, unknown(self.lang, word.to_owned()))),
            }
        }
        found
    }
}
