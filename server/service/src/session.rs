//! What a session is good for, and how long.

pub use crate::storage::Session;

use crate::storage::Purpose;
use chrono::{DateTime, Duration, Utc};
use domain::{
    person::Standing,
    role::Actor,
    sync::{Due, SignedIn},
};

/// How long a session lives unused, and at all.
#[derive(Debug, Clone, Copy)]
pub struct Lifetime {
    pub unused: Duration,
    pub at_all: Duration,
}

impl Lifetime {
    pub fn of(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Field => Self { unused: Duration::days(30), at_all: Duration::days(90) },
            Purpose::Desk => Self { unused: Duration::hours(4), at_all: Duration::hours(12) },
            Purpose::SecondFactor => Self { unused: Duration::minutes(5), at_all: Duration::minutes(5) },
        }
    }

    /// How stale "last seen" may be: a write for every request would cost more than it tells.
    pub fn seen_every(self) -> Duration {
        (self.unused / 24).min(Duration::hours(1))
    }
}

/// How long a password typed in a session counts for what is asked for it again.
const CONFIRMED_FOR: Duration = Duration::minutes(10);

/// The password was typed lately: what weighs may be done.
pub fn is_confirmed(session: &Session, now: DateTime<Utc>) -> bool {
    let ago = now - session.confirmed_at;
    (Duration::zero()..=CONFIRMED_FOR).contains(&ago)
}

/// What the person has to do before anything else.
pub fn due(session: &Session) -> Option<Due> {
    let whole_office = session.person.role.sees_whole_office();
    let at_desk = session.purpose == Purpose::Desk;
    if session.password_due {
        Some(Due::Password)
    } else if at_desk && whole_office && session.asks_factor && !session.has_factor {
        Some(Due::SecondFactor)
    } else {
        None
    }
}

/// Whose session it is, as every rule sees them.
pub fn actor(session: &Session) -> Actor {
    let standing = Standing {
        department: session.department.as_ref(),
        grids: &session.community_grids,
        permissions: Some(&session.permissions),
    };
    session.person.actor(session.office.id, Some(&standing))
}

/// What a phone keeps of a session.
pub fn signed_in(session: &Session) -> SignedIn {
    SignedIn {
        actor: actor(session),
        office: session.office.name.clone(),
        demo: session.office.demo,
        due: due(session),
    }
}
