//! 单位设置: what an office decides for itself.

use crate::Result;
use async_trait::async_trait;
use domain::{id::OfficeId, settings::OfficeSettings};

#[async_trait]
pub trait ReadSettings: Send + Sync {
    /// As every office has it, where it never decided anything.
    async fn office_settings(&self, office: OfficeId) -> Result<OfficeSettings>;
}

#[async_trait]
pub trait WriteSettings: Send {
    async fn office_settings(&mut self, office: OfficeId) -> Result<OfficeSettings>;
    /// Of an office that is there.
    async fn put_office_settings(&mut self, office: OfficeId, settings: &OfficeSettings) -> Result<()>;
}
