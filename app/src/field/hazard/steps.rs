//! What this person may do next with a hazard on the phone. The domain decides; the server decides again.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    hazard::{Deed, Hazard, Misfit, Stage},
    photo::PhotoHash,
    role::{Action, Actor},
};

/// A deed that the phone offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Rectify,
    AskExtension,
    Accept,
    Return,
}

impl Way {
    const ALL: [Self; 4] = [Self::Rectify, Self::AskExtension, Self::Accept, Self::Return];

    /// [`Deed::word`]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rectify => "rectified",
            Self::AskExtension => "extension_asked",
            Self::Accept => "accepted",
            Self::Return => "returned",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }

    /// `words` are its note or reason; `day` counts where the deed has one.
    pub fn deed(self, words: String, day: NaiveDate, photos: Vec<PhotoHash>) -> Deed {
        match self {
            Self::Rectify => Deed::Rectified { note: words, photos },
            Self::AskExtension => Deed::ExtensionAsked { until: day, reason: words },
            Self::Accept => Deed::Accepted { note: words, photos },
            Self::Return => Deed::Returned { reason: words, deadline: day, photos },
        }
    }

    pub fn has_photos(self) -> bool {
        self != Self::AskExtension
    }

    pub fn has_day(self) -> bool {
        matches!(self, Self::AskExtension | Self::Return)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps {
    pub primary: Option<Way>,
    pub quiet: Option<Way>,
    /// It waits to be accepted, but by somebody else.
    pub barred: Option<Misfit>,
    /// It waits for an assignment or an answer, which this person gives at the desk.
    pub at_desk: bool,
}

impl Steps {
    pub fn of(hazard: &Hazard, me: &Actor, now: DateTime<Utc>) -> Self {
        let tried = |way: Way| {
            let deed = way.deed(String::new(), NaiveDate::default(), vec![]);
            me.may(deed.action(), &hazard.place).then(|| hazard.would_take(me.person, now, &deed))
        };
        let may = |way| matches!(tried(way), Some(Ok(()))).then_some(way);
        let barred = match tried(Way::Accept) {
            Some(Err(misfit @ (Misfit::OwnWork | Misfit::SamePersonTwice))) => Some(misfit),
            _ => None,
        };
        let asked = hazard.extension.is_some();
        let directs = me.may(Action::Direct, &hazard.place);
        Self {
            primary: may(Way::Rectify).or(may(Way::Accept)),
            quiet: may(Way::AskExtension).filter(|_| !asked).or(may(Way::Return)),
            barred,
            at_desk: directs && (hazard.stage == Stage::Found || asked),
        }
    }
}

/// Whether the hazard waits for this very person: to put it right, to accept it, or to direct it.
pub fn waits_for(hazard: &Hazard, me: &Actor, now: DateTime<Utc>) -> bool {
    let steps = Steps::of(hazard, me, now);
    match steps.primary {
        Some(Way::Accept) => true,
        // Who rechecks puts it right only for others who cannot report it themselves.
        Some(Way::Rectify) => !me.role.may(Action::Recheck) || steps.at_desk,
        _ => steps.at_desk,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        checklist::Severity,
        hazard::{Entry, Found, RectificationPlan},
        id::{EventId, GridId, HazardId, OfficeId, PersonId, SiteId},
        role::{Placement, Role, Scope},
        sector::Sector,
    };
    use uuid::Uuid;

    fn somebody(n: u128, role: Role) -> Actor {
        Actor {
            office: OfficeId(Uuid::nil()),
            person: PersonId(Uuid::from_u128(n)),
            name: String::new(),
            role,
            scope: Scope::Office,
        }
    }

    fn entry(n: u128, by: PersonId, deed: Deed) -> Entry {
        let event = EventId(Uuid::from_u128(n));
        Entry { event, at: DateTime::default(), by, name: String::new(), deed, misfit: None }
    }

    fn assigned() -> Hazard {
        let found = Found {
            level: Severity::General,
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
        let plan = RectificationPlan {
            responsible: "王经理".into(),
            department: None,
            measures: "清运".into(),
            funds: "0".into(),
            deadline: NaiveDate::default(),
            contingency: "改走东侧".into(),
        };
        let finder = PersonId(Uuid::from_u128(1));
        let first = entry(1, finder, Deed::Found(found));
        let hazard = Hazard::begin(HazardId(Uuid::from_u128(9)), place, first).unwrap();
        hazard.take(entry(2, finder, Deed::Assigned(plan))).0
    }

    #[test]
    fn the_enterprise_puts_right_and_the_inspector_accepts() {
        let (enterprise, inspector) = (somebody(2, Role::Enterprise), somebody(3, Role::Inspector));
        let now = DateTime::default();
        let hazard = assigned();
        let steps = Steps::of(&hazard, &enterprise, now);
        assert_eq!((steps.primary, steps.quiet), (Some(Way::Rectify), Some(Way::AskExtension)));
        assert!(waits_for(&hazard, &enterprise, now) && !waits_for(&hazard, &inspector, now));

        let done =
            entry(3, enterprise.person, Way::Rectify.deed(String::new(), NaiveDate::default(), vec![]));
        let (hazard, _) = hazard.take(done);
        let steps = Steps::of(&hazard, &inspector, now);
        assert_eq!((steps.primary, steps.quiet), (Some(Way::Accept), Some(Way::Return)));
        assert!(waits_for(&hazard, &inspector, now) && !waits_for(&hazard, &enterprise, now));
        assert_eq!(Steps::of(&hazard, &enterprise, now), Steps::default());
    }

    #[test]
    fn nobody_accepts_their_own_work() {
        let me = somebody(3, Role::Inspector);
        let done = entry(3, me.person, Way::Rectify.deed(String::new(), NaiveDate::default(), vec![]));
        let (hazard, _) = assigned().take(done);
        let steps = Steps::of(&hazard, &me, DateTime::default());
        assert_eq!((steps.primary, steps.quiet, steps.barred), (None, None, Some(Misfit::OwnWork)));
    }

    #[test]
    fn the_words_of_the_ways_are_those_of_their_deeds() {
        for way in Way::ALL {
            let deed = way.deed(String::new(), NaiveDate::default(), vec![]);
            assert_eq!((deed.word(), Way::parse(way.word())), (way.word(), Some(way)));
        }
    }
}
