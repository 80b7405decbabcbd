//! What an office writes most, learned from its hazards: sentences that stand in several of its records. What names anybody, or may
//! be a telephone number, is left out: it was written about one case.

use super::sentence;
use crate::{
    id::SiteId,
    limits::PHRASES,
    order::sort_by_key,
    search::{fold, nfkc},
    sector::Sector,
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};
use uuid::Uuid;

/// Records in which a sentence has to stand; in one, somebody has written the same twice.
const RECORDS: usize = 2;

/// Digits, wherever they stand, that may be somebody's number.
const NUMBER: usize = 7;

/// Characters of a name that is looked for; a single one is a word like any other.
const NAME: usize = 2;

/// Sectors that are told of one.
const SECTORS: usize = 3;

/// A sentence of the office, as phones are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficePhrase {
    /// As it was written last.
    pub words: String,
    /// In how many hazards it stands.
    pub times: u32,
    /// Initials of the sounds of its characters, every reading of each, as [`search::key`](crate::search::key) writes sounds.
    pub sounds: String,
    /// Of the sites at which it is written, most often first: three at the most.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::sync::readable")]
    pub sectors: Vec<Sector>,
}

/// What a hazard says, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HazardWords {
    pub words: String,
    pub site: SiteId,
    pub sector: Sector,
    /// The visit that found it; the hazard itself where none did.
    pub record: Uuid,
}

/// A sentence that several records hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    pub words: String,
    pub times: u32,
    /// Most often first.
    pub sectors: Vec<Sector>,
    /// Where it was written, so that it can be asked whom it names.
    pub sites: BTreeSet<SiteId>,
    folded: String,
}

/// What stands in several records of these, the newest of which come first: twice as many as an office keeps at the most, the most
/// used first.
pub fn repeated(written: impl IntoIterator<Item = HazardWords>) -> Vec<Repeated> {
    #[derive(Default)]
    struct Counted {
        words: String,
        times: u32,
        records: BTreeSet<Uuid>,
        sectors: BTreeMap<Sector, u32>,
        sites: BTreeSet<SiteId>,
    }
    let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
    for HazardWords { words, site, sector, record } in written {
        let Some((words, folded)) = sentence(&words, &|text| fold(&nfkc(text))) else { continue };
        if folded.chars().filter(char::is_ascii_digit).count() >= NUMBER {
            continue;
        }
        let known = counted.entry(folded).or_default();
        if known.times == 0 {
            known.words = words;
        }
        known.times += 1;
        known.records.insert(record);
        known.sites.insert(site);
        *known.sectors.entry(sector).or_default() += 1;
    }
    let several = counted.into_iter().filter(|(_, counted)| counted.records.len() >= RECORDS);
    let mut repeated: Vec<Repeated> = several
        .map(|(folded, Counted { words, times, sectors, sites, .. })| {
            let mut sectors: Vec<_> = sectors.into_iter().collect();
            sort_by_key(&mut sectors, |(_, times)| Reverse(*times));
            let sectors = sectors.into_iter().map(|(sector, _)| sector).take(SECTORS).collect();
            Repeated { words, times, sectors, sites, folded }
        })
        .collect();
    sort_by_key(&mut repeated, |one| Reverse(one.times));
    repeated.truncate(2 * PHRASES);
    repeated
}

impl Repeated {
    /// Whether one of these names stands in it, however it was typed.
    pub fn names<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> bool {
        names.into_iter().any(|name| {
            let name = fold(&nfkc(name));
            name.chars().count() >= NAME && self.folded.contains(&name)
        })
    }

    /// As phones are told of it. `sounds`: initials of its words.
    pub fn told(self, sounds: String) -> OfficePhrase {
        let Self { words, times, sectors, .. } = self;
        OfficePhrase { words, times, sounds, sectors }
    }
}
