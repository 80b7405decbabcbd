//! What a list would do to the records of this moment, of either kind.

use super::By;
use crate::{
    error::Error,
    import::{
        Columns, columns, people,
        plan::{self, ListValidation, Plan},
        reading::{ReadError, limits},
        sites,
    },
    services::Services,
    storage::Places,
};
use domain::{
    id::{OfficeId, PersonId, SiteId},
    import::{ImportKind, ImportTally, PlannedRow, RowStatus},
    party::Party,
    person::Person,
    place::{Community, Grid},
    site::Site,
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    time::Instant,
};
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// A list and what it would do.
pub struct ValidatedList {
    pub plan: Plan,
    pub rows: Vec<PlannedRow>,
    pub new_places: Vec<String>,
    pub notes: Vec<String>,
    pub coordinates: Option<domain::import::ImportCoordinates>,
    blocked: Vec<String>,
    unused: Vec<String>,
    changes: Changes,
    seen: Seen,
}

/// What the office's records said, without what visits and sign-ins add to them.
#[derive(Debug, PartialEq)]
struct Seen {
    places: Places,
    sites: BTreeMap<Uuid, String>,
    parties: BTreeMap<Uuid, String>,
    people: BTreeMap<Uuid, String>,
}

/// The records by which a list is validated.
pub struct Records {
    places: Places,
    sites: Vec<Site>,
    parties: Vec<Party>,
    people: Vec<Person>,
}

impl Records {
    pub async fn read(state: &Services, office: OfficeId, what: ImportKind) -> Result<Self, Error> {
        Ok(Self {
            places: state.store.places(office).await?,
            sites: state.store.all_sites(office).await?,
            parties: match what {
                ImportKind::Sites => state.store.all_parties(office).await?,
                ImportKind::People => vec![],
            },
            people: match what {
                ImportKind::Sites => vec![],
                ImportKind::People => state.store.people(office).await?,
            },
        })
    }

    fn seen(&self) -> Seen {
        Seen {
            places: self.places.clone(),
            sites: self.sites.iter().map(|site| (site.id.0, sites::version(site))).collect(),
            parties: self.parties.iter().map(|party| (party.id.0, plan::fingerprint(party))).collect(),
            people: self.people.iter().map(|person| (person.id.0, people::version(person))).collect(),
        }
    }

    /// Visits and sign-ins of the meantime stay: no list changes them.
    pub fn keep_visits(&self, changes: &mut Changes) {
        let sites: HashMap<SiteId, &Site> = self.sites.iter().map(|site| (site.id, site)).collect();
        for was in &mut changes.sites {
            if let Some(now) = sites.get(&was.after.id) {
                was.after.last_visit = now.last_visit;
                was.after.last_answers.clone_from(&now.last_answers);
            }
        }
        let people: HashMap<PersonId, &Person> =
            self.people.iter().map(|person| (person.id, person)).collect();
        for (_, was, _) in &mut changes.people {
            if let Some(now) = people.get(&was.after.id) {
                was.after.last_seen = now.last_seen;
            }
        }
    }
}

/// A record before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Was<T> {
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub before: Option<T>,
    pub after: T,
}

fn none<T>() -> Option<T> {
    None
}

/// What is to be written.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    pub parties: Vec<Party>,
    pub new_places: Vec<String>,
    pub sites: Vec<Was<Site>>,
    /// With the row, and the hash of a new password.
    pub people: Vec<(u32, Was<Person>, Option<String>)>,
}

/// What was written, as it is remembered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Written {
    #[serde(default)]
    pub new_places: Vec<String>,
    #[serde(default)]
    pub parties: Vec<Was<Party>>,
    #[serde(default)]
    pub sites: Vec<Was<Site>>,
    #[serde(default)]
    pub people: Vec<Was<Person>>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty() && self.people.is_empty()
    }
}

/// Without its parties, of which only whoever writes knows what they were.
impl From<Changes> for Written {
    fn from(changes: Changes) -> Self {
        Self {
            new_places: changes.new_places,
            parties: vec![],
            sites: changes.sites,
            people: changes.people.into_iter().map(|(_, person, _)| person).collect(),
        }
    }
}

impl ValidatedList {
    pub fn blocked(&self) -> &[String] {
        &self.blocked
    }

    /// Whether these records still say what the list was validated by.
    pub fn is_of(&self, records: &Records) -> bool {
        self.seen == records.seen()
    }

    pub fn into_plan(self) -> Plan {
        self.plan
    }

    pub fn written(self) -> Changes {
        self.changes
    }

    /// Headings that nothing is made of.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// Gives the word that every question asks for.
    pub fn agree(&mut self) {
        for (row, ask) in self.asks() {
            self.plan.ticks.entry(row).or_default().insert(ask);
        }
    }

    pub fn asks(&self) -> Vec<(u32, String)> {
        let asks = self.rows.iter().flat_map(|row| row.asks.iter().map(|ask| (row.row, ask.id.clone())));
        asks.collect()
    }

    pub fn wrong_rows(&self) -> Vec<u32> {
        self.rows.iter().filter(|row| row.status == RowStatus::Wrong).map(|row| row.row).collect()
    }

    pub fn tally(&self) -> ImportTally {
        let mut tally = ImportTally::default();
        for row in &self.rows {
            let asked = row.asks.iter().any(|ask| !ask.ticked);
            match row.status {
                RowStatus::Wrong => tally.wrong += 1,
                RowStatus::Confirm => {
                    tally.confirm += 1;
                    tally.unconfirmed += usize::from(asked);
                }
                RowStatus::Changed => tally.changed += 1,
                RowStatus::New => tally.new += 1,
                RowStatus::Same => tally.same += 1,
                RowStatus::Left => tally.left += 1,
            }
            let writes = matches!(row.status, RowStatus::Changed | RowStatus::New)
                || (row.status == RowStatus::Confirm && !asked);
            if writes && row.is_new {
                tally.writes_new += 1;
            } else if writes && !row.changes.is_empty() {
                tally.writes_changed += 1;
            }
        }
        tally
    }
}

/// The office's records of this kind, by what they say.
pub async fn versions(
    state: &Services,
    office: OfficeId,
    what: ImportKind,
) -> Result<BTreeMap<Uuid, String>, Error> {
    Ok(match what {
        ImportKind::Sites => {
            let sites = state.store.all_sites(office).await?;
            sites.iter().map(|site| (site.id.0, sites::version(site))).collect()
        }
        ImportKind::People => {
            let people = state.store.people(office).await?;
            people.iter().map(|person| (person.id.0, people::version(person))).collect()
        }
    })
}

pub async fn validate(
    state: &Services,
    by: &By,
    what: ImportKind,
    plan: Plan,
    lang: Lang,
) -> Result<ValidatedList, Error> {
    // Judging holds a copy of everything, too.
    let _turn = super::turn().await?;
    let records = Records::read(state, by.office, what).await?;
    let (state, by) = (state.clone(), by.person);
    let validating = spawn_blocking(move || {
        let deadline = Instant::now() + limits::JUDGING;
        let new_id = || -> Uuid { state.new_id() };
        let (places, all_sites) = (&records.places, records.sites.as_slice());
        match what {
            ImportKind::Sites => {
                let parties = records.parties.as_slice();
                let known = sites::Known { places, sites: all_sites, parties, kinds: &state.kinds };
                let list = sites::validate(&plan, &known, lang, new_id, deadline)?;
                Ok::<ValidatedList, ReadError>(of_sites(plan, list, records.seen()))
            }
            ImportKind::People => {
                let known = people::Known { places, sites: all_sites, people: &records.people, by };
                let list = people::validate(&plan, &known, lang, new_id, deadline)?;
                Ok(of_people(plan, list, records.seen()))
            }
        }
    });
    let validated = validating.await.map_err(|error| Error::Bug(error.to_string()))?;
    Ok(validated?)
}

fn of_sites(plan: Plan, mut list: ListValidation<Site>, seen: Seen) -> ValidatedList {
    let mut validated = parts(ImportKind::Sites, plan, &mut list, seen);
    for (row, one) in validated.rows.iter().zip(list.rows) {
        if let Some(after) = one.record.filter(|_| writes(row)) {
            validated.changes.sites.push(Was { before: one.old, after });
        }
    }
    validated
}

fn of_people(plan: Plan, mut list: ListValidation<Person>, seen: Seen) -> ValidatedList {
    let mut validated = parts(ImportKind::People, plan, &mut list, seen);
    for (row, one) in validated.rows.iter().zip(list.rows) {
        if let Some(after) = one.record.filter(|_| writes(row)) {
            validated.changes.people.push((row.row, Was { before: one.old, after }, one.password));
        }
    }
    validated
}

fn writes(row: &PlannedRow) -> bool {
    match row.status {
        RowStatus::New => true,
        RowStatus::Changed => true,
        RowStatus::Confirm => row.is_new || !row.changes.is_empty(),
        RowStatus::Wrong | RowStatus::Same | RowStatus::Left => false,
    }
}

fn parts<T>(what: ImportKind, plan: Plan, list: &mut ListValidation<T>, seen: Seen) -> ValidatedList {
    ValidatedList {
        rows: list.rows.iter_mut().map(planned).collect(),
        new_places: list.new_places.clone(),
        notes: list.notes.clone(),
        coordinates: list.coordinates,
        blocked: list.blocked.clone(),
        unused: Columns::of(columns(what), &plan.table).unused,
        changes: Changes {
            communities: list.communities.clone(),
            grids: list.grids.clone(),
            parties: list.parties.clone(),
            new_places: list.new_places.clone(),
            sites: vec![],
            people: vec![],
        },
        seen,
        plan,
    }
}

/// Takes along what is shown of the row: nothing of a long list is there twice.
fn planned<T>(one: &mut plan::ValidatedRow<T>) -> PlannedRow {
    let is_new = one.old.is_none();
    let status = match (one.left, one.faults.is_empty(), one.asks.is_empty()) {
        (true, ..) => RowStatus::Left,
        (false, false, _) => RowStatus::Wrong,
        (false, true, false) => RowStatus::Confirm,
        (false, true, true) if is_new => RowStatus::New,
        (false, true, true) if one.changes.is_empty() => RowStatus::Same,
        (false, true, true) => RowStatus::Changed,
    };
    PlannedRow {
        row: one.row,
        key: std::mem::take(&mut one.key),
        name: std::mem::take(&mut one.name),
        status,
        is_new,
        about: if is_new { std::mem::take(&mut one.about) } else { String::new() },
        faults: std::mem::take(&mut one.faults),
        changes: std::mem::take(&mut one.changes),
        asks: std::mem::take(&mut one.asks),
    }
}
