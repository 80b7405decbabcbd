//! # Where records and photos live
//!
//! Two seams, each a trait in the trade's words; nothing above them knows what answers. Records: [`Store`], in SQLite or
//! PostgreSQL. Photo bytes: [`Blobs`](blobs::Blobs), in a folder or a bucket. This crate knows no page and no HTTP.
//!
//! Reading happens on the store itself; writing in a [`Transaction`], one at a time and serialised by the store, so that
//! what was read inside it still holds when it is written. What comes in numbers is read and written in numbers: many
//! records cost few statements and one durable commit. Both are made of a trait a noun, in the noun's file beside what of
//! it is stored; `sql` and the file of the same name in it hold what the database does for it.
//!
//! Every change that a device may have to learn of is announced by [`WriteChanges::touch`], which gives it the office's
//! next sequence number and writes that down once for each [`Audience`](domain::audience::Audience) that sees the record.
//! A record keeps only its newest number in each, so a fresh device and one that was away read the same lists from
//! different places, and only their own.

pub mod address;
mod attachments;
mod audiences;
mod audit;
pub mod blobs;
mod changes;
mod codes;
mod complaints;
pub mod disk;
pub mod dump;
mod error;
mod factors;
mod fingerprints;
mod form_pictures;
mod forms;
mod hazards;
mod heartbeats;
mod imports;
mod inspections;
mod jobs;
mod login_attempts;
mod loose_bytes;
mod notices;
mod numbers;
mod operations;
mod outlines;
mod overview;
mod parties;
mod party_notices;
mod people;
mod phrases;
pub mod pinyin;
mod places;
mod postgres;
mod public_reports;
mod push_subscriptions;
mod quarantine;
mod quotas;
mod records;
mod sealed_orders;
mod sessions;
mod settings;
mod signing_keys;
mod sites;
mod spot_checks;
mod sql;
mod sqlite;
mod tasks;
mod uploads;
mod visits;

pub use attachments::{
    Brought, NamedPhoto, ReadAttachments, StoredAttachment, StoredPhoto, WriteAttachments,
};
pub use audiences::{AudienceFault, ReadAudiences, WriteAudiences};
pub use audit::{ReadAudit, WriteAudit};
pub use changes::{
    ChangeQuery, ChangeSweep, Changed, Changes, Live, ReadChanges, Record, SweptChanges, WriteChanges,
};
pub use codes::{CodeMark, ReadCodes, StoredCode, WriteCodes};
pub use complaints::{ReadComplaints, WriteComplaints};
pub use error::{Result, StoreError};
pub use factors::{ReadFactors, StoredFactor, WriteFactors};
pub use fingerprints::{ReadFingerprints, WriteFingerprints};
pub use form_pictures::{ReadFormPictures, WriteFormPictures};
pub use forms::{FormDraft, PublishedForm, ReadForms, WriteForms};
pub use hazards::{OpenHazards, OpenHazardsOf, ReadHazards, Rebuilt, WriteHazards};
pub use heartbeats::{NewHeartbeat, PHONES_OF_ONE, ReadHeartbeats, WriteHeartbeats};
pub use imports::{ReadImports, StoredImport, StoredPlan, Undone, WriteImports};
pub use inspections::{ReadInspections, WriteInspections};
pub use jobs::{JobEnd, JobExchange, KnownJob, LeasedJob, NewJob, ReadJobs, WriteJobs};
pub use login_attempts::WriteLoginAttempts;
pub use loose_bytes::{LooseBytes, WriteLooseBytes};
pub use notices::{DeliveryCount, NewNotice, ReadNotices, StoredChannel, StoredDelivery, WriteNotices};
pub use numbers::{Numbers, WriteNumbers};
pub use operations::{NewOperation, Recorded, StoredOperation, WriteOperations};
pub use outlines::{ReadOutlines, WriteOutlines};
pub use overview::ReadOverview;
pub use parties::{ReadParties, WriteParties};
pub use party_notices::{ReadPartyNotices, StoredPartyNotice, WritePartyNotices};
pub use people::{Account, ReadPeople, WritePeople};
pub use phrases::{ReadPhrases, WritePhrases};
pub use places::{Places, ReadPlaces, WritePlaces};
pub use public_reports::{
    FollowedReport, HazardSpot, NewPublicReport, ReadPublicReports, SiteSpot, SpentPuzzle, StoredContact,
    WritePublicReports,
};
pub use push_subscriptions::{
    NewPushSubscription, PUSH_FAILURES, PushOutcome, ReadPushSubscriptions, StoredPushSubscription,
    WritePushSubscriptions,
};
pub use quarantine::{ReadQuarantine, WriteQuarantine};
pub use quotas::WriteQuotas;
pub use records::{Earlier, EarlierQuery, LoadedRecord, ReadRecords};
pub use sealed_orders::{OrderOpening, ReadSealedOrders, StoredOrder, WriteSealedOrders};
pub use sessions::{NewSession, Purpose, ReadSessions, Session, TokenHash, WriteSessions};
pub use settings::{ReadSettings, WriteSettings};
pub use signing_keys::{ReadSigningKeys, WriteSigningKeys};
pub use sites::{ReadSites, WriteSites};
pub use spot_checks::{ReadSpotChecks, WriteSpotChecks};
pub use sql::SqlStore;
pub use tasks::{ReadTasks, WriteTasks};
pub use uploads::{Part, ReadUploads, StoredUpload, WriteUploads};
pub use visits::{ReadVisits, StoredVisit, WriteVisits};

use address::DatabaseAddress;
use async_trait::async_trait;
use dump::Row;
use std::{fmt, sync::Arc};
use tokio::sync::mpsc;

/// Connects, and brings the tables up to date. A file that is not there is made if `create`.
pub async fn open(address: &DatabaseAddress, create: bool) -> Result<Arc<dyn Store>> {
    Ok(Arc::new(SqlStore::open(address, create).await?))
}

/// An installation's records.
#[async_trait]
pub trait Store:
    ReadAttachments
    + ReadAudiences
    + ReadAudit
    + ReadChanges
    + ReadCodes
    + ReadComplaints
    + ReadFactors
    + ReadFormPictures
    + ReadForms
    + ReadHazards
    + ReadHeartbeats
    + ReadImports
    + ReadInspections
    + ReadVisits
    + ReadJobs
    + ReadNotices
    + ReadFingerprints
    + ReadOutlines
    + ReadOverview
    + ReadParties
    + ReadPartyNotices
    + ReadPeople
    + ReadPhrases
    + ReadPlaces
    + ReadPublicReports
    + ReadPushSubscriptions
    + ReadRecords
    + ReadSealedOrders
    + ReadSessions
    + ReadSettings
    + ReadQuarantine
    + ReadSigningKeys
    + ReadSites
    + ReadSpotChecks
    + ReadTasks
    + ReadUploads
    + fmt::Debug
    + Send
    + Sync
{
    /// Waits for the writers before it.
    async fn write(&self) -> Result<Box<dyn Transaction>>;
    /// Whether the database answers.
    async fn ready(&self) -> Result<()>;
    /// Lets go of the database, after what is under way.
    async fn close(&self);

    /// Every row of every table, as of one moment, in the order of [`dump::TABLES`].
    async fn dump(&self, to: mpsc::Sender<Row>) -> Result<()>;
    /// Takes rows in, in that order; those that are there already stay as they are, so that an interrupted load can be
    /// begun again. Gives how many came.
    async fn load(&self, from: mpsc::Receiver<Row>) -> Result<u64>;
    /// Of the newest migration.
    async fn version(&self) -> Result<i64>;
}

/// What one writer does, all of it or nothing: where it is dropped before [`commit`](Transaction::commit), nothing.
#[async_trait]
pub trait Transaction:
    WriteAttachments
    + WriteAudiences
    + WriteAudit
    + WriteChanges
    + WriteCodes
    + WriteComplaints
    + WriteFactors
    + WriteFormPictures
    + WriteForms
    + WriteHazards
    + WriteHeartbeats
    + WriteImports
    + WriteInspections
    + WriteVisits
    + WriteJobs
    + WriteNotices
    + WriteFingerprints
    + WriteNumbers
    + WriteOperations
    + WriteOutlines
    + WriteParties
    + WritePartyNotices
    + WritePeople
    + WritePhrases
    + WritePlaces
    + WritePublicReports
    + WritePushSubscriptions
    + WriteQuotas
    + WriteSealedOrders
    + WriteSessions
    + WriteSettings
    + WriteQuarantine
    + WriteSigningKeys
    + WriteSites
    + WriteSpotChecks
    + WriteTasks
    + WriteLoginAttempts
    + WriteLooseBytes
    + WriteUploads
    + Send
{
    /// Durable when it returns.
    async fn commit(self: Box<Self>) -> Result<()>;
}
