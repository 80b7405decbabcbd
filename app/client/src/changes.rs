//! What changed on the phone, for screens to read again and for the engine to look; other tabs hear of it too.
//!
//! Whoever writes says it here and knows nobody who listens: so storage need not know the engine, nor the lock the photos.

use crate::{host, platform::Tabs as _};
use std::{cell::RefCell, rc::Rc};

/// What a screen may watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Sites, hazards, forms, history, directory.
    Records,
    Drafts,
    Photos,
    Outbox,
}

impl Topic {
    pub const ALL: [Self; 4] = [Self::Records, Self::Drafts, Self::Photos, Self::Outbox];

    /// As other tabs are told.
    fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Drafts => "drafts",
            Self::Photos => "photos",
            Self::Outbox => "outbox",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// In this tab or another.
    Of(Topic),
    /// Something was put into the outbox, or somebody asked: there may be something to send.
    Wake,
    /// The same in another tab, perhaps because somebody has signed in there.
    WokenElsewhere,
    /// Somebody has signed in: what waited for it goes on.
    SignedIn,
    /// What was open is closed; nothing of it may be shown any longer.
    Closed,
    /// What this phone keeps was locked, or belongs to somebody else by now.
    Locked,
    /// The same in another tab.
    LockedElsewhere,
}

const WAKE: &str = "wake";
const LOCK: &str = "lock";

type Listener = Rc<dyn Fn(Change)>;

pub struct Changes {
    tabs: host::Tabs,
    listeners: RefCell<Vec<Listener>>,
}

impl Changes {
    pub(crate) fn new(tabs: host::Tabs) -> Self {
        Self { tabs, listeners: RefCell::default() }
    }

    /// Told of each change, for as long as the device lives.
    pub fn listen(&self, listener: impl Fn(Change) + 'static) {
        self.listeners.borrow_mut().push(Rc::new(listener));
    }

    /// Tells whoever watches, in this tab and in others.
    pub(crate) fn announce(&self, topic: Topic) {
        self.tell(Change::Of(topic));
        self.tabs.tell(topic.word());
    }

    /// Wakes the engine, in whichever tab it works.
    pub fn wake(&self) {
        self.tell(Change::Wake);
        self.tabs.tell(WAKE);
    }

    pub(crate) fn signed_in(&self) {
        self.tell(Change::SignedIn);
        self.wake();
    }

    pub(crate) fn closed(&self) {
        self.tell(Change::Closed);
    }

    /// Makes the other tabs close what is open in them, too.
    pub(crate) fn locked(&self) {
        self.tell(Change::Locked);
        self.tabs.tell(LOCK);
    }

    /// From now on, what other tabs say is heard here.
    pub(crate) fn hear_other_tabs(self: &Rc<Self>) {
        let here = Rc::downgrade(self);
        self.tabs.listen(move |word| {
            let Some(here) = here.upgrade() else { return };
            match word {
                WAKE => here.tell(Change::WokenElsewhere),
                LOCK => here.tell(Change::LockedElsewhere),
                word => {
                    if let Some(topic) = Topic::ALL.into_iter().find(|topic| topic.word() == word) {
                        here.tell(Change::Of(topic));
                    }
                }
            }
        });
    }

    /// Returns once this tab is the one that works.
    pub(crate) async fn acquire_leader_lock(&self) {
        self.tabs.lead().await;
    }

    fn tell(&self, change: Change) {
        // Whoever is told may say more.
        let listeners = self.listeners.borrow().clone();
        for listener in listeners {
            listener(change);
        }
    }
}
