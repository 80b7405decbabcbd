//! 对上门的意见: what parties say of visits, and what the office does about it.

use crate::Result;
use async_trait::async_trait;
use domain::{
    code::{ComplaintFilter, ComplaintMark, ComplaintPage, ComplaintRow, VisitComplaint},
    id::{CodeId, OfficeId},
    role::Scope,
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Complaints as the desk lists them, and as whoever said them reads them again.
#[async_trait]
pub trait ReadComplaints: Send + Sync {
    async fn visit_complaints(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &ComplaintFilter,
    ) -> Result<ComplaintPage>;
    /// All of them, at most `most`, as of one moment; how many of them could not be read.
    async fn send_visit_complaints(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &ComplaintFilter,
        most: u32,
        to: mpsc::Sender<ComplaintRow>,
    ) -> Result<u32>;
    /// None where this scope does not see its site.
    async fn visit_complaint(
        &self,
        office: OfficeId,
        scope: &Scope,
        id: Uuid,
    ) -> Result<Option<ComplaintRow>>;
    /// Those that came by this code, the newest first, at the most so many.
    async fn complaints_of_code(&self, code: CodeId, most: u32) -> Result<Vec<VisitComplaint>>;
}

/// Taking complaints in, and what becomes of them. Announces nothing: phones do not have them.
#[async_trait]
pub trait WriteComplaints: Send {
    /// Once, however often it comes.
    async fn put_visit_complaint(&mut self, office: OfficeId, complaint: &VisitComplaint) -> Result<()>;
    /// None where this scope does not see its site.
    async fn visit_complaint(
        &mut self,
        office: OfficeId,
        scope: &Scope,
        id: Uuid,
    ) -> Result<Option<VisitComplaint>>;
    /// Says what the office did about it, over what was said before.
    async fn mark_complaint(&mut self, office: OfficeId, id: Uuid, mark: &ComplaintMark) -> Result<()>;
}
