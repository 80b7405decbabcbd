//! A list of sites, validated row by row against the office's.

mod columns;
mod fields;

pub use columns::{
    ADDRESS, CODE, COLUMNS, COMMUNITY, CONTACT, CREDIT_CODE, DATUM, DEPARTMENT, DUTY, GRID, KINDS, LATITUDE,
    LEADER, LONGITUDE, NAME, PARTY, PHONE, RISK, SECTOR, STATE,
};

use super::{
    columns::Columns,
    coordinates::Ground,
    parties::PartyBook,
    places::PlaceBook,
    plan::{CellValue, ErrorBudget, ListValidation, Plan, RowReading, ValidatedRow, fingerprint},
    reading::{ReadError, Row},
    record::{NamedRows, still_off},
    twins::{Likeness, Neighbours, Newcomers, letters},
    words,
};
use crate::storage::Places;
use domain::{
    import::ImportOffer, limits::records::check_site, party::Party, site::Site, sync::SiteKindInfo,
    text::Lang,
};
use i18n::{import as t, limits::over as over_limit};
use std::{collections::HashMap, time::Instant};
use uuid::Uuid;

/// What the office has already.
pub struct Known<'a> {
    pub places: &'a Places,
    pub sites: &'a [Site],
    pub parties: &'a [Party],
    pub kinds: &'a [SiteKindInfo],
}

/// What a site says, without what visits, searches and its party's own record add.
pub fn version(site: &Site) -> String {
    fingerprint(&site.as_kept())
}

/// Not beyond the deadline.
pub fn validate(
    plan: &Plan,
    known: &Known<'_>,
    lang: Lang,
    new_id: impl Fn() -> Uuid,
    deadline: Instant,
) -> Result<ListValidation<Site>, ReadError> {
    let columns = Columns::of(COLUMNS, &plan.table);
    let mut validator = RowValidator {
        by_code: known.sites.iter().rev().map(|site| (words::exact(&site.code), site)).collect(),
        by_letters: known.sites.iter().map(|site| (letters(&site.code), site)).collect(),
        neighbours: Neighbours::of(known.sites),
        newcomers: Newcomers::default(),
        ground: Ground::new(plan, known.sites),
        places: PlaceBook::new(known.places, lang),
        parties: PartyBook::new(known.parties),
        called: known.kinds.iter().map(Called::of).collect(),
        told: ErrorBudget::default(),
        named: NamedRows::default(),
        plan,
        columns: &columns,
        known,
        lang,
    };
    let mut rows = plan.validated(deadline, |row| validator.row(row, &new_id))?;
    validator.ground.settle(plan, &mut rows, lang);
    let still_off = still_off(&columns, &STATE, &rows, |site| site.retired, lang);
    let blocked = validator.places.blocked().into_iter().chain(validator.ground.blocked(lang)).collect();
    Ok(ListValidation {
        rows,
        new_places: validator.places.new_names(),
        communities: validator.places.new_communities,
        grids: validator.places.new_grids,
        parties: validator.parties.written(),
        notes: validator
            .places
            .notes
            .into_iter()
            .chain(validator.parties.note(lang))
            .chain(still_off)
            .collect(),
        blocked,
        coordinates: validator.ground.tally(),
    })
}

struct RowValidator<'a> {
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
    parties: PartyBook,
    called: Vec<Called<'a>>,
    told: ErrorBudget,
    named: NamedRows,
}

/// A kind and its names as they are compared, reckoned once for the whole list.
struct Called<'a> {
    kind: &'a SiteKindInfo,
    zh: String,
    en: String,
}

impl<'a> Called<'a> {
    fn of(kind: &'a SiteKindInfo) -> Self {
        Self { kind, zh: words::key(&kind.name.zh), en: words::key(&kind.name.en) }
    }
}

impl<'a> RowValidator<'a> {
    fn row(&mut self, row: &'a Row, new_id: &impl Fn() -> Uuid) -> ValidatedRow<Site> {
        let lang = self.lang;
        let mut reading = RowReading::new(self.plan, self.columns, row, lang);
        let mut validated = ValidatedRow::begin(&reading, &CODE, &NAME);
        if validated.left {
            return validated;
        }
        // A code that is there already is what it looks like.
        let same = reading.raw(&CODE).map(|cell| words::exact(&CODE.said(cell)));
        let same = same.filter(|code| self.by_code.contains_key(code)).unwrap_or_default();
        let code = match reading.given_beside(&CODE, &same) {
            CellValue::Words(code) => code,
            CellValue::Wrong => String::new(),
            CellValue::Absent | CellValue::Empty | CellValue::Clear => {
                reading.missing(&CODE);
                String::new()
            }
        };
        self.named.name(&mut reading, &CODE, &code);
        let old = self.by_code.get(&code).copied().filter(|_| !code.is_empty());
        validated.belongs_to(&mut reading, &code, old);
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
        validated.about = [
            self.places.place_name(site.community, site.grid),
            kinds.join(between),
            site.risk.name().get(lang).to_owned(),
        ]
        .join(" · ");
        if old.is_none() || !reading.changes.is_empty() {
            check(&mut reading, &site);
        }
        validated.record = reading.faults.is_empty().then_some(site);
        validated.end(reading, &mut self.told)
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
