//! 参加人员: who was there beside the inspector.

use super::VisitSummary;
use crate::{
    id::PersonId,
    limits::{Checked, Field, NAME, PARTICIPANTS, check_count, check_line, tidy_line},
    order::sort_by_key,
    site::Site,
};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::BTreeSet};

/// A colleague of the office's directory, or somebody whose name was typed: an expert, a police officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Participant {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    pub name: String,
}

/// As many as a few lines of a small screen hold, and how many of them may be the site's own.
const OFFERED: usize = 12;
const OFFERED_OF_SITE: usize = 7;

/// Between names in one line, whatever keyboard typed it.
const BETWEEN: [char; 8] = ['、', ',', '，', ';', '；', '/', '\n', '\t'];

impl Participant {
    /// Names typed in one line; one that was typed twice is meant once.
    pub fn typed(line: &str) -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let names = line.split(BETWEEN).map(tidy_line).filter(|name| !name.is_empty());
        let once = names.filter(|name| seen.insert(name.clone()));
        once.map(|name| Self { person: None, name }).collect()
    }

    /// The same, typed over what stood there: whoever was chosen and keeps their name is still who they were.
    pub fn retyped(line: &str, before: &[Self]) -> Vec<Self> {
        let known = |one: Self| before.iter().find(|known| known.name == one.name).cloned().unwrap_or(one);
        Self::typed(line).into_iter().map(known).collect()
    }

    /// Takes part from now on; whoever did does so no longer.
    pub fn toggle(participants: &mut Vec<Self>, one: &Self) {
        let before = participants.len();
        participants.retain(|known| known.name != one.name);
        if participants.len() == before {
            participants.push(one.clone());
        }
    }

    /// Whom a phone knows who may have been there: people of the site and of its party, the leader who answers for it, then
    /// colleagues by their visits, the latest first. `me`: whoever inspects.
    pub fn offered(site: &Site, mut visits: Vec<VisitSummary>, me: Option<PersonId>) -> Vec<Self> {
        sort_by_key(&mut visits, |visit| Reverse(visit.submitted_at));
        let on_the_spot = site.contacts.iter().map(|contact| &contact.name);
        let of_party = site.party.iter().flat_map(|party| &party.people).map(|person| &person.name);
        let of_site = on_the_spot.chain(of_party).chain([&site.leader]);
        let guests = of_site.map(|name| Self { person: None, name: tidy_line(name) });
        let others = visits.into_iter().filter(|visit| Some(visit.inspector) != me);
        let colleagues = others
            .map(|visit| Self { person: Some(visit.inspector), name: tidy_line(&visit.inspector_name) });
        let mut offered: Vec<Self> = vec![];
        let guests = guests.map(|one| (OFFERED_OF_SITE, one));
        for (most, one) in guests.chain(colleagues.map(|one| (OFFERED, one))) {
            let known = one.name.is_empty() || offered.iter().any(|known| known.is(&one));
            if !known && offered.len() < most {
                offered.push(one);
            }
        }
        offered
    }

    /// The same line again.
    pub fn line(participants: &[Self]) -> String {
        participants.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("、")
    }

    /// The first who stands there twice: by account where both have one, else by name.
    pub(super) fn doubled(participants: &[Self]) -> Option<&Self> {
        participants.iter().enumerate().find_map(|(at, one)| {
            let mut before = participants.iter().take(at);
            before.any(|known| known.is(one)).then_some(one)
        })
    }

    fn is(&self, other: &Self) -> bool {
        match (self.person, other.person) {
            (Some(one), Some(another)) => one == another,
            (None, _) | (_, None) => self.name == other.name,
        }
    }
}

pub(crate) fn check_participants(participants: &[Participant]) -> Checked {
    check_count(Field::Participants, participants.len(), PARTICIPANTS)?;
    participants.iter().try_for_each(|one| check_line(Field::Participants, &one.name, NAME))
}
