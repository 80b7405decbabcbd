//! Checklists as operations name them, kept in memory: a version, once published, never changes.

use crate::storage::{StoreError, Transaction};
use domain::{
    checklist::Checklist,
    id::{ChecklistId, OfficeId},
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

pub(crate) type Edition = (ChecklistId, u32);

#[derive(Debug, Default)]
pub(crate) struct Checklists(RwLock<HashMap<(OfficeId, Edition), Arc<Checklist>>>);

impl Checklists {
    pub(crate) async fn get(
        &self,
        tx: &mut dyn Transaction,
        office: OfficeId,
        edition: &Edition,
    ) -> Result<Option<Arc<Checklist>>, StoreError> {
        let key = (office, edition.clone());
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(list) = tx.checklist(office, &edition.0, edition.1).await? else { return Ok(None) };
        let list = Arc::new(list);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&list));
        Ok(Some(list))
    }
}
