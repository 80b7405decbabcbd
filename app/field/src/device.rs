//! The device that the screens work with, and what they watch of it as signals.

use client::{
    Device, Watched,
    browser::{pictures::Pictures, updates::Updates},
    changes::{Change, Topic},
    engine::ConnectionStatus,
    lock::Lock,
};
use domain::{device::skew::Clock, photo::PhotoHash};
use leptos::prelude::*;
use std::ops::Deref;

/// A device, and signals of what changes on it.
pub struct Phone {
    device: Device,
    pub pictures: Pictures,
    updates: Updates,
    is_update_ready: RwSignal<bool>,
    revisions: [RwSignal<u64>; Topic::ALL.len()],
    line_state: ReadSignal<ConnectionStatus>,
    lock_state: ReadSignal<Lock>,
    is_uploading: ReadSignal<Option<(PhotoHash, u8)>>,
    is_blocked: ReadSignal<bool>,
    is_slow: ReadSignal<bool>,
    clock_revision: RwSignal<u64>,
}

impl Phone {
    /// Makes the caller's effect or resource run again when the topic changes.
    pub fn watch(&self, topic: Topic) {
        let revisions = self.revisions.iter().zip(Topic::ALL);
        revisions.filter(|(_, of)| *of == topic).for_each(|(revision, _)| revision.track());
    }

    /// How the line to the server stands.
    pub fn line(&self) -> ReadSignal<ConnectionStatus> {
        self.line_state
    }

    pub fn lock(&self) -> ReadSignal<Lock> {
        self.lock_state
    }

    /// The photo under way and its percentage.
    pub fn uploading(&self) -> ReadSignal<Option<(PhotoHash, u8)>> {
        self.is_uploading
    }

    /// Whether opening the database waits for another tab, of an earlier version, to be closed.
    pub fn storage_blocked(&self) -> ReadSignal<bool> {
        self.is_blocked
    }

    /// Whether something has waited for the database longer than it ever should.
    pub fn storage_slow(&self) -> ReadSignal<bool> {
        self.is_slow
    }

    /// How the phone's clock stands; tracked.
    pub fn clock_status(&self) -> Clock {
        self.clock_revision.track();
        self.device.clock.status()
    }

    /// True when a new version is ready; offer it between tasks, never in the middle of a form.
    pub fn update_ready(&self) -> ReadSignal<bool> {
        let ready = self.is_update_ready;
        self.updates.watch(move || ready.set(true));
        ready.read_only()
    }

    /// Activates the new version and reloads the page.
    pub fn take_update(&self) {
        self.updates.take();
    }
}

impl Deref for Phone {
    type Target = Device;

    fn deref(&self) -> &Device {
        &self.device
    }
}

/// The phone, wherever it is needed: in views, in handlers, in what runs beside them.
#[derive(Clone, Copy)]
pub struct PhoneRef(StoredValue<&'static Phone, LocalStorage>);

impl PhoneRef {
    /// From here on it lives as long as the page. Made outside whatever is mounted, which must not take it along.
    pub fn new(device: Device) -> Self {
        let revisions = Topic::ALL.map(|_| RwSignal::new(0));
        device.changes.listen(move |change| {
            if let Change::Of(topic) = change {
                let revisions = revisions.iter().zip(Topic::ALL).filter(|(_, of)| *of == topic);
                revisions.for_each(|(revision, _)| revision.update(|revision| *revision += 1));
            }
        });
        let clock_revision = RwSignal::new(0);
        device.clock.compared.watch(move |_| clock_revision.update(|revision| *revision += 1));
        let phone: &'static Phone = Box::leak(Box::new(Phone {
            pictures: Pictures::new(&device),
            updates: Updates::default(),
            is_update_ready: RwSignal::new(false),
            revisions,
            line_state: followed(&device.line),
            lock_state: followed(&device.lock),
            is_uploading: followed(&device.uploading),
            is_blocked: followed(&device.db.blocked),
            is_slow: followed(device.db.slow()),
            clock_revision,
            device,
        }));
        Self(StoredValue::new_local(phone))
    }
}

impl Deref for PhoneRef {
    type Target = Phone;

    fn deref(&self) -> &Phone {
        self.0.get_value()
    }
}

fn followed<T: Clone + PartialEq + Send + Sync + 'static>(watched: &Watched<T>) -> ReadSignal<T> {
    let (read, write) = signal(watched.get());
    watched.watch(move |value| write.set(value.clone()));
    read
}

/// What the screen works with.
pub fn use_device() -> PhoneRef {
    expect_context()
}
