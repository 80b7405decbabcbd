//! Which records changed, for screens to read again; other tabs hear of it too.

use super::engine;
use leptos::prelude::*;
use std::cell::OnceCell;

/// What a screen may watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Sites, hazards, checklists, history, directory.
    Records,
    Drafts,
    Photos,
    Outbox,
}

const TOPICS: [Topic; 4] = [Topic::Records, Topic::Drafts, Topic::Photos, Topic::Outbox];

thread_local! {
    // Reference-counted, hence alive whatever screen comes and goes.
    static REVISIONS: OnceCell<[ArcRwSignal<u64>; 4]> = const { OnceCell::new() };
}

fn revision(topic: Topic) -> ArcRwSignal<u64> {
    let position = TOPICS.iter().position(|known| *known == topic).unwrap_or_default();
    REVISIONS.with(|cell| cell.get_or_init(|| std::array::from_fn(|_| ArcRwSignal::new(0)))[position].clone())
}

/// Makes the caller's effect or resource run again when the topic changes.
pub fn watch(topic: Topic) {
    revision(topic).track();
}

/// Tells every watcher, in this tab and in others.
pub(super) fn announce(topic: Topic) {
    revision(topic).update(|n| *n += 1);
    engine::changed(topic);
}

/// Another tab announced something.
pub(super) fn hear(word: &str) {
    if let Some(topic) = TOPICS.iter().find(|topic| topic.word() == word) {
        revision(*topic).update(|n| *n += 1);
    }
}

impl Topic {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Drafts => "drafts",
            Self::Photos => "photos",
            Self::Outbox => "outbox",
        }
    }
}
