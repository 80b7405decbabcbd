//! Whoever inspects.

use super::CertifiedPerson;
use crate::{id::PersonId, person::Certificate};
use serde::{Deserialize, Serialize};

/// 检查人员, with the certificate that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InspectionOfficer {
    pub person: PersonId,
    pub name: String,
    /// Its number.
    pub certificate: String,
}

impl InspectionOfficer {
    /// Takes part from now on, with their newest certificate; whoever did does so no longer.
    pub fn toggle(officers: &mut Vec<Self>, one: &CertifiedPerson) {
        let before = officers.len();
        officers.retain(|known| known.person != one.person);
        if officers.len() == before {
            let newest = Certificate::newest(&one.certificates);
            let certificate = newest.map(|held| held.number.clone()).unwrap_or_default();
            officers.push(Self { person: one.person, name: one.name.clone(), certificate });
        }
    }

    /// `王磊 0173、赵欣 0219`
    pub fn words(officers: &[Self]) -> String {
        let each =
            officers.iter().map(|one| format!("{} {}", one.name, one.certificate).trim_end().to_owned());
        each.collect::<Vec<_>>().join("、")
    }
}
