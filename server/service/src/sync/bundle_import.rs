//! Imports a bundle of unsent work at the office, with the same result as if the phone itself had sent it.
//!
//! Read as it comes: the head whole, of one file at a time, then a photo at a time. Everything is idempotent, so that the
//! same file, or a phone that finds its line after all, changes nothing.

use crate::{
    asker::Asker,
    error::Error,
    heartbeats, people,
    queue::{Batch, Incoming},
    services::Services,
    uploads,
};
use bytes::Bytes;
use domain::{
    audit::{Act, Author},
    device::bundle::{Contents, LONGEST_CONTENTS, NotABundle},
    id::OfficeId,
    person::{Person, Standing},
    photo::PhotoFacts,
    quarantine::BroughtIn,
    role::Action,
    sync::{LARGEST_BATCH, Outcome},
    text::Lang,
};
use futures::{Stream, StreamExt};
use serde_json::{Value, json};
use std::{pin::pin, time::Duration};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// Heads that are in memory at a time, and how long the next file waits.
static HEADS: Semaphore = Semaphore::const_new(1);
const PATIENCE: Duration = Duration::from_secs(15);

/// The most unfinished visits that are listed by name.
const MOST_NAMED: usize = 50;

/// `by`: the administrator, who answers for the file, with a password typed lately: records come in anybody's name. What is
/// in it counts as its maker's.
pub async fn bring_in<B: AsRef<[u8]>, E>(
    state: &Services,
    by: &Asker,
    file: impl Stream<Item = Result<B, E>>,
) -> Result<BroughtIn, Error> {
    by.allow(Action::ManagePeople)?;
    by.confirmed()?;
    let office = by.actor.office;
    let mut file = Reading { stream: pin!(file), held: vec![], newlines: 0 };
    while file.newlines < 2 && file.held.len() <= LONGEST_CONTENTS && file.more().await? {}
    let turn = timeout(PATIENCE, HEADS.acquire()).await.ok().and_then(Result::ok);
    let turn = turn.ok_or_else(|| Error::Unavailable("another file is being brought in".to_owned()))?;
    // Many megabytes are read away from the threads that answer.
    let held = std::mem::take(&mut file.held);
    let reading = spawn_blocking(move || (Contents::read(&held), held));
    let (read, held) = reading.await.map_err(|error| Error::Bug(error.to_string()))?;
    let (mut contents, begin) = read?;
    file.held = held;
    file.held.drain(..begin);
    if contents.photos.iter().any(|facts| facts.bytes > PhotoFacts::LARGEST) {
        return Err(NotABundle::Damaged.into());
    }
    let everybody = state.store.people(office).await?;
    let person =
        everybody.into_iter().find(|person| person.id == contents.person && contents.office == office);
    let person = person.ok_or(Error::OtherOffice)?;
    let places = state.store.places(office).await?;
    let department = person.department.and_then(|id| places.departments.iter().find(|known| known.id == id));
    let permissions = state.store.office_settings(office).await?.permissions;
    let standing = Standing { department, grids: &places.grids, permissions: Some(&permissions) };
    let actor = person.actor(office, Some(&standing));
    tell(state, office, &by.author(), &person, &contents).await?;
    let mut brought = BroughtIn { name: person.name.clone(), ..BroughtIn::default() };
    let of_drafts = contents.of_drafts_only();
    let begun = contents.carried_drafts().into_iter().map(|carried| carried.copies.site.name);
    let written = contents.begun_actions().into_iter().filter_map(|begun| begun.draft.about);
    let written = written.map(|about| about.hazard.title().to_owned());
    let sites = contents.begun_sites().into_iter().map(|begun| begun.name);
    let sites = sites.filter(|name| !name.trim().is_empty());
    brought.unfinished = begun.chain(written).chain(sites).take(MOST_NAMED).collect();
    (contents.drafts, contents.actions) = (vec![], vec![]);
    (contents.sites, contents.tasks) = (vec![], vec![]);
    let mut left = std::mem::take(&mut contents.operations).into_iter();
    loop {
        let some = left.by_ref().take(LARGEST_BATCH);
        let operations: Vec<Incoming> = some.map(|carried| Incoming::of(carried.raw)).collect();
        if operations.is_empty() {
            break;
        }
        // Whoever brings it answers for it: a file may hold a month.
        let (actor, device, brought_by) = (actor.clone(), contents.device, Some(by.actor.person));
        let batch = Batch { actor, lang: Lang::default(), device, operations, vouched: true, brought_by };
        let _room = state.write_queue.room_in_time(batch.bytes()).await?;
        for answered in state.write_queue.operations(batch).await? {
            match answered.outcome {
                Outcome::Received { .. } => brought.received += 1,
                Outcome::AlreadyReceived { .. } => brought.already_here += 1,
                Outcome::Refused { refusal } if refusal.kept.is_some() => brought.kept += 1,
                Outcome::Refused { .. } => brought.refused += 1,
                // What comes after it may presuppose it; the same file does no harm a second time.
                Outcome::RetryAfter { .. } => return Err(Error::Unavailable("put off".to_owned())),
            }
        }
    }
    // Photos come one at a time, however slowly.
    drop(turn);
    for facts in &contents.photos {
        let bytes = file.take(usize::try_from(facts.bytes).unwrap_or(usize::MAX)).await?;
        // No record tells of it before its visit is submitted.
        if of_drafts.contains(&facts.hash) {
            continue;
        }
        let known = state.store.announcement(office, &facts.hash, person.id).await;
        let stored = match known? {
            Some(photo) => uploads::whole(state, office, &photo, bytes).await.map(drop),
            None => Err(Error::HashMismatch),
        };
        match stored {
            Ok(()) => brought.photos += 1,
            Err(Error::HashMismatch | Error::NotAPhoto(_) | Error::NotAPaper(_)) => brought.photos_left += 1,
            Err(error) => return Err(error),
        }
    }
    let BroughtIn { received, kept, refused, .. } = brought;
    if refused == 0 && brought.photos_left == 0 {
        heartbeats::came_otherwise(state, office, person.id, contents.device).await?;
    }
    tracing::info!(by = %by.actor.person, of = %person.id, device = %contents.device, received, kept, refused, "unsent work was brought in");
    Ok(brought)
}

/// Before anything of it is taken: what comes of each part is in the records.
async fn tell(
    state: &Services,
    office: OfficeId,
    author: &Author,
    maker: &Person,
    contents: &Contents,
) -> Result<(), Error> {
    let what = json!({
        "operations": contents.operations.len(),
        "photos": contents.photos.len(),
        "device": contents.device,
    });
    let entry =
        state.audit(office, author, Act::BroughtIn, people::subject(maker)).change(&Value::Null, &what);
    let mut tx = state.store.write().await?;
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}

struct Reading<S> {
    stream: S,
    held: Vec<u8>,
    /// Among what was held.
    newlines: usize,
}

impl<S: Stream<Item = Result<B, E>> + Unpin, B: AsRef<[u8]>, E> Reading<S> {
    /// False at the end.
    async fn more(&mut self) -> Result<bool, NotABundle> {
        match self.stream.next().await {
            Some(Ok(bytes)) => {
                let bytes = bytes.as_ref();
                self.newlines += bytes.iter().filter(|byte| **byte == b'\n').count();
                self.held.extend_from_slice(bytes);
                Ok(true)
            }
            Some(Err(_)) => Err(NotABundle::Damaged),
            None => Ok(false),
        }
    }

    async fn take(&mut self, length: usize) -> Result<Bytes, NotABundle> {
        while self.held.len() < length {
            if !self.more().await? {
                return Err(NotABundle::Damaged);
            }
        }
        Ok(self.held.drain(..length).collect::<Vec<u8>>().into())
    }
}
