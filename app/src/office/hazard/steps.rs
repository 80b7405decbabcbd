//! What a person may do next with a hazard. The domain decides; the server decides again.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    hazard::{Deed, Hazard, Misfit, RectificationPlan},
    id::HazardId,
    role::{Action, Actor},
};
use uuid::Uuid;

/// Whether the person may accept or return what was reported as put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judging {
    Open,
    /// It waits, but for somebody else.
    Barred(Misfit),
    No,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// Nobody has been told to put it right yet.
    pub assign: bool,
    /// Somebody has; the plan may still change.
    pub reassign: bool,
    pub answer_extension: bool,
    pub judge: Judging,
    pub list: bool,
    pub suspend: bool,
    pub refer: bool,
    pub merge: bool,
    pub reopen: bool,
}

impl Steps {
    pub fn of(hazard: &Hazard, me: &Actor, now: DateTime<Utc>) -> Self {
        let directs = me.may(Action::Direct, &hazard.place);
        let fits = |deed: Deed| hazard.would_take(me.person, now, &deed);
        let may = |deed: Deed| directs && fits(deed).is_ok();
        let assigns = may(Deed::Assigned(RectificationPlan {
            responsible: String::new(),
            department: None,
            measures: String::new(),
            funds: String::new(),
            deadline: NaiveDate::default(),
            contingency: String::new(),
        }));
        let judge = match fits(Deed::Accepted { note: String::new(), photos: vec![] }) {
            _ if !me.may(Action::Recheck, &hazard.place) => Judging::No,
            Ok(()) => Judging::Open,
            Err(misfit @ (Misfit::OwnWork | Misfit::SamePersonTwice)) => Judging::Barred(misfit),
            Err(_) => Judging::No,
        };
        let text = String::new;
        Self {
            assign: assigns && hazard.plan.is_none(),
            reassign: assigns && hazard.plan.is_some(),
            answer_extension: may(Deed::ExtensionRefused { reason: text() }),
            judge,
            list: !hazard.listed && may(Deed::Listed { by_authority: text() }),
            suspend: !hazard.suspended && may(Deed::Suspended { what: text() }),
            refer: may(Deed::Referred { authority: text(), reason: text() }),
            merge: may(Deed::Merged { into: HazardId(Uuid::nil()) }),
            reopen: may(Deed::Reopened { reason: text(), due: None }),
        }
    }

    /// The steps off the usual way.
    pub fn has_more(&self) -> bool {
        self.reassign || self.list || self.suspend || self.refer || self.merge
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        checklist::Severity,
        hazard::{Entry, Found},
        id::{EventId, GridId, OfficeId, PersonId, SiteId},
        role::{Placement, Role, Scope},
        sector::Sector,
    };

    fn entry(n: u128, by: PersonId, deed: Deed) -> Entry {
        Entry {
            event: EventId(Uuid::from_u128(n)),
            at: DateTime::default(),
            received_at: None,
            by,
            name: String::new(),
            deed,
            misfit: None,
        }
    }

    fn hazard(level: Severity) -> Hazard {
        let found = Found {
            level,
            what: "通道堆放杂物".into(),
            basis: String::new(),
            due: None,
            responsible: String::new(),
            photos: vec![],
            inspection: None,
            checklist: None,
            item: None,
            fixed: None,
        };
        let place = Placement {
            grid: GridId(Uuid::nil()),
            site: SiteId(Uuid::nil()),
            department: None,
            sector: Sector::Fire,
        };
        let first = entry(1, PersonId(Uuid::from_u128(1)), Deed::Found(found));
        Hazard::begin(HazardId(Uuid::from_u128(9)), place, first).unwrap()
    }

    fn somebody(role: Role) -> Actor {
        Actor {
            office: OfficeId(Uuid::nil()),
            person: PersonId(Uuid::from_u128(2)),
            name: String::new(),
            role,
            scope: Scope::Office,
        }
    }

    #[test]
    fn what_was_found_is_assigned_first() {
        let steps = Steps::of(&hazard(Severity::General), &somebody(Role::Supervisor), DateTime::default());
        assert!(steps.assign && !steps.reassign && steps.refer && steps.merge);
        assert_eq!(steps.judge, Judging::No);
        assert!(!steps.list && !steps.suspend && !steps.reopen && !steps.answer_extension);
    }

    #[test]
    fn an_inspector_directs_nothing() {
        let steps = Steps::of(&hazard(Severity::Major), &somebody(Role::Inspector), DateTime::default());
        assert!(!steps.assign && !steps.has_more());
    }

    #[test]
    fn who_reported_the_work_may_not_accept_it() {
        let me = somebody(Role::Officer);
        let plan = RectificationPlan {
            responsible: "王经理".into(),
            department: None,
            measures: "清运".into(),
            funds: "0".into(),
            deadline: NaiveDate::default(),
            contingency: "改走东侧".into(),
        };
        let (assigned, _) = hazard(Severity::General).take(entry(2, me.person, Deed::Assigned(plan)));
        assert!(Steps::of(&assigned, &me, DateTime::default()).reassign);
        let done = |by| {
            let deed = Deed::Rectified { note: String::new(), photos: vec![] };
            assigned.clone().take(entry(3, by, deed)).0
        };
        let own = Steps::of(&done(me.person), &me, DateTime::default());
        assert_eq!(own.judge, Judging::Barred(Misfit::OwnWork));
        let others = Steps::of(&done(PersonId(Uuid::from_u128(3))), &me, DateTime::default());
        assert_eq!(others.judge, Judging::Open);
    }
}
