//! What a command says of other records, held against them: the same for the phone's commands and the desk's.

use super::{
    ExtensionGrant, ExtensionRequest, FixedOnSpot, Found, Hazard, HazardCommand, HazardStatus, Reopening,
    Return,
};
use crate::{
    id::{DepartmentId, HazardId, PersonId, SiteId, VisitId},
    photo::PhotoHash,
    role::Actor,
    time::office_day,
    visit::Visit,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a command claims and what is not so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unfounded {
    #[error("there is no such department")]
    Department,
    /// Not there, or out of the actor's sight.
    #[error("there is no such hazard to merge into")]
    NoSuchHazard,
    /// The target was merged or referred itself, so the duplicate would be lost.
    #[error("the other hazard was merged or referred itself")]
    TargetMoved,
    #[error("the visit is not the finder's own, of this site, with this hazard in an answer")]
    Visit,
    #[error("the day has gone by")]
    DayPast,
    /// Photos that cannot be unpacked prove nothing.
    #[error("none of the photos that are to prove it can be opened")]
    Proof,
}

/// A form that was opened before midnight may be sent after it.
const GRACE: Duration = Duration::days(1);

/// What the records say about what the command names.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub departments: &'a dyn Fn(DepartmentId) -> bool,
    pub hazard: &'a dyn Fn(HazardId) -> Option<&'a Hazard>,
    /// None where the office does not have it yet: it may come later, and is checked then.
    pub visit: &'a dyn Fn(VisitId) -> Option<&'a Visit>,
}

impl HazardCommand {
    /// Refuses a command that claims what is not so. `site`: where the hazard lies; `at`: when it was given, by the clock by
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
            Self::Report(found) => match found.visit.and_then(|id| (around.visit)(id)) {
                Some(visit) if !visit.found(hazard, actor.person, site) => Err(Unfounded::Visit),
                Some(_) | None => Ok(()),
            },
            Self::Assign(plan) => match plan.department {
                Some(department) if !(around.departments)(department) => Err(Unfounded::Department),
                Some(_) | None => Ok(()),
            },
            Self::Merge(merger) => {
                let target = (around.hazard)(merger.into).filter(|target| actor.scope.covers(&target.place));
                let target = target.ok_or(Unfounded::NoSuchHazard)?;
                match target.status {
                    HazardStatus::Merged { .. } | HazardStatus::Referred { .. } => {
                        Err(Unfounded::TargetMoved)
                    }
                    HazardStatus::Found
                    | HazardStatus::Assigned
                    | HazardStatus::Rectified { .. }
                    | HazardStatus::AcceptedOnce { .. }
                    | HazardStatus::Closed { .. } => Ok(()),
                }
            }
            Self::AskExtension(_)
            | Self::GrantExtension(_)
            | Self::RefuseExtension(_)
            | Self::Rectify(_)
            | Self::Accept(_)
            | Self::Return(_)
            | Self::List(_)
            | Self::Suspend(_)
            | Self::LiftSuspension(_)
            | Self::Refer(_)
            | Self::Reopen(_) => Ok(()),
        }
    }

    /// The day by which something is to be done. What a finder proposes was chosen when the visit was under way, which
    /// may be days before.
    fn day_chosen(&self) -> Option<NaiveDate> {
        match self {
            Self::Assign(plan) => Some(plan.deadline),
            Self::AskExtension(ExtensionRequest { until, .. })
            | Self::GrantExtension(ExtensionGrant { until }) => Some(*until),
            Self::Return(Return { deadline, .. }) => Some(*deadline),
            Self::Reopen(Reopening { due, .. }) => *due,
            Self::Report(_)
            | Self::RefuseExtension(_)
            | Self::Rectify(_)
            | Self::Accept(_)
            | Self::List(_)
            | Self::Suspend(_)
            | Self::LiftSuspension(_)
            | Self::Refer(_)
            | Self::Merge(_) => None,
        }
    }

    /// The photos without whose facts the command is no proof: those that close a hazard on the spot.
    pub fn proof(&self) -> &[PhotoHash] {
        match self {
            Self::Report(Found { fixed: Some(FixedOnSpot { photos, .. }), .. }) => photos,
            // The photos of a rectification are asked for when it is accepted.
            Self::Report(Found { fixed: None, .. })
            | Self::Rectify(_)
            | Self::Assign(_)
            | Self::AskExtension(_)
            | Self::GrantExtension(_)
            | Self::RefuseExtension(_)
            | Self::Accept(_)
            | Self::Return(_)
            | Self::List(_)
            | Self::Suspend(_)
            | Self::LiftSuspension(_)
            | Self::Refer(_)
            | Self::Merge(_)
            | Self::Reopen(_) => &[],
        }
    }
}

impl Hazard {
    /// Refuses to accept a rectification of which no photo shows anything, though there are some. `damaged` says whether a
    /// photo turned out to be no picture.
    pub fn check_proof(
        &self,
        command: &HazardCommand,
        damaged: impl Fn(&PhotoHash) -> bool,
    ) -> Result<(), Unfounded> {
        let is_accepted = matches!(command, HazardCommand::Accept(_));
        if is_accepted && !self.after.is_empty() && self.after.iter().all(damaged) {
            return Err(Unfounded::Proof);
        }
        Ok(())
    }

    /// Whether the command has what it rests on: nobody accepts what photos are to show of which whoever reported it put
    /// right never told. `told` says whether a person has told of a photo.
    pub fn has_proof_for(
        &self,
        command: &HazardCommand,
        told: impl Fn((PhotoHash, PersonId)) -> bool,
    ) -> bool {
        match command {
            HazardCommand::Accept(_) => {
                let by = self.status.rectified_by();
                by.is_none_or(|by| self.after.iter().all(|hash| told((hash.clone(), by))))
            }
            HazardCommand::Report(_)
            | HazardCommand::Assign(_)
            | HazardCommand::AskExtension(_)
            | HazardCommand::GrantExtension(_)
            | HazardCommand::RefuseExtension(_)
            | HazardCommand::Rectify(_)
            | HazardCommand::Return(_)
            | HazardCommand::List(_)
            | HazardCommand::Suspend(_)
            | HazardCommand::LiftSuspension(_)
            | HazardCommand::Refer(_)
            | HazardCommand::Merge(_)
            | HazardCommand::Reopen(_) => true,
        }
    }
}

impl Visit {
    /// Whether this visit, by this person at this site, found the hazard: it names it in an answer.
    pub fn found(&self, hazard: HazardId, by: PersonId, site: SiteId) -> bool {
        self.inspector == by
            && self.site == site
            && self.answers().any(|sealed| sealed.hazards.contains(&hazard))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fen::Fen,
        hazard::RectificationPlan,
        id::OfficeId,
        permission::Withheld,
        role::{Role, Scope},
    };
    use chrono::TimeZone;
    use uuid::Uuid;

    /// Whichever command sets one.
    #[test]
    fn no_command_sets_a_day_that_is_over() {
        let at = Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap();
        let nil = Uuid::nil();
        let actor = Actor {
            office: OfficeId(nil),
            person: PersonId(nil),
            name: String::new(),
            role: Role::Supervisor,
            scope: Scope::Office,
            withheld: Withheld::default(),
            extension_limit: None,
        };
        let around = Around { departments: &|_| true, hazard: &|_| None, visit: &|_| None };
        let checked =
            |command: &HazardCommand| command.check_claims(HazardId(nil), SiteId(nil), &actor, at, &around);
        let commands = |day: NaiveDate| {
            let plan = RectificationPlan {
                responsible: "物业".to_owned(),
                department: None,
                measures: "清走".to_owned(),
                funds: Fen::ZERO,
                deadline: day,
                contingency: "巡查".to_owned(),
            };
            let reason = "没有清走".to_owned();
            [
                HazardCommand::Assign(plan),
                HazardCommand::AskExtension(ExtensionRequest { until: day, reason: reason.clone() }),
                HazardCommand::GrantExtension(ExtensionGrant { until: day }),
                HazardCommand::Return(Return { reason: reason.clone(), deadline: day, photos: vec![] }),
                HazardCommand::Reopen(Reopening { reason, due: Some(day) }),
            ]
        };
        let today = office_day(at);
        for command in commands(today - Duration::days(2)) {
            assert_eq!(checked(&command), Err(Unfounded::DayPast), "{command:?}");
        }
        // The form may have been opened before midnight.
        for command in commands(today - Duration::days(1)).into_iter().chain(commands(today)) {
            assert_eq!(checked(&command), Ok(()), "{command:?}");
        }
        let undated = Reopening { reason: "又堆上了".to_owned(), due: None };
        assert_eq!(checked(&HazardCommand::Reopen(undated)), Ok(()));
    }
}
