//! 表单: every version that was ever published, and drafts of those to come.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    form::{Form, FormSheets, Validity},
    id::{FormId, OfficeId},
    sector::Sector,
};
use std::collections::BTreeSet;

/// A version, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedForm {
    pub form: Form,
    /// The office wrote it; else it is built in.
    pub own: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormDraft {
    pub id: FormId,
    pub saved_at: DateTime<Utc>,
    /// A name, as it was then.
    pub saved_by: String,
    /// What kept it from being published when it was saved: a list of drafts is shown without reading each.
    pub faults: u32,
    pub sheets: FormSheets,
}

/// Forms, the newest or a certain one.
#[async_trait]
pub trait ReadForms: Send + Sync {
    async fn form(&self, office: OfficeId, id: &FormId, version: u32) -> Result<Option<Form>>;
    /// Every version of every form, by name alone.
    async fn form_versions(&self, office: OfficeId) -> Result<BTreeSet<(FormId, u32)>>;
    /// Every version of a form, the newest first.
    async fn editions(&self, office: OfficeId, id: &FormId) -> Result<Vec<PublishedForm>>;
    /// The newest version of every form, with whose it is, by the forms' ids.
    async fn newest_editions(&self, office: OfficeId) -> Result<Vec<PublishedForm>>;
    /// The newest version of one.
    async fn newest_edition(&self, office: OfficeId, id: &FormId) -> Result<Option<PublishedForm>>;
    /// By the forms' ids.
    async fn form_drafts(&self, office: OfficeId) -> Result<Vec<FormDraft>>;
    async fn form_draft(&self, office: OfficeId, id: &FormId) -> Result<Option<FormDraft>>;
}

/// Forms as a visit refers to them, and new ones.
#[async_trait]
pub trait WriteForms: Send {
    async fn form(&mut self, office: OfficeId, id: &FormId, version: u32) -> Result<Option<Form>>;
    /// The sector of a form, whichever of its versions.
    async fn sector_of(&mut self, office: OfficeId, id: &FormId) -> Result<Option<Sector>>;
    /// One of them: see [`put_forms`](WriteForms::put_forms).
    async fn put_form(&mut self, office: OfficeId, form: &Form) -> Result<()>;
    /// What is built in. The questions of a version, once written, never change, and what the office wrote itself is not
    /// overtaken. A form that was withdrawn stays so: a new version of it ends when its newest ends. Announces those that are
    /// new.
    async fn put_forms(&mut self, office: OfficeId, forms: &[Form]) -> Result<()>;
    /// A version of the office's own; false where there is one of this number. Announces it.
    async fn publish_form(&mut self, office: OfficeId, form: &Form) -> Result<bool>;
    /// How long a version is used, and announces that; false where there is no such version.
    async fn set_validity(
        &mut self,
        office: OfficeId,
        id: &FormId,
        version: u32,
        validity: Validity,
    ) -> Result<bool>;
    /// Every version of a form, the newest first.
    async fn editions(&mut self, office: OfficeId, id: &FormId) -> Result<Vec<PublishedForm>>;
    /// The newest version.
    async fn newest_edition(&mut self, office: OfficeId, id: &FormId) -> Result<Option<PublishedForm>>;
    async fn form_draft(&mut self, office: OfficeId, id: &FormId) -> Result<Option<FormDraft>>;
    /// In place of the one that there is.
    async fn put_form_draft(&mut self, office: OfficeId, draft: &FormDraft) -> Result<()>;
    async fn delete_form_draft(&mut self, office: OfficeId, id: &FormId) -> Result<()>;
}
