//! How many bytes of bodies, and of photos that are answered with, may be in memory at a time: of strangers, of one
//! person, of all. Whoever goes beyond is sent away with a word and comes again; what is held already is finished.

use domain::id::PersonId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

const MIB: u64 = 1024 * 1024;

/// Of everybody without a session together, beyond what each has for nothing.
const STRANGERS: u64 = 8 * MIB;

/// A form of signing in, with room: nobody's sign-in waits for what others hold. Connections have an end too.
const FOR_NOTHING: u64 = 4 * 1024;

/// Of one person: a photo on each of two phones, or a sync beside one.
const ONE: u64 = 40 * MIB;

/// Of all.
const ALL: u64 = 160 * MIB;

/// How long a request waits for room, where it can wait.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no room for more bytes")]
pub struct NoRoom;

/// Shared by all requests of a server.
#[derive(Debug, Clone, Default)]
pub struct BodyBudget(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    held: Mutex<Held>,
    /// Wakes the requests that wait for room.
    given_back: Notify,
}

#[derive(Debug, Default)]
struct Held {
    all: u64,
    strangers: u64,
    people: HashMap<PersonId, u64>,
}

impl BodyBudget {
    /// Nothing is held yet.
    pub fn begin(&self, person: Option<PersonId>) -> Holding {
        Holding { budget: self.clone(), person, bytes: 0, counted: 0 }
    }

    /// Room for so many bytes of this person, as soon as there is some: what others hold is given back before long.
    pub async fn in_time(&self, person: PersonId, bytes: u64) -> Result<Holding, NoRoom> {
        let mut holding = self.begin(Some(person));
        let deadline = Instant::now() + PATIENCE;
        loop {
            // Listened for before it is looked, so that nothing that is given back in between goes by unheard.
            let given_back = self.0.given_back.notified();
            match holding.grow(bytes) {
                Ok(()) => return Ok(holding),
                Err(no_room) if Instant::now() >= deadline => return Err(no_room),
                // Heard or not, it is looked once more.
                Err(_) => _ = timeout_at(deadline, given_back).await,
            }
        }
    }

    pub fn held(&self) -> u64 {
        self.with(|held| held.all)
    }

    fn with<T>(&self, of: impl FnOnce(&mut Held) -> T) -> T {
        of(&mut self.0.held.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What one request holds; given back when it is dropped.
#[derive(Debug)]
pub struct Holding {
    budget: BodyBudget,
    person: Option<PersonId>,
    bytes: u64,
    /// Of these, what is counted.
    counted: u64,
}

impl Holding {
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    pub fn grow(&mut self, by: u64) -> Result<(), NoRoom> {
        let person = self.person;
        let bytes = self.bytes + by;
        let counted = if person.is_none() { bytes.saturating_sub(FOR_NOTHING) } else { bytes };
        let by = counted - self.counted;
        let fits = self.budget.with(|held| {
            if held.all + by > ALL {
                return false;
            }
            let (mine, most) = match person {
                Some(person) => (held.people.entry(person).or_default(), ONE),
                None => (&mut held.strangers, STRANGERS),
            };
            if *mine + by > most {
                return false;
            }
            *mine += by;
            held.all += by;
            true
        });
        if !fits {
            return Err(NoRoom);
        }
        (self.bytes, self.counted) = (bytes, counted);
        Ok(())
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let (person, bytes) = (self.person, self.counted);
        self.budget.with(|held| {
            held.all -= bytes;
            match person {
                Some(person) => {
                    let rest = held.people.get(&person).map_or(0, |mine| mine.saturating_sub(bytes));
                    if rest == 0 {
                        held.people.remove(&person);
                    } else {
                        held.people.insert(person, rest);
                    }
                }
                None => held.strangers -= bytes,
            }
        });
        if bytes > 0 {
            self.budget.0.given_back.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{join, task::yield_now};
    use uuid::Uuid;

    #[test]
    fn strangers_one_person_and_all_have_an_end_and_what_is_given_back_is_there_again() {
        let budget = BodyBudget::default();
        let mut stranger = budget.begin(None);
        assert_eq!(stranger.grow(STRANGERS + FOR_NOTHING), Ok(()));
        assert_eq!(budget.begin(None).grow(FOR_NOTHING + 1), Err(NoRoom), "strangers together");
        assert_eq!(budget.begin(None).grow(FOR_NOTHING), Ok(()), "but everybody may sign in");
        let person = |n| PersonId::from(Uuid::from_u128(n));
        let mut people: Vec<_> = (1..=3).map(|n| budget.begin(Some(person(n)))).collect();
        for holding in &mut people {
            assert_eq!(holding.grow(ONE), Ok(()));
        }
        assert_eq!(budget.begin(Some(person(1))).grow(1), Err(NoRoom), "one person");
        assert_eq!(budget.begin(Some(person(4))).grow(ONE), Err(NoRoom), "all");
        drop((stranger, people));
        assert_eq!(budget.held(), 0);
        assert_eq!(budget.begin(Some(person(1))).grow(ONE), Ok(()));
    }

    #[tokio::test]
    async fn whoever_waits_for_room_has_it_when_it_is_given_back() {
        let budget = BodyBudget::default();
        let person = PersonId::from(Uuid::from_u128(1));
        let first = budget.in_time(person, ONE).await.unwrap();
        let give_back = async {
            yield_now().await;
            drop(first);
        };
        let (second, ()) = join!(budget.in_time(person, ONE), give_back);
        assert_eq!(second.map(|second| second.bytes()), Ok(ONE));
    }
}
