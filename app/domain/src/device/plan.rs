//! What the engine does next, as a function of what waits.
//!
//! The planner sees sizes, tries and times, never contents, and returns one [`Step`]; the shell carries it out, writes
//! down what came of it and asks again. Records go before photos: what is urgent (a hazard of the day) before what is
//! merely older, and otherwise in the order made, because an event presupposes the one before it. Photos go small before
//! large, a chunk at a time, so that a record made meanwhile overtakes them.
//!
//! Each sync says what waits here ([heartbeat](super::heartbeat)). It is said by itself where the phone was away for a day,
//! before anything is sent, and once what was sent has changed it. It never holds up work: where it does not get through, work goes on.
//!
//! Whatever failed waits by itself and holds up nothing else. When the line has failed several times in a row it may be
//! one operation that breaks it; then they go alone, the one least often tried first, and pulls take turns with them.

use super::{
    connection::{ConnectionState, has_come},
    heartbeat::SAID_FIRST_AFTER,
    queue::{About, DeliveryStatus, PhotoRecord, PhotoStatus, Queued},
};
use crate::{
    id::{HazardId, OperationId, PersonId, SiteId, TaskId},
    order::{collected, sort_by_key},
    photo::PhotoHash,
    sync::LARGEST_BATCH,
};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// Bytes of records in one request: about half a minute on a bad 2G line.
const BATCH_BYTES: u64 = 96 * 1024;

/// How often an idle device asks for news.
const PULL_EVERY: Duration = Duration::minutes(5);

/// An operation that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOperation {
    pub id: OperationId,
    pub bytes: u64,
    pub urgent: bool,
    /// What must come in order: an event presupposes the one before it.
    pub hazard: Option<HazardId>,
    /// As of a hazard: nobody hands on or withdraws what was not given yet.
    pub task: Option<TaskId>,
    /// The site that it makes on the spot: nothing that is done there goes before the office has it.
    pub makes: Option<SiteId>,
    /// The site at which it is done.
    pub done_at: Option<SiteId>,
    /// How often it failed by itself.
    pub tries: u32,
    pub not_before: Option<DateTime<Utc>>,
}

/// A photo whose bytes wait, or of which an answer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPhoto {
    pub hash: PhotoHash,
    /// That still have to go.
    pub bytes: u64,
    pub urgent: bool,
    /// Its facts have a receipt; the server takes no bytes that it has not been told of.
    pub announced: bool,
    pub not_before: Option<DateTime<Utc>>,
}

/// Everything the decision needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    /// Oldest first.
    pub operations: Vec<WaitingOperation>,
    /// In whatever order.
    pub photos: Vec<WaitingPhoto>,
    /// Small pictures of open hazards that are not on the device yet.
    pub thumbnails: Vec<PhotoHash>,
    /// Pictures of forms that are not on the device yet.
    pub pictures: Vec<PhotoHash>,
    pub last_pull: Option<DateTime<Utc>>,
    pub line: ConnectionState,
    /// The office was told otherwise of what waits here.
    pub untold: bool,
    /// It was told in vain, and is not told by itself before then.
    pub tell_not_before: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send these, in this order, and pull.
    Sync { operations: Vec<OperationId> },
    /// Say what waits here, and nothing else.
    Tell,
    /// Take the photo's upload one step further.
    Upload { photo: PhotoHash },
    /// Fetch a small picture, so that lists show it offline.
    Fetch { photo: PhotoHash },
    /// Fetch a picture of a form, so that its question shows it offline.
    FetchPicture { picture: PhotoHash },
    /// Nothing to do before then, unless something wakes the engine.
    WaitUntil(DateTime<Utc>),
    /// Nothing to do before a sign-in.
    NeedsSignIn,
}

impl Queue {
    /// What this person's work on the phone comes to. `operations` in the order of their numbers.
    pub fn of(
        me: PersonId,
        operations: &[Queued],
        photos: &[PhotoRecord],
        last_pull: Option<DateTime<Utc>>,
        line: ConnectionState,
    ) -> Self {
        let operations = operations.iter().filter(|queued| queued.owner == me);
        let operations = operations.filter_map(|queued| match &queued.status {
            DeliveryStatus::Waiting(tries) => Some(WaitingOperation {
                id: queued.operation,
                bytes: queued.bytes,
                urgent: queued.urgent,
                hazard: match queued.about {
                    About::Hazard(hazard) => Some(hazard),
                    About::Task { hazard, .. } => hazard,
                    About::Visit(_) | About::Site(_) | About::Photo(_) | About::Other => None,
                },
                task: match queued.about {
                    About::Task { task, .. } => Some(task),
                    About::Visit(_) | About::Hazard(_) | About::Site(_) | About::Photo(_) | About::Other => {
                        None
                    }
                },
                makes: match queued.about {
                    About::Site(site) => Some(site),
                    About::Visit(_)
                    | About::Hazard(_)
                    | About::Task { .. }
                    | About::Photo(_)
                    | About::Other => None,
                },
                done_at: match queued.about {
                    About::Visit(_) | About::Hazard(_) | About::Task { .. } => queued.site,
                    About::Site(_) | About::Photo(_) | About::Other => None,
                },
                tries: tries.tries,
                not_before: tries.not_before,
            }),
            DeliveryStatus::Refused { .. } => None,
        });
        let photos = photos.iter().filter(|photo| photo.facts.by == me);
        let photos = photos.filter_map(|photo| match &photo.status {
            PhotoStatus::Waiting { announced, urgent, tries, .. } => Some(WaitingPhoto {
                hash: photo.facts.hash.clone(),
                bytes: photo.unsent(),
                urgent: *urgent,
                announced: *announced,
                not_before: tries.not_before,
            }),
            // Only whether it could be unpacked is still to be heard.
            PhotoStatus::Received { unpacking: Some(tries), .. } => Some(WaitingPhoto {
                hash: photo.facts.hash.clone(),
                bytes: 0,
                urgent: false,
                announced: true,
                not_before: tries.not_before,
            }),
            PhotoStatus::Held | PhotoStatus::Refused | PhotoStatus::Received { unpacking: None, .. } => None,
        });
        Self {
            operations: operations.collect(),
            photos: photos.collect(),
            thumbnails: vec![],
            pictures: vec![],
            last_pull,
            line,
            untold: false,
            tell_not_before: None,
        }
    }

    pub fn next(&self, now: DateTime<Utc>) -> Step {
        if self.line.signed_out {
            return Step::NeedsSignIn;
        }
        if let Some(until) = self.line.quiet_until.filter(|_| !has_come(self.line.quiet_until, now)) {
            return Step::WaitUntil(until);
        }
        let tells = self.untold && has_come(self.tell_not_before, now);
        let was_away = self.last_pull.is_some_and(|last| last + SAID_FIRST_AFTER <= now);
        if tells && was_away {
            return Step::Tell;
        }
        let operations = self.batch(now);
        if !operations.is_empty() || self.pull_due(now) {
            return Step::Sync { operations };
        }
        let photos = self.photos.iter().filter(|photo| photo.announced && has_come(photo.not_before, now));
        if let Some(photo) = photos.min_by_key(|photo| (!photo.urgent, photo.bytes)) {
            return Step::Upload { photo: photo.hash.clone() };
        }
        // Before what takes long and can wait: the phone may be put away any moment.
        if tells {
            return Step::Tell;
        }
        // They are a part of what is asked; the small pictures only make lists plainer.
        if let Some(picture) = self.pictures.first() {
            return Step::FetchPicture { picture: picture.clone() };
        }
        match self.thumbnails.first() {
            Some(photo) => Step::Fetch { photo: photo.clone() },
            None => Step::WaitUntil(self.next_time(now)),
        }
    }

    /// Whether to ask for what changed by itself while what waits cannot go: what sends is another part of the program, and may not
    /// come for long.
    pub fn pulls_meanwhile(&self, now: DateTime<Utc>) -> bool {
        !self.line.signed_out && has_come(self.line.quiet_until, now) && self.pull_due(now)
    }

    fn pull_due(&self, now: DateTime<Utc>) -> bool {
        if !has_come(self.line.pull_not_before, now) {
            return false;
        }
        self.line.pull_wanted || self.last_pull.is_none_or(|last| last + PULL_EVERY <= now || last > now)
    }

    fn batch(&self, now: DateTime<Utc>) -> Vec<OperationId> {
        let mut ready = self.ready(now);
        if self.line.is_shaky() {
            // Every other try pulls only, so that news comes even when what is sent never gets through.
            let pulls = self.line.failures.is_multiple_of(2) && self.pull_due(now);
            let (mut hazards, mut tasks) = (BTreeSet::new(), BTreeSet::new());
            ready.retain(|operation| {
                let is_first = operation.hazard.is_none_or(|hazard| hazards.insert(hazard));
                operation.task.is_none_or(|task| tasks.insert(task)) && is_first
            });
            let alone = ready.into_iter().min_by_key(|operation| operation.tries).filter(|_| !pulls);
            return alone.map(|operation| operation.id).into_iter().collect();
        }
        // What is urgent takes along what came before it on its hazard.
        let urgent = ready.iter().filter(|operation| operation.urgent);
        let hurried: BTreeSet<_> = collected(urgent.filter_map(|operation| operation.hazard));
        let hurries = |operation: &WaitingOperation| {
            operation.urgent || operation.hazard.is_some_and(|hazard| hurried.contains(&hazard))
        };
        sort_by_key(&mut ready, |operation| !hurries(operation));
        let mut bytes = 0;
        let fitting = ready.into_iter().enumerate().take_while(|(position, operation)| {
            bytes += operation.bytes;
            *position == 0 || bytes <= BATCH_BYTES
        });
        fitting.map(|(_, operation)| operation.id).take(LARGEST_BATCH).collect()
    }

    /// Whose time has come, in order; what waits holds up only what comes after it on the same hazard or task. What is done at a site
    /// that was made on the spot goes by itself, once the office has answered: it says whether it knows the site.
    fn ready(&self, now: DateTime<Utc>) -> Vec<&WaitingOperation> {
        let made: BTreeSet<SiteId> =
            collected(self.operations.iter().filter_map(|operation| operation.makes));
        let (mut held, mut held_tasks) = (BTreeSet::new(), BTreeSet::new());
        let may_go = |operation: &&WaitingOperation| {
            let goes = has_come(operation.not_before, now)
                && operation.hazard.is_none_or(|hazard| !held.contains(&hazard))
                && operation.task.is_none_or(|task| !held_tasks.contains(&task))
                && operation.done_at.is_none_or(|site| !made.contains(&site));
            if !goes {
                held.extend(operation.hazard);
                held_tasks.extend(operation.task);
            }
            goes
        };
        self.operations.iter().filter(may_go).collect()
    }

    fn next_time(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let next_pull = match self.line.pull_not_before.filter(|_| !has_come(self.line.pull_not_before, now))
        {
            Some(not_before) => not_before,
            None => self.last_pull.map_or(now, |last| last + PULL_EVERY),
        };
        let of_operations = self.operations.iter().filter_map(|operation| operation.not_before);
        let announced = self.photos.iter().filter(|photo| photo.announced);
        let of_photos = announced.filter_map(|photo| photo.not_before);
        let told = self.tell_not_before.filter(|_| self.untold);
        let earliest =
            of_operations.chain(of_photos).chain(told).filter(|time| !has_come(Some(*time), now)).min();
        earliest.map_or(next_pull, |time| time.min(next_pull))
    }
}
