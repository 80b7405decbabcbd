//! 常用说法: what each office writes most, learned from its hazards of the last year and told to its phones with the directory.

use super::{Context, Job, JobError, Recurring, schedule::Schedule};
use crate::{
    each_office::EachOffice,
    services::Services,
    storage::{LoadedRecord, Record, StoreError, pinyin},
};
use async_trait::async_trait;
use chrono::Duration;
use domain::{
    id::{OfficeId, SiteId},
    limits::PHRASES,
    quick_report::office::{Repeated, repeated},
    site::Site,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was written before is written so no more.
const SPAN: Duration = Duration::days(365);

/// Hazards of an office that are looked at, the newest: as many as a large one finds in a year.
const MOST: u32 = 50_000;

/// Sites of one question.
const AT_ONCE: usize = 500;

/// Of all offices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnPhrases {}

impl Recurring for LearnPhrases {
    const SCHEDULE: Schedule = Schedule::Daily { hour: 4 };
}

#[async_trait]
impl Job for LearnPhrases {
    const NAME: &'static str = "learn_phrases";

    async fn run(&self, context: &Context) -> Result<(), JobError> {
        learn(&context.state).await?;
        Ok(())
    }
}

/// Writes what is used now where it is not what was known. Gives of how many offices.
///
/// # Errors
/// An office of which something cannot be read keeps what it knew, and stops no other; it is told at the end.
pub async fn learn(state: &Services) -> Result<usize, StoreError> {
    let (mut changed, mut offices) = (0, EachOffice::default());
    for office in state.store.offices().await? {
        let is_new = offices.readable(learn_of(state, office.id).await)?.unwrap_or_default();
        changed += usize::from(is_new);
    }
    offices.end(changed)
}

/// Whether there was anything new.
async fn learn_of(state: &Services, office: OfficeId) -> Result<bool, StoreError> {
    let written = state.store.hazard_words(office, state.now() - SPAN, MOST).await?;
    let repeated = repeated(written);
    let people = state.store.people(office).await?;
    let people: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let of_sites = names_of_sites(state, office, &repeated).await?;
    let names_somebody = |one: &Repeated| {
        let of_sites = one.sites.iter().filter_map(|site| of_sites.get(site)).flatten();
        one.names(of_sites.map(String::as_str).chain(people.iter().copied()))
    };
    let told = repeated.into_iter().filter(|one| !names_somebody(one)).take(PHRASES);
    let told: Vec<_> = told
        .map(|one| {
            let sounds = pinyin::initials(&one.words);
            one.told(sounds)
        })
        .collect();
    if told == state.store.phrases(office).await? {
        return Ok(false);
    }
    let mut tx = state.store.write().await?;
    tx.put_phrases(office, &told).await?;
    tx.touch(office, &[Record::Directory]).await?;
    tx.commit().await?;
    Ok(true)
}

/// What each of the sites at which they were written is called, whose it is, and who can be called there.
async fn names_of_sites(
    state: &Services,
    office: OfficeId,
    repeated: &[Repeated],
) -> Result<BTreeMap<SiteId, Vec<String>>, StoreError> {
    let sites: BTreeSet<SiteId> = repeated.iter().flat_map(|one| &one.sites).copied().collect();
    let sites: Vec<Record> = sites.into_iter().map(Record::Site).collect();
    let mut names = BTreeMap::new();
    for some in sites.chunks(AT_ONCE) {
        for loaded in state.store.load_records(office, some).await?.into_values() {
            // Of one that cannot be read nobody is known to be named.
            if let Ok(LoadedRecord::Site(site)) = loaded {
                names.insert(site.id, names_of(&site));
            }
        }
    }
    Ok(names)
}

fn names_of(site: &Site) -> Vec<String> {
    let people = site.people().into_iter().map(|contact| contact.name);
    let party = site.party.as_ref().map(|party| party.name.clone());
    people.chain([site.leader.clone(), site.name.clone()]).chain(party).collect()
}
