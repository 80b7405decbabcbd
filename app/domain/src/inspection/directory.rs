//! What a phone inspects by: the rules, whoever holds certificates, and how often somebody was inspected.

use super::{AdministrativeInspection, Breach, Facts, InspectionOfficer, InspectionRules, WentBy, check};
use crate::{
    id::{PartyId, PersonId, SiteId},
    person::{Certificate, Person},
    role::{Actor, Role},
    site::Site,
    time::office_day,
    visit::{Draft, VisitNature},
};
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

/// Who is inspected: whoever answers for the site, all of whose sites count together; where nobody is known to, the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Inspected {
    Party(PartyId),
    Site(SiteId),
}

impl Inspected {
    pub fn at(site: &Site) -> Self {
        site.party.as_ref().map_or(Self::Site(site.id), |party| Self::Party(party.id))
    }
}

/// How often somebody was inspected in a calendar year, as far as it counts against the cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedInspections {
    pub of: Inspected,
    pub year: i32,
    pub count: u32,
}

/// Somebody who holds certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertifiedPerson {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub certificates: Vec<Certificate>,
}

impl CertifiedPerson {
    /// None: they hold none, or their account is switched off.
    pub fn of(person: &Person) -> Option<Self> {
        (!person.disabled && !person.certificates.is_empty()).then(|| Self {
            person: person.id,
            name: person.name.clone(),
            role: person.role,
            certificates: person.certificates.clone(),
        })
    }

    /// Whether they may be sent: no grid member inspects.
    pub fn may_inspect(&self) -> bool {
        VisitNature::AdministrativeInspection.is_for(self.role)
    }
}

/// What a phone needs to inspect without signal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectionDirectory {
    pub rules: InspectionRules,
    /// Of whom the second one is chosen.
    pub certified: Vec<CertifiedPerson>,
    /// Of this year.
    pub counted: Vec<CountedInspections>,
}

impl InspectionDirectory {
    /// None where what is here is of another year.
    pub fn counted(&self, of: Inspected, year: i32) -> u32 {
        let known = self.counted.iter().find(|known| known.of == of && known.year == year);
        known.map_or(0, |known| known.count)
    }

    /// What an inspection begins with: in the office's name, by whoever begins it, with their newest certificate.
    pub fn begin(&self, me: &Actor) -> AdministrativeInspection {
        let own = self.certified.iter().find(|known| known.person == me.person);
        let newest = own.and_then(|own| Certificate::newest(&own.certificates));
        let officer = InspectionOfficer {
            person: me.person,
            name: me.name.clone(),
            certificate: newest.map(|held| held.number.clone()).unwrap_or_default(),
        };
        AdministrativeInspection {
            officers: vec![officer],
            rules: self.rules.version,
            ..AdministrativeInspection::default()
        }
    }

    /// What a phone went by that seals this inspection now.
    pub fn went_by(&self, me: &Actor, site: &Site, inspection: &AdministrativeInspection) -> WentBy {
        let party = site.party.as_ref().map(|party| party.kind);
        WentBy::of(me.role, party, &inspection.officers, &self.certified)
    }

    /// What of the draft does not fit, as far as this phone knows. Nothing where nobody was inspected.
    pub fn breaches(&self, me: &Actor, site: &Site, draft: &Draft) -> Vec<Breach> {
        let Some(inspection) = draft.administrative.as_ref().filter(|_| draft.outcome().is_done()) else {
            return vec![];
        };
        let day = office_day(draft.started_at);
        let facts = Facts {
            day,
            role: me.role,
            name: &me.name,
            party: site.party.as_ref().map(|party| party.kind),
            counted: self.counted(Inspected::at(site), day.year()),
            certified: &self.certified,
        };
        check(&self.rules, inspection, &facts)
    }
}
