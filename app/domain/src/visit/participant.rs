//! 参加人员: who was there beside the inspector.

use crate::{
    id::PersonId,
    limits::{Checked, Field, NAME, PARTICIPANTS, check_count, check_line, tidy_line},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A colleague of the office's directory, or somebody whose name was typed: an expert, a police officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Participant {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    pub name: String,
}

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
