//! What an event says of other records, held against them: the same for the phone's events and the desk's.

use super::{Deed, Hazard, Stage};
use crate::{
    id::{DepartmentId, HazardId, InspectionId, PersonId, SiteId},
    inspection::Inspection,
    photo::PhotoHash,
    role::Actor,
    time::office_day,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What an event claims and what is not so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unfounded {
    #[error("there is no such department")]
    Department,
    /// Not there, or out of the actor's sight.
    #[error("there is no such hazard to merge into")]
    NoSuchHazard,
    /// Merged or referred itself: nobody would find the duplicate again.
    #[error("the other hazard was merged or referred itself")]
    TargetMoved,
    #[error("the inspection is not the finder's own, of this site, with this hazard in an answer")]
    Inspection,
    #[error("the day lies before the event")]
    DayPast,
}

/// A form that was opened before midnight may be sent after it.
const GRACE: Duration = Duration::days(1);

/// What the records say about what the event names.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub departments: &'a dyn Fn(DepartmentId) -> bool,
    pub hazard: &'a dyn Fn(HazardId) -> Option<&'a Hazard>,
    /// None where nobody has it yet: it may come later, and what it says is believed then.
    pub inspection: &'a dyn Fn(InspectionId) -> Option<&'a Inspection>,
}

impl Deed {
    /// Refuses an event that claims what is not so. `site`: where the hazard lies; `at`: when it was done, by the clock by
    /// which its days were chosen.
    pub fn check_claims(
        &self,
        hazard: HazardId,
        site: SiteId,
        actor: &Actor,
        at: DateTime<Utc>,
        around: &Around<'_>,
    ) -> Result<(), Unfounded> {
        if self.day_chosen().is_some_and(|day| day - office_day(at) < -GRACE) {
            return Err(Unfounded::DayPast);
        }
        match self {
            Self::Found(found) => match found.inspection.and_then(|id| (around.inspection)(id)) {
                Some(inspection) if !inspection.found(hazard, actor.person, site) => {
                    Err(Unfounded::Inspection)
                }
                _ => Ok(()),
            },
            Self::Assigned(plan) => match plan.department {
                Some(department) if !(around.departments)(department) => Err(Unfounded::Department),
                _ => Ok(()),
            },
            Self::Merged { into } => {
                let target = (around.hazard)(*into).filter(|target| actor.scope.covers(&target.place));
                let target = target.ok_or(Unfounded::NoSuchHazard)?;
                match target.stage {
                    Stage::Merged { .. } | Stage::Referred { .. } => Err(Unfounded::TargetMoved),
                    Stage::Found
                    | Stage::Assigned
                    | Stage::Rectified { .. }
                    | Stage::AcceptedOnce { .. }
                    | Stage::Closed { .. } => Ok(()),
                }
            }
            Self::ExtensionAsked { .. }
            | Self::ExtensionGranted { .. }
            | Self::ExtensionRefused { .. }
            | Self::Rectified { .. }
            | Self::Accepted { .. }
            | Self::Returned { .. }
            | Self::Listed { .. }
            | Self::Suspended { .. }
            | Self::Referred { .. }
            | Self::Reopened { .. } => Ok(()),
        }
    }

    /// The day by which something is to be done. What a finder proposes was chosen when the inspection was under way, which
    /// may be days before.
    fn day_chosen(&self) -> Option<NaiveDate> {
        match self {
            Self::Assigned(plan) => Some(plan.deadline),
            Self::ExtensionAsked { until, .. } | Self::ExtensionGranted { until } => Some(*until),
            Self::Returned { deadline, .. } => Some(*deadline),
            Self::Reopened { due, .. } => *due,
            Self::Found(_)
            | Self::ExtensionRefused { .. }
            | Self::Rectified { .. }
            | Self::Accepted { .. }
            | Self::Listed { .. }
            | Self::Suspended { .. }
            | Self::Referred { .. }
            | Self::Merged { .. } => None,
        }
    }

    /// The photos without whose facts the event is no proof: those that close a hazard on the spot.
    pub fn proof(&self) -> &[PhotoHash] {
        match self {
            Self::Found(found) => found.fixed.as_ref().map_or(&[], |fixed| &fixed.photos),
            _ => &[],
        }
    }
}

impl Hazard {
    /// Whether the deed has what it rests on: nobody accepts what photos are to show of which whoever reported it put right
    /// never told. `told` says whether a person has told of a photo.
    pub fn has_proof_for(&self, deed: &Deed, told: impl Fn((PhotoHash, PersonId)) -> bool) -> bool {
        match deed {
            Deed::Accepted { .. } => {
                self.rectified_by().is_none_or(|by| self.after.iter().all(|hash| told((hash.clone(), by))))
            }
            Deed::Found(_)
            | Deed::Assigned(_)
            | Deed::ExtensionAsked { .. }
            | Deed::ExtensionGranted { .. }
            | Deed::ExtensionRefused { .. }
            | Deed::Rectified { .. }
            | Deed::Returned { .. }
            | Deed::Listed { .. }
            | Deed::Suspended { .. }
            | Deed::Referred { .. }
            | Deed::Merged { .. }
            | Deed::Reopened { .. } => true,
        }
    }

    /// Who reported it put right, while that waits to be accepted.
    fn rectified_by(&self) -> Option<PersonId> {
        match self.stage {
            Stage::Rectified { by } | Stage::AcceptedOnce { rectified_by: by, .. } => Some(by),
            Stage::Found
            | Stage::Assigned
            | Stage::Closed { .. }
            | Stage::Referred { .. }
            | Stage::Merged { .. } => None,
        }
    }
}

impl Inspection {
    /// Whether this inspection, by this person at this site, found the hazard: it names it in an answer.
    pub fn found(&self, hazard: HazardId, by: PersonId, site: SiteId) -> bool {
        self.inspector == by
            && self.site == site
            && self.answers.values().any(|sealed| sealed.hazard == Some(hazard))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hazard::RectificationPlan,
        id::OfficeId,
        role::{Role, Scope},
    };
    use chrono::TimeZone;
    use uuid::Uuid;

    /// Whichever deed sets one.
    #[test]
    fn no_deed_sets_a_day_that_is_over() {
        let at = Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap();
        let nil = Uuid::nil();
        let actor = Actor {
            office: OfficeId(nil),
            person: PersonId(nil),
            name: String::new(),
            role: Role::Supervisor,
            scope: Scope::Office,
        };
        let around = Around { departments: &|_| true, hazard: &|_| None, inspection: &|_| None };
        let checked = |deed: &Deed| deed.check_claims(HazardId(nil), SiteId(nil), &actor, at, &around);
        let deeds = |day: NaiveDate| {
            let plan = RectificationPlan {
                responsible: "物业".to_owned(),
                department: None,
                measures: "清走".to_owned(),
                funds: "0".to_owned(),
                deadline: day,
                contingency: "巡查".to_owned(),
            };
            let reason = "没有清走".to_owned();
            [
                Deed::Assigned(plan),
                Deed::ExtensionAsked { until: day, reason: reason.clone() },
                Deed::ExtensionGranted { until: day },
                Deed::Returned { reason: reason.clone(), deadline: day, photos: vec![] },
                Deed::Reopened { reason, due: Some(day) },
            ]
        };
        let today = office_day(at);
        for deed in deeds(today - Duration::days(2)) {
            assert_eq!(checked(&deed), Err(Unfounded::DayPast), "{deed:?}");
        }
        // The form may have been opened before midnight.
        for deed in deeds(today - Duration::days(1)).into_iter().chain(deeds(today)) {
            assert_eq!(checked(&deed), Ok(()), "{deed:?}");
        }
        assert_eq!(checked(&Deed::Reopened { reason: "又堆上了".to_owned(), due: None }), Ok(()));
    }
}
