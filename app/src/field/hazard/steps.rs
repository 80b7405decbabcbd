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
    pub const ALL: [Self; 4] = [Self::Rectify, Self::AskExtension, Self::Accept, Self::Return];

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
