//! What goes over the seam that is not the trade's own.

use chrono::{DateTime, Utc};
use domain::{
    id::{ChecklistId, DeviceId, HazardId, InspectionId, OfficeId, OperationId, PersonId, SiteId},
    inspection::Inspection,
    integrity::ShownBy,
    person::Person,
    photo::{PhotoFacts, PhotoHash},
    place::{Community, Department, Grid, Office},
    schedule::VisitIntervals,
    sync::{Outcome, PhotoReceipt},
    time::happened,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// An account as sign-in needs it.
#[derive(Clone)]
pub struct Account {
    pub office: OfficeId,
    pub person: Person,
    /// PHC string of argon2id.
    pub password_hash: String,
    /// A second factor is in force.
    pub has_factor: bool,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("person", &self.person.id).finish_non_exhaustive()
    }
}

/// SHA-256 of a session's token or another secret that only its holder has; the secret itself is never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

/// What a session was made for; it opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The phone's: the device API.
    Field,
    /// The desk's: rendered pages and what they ask.
    Desk,
    /// The password was right and the desk still waits for the second factor.
    SecondFactor,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Desk => "desk",
            Self::SecondFactor => "second_factor",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Field, Self::Desk, Self::SecondFactor].into_iter().find(|known| known.as_str() == word)
    }
}

#[derive(Debug, Clone)]
pub struct NewSession {
    pub token: TokenHash,
    /// Of what the phone itself holds, and may forget without signal.
    pub half: Option<TokenHash>,
    pub person: PersonId,
    pub purpose: Purpose,
    pub device_name: String,
    pub now: DateTime<Utc>,
    /// Unless it is used before.
    pub expires: DateTime<Utc>,
    /// However much it is used.
    pub ends: DateTime<Utc>,
}

/// A session that has not expired, of an account that is not disabled.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: i64,
    /// The beginning of the token's hash: tells sessions apart wherever their records are copied to, and opens none.
    pub mark: String,
    pub half: Option<TokenHash>,
    pub purpose: Purpose,
    pub office: Office,
    pub person: Person,
    /// Somebody else chose the password: it is changed before anything else is done.
    pub password_due: bool,
    /// The office wants a second factor of those who answer for all of it.
    pub asks_factor: bool,
    pub has_factor: bool,
    /// The person's own department.
    pub department: Option<Department>,
    pub device_name: String,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    /// When the password was last typed in it.
    pub confirmed_at: DateTime<Utc>,
}

/// A person's second factor as it is kept.
#[derive(Clone)]
pub struct StoredFactor {
    /// Sealed.
    pub secret: Vec<u8>,
    /// None until its first code was right.
    pub since: Option<DateTime<Utc>>,
    /// The newest half minute whose code was taken.
    pub last_step: i64,
}

impl fmt::Debug for StoredFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredFactor").field("since", &self.since).finish_non_exhaustive()
    }
}

/// Everything around the records of an office.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    pub office: Office,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
    pub departments: Vec<Department>,
    pub intervals: VisitIntervals,
}

/// What came of folding a page of hazards anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Behind this one the next page begins; none: there was none left.
    pub last: Option<HazardId>,
    pub folded: u64,
    /// Those of them whose state is another one now.
    pub changed: u64,
    /// Those that were left as they are, and what is wrong with them.
    pub unreadable: Vec<(HazardId, String)>,
}

/// A record that changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Record {
    /// The office's places, departments, intervals: sent whole.
    Directory,
    Site(SiteId),
    Checklist(ChecklistId),
    Hazard(HazardId),
    Inspection(InspectionId),
}

/// A line of the list of changes, as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub seq: i64,
    pub kind: String,
    pub id: String,
    /// None: of a kind of a later version, or damaged.
    pub record: Option<Record>,
}

/// An operation as it was first answered.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub person: PersonId,
    /// SHA-256 of what was sent, hexadecimal.
    pub hash: String,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub struct NewOperation {
    pub id: OperationId,
    pub office: OfficeId,
    pub person: PersonId,
    pub device: DeviceId,
    pub schema: u16,
    /// By the device's clock.
    pub at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub hash: String,
    /// As it came, unknown fields included.
    pub raw: String,
    pub outcome: Outcome,
    /// Who brought it in as a file, where its maker did not send it.
    pub brought_by: Option<PersonId>,
}

/// An operation as it came, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOperation {
    pub person: PersonId,
    pub device: DeviceId,
    pub received_at: DateTime<Utc>,
    pub raw: String,
}

/// A sealed inspection with what the server added.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredInspection {
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub inspector_name: String,
    pub inspection: Inspection,
}

impl StoredInspection {
    /// When it was submitted, as far as the office can say.
    pub fn happened(&self) -> DateTime<Utc> {
        happened(self.inspection.submitted_at, Some(self.received_at))
    }
}

/// A photo as the records know it, or as one person told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPhoto {
    pub facts: PhotoFacts,
    pub received_at: Option<DateTime<Utc>>,
}

/// A photo and who brought its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub hash: PhotoHash,
    pub person: PersonId,
}

impl StoredPhoto {
    /// Once its bytes are here.
    pub fn receipt(&self) -> Option<PhotoReceipt> {
        let at = self.received_at?;
        Some(PhotoReceipt { hash: self.facts.hash.clone(), bytes: self.facts.bytes, at })
    }
}

/// A photo that a record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPhoto {
    pub hash: PhotoHash,
    /// Who sees this record sees the photo.
    pub by: ShownBy,
    /// Who named it there.
    pub author: PersonId,
    /// Its author could see it already; else it is seen once their own bytes have come.
    pub seen: bool,
    /// When the office received the record.
    pub at: DateTime<Utc>,
}

/// A photo that comes in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUpload {
    pub id: Uuid,
    pub office: OfficeId,
    pub person: PersonId,
    pub hash: PhotoHash,
    /// Of the whole photo.
    pub bytes: u64,
    /// Bytes that are stored.
    pub reached: u64,
    /// In their order; none once the photo is whole.
    pub parts: Vec<Part>,
    /// `Upload-Metadata` as the sender gave it.
    pub about: String,
    pub expires: DateTime<Utc>,
}

/// A piece of a photo, among the photos' bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: Uuid,
    pub bytes: u64,
}

/// The newest number of each series of an office and year; people see them, and they are never reused.
///
/// Read in a turn, moved on in memory, put back before the commit: nobody else can read them meanwhile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    pub receipt: u64,
    pub hazard: u64,
    pub inspection: u64,
}

/// Work that waits for whichever server is free. Doing it twice does no harm: a server that dies has its work done by
/// another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub office: OfficeId,
    pub kind: JobKind,
    /// What it is about; with the kind, its name in the office.
    pub subject: String,
    /// How often it was taken before.
    pub tries: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Small pictures of the photo that the subject names, and what it looks like.
    Develop,
}

impl JobKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Develop => "develop",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        (word == Self::Develop.as_str()).then_some(Self::Develop)
    }
}
