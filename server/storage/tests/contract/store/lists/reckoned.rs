//! What a figure must be, by another way than the database's.

use super::{super::now, street::Street};
use chrono::{DateTime, Datelike, Days, Duration, Utc};
use domain::{
    form::ResponsibleKind,
    hazard::{Hazard, HazardStatus, HazardStatusKind},
    overview::Figure,
    role::Scope,
    severity::Severity,
    time::office_day,
};

impl Street {
    /// What the figure must be, reckoned from the hazards themselves; none: it is of something else.
    pub fn reckoned(&self, scope: &Scope, figure: Figure) -> Option<usize> {
        let today = office_day(now());
        let longer_than = |since: &DateTime<Utc>, days| *since < now() - Duration::days(days);
        let count = |fits: &dyn Fn(&Hazard, &DateTime<Utc>) -> bool| {
            let seen = self.hazards.iter().filter(|(hazard, _)| scope.covers(&hazard.place));
            Some(seen.filter(|(hazard, since)| fits(hazard, since)).count())
        };
        let stands =
            |hazard: &Hazard, statuses: &[HazardStatusKind]| statuses.contains(&hazard.status.kind());
        let is_of_others =
            |hazard: &Hazard| hazard.plan.is_none() && hazard.found.responsible_kind != ResponsibleKind::Site;
        let to_accept = [HazardStatusKind::Rectified, HazardStatusKind::AcceptedOnce];
        match figure {
            Figure::Open => count(&|hazard, _| hazard.is_open()),
            Figure::Late => count(&|hazard, _| hazard.is_open() && hazard.due.is_some_and(|due| due < today)),
            Figure::DueThisWeek => {
                let week = today..=today + Days::new(6);
                count(&|hazard, _| hazard.is_open() && hazard.due.is_some_and(|due| week.contains(&due)))
            }
            Figure::Major => count(&|hazard, _| hazard.is_open() && hazard.level() == Severity::Major),
            Figure::ClosedThisMonth => count(&|hazard, _| {
                let HazardStatus::Closed { at, .. } = &hazard.status else { return false };
                let day = office_day(*at);
                (day.year(), day.month()) == (today.year(), today.month())
            }),
            Figure::WaitingForAcceptance => {
                count(&|hazard, since| stands(hazard, &to_accept) && longer_than(since, 2))
            }
            Figure::WaitingForAssignment => count(&|hazard, since| {
                stands(hazard, &[HazardStatusKind::Found]) && !is_of_others(hazard) && longer_than(since, 1)
            }),
            Figure::WaitingForReferral => {
                count(&|hazard, _| stands(hazard, &[HazardStatusKind::Found]) && is_of_others(hazard))
            }
            Figure::ExtensionsAsked => count(&|hazard, _| {
                stands(hazard, &[HazardStatusKind::Assigned]) && hazard.extension.is_some()
            }),
            Figure::SpotChecksMissed => Some(usize::from(*scope == Scope::Office)),
            // Of who walks the first grid, and of an officer of no department.
            Figure::UnsentForLong => Some(match scope {
                Scope::Office => 2,
                Scope::Grids(_) => 1,
                Scope::Department { .. } | Scope::Sites(_) => 0,
            }),
            Figure::HazardsMissingPhotos
            | Figure::VisitsMissingPhotos
            | Figure::SitesNotVisited
            | Figure::GridsWithoutInspector
            | Figure::SitesWithoutContact
            | Figure::SitesWithoutLeader => None,
        }
    }
}
