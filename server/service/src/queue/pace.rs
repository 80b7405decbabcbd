//! How fast one person may send, whatever becomes of it: what is refused costs reading all the same, and one account must
//! not keep everybody else waiting. Counted by each server for itself; what is kept is counted in the store, by the day.

use chrono::{DateTime, Utc};
use domain::{id::PersonId, role::Role};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

const MINUTE: i64 = 60;

/// People whose minute is remembered; when there are more, those whose minute is over are forgotten.
const MOST_PEOPLE: usize = 4_096;

#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<PersonId, Minute>>);

#[derive(Debug, Clone, Copy, Default)]
struct Minute {
    began: i64,
    bytes: u64,
    requests: u32,
}

impl Pace {
    /// Counts a request of this size, or says after how many seconds it may come again.
    pub fn admit(&self, person: PersonId, role: Role, bytes: u64, now: DateTime<Utc>) -> Result<(), u64> {
        let (allowance, second) = (role.allowance(), now.timestamp());
        let mut people = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() >= MOST_PEOPLE {
            people.retain(|_, minute| (0..MINUTE).contains(&(second - minute.began)));
        }
        let minute = people.entry(person).or_default();
        // A clock that was set back begins anew, too.
        if !(0..MINUTE).contains(&(second - minute.began)) {
            *minute = Minute { began: second, ..Minute::default() };
        }
        let (sum, requests) = (minute.bytes.saturating_add(bytes), minute.requests.saturating_add(1));
        if sum > allowance.bytes_a_minute || requests > allowance.requests_a_minute {
            return Err(u64::try_from(minute.began + MINUTE - second).unwrap_or_default().max(1));
        }
        (minute.bytes, minute.requests) = (sum, requests);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, TimeZone};
    use uuid::Uuid;

    #[test]
    fn who_sends_too_fast_waits_for_the_next_minute_and_nobody_else_does() {
        let (pace, now) = (Pace::default(), Utc.with_ymd_and_hms(2026, 11, 23, 4, 0, 0).unwrap());
        let [one, other] = [1, 2].map(|n| PersonId(Uuid::from_u128(n)));
        let most = Role::Enterprise.allowance().bytes_a_minute;
        let ask = |who, bytes, now| pace.admit(who, Role::Enterprise, bytes, now);
        assert_eq!(ask(one, most, now), Ok(()));
        assert_eq!(ask(one, 1, now + Duration::seconds(20)), Err(40));
        assert_eq!(ask(other, 1, now), Ok(()));
        assert_eq!(ask(one, 1, now + Duration::seconds(60)), Ok(()));
        for _ in 1..Role::Enterprise.allowance().requests_a_minute {
            assert_eq!(ask(other, 0, now), Ok(()));
        }
        assert_eq!(ask(other, 0, now), Err(60));
    }
}
