//! What waits on the phones of the inspectors: most have sent all, some have not, one has been silent for days.

use super::rng::SeededRng;
use crate::storage::NewHeartbeat;
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::heartbeat::{Heartbeat, Unsent},
    person::Person,
    role::Role,
};

/// What waits, for how many hours, and how many minutes ago the phone was heard of.
struct Held {
    unsent: Unsent,
    hours: i64,
    heard_minutes_ago: i64,
}

const MEGABYTE: u64 = 1_000_000;

/// The first inspectors' phones, in their order; the others have sent everything.
fn held() -> [Held; 5] {
    let of = |visits, hazards, photos, megabytes: u64, refused| Unsent {
        visits,
        hazards,
        others: 0,
        photos,
        photo_bytes: megabytes * MEGABYTE,
        refused,
    };
    [
        Held { unsent: Unsent::default(), hours: 0, heard_minutes_ago: 4 },
        Held { unsent: of(6, 2, 22, 61, 0), hours: 74, heard_minutes_ago: 56 * 60 },
        Held { unsent: of(1, 0, 9, 38, 1), hours: 50, heard_minutes_ago: 12 },
        Held { unsent: of(3, 1, 11, 20, 0), hours: 3, heard_minutes_ago: 95 },
        Held { unsent: of(4, 0, 0, 0, 0), hours: 2, heard_minutes_ago: 130 },
    ]
}

/// Each with the time at which it was heard.
pub(super) fn plan(people: &[Person], seed: u64, now: DateTime<Utc>) -> Vec<(NewHeartbeat, DateTime<Utc>)> {
    let mut rng = SeededRng::new(seed.wrapping_add(5), now);
    let inspectors = people.iter().filter(|person| person.role == Role::Inspector);
    let sent = (0..).map(|n| Held { unsent: Unsent::default(), hours: 0, heard_minutes_ago: 3 + n * 7 });
    let all = inspectors.zip(held().into_iter().chain(sent));
    all.map(|(person, held)| {
        let heard_at = now - Duration::minutes(held.heard_minutes_ago);
        let oldest = (!held.unsent.is_nothing()).then(|| now - Duration::hours(held.hours));
        let heartbeat = Heartbeat {
            number: 1,
            unsent: held.unsent,
            drafts: u32::from(held.unsent.visits > 3),
            oldest,
            last_sync: Some(heard_at),
        };
        let since = heartbeat.since(heard_at, heard_at);
        let app = env!("CARGO_PKG_VERSION").to_owned();
        let said = NewHeartbeat { id: rng.id(), person: person.id, device: rng.id(), heartbeat, since, app };
        (said, heard_at)
    })
    .collect()
}
