//! A list of people, validated row by row against the office's.

mod fields;

use super::{
    columns::{Column, Columns, Holds},
    places::PlaceBook,
    plan::{ErrorBudget, ListValidation, Plan, RowReading, ValidatedRow, fingerprint},
    reading::{ReadError, Row},
    record::{NamedRows, still_off},
    words,
};
use crate::storage::Places;
use domain::{
    id::PersonId,
    limits::{self, records::check_person},
    person::Person,
    role::Role,
    site::Site,
    text::Lang,
};
use i18n::{import as t, limits::over as over_limit};
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
pub const COMMUNITIES: Column = Column::words(
    "communities",
    "社区",
    2000,
    &["负责社区", "所属社区", "村（社区）", "村(社区)", "所在社区"],
)
.list();
pub const SITES: Column =
    Column::exact("sites", "场所编码", 2000, Holds::Words, &["负责场所", "场所"]).list();
pub const CERTIFICATES: Column =
    Column::words("certificates", "执法证件", 2000, &["执法证", "执法证号", "证件"]).list();
pub const PASSWORD: Column =
    Column { is_secret: true, ..Column::words("password", "密码", 400, &["初始密码", "登录密码"]) };
pub const STATE: Column = Column::words("state", "状态", 20, &["账号状态", "在岗状态"]);

pub const COLUMNS: &[Column] =
    &[USERNAME, NAME, ROLE, PHONE, DEPARTMENT, GRIDS, COMMUNITIES, SITES, CERTIFICATES, PASSWORD, STATE];

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

/// Not beyond the deadline.
pub fn validate(
    plan: &Plan,
    known: &Known<'_>,
    lang: Lang,
    new_id: impl Fn() -> Uuid,
    deadline: Instant,
) -> Result<ListValidation<Person>, ReadError> {
    let columns = Columns::of(COLUMNS, &plan.table);
    let mut validator = RowValidator {
        by_username: known.people.iter().map(|person| (person.username.to_lowercase(), person)).collect(),
        by_code: known.sites.iter().rev().map(|site| (words::exact(&site.code), site)).collect(),
        places: PlaceBook::new(known.places, lang),
        told: ErrorBudget::default(),
        named: NamedRows::default(),
        plan,
        columns: &columns,
        known,
        lang,
    };
    let rows = plan.validated(deadline, |row| validator.row(row, &new_id))?;
    let blocked = validator.last_administrator(&rows).into_iter().collect();
    let still_off = still_off(&columns, &STATE, &rows, |person| person.disabled, lang);
    Ok(ListValidation {
        rows,
        communities: vec![],
        grids: vec![],
        parties: vec![],
        new_places: vec![],
        notes: validator.places.notes.into_iter().chain(still_off).collect(),
        blocked,
        coordinates: None,
    })
}

struct RowValidator<'a> {
    plan: &'a Plan,
    columns: &'a Columns,
    known: &'a Known<'a>,
    lang: Lang,
    by_username: HashMap<String, &'a Person>,
    by_code: HashMap<String, &'a Site>,
    places: PlaceBook<'a>,
    told: ErrorBudget,
    named: NamedRows,
}

impl<'a> RowValidator<'a> {
    fn row(&mut self, row: &'a Row, new_id: &impl Fn() -> Uuid) -> ValidatedRow<Person> {
        let lang = self.lang;
        let mut reading = RowReading::new(self.plan, self.columns, row, lang);
        let mut validated = ValidatedRow::begin(&reading, &USERNAME, &NAME);
        if validated.left {
            return validated;
        }
        let username = reading.needed(&USERNAME, false).unwrap_or_default();
        let letters = username.to_lowercase();
        self.named.name(&mut reading, &USERNAME, &letters);
        let old = self.by_username.get(&letters).copied().filter(|_| !letters.is_empty());
        validated.belongs_to(&mut reading, &username, old);
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
            communities: self.communities(&mut reading, old),
            sites: self.sites(&mut reading, old),
            certificates: self.certificates(&mut reading, old),
            disabled: super::state_of_use(&mut reading, &STATE, old.is_some_and(|old| old.disabled)),
            last_seen: old.and_then(|old| old.last_seen),
        };
        validated.password = self.password(&mut reading, old.is_none());
        self.check(&mut reading, &person, old);
        if let Some(old) = old {
            reading.ask_if_moved(old.id.0, &version(old));
        }
        validated.about = [role.name().get(lang).to_owned(), self.grid_names(&person.grids)].join(" · ");
        if reading.faults.is_empty() {
            validated.record = Some(person);
        } else {
            validated.password = None;
        }
        validated.end(reading, &mut self.told)
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

    /// One administrator who can sign in always stays.
    fn last_administrator(&self, rows: &[ValidatedRow<Person>]) -> Option<String> {
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
