//! What every use case stands on: the store, the photos' bytes, the clock, the installation's secrets, the write queue.

use crate::{
    blobs::{BlobError, Blobs},
    budget::BodyBudget,
    clock::Clock,
    damaged::Damaged,
    disk::{Reserve, Room},
    export::slots::Exports,
    metrics::Metrics,
    password::Passwords,
    public_reports::gate::Gate,
    queue::{PhotoJob, WriteQueue},
    secrets::Secrets,
    set_up_code::SetUp,
    signing::Signer,
    storage::Store,
};
use chrono::{DateTime, Utc};
use domain::{
    audit::{Act, AuditEntry, Author, Subject},
    id::{OfficeId, uuid_v7},
    integrity::Thresholds,
    notice::PUSH_HOSTS,
    sync::SiteKindInfo,
    window::LiveWindows,
};
use rand::Rng;
use std::{path::Path, sync::Arc};
use tokio::task::spawn_blocking;
use uuid::Uuid;

#[derive(Debug, Clone)]
pub struct Services {
    pub store: Arc<dyn Store>,
    pub write_queue: WriteQueue,
    pub signer: Signer,
    pub blobs: Arc<dyn Blobs>,
    pub clock: Arc<dyn Clock>,
    pub passwords: Passwords,
    /// Of the installation, not in its records.
    pub secrets: Secrets,
    /// The built-in kinds of site, with their names.
    pub kinds: Arc<[SiteKindInfo]>,
    pub metrics: Metrics,
    /// Records that cannot be read.
    pub damaged: Damaged,
    /// From where on something speaks against a photo.
    pub thresholds: Thresholds,
    /// For how long phones keep what has ended.
    pub windows: LiveWindows,
    /// Where records lie, if on a disk of this machine.
    pub records: Option<RecordsDisk>,
    /// Bytes of bodies, and of photos that are put together from their pieces, in memory at a time.
    pub budget: BodyBudget,
    /// Lists that are being made into files.
    pub exports: Exports,
    /// Hosts of notices' channels that may lie in an inner network, as whoever runs the server has named them.
    pub notice_hosts: Arc<[String]>,
    /// Hosts of browsers' services that reminders go to, as `PUSH_HOSTS` are written.
    pub push_hosts: Arc<[String]>,
    /// How many people without an account are served at a time.
    pub strangers: Gate,
    /// The way to the first account of an empty installation.
    pub set_up: SetUp,
}

/// A disk that records lie on.
#[derive(Debug, Clone)]
pub struct RecordsDisk {
    pub folder: Arc<Path>,
    pub reserve: Reserve,
}

impl Services {
    /// Within a runtime: the intake begins to work. `photo_job`: the work that a photo leaves behind, once it has arrived.
    pub fn new(
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        clock: Arc<dyn Clock>,
        kinds: Arc<[SiteKindInfo]>,
        photo_job: PhotoJob,
    ) -> Self {
        let metrics = Metrics::default();
        let signer = Signer::new(Arc::clone(&store));
        Self {
            write_queue: WriteQueue::begin(
                Arc::clone(&store),
                Arc::clone(&clock),
                signer.clone(),
                metrics.clone(),
                photo_job,
            ),
            signer,
            store,
            blobs,
            clock,
            passwords: Passwords::default(),
            secrets: Secrets::fresh(),
            kinds,
            metrics,
            budget: BodyBudget::default(),
            damaged: Damaged::default(),
            thresholds: Thresholds::default(),
            windows: LiveWindows::default(),
            records: None,
            exports: Exports::default(),
            notice_hosts: Arc::default(),
            push_hosts: PUSH_HOSTS.map(str::to_owned).into(),
            strangers: Gate::default(),
            set_up: SetUp::drawn(),
        }
    }

    /// The disks of this machine that photos and records lie on, as they are now.
    pub async fn rooms(&self) -> Result<Vec<(&'static str, Room)>, BlobError> {
        let photos = self.blobs.room().await?.map(|room| ("photos", room));
        let records = match self.records.clone() {
            None => None,
            Some(RecordsDisk { folder, reserve }) => {
                let room = spawn_blocking(move || Room::of(&folder, reserve)).await;
                room.map_err(|error| BlobError::Unavailable(error.to_string()))??
                    .map(|room| ("records", room))
            }
        };
        Ok(photos.into_iter().chain(records).collect())
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Of what is being done now; the transaction that does it writes it.
    pub fn audit(
        &self,
        office: impl Into<Option<OfficeId>>,
        author: &Author,
        act: Act,
        subject: Subject,
    ) -> AuditEntry {
        AuditEntry::new(self.new_id(), self.now(), office, author, act, subject)
    }

    /// A fresh id of any kind.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let mut random = [0; 10];
        rand::rng().fill_bytes(&mut random);
        T::from(uuid_v7(u64::try_from(self.now().timestamp_millis()).unwrap_or_default(), random))
    }
}
