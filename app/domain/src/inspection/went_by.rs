//! 出发时所知: what the phone went by when the inspection was sealed, of what may be otherwise by the time it comes in.

use super::{CertifiedPerson, Facts, InspectionOfficer};
use crate::{
    id::PersonId,
    limits::{Checked, Field, OFFICERS, check_count},
    party::PartyKind,
    role::Role,
};
use serde::{Deserialize, Serialize};

/// Roles and the party as the phone knew them. Older phones say nothing, and are held to what is so now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WentBy {
    /// Of whoever records it.
    pub role: Role,
    /// What whoever answers for the site was; none where nobody was known to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyKind>,
    /// Of those who inspect, as far as they were known to hold certificates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<OfficerSeen>,
}

/// What somebody who inspects was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficerSeen {
    pub person: PersonId,
    pub role: Role,
}

impl WentBy {
    pub(super) fn of(
        role: Role,
        party: Option<PartyKind>,
        officers: &[InspectionOfficer],
        certified: &[CertifiedPerson],
    ) -> Self {
        let seen = officers.iter().filter_map(|officer| {
            let known = certified.iter().find(|known| known.person == officer.person)?;
            Some(OfficerSeen { person: known.person, role: known.role })
        });
        Self { role, party, officers: seen.collect() }
    }

    /// Those who hold certificates, each with the role that the phone knew.
    pub fn certified(&self, now: &[CertifiedPerson]) -> Vec<CertifiedPerson> {
        let as_seen = |known: &CertifiedPerson| {
            let seen = self.officers.iter().find(|seen| seen.person == known.person);
            CertifiedPerson { role: seen.map_or(known.role, |seen| seen.role), ..known.clone() }
        };
        now.iter().map(as_seen).collect()
    }

    /// The world as it was for the phone. `certified`: [`Self::certified`].
    pub fn facts<'a>(&self, now: &Facts<'a>, certified: &'a [CertifiedPerson]) -> Facts<'a> {
        Facts { role: self.role, party: self.party, certified, ..*now }
    }

    pub(super) fn check_limits(&self) -> Checked {
        check_count(Field::Officers, self.officers.len(), OFFICERS)
    }
}
