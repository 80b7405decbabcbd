//! # All records, row by row
//!
//! Both databases have the same tables, so their rows can be carried from one into the other, into a file and back, and
//! looked over for damage, all as one stream in one order: tables as they refer to each other, rows by their key. Two
//! databases with the same records give the same stream, byte for byte.
//!
//! Sessions are left out: a copy or a backup opens nothing for whoever holds it, and brings none back that was ended. So
//! are tries to sign in and to open a code and what people sent on one day, which matter for a day, puzzles that strangers
//! solved, which matter for an hour, lists that are not written yet, photos half received, which the phones send again,
//! and what photos look like, which is seen again in the photos. When what recurs was last done says nothing of another
//! database, where it is done at once.

use crate::{Result, StoreError};
use serde::{Serialize, Serializer, ser::SerializeTuple};
use serde_json::Value;
use uuid::Uuid;

#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub key: &'static [&'static str],
    pub columns: &'static [Column],
}

#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

/// How a value stands in both databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Id,
    Text,
    /// 64 bits.
    Long,
    /// 32 bits.
    Int,
    Truth,
    Bytes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    None,
    Id(Uuid),
    Text(String),
    Number(i64),
    Truth(bool),
    Bytes(Vec<u8>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub table: &'static Table,
    /// One for each of the table's columns.
    pub cells: Vec<Cell>,
}

macro_rules! tables {
    ($($name:ident ($($key:ident),+) { $($kind:ident $column:ident),+ $(,)? })+) => {
        /// Every table, after those that it refers to.
        pub const TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            key: &[$(stringify!($key)),+],
            columns: &[$(Column { name: stringify!($column), kind: Kind::$kind }),+],
        }),+];
    };
}

tables! {
    office (id) { Id id, Text name, Truth demo, Text intervals, Text settings, Truth second_factor, Long epoch }
    signing_key (id) { Text id, Bytes secret, Long made_at }
    community (id) { Id id, Id office, Text name }
    grid (id) { Id id, Id office, Id community, Text name }
    department (id) { Id id, Id office, Text name, Text sectors }
    former_place (office, id) { Id office, Text kind, Id id, Text name, Id into_id, Long at, Text by_name }
    outline (office, place) { Id office, Text kind, Id place, Text area }
    person (id) {
        Id id, Id office, Text username, Text role, Id department, Truth disabled, Long last_seen,
        Text password_hash, Truth password_due, Text body,
    }
    person_grid (person, grid) { Id person, Id grid }
    second_factor (person) { Id person, Bytes secret, Long since, Long last_step }
    recovery_code (person, hash) { Id person, Bytes hash }
    party (id) {
        Id id, Id office, Text name, Text kind, Text credit_code, Text search_key, Truth retired, Text body,
    }
    site (id) {
        Id id, Id office, Id community, Id grid, Id department, Id party, Text code, Text name, Text pinyin, Text address,
        Text sector, Text risk, Text attributes, Truth has_contact, Truth has_leader, Truth retired, Truth to_confirm,
        Long last_visit, Text last_answers, Text body,
    }
    same_site (id) { Id id, Id office, Id site }
    site_kinds (site, kinds) { Id site, Text kinds }
    site_attributes (site, attributes) { Id site, Text attributes }
    form (office, id, version) { Id office, Text id, Long version, Text sector, Truth own, Text begins, Text body }
    form_draft (office, id) { Id office, Text id, Long saved_at, Text saved_by, Long faults, Text body }
    hazard (id) {
        Id id, Id office, Text number, Id site, Id grid, Id department, Id party, Text sector, Text level,
        Text status,
        Truth open, Truth extension_asked, Truth to_refer, Long status_since, Text due, Long found_at, Id found_by,
        Text found_by_name, Long closed_at, Long funds, Text what, Id visit, Text form, Text question,
        Text search_key, Long projection_version, Text body,
    }
    hazard_event (hazard, position) {
        Id hazard, Long position, Id event, Text kind, Id person, Long at, Long received_at, Truth counted,
        Text body,
    }
    visit (id) {
        Id id, Id office, Text number, Id site, Text nature, Text outcome, Id inspector, Text inspector_name,
        Long submitted_at, Long received_at, Text summary, Text site_snapshot, Text body,
    }
    inspection_rules (office) { Id office, Text body }
    administrative_inspection (visit) { Id visit, Id office, Truth of_party, Id subject, Long year, Truth counted }
    visit_form (visit, position) { Id visit, Long position, Id office, Text form, Long version }
    spot_check_plan (id) {
        Id id, Id office, Text title, Text kind, Text step, Text leader_name, Long opens_at, Text until, Text body,
    }
    spot_check_event (plan, position) { Id plan, Long position, Long at, Id person, Text body }
    spot_check (id) {
        Id id, Id office, Id plan, Long position, Text number, Id site, Text state, Text body, Text until,
    }
    sealed_order (id) {
        Id id, Id office, Id person, Id spot_check, Id leader, Text makers, Long closes_at, Long opened_at,
        Text opened_by, Bytes proof, Text body, Bytes secret,
    }
    heartbeat (id) {
        Id id, Id office, Id person, Id device, Long number, Long heard_at, Long oldest, Long since, Long unsent,
        Long refused, Long photos, Long photo_bytes, Text app, Text body,
    }
    task (id) {
        Id id, Id office, Id person, Text person_name, Id giver, Text giver_name, Id site, Id hazard, Text state,
        Text until, Long given_at, Long ended_at, Text body,
    }
    notice (id) { Id id, Id office, Id person, Text key, Text kind, Long made_at, Long seen_at, Text body }
    notice_settings (office) { Id office, Text body }
    notice_channel (id) { Id id, Id office, Text body, Bytes secret }
    notice_delivery (id) {
        Id id, Id office, Id channel, Id notice, Long first_at, Long next_at, Long attempts, Text state,
        Long ended_at, Text failure,
    }
    short_code (id) {
        Id id, Id office, Bytes mark, Bytes sealed, Text subject, Id subject_id, Long made_at, Id made_by,
        Text made_by_name, Long expires_at, Long revoked_at, Long opened_at,
    }
    party_notice (id) {
        Id id, Id office, Id hazard, Text key, Text kind, Text phone, Bytes number, Long made_at, Long first_at,
        Long next_at, Long attempts, Text state, Long ended_at, Text failure, Id code,
    }
    visit_complaint (id) {
        Id id, Id office, Id site, Id hazard, Id code, Text by_name, Text words, Long at, Text state, Id marked_by,
        Text marked_by_name, Long marked_at, Text answer,
    }
    public_report (id) {
        Id id, Id office, Text number, Id voice_of, Id site, Id grid, Id department, Text sector, Text state,
        Truth open, Long received_at, Id hazard, Id taken_for, Text same_words, Text photo, Bytes code,
        Text search_key, Text body,
    }
    contact_holder (person) {
        Id person, Id office, Text name, Bytes public, Bytes secret, Bytes salt, Long since,
    }
    public_contact (report) { Id report, Id office, Long opened, Text sealed }
    contact_opening (report) { Id report, Id office, Id person, Text name, Text reason, Long at, Text share }
    disclosed_hazard (hazard) { Id hazard, Id office, Long at }
    attachment (office, hash) {
        Id office, Text hash, Text kind, Text media_type, Text original, Long received_at, Text body,
    }
    announcement (office, hash, person) {
        Id office, Text hash, Id person, Text kind, Long received_at, Text body,
    }
    photo_use (office, hash, record, id) { Id office, Text hash, Text record, Id id, Long at }
    photo_citation (office, hash, record, id, author) {
        Id office, Text hash, Text record, Id id, Id author, Truth seen,
    }
    form_picture (office, hash) { Id office, Text hash, Long at, Long unused_since }
    loose_bytes (hash) { Text hash, Long at }
    operation (id) {
        Id id, Id office, Id person, Id device, Int schema, Long at, Long received_at, Text hash, Text outcome,
        Text raw, Id brought_by,
    }
    quarantine (operation) {
        Id operation, Id office, Text person_name, Text reason, Text number, Long received_at, Long decided_at,
        Text decided_by, Truth taken,
    }
    change (office, seq) {
        Id office, Long seq, Text kind, Bytes id, Id grid, Id site, Id department, Text sector, Id person,
        Long ended_at,
    }
    change_gone (office, audience, seq) { Id office, Text audience, Long seq, Text kind, Bytes id }
    change_mark (office, day) { Id office, Text day, Long seq }
    sequence (office, series, year) { Id office, Text series, Int year, Long last }
    phrase (office, position) { Id office, Long position, Text words, Long times, Text sounds, Text sectors }
    import (id) {
        Id id, Id office, Text what, Text file, Text by_name, Long at, Text body, Long undone_at, Text undone_by,
        Long kept,
    }
    job (id) {
        Id id, Id office, Text name, Text key, Text payload, Long priority, Long run_at, Long lease_until,
        Id leased_by, Long attempts, Long failed_at, Text failure,
    }
    audit (id) {
        Id id, Id office, Long at, Text who, Id person, Text person_name, Text act, Text subject, Id subject_id,
        Text label, Text address, Text device, Text session, Text was, Text became,
    }
}

impl Table {
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }
}

impl Row {
    pub fn cell(&self, column: &str) -> &Cell {
        let position = self.table.columns.iter().position(|known| known.name == column);
        position.and_then(|position| self.cells.get(position)).unwrap_or(&Cell::None)
    }

    pub fn id(&self, column: &str) -> Option<Uuid> {
        match self.cell(column) {
            Cell::Id(id) => Some(*id),
            _ => None,
        }
    }

    pub fn text(&self, column: &str) -> Option<&str> {
        match self.cell(column) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn number(&self, column: &str) -> Option<i64> {
        match self.cell(column) {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// As `["site", …]`: the table's name, then its cells.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(1 + self.cells.len())?;
        tuple.serialize_element(self.table.name)?;
        for cell in &self.cells {
            match cell {
                Cell::None => tuple.serialize_element(&()),
                Cell::Id(id) => tuple.serialize_element(id),
                Cell::Text(text) => tuple.serialize_element(text),
                Cell::Number(number) => tuple.serialize_element(number),
                Cell::Truth(truth) => tuple.serialize_element(truth),
                Cell::Bytes(bytes) => tuple.serialize_element(&hex::encode(bytes)),
            }?;
        }
        tuple.end()
    }
}

impl Cell {
    /// What [`Row`] wrote.
    pub fn read(kind: Kind, value: &Value) -> Result<Self> {
        let wrong = || StoreError::Corrupt(format!("{value} is no {kind:?}"));
        Ok(match (kind, value) {
            (_, Value::Null) => Self::None,
            (Kind::Id, Value::String(text)) => Self::Id(text.parse().map_err(|_| wrong())?),
            (Kind::Text, Value::String(text)) => Self::Text(text.clone()),
            (Kind::Long | Kind::Int, Value::Number(number)) => {
                Self::Number(number.as_i64().ok_or_else(wrong)?)
            }
            (Kind::Truth, Value::Bool(truth)) => Self::Truth(*truth),
            (Kind::Bytes, Value::String(text)) => Self::Bytes(hex::decode(text).map_err(|_| wrong())?),
            _ => return Err(wrong()),
        })
    }
}
