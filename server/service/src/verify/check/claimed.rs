//! What a hazard's row says, until its events have been seen.

use domain::{
    hazard::{EventRecord, Hazard},
    id::HazardId,
    role::ResourceScope,
};
use sha2::{Digest, Sha256};

/// What a hazard's row says, until its events have been seen; of the whole state only its hash, since there are many.
pub(super) enum Claimed {
    State {
        place: ResourceScope,
        number: Option<String>,
        hash: Option<[u8; 32]>,
    },
    /// Folded by another version, which is not held against what this one makes of the events.
    Outdated,
}

impl Claimed {
    pub(super) fn by(hazard: &Hazard) -> Self {
        Self::State { place: hazard.place, number: hazard.number.clone(), hash: state(hazard) }
    }

    pub(super) fn matches_projection(
        self,
        hazard: HazardId,
        events: Vec<EventRecord>,
    ) -> Result<(), &'static str> {
        let folded = Hazard::fold(hazard, events).map_err(|_| "nobody found it")?;
        match self {
            Self::Outdated => Ok(()),
            Self::State { place, number, hash } => {
                // Where it lies is the office's to say: places are merged, and sites move.
                let folded = Hazard { place, number, events: vec![], ..folded };
                let same = hash.is_some() && state(&folded) == hash;
                if same { Ok(()) } else { Err("its events fold to another state") }
            }
        }
    }
}

/// SHA-256 of what a hazard's row holds; none where that cannot be said, which is like nothing.
fn state(hazard: &Hazard) -> Option<[u8; 32]> {
    serde_json::to_vec(hazard).ok().map(|text| Sha256::digest(text).into())
}
