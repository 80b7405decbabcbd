//! 群众举报: what people without an account told, and the numbers that some of them left.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::{GridId, HazardId, OfficeId, PersonId, PublicReportId, SiteId},
    place::Location,
    public_report::{
        ContactHolder, ContactOpening, PublicReport, PublicReportFilter, PublicReportPage, PublicReportRow,
        SealedContact,
    },
    role::{ResourceScope, Scope},
    sector::Sector,
};
use tokio::sync::mpsc;

/// A report that comes, and what the office alone knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPublicReport {
    pub report: PublicReport,
    /// The one that told of the same before.
    pub voice_of: Option<PublicReportId>,
    /// Where the site next to it lies.
    pub lies: Option<ResourceScope>,
    /// SHA-256 of its words, see [`NewReport::key`](domain::public_report::NewReport::key).
    pub same_words: String,
    /// By which the code is known that its sender has.
    pub code: Vec<u8>,
}

/// A report as whoever has its code comes for it.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowedReport {
    pub report: PublicReport,
    pub code: Vec<u8>,
    /// It is a voice of this one.
    pub voice_of: Option<PublicReportId>,
}

/// A number as it lies there, and how often it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredContact {
    pub sealed: SealedContact,
    pub opened: u32,
}

/// A puzzle that was solved, and what was sent by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentPuzzle {
    pub report: PublicReportId,
    /// SHA-256 of what was sent.
    pub digest: String,
}

/// A site in use that has a place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteSpot {
    pub id: SiteId,
    pub name: String,
    pub lies: ResourceScope,
    pub location: Location,
}

/// An open hazard, as far as anybody nearby is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct HazardSpot {
    pub id: HazardId,
    pub number: String,
    pub what: String,
    pub site: SiteId,
    pub grid: GridId,
    pub sector: Sector,
    /// Where it was reported from; none: it lies where its site is.
    pub location: Option<Location>,
}

/// Reports as the desk lists them, as their senders follow them, and what is near.
#[async_trait]
pub trait ReadPublicReports: Send + Sync {
    async fn public_report(&self, office: OfficeId, id: PublicReportId) -> Result<Option<PublicReportRow>>;
    async fn followed_report(&self, office: OfficeId, number: &str) -> Result<Option<FollowedReport>>;
    /// Those that are no other's voice.
    async fn public_reports(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &PublicReportFilter,
    ) -> Result<PublicReportPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_public_reports(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &PublicReportFilter,
        most: u32,
        to: mpsc::Sender<PublicReportRow>,
    ) -> Result<u32>;
    /// Whether the report lies where this scope sees it.
    async fn sees_public_report(&self, office: OfficeId, scope: &Scope, id: PublicReportId) -> Result<bool>;
    async fn public_contact(&self, office: OfficeId, report: PublicReportId)
    -> Result<Option<StoredContact>>;
    async fn contact_holders(&self, office: OfficeId) -> Result<Vec<ContactHolder>>;
    async fn contact_opening(
        &self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<ContactOpening>>;
    /// Sites in use with a place on the map. One that cannot be read is left out.
    async fn site_spots(&self, office: OfficeId) -> Result<Vec<SiteSpot>>;
    /// Open hazards. One that cannot be read is left out.
    async fn hazard_spots(&self, office: OfficeId) -> Result<Vec<HazardSpot>>;
    /// Hazards that the office tells everybody of, and since when; the newest first.
    async fn disclosed_hazards(&self, office: OfficeId) -> Result<Vec<(HazardId, DateTime<Utc>)>>;
}

/// Taking reports in, and what becomes of them.
#[async_trait]
pub trait WritePublicReports: Send {
    async fn public_report(&mut self, office: OfficeId, id: PublicReportId) -> Result<Option<PublicReport>>;
    /// Those that are no other's voice, came since, and have the same words, the same photo, or are about the same hazard; the newest
    /// first, at the most so many.
    async fn like_public_report(
        &mut self,
        office: OfficeId,
        new: &NewPublicReport,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<PublicReport>>;
    /// The next running number of the year.
    async fn next_public_report(&mut self, office: OfficeId, year: i32) -> Result<i64>;
    /// [`Taken`](crate::StoreError::Taken) where the number is another's.
    async fn put_public_report(&mut self, office: OfficeId, new: &NewPublicReport) -> Result<()>;
    /// What has become of one that is there.
    async fn change_public_report(&mut self, office: OfficeId, report: &PublicReport) -> Result<()>;
    async fn voices_of(&mut self, office: OfficeId, id: PublicReportId) -> Result<u32>;
    async fn spent_puzzle(&mut self, token: &str) -> Result<Option<SpentPuzzle>>;
    /// Notes that it is solved, and forgets those that ended before `now`.
    async fn spend_puzzle(
        &mut self,
        token: &str,
        spent: &SpentPuzzle,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<()>;
    async fn put_public_contact(
        &mut self,
        office: OfficeId,
        report: PublicReportId,
        sealed: &SealedContact,
    ) -> Result<()>;
    async fn public_contact(
        &mut self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<StoredContact>>;
    async fn contact_holders(&mut self, office: OfficeId) -> Result<Vec<ContactHolder>>;
    async fn put_contact_holder(&mut self, office: OfficeId, holder: &ContactHolder) -> Result<()>;
    async fn end_contact_holder(&mut self, office: OfficeId, person: PersonId) -> Result<()>;
    async fn contact_opening(
        &mut self,
        office: OfficeId,
        report: PublicReportId,
    ) -> Result<Option<ContactOpening>>;
    /// In place of one that was begun before.
    async fn put_contact_opening(&mut self, office: OfficeId, opening: &ContactOpening) -> Result<()>;
    /// It was opened: the opening ends, and is counted.
    async fn contact_opened(&mut self, office: OfficeId, report: PublicReportId) -> Result<()>;
    async fn put_disclosed_hazard(
        &mut self,
        office: OfficeId,
        hazard: HazardId,
        at: DateTime<Utc>,
    ) -> Result<()>;
    async fn end_disclosed_hazard(&mut self, office: OfficeId, hazard: HazardId) -> Result<()>;
}
