//! Forms as operations name them, kept in memory with all that depends on what in them worked out: what a version asks never
//! changes once it is published, and working it out again for every visit would cost more than checking the visit.
//!
//! How long a version is used may change after it was kept here. Nobody may ask that of what is kept: a visit is checked by the
//! questions alone, and one that was begun is finished with its version.

use crate::storage::{StoreError, Transaction};
use domain::{
    form::session::PreparedForm,
    id::{FormId, OfficeId},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A version of a form.
pub(crate) type Edition = (FormId, u32);

/// Forms kept at a time: all that are built in, for three offices. Whoever has more begins anew now and then.
const MOST: usize = 256;

/// What was asked for so far. What is not there is asked for again: it may come.
#[derive(Debug, Default)]
pub(crate) struct PreparedForms(Mutex<HashMap<(OfficeId, Edition), Arc<PreparedForm>>>);

impl PreparedForms {
    pub(crate) async fn get(
        &self,
        tx: &mut dyn Transaction,
        office: OfficeId,
        edition: &Edition,
    ) -> Result<Option<Arc<PreparedForm>>, StoreError> {
        let key = (office, edition.clone());
        let known = self.kept().get(&key).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(form) = tx.form(office, &edition.0, edition.1).await? else { return Ok(None) };
        let prepared = PreparedForm::new(Arc::new(form));
        self.keep(key, Arc::clone(&prepared));
        Ok(Some(prepared))
    }

    fn keep(&self, key: (OfficeId, Edition), prepared: Arc<PreparedForm>) {
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, prepared);
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<(OfficeId, Edition), Arc<PreparedForm>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        form::{Form, Layer},
        place::Office,
        sector::Sector,
        text::Bilingual,
    };
    use storage::{SqlStore, Store, address::DatabaseAddress};
    use uuid::Uuid;

    fn form(version: u32) -> Form {
        Form {
            id: "fire-access".into(),
            version,
            title: Bilingual::new("消防通道", "Fire access"),
            layer: Layer::Patrol,
            sector: Sector::Fire,
            site_kinds: vec![],
            offered_if: None,
            validity: domain::form::Validity::default(),
            review: None,
            review_due: None,
            quotes: vec![],
            entries: vec![],
        }
    }

    #[tokio::test]
    async fn a_version_is_worked_out_once_and_one_that_is_not_there_is_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let address = DatabaseAddress::Sqlite(folder.path().join("a.sqlite"));
        let store = SqlStore::open(&address, true).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let office = OfficeId(Uuid::from_u128(1));
        tx.put_office(&Office { id: office, name: "测试街道".to_owned(), demo: false }).await.unwrap();
        let forms = PreparedForms::default();
        let second = ("fire-access".into(), 2);
        assert!(forms.get(&mut *tx, office, &second).await.unwrap().is_none());
        tx.put_forms(office, &[form(1), form(2)]).await.unwrap();
        let found = forms.get(&mut *tx, office, &second).await.unwrap().unwrap();
        assert_eq!(found.form(), &form(2));
        let again = forms.get(&mut *tx, office, &second).await.unwrap().unwrap();
        assert!(Arc::ptr_eq(&found, &again));
        assert!(
            forms.get(&mut *tx, OfficeId(Uuid::nil()), &second).await.unwrap().is_none(),
            "another office's"
        );
    }

    #[tokio::test]
    async fn offices_that_wrote_a_form_of_the_same_name_and_number_never_share_it() {
        let folder = tempfile::tempdir().unwrap();
        let address = DatabaseAddress::Sqlite(folder.path().join("a.sqlite"));
        let store = SqlStore::open(&address, true).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let forms = PreparedForms::default();
        let offices = [(1, "北城街道"), (2, "南城街道")];
        let written = |title: &str| Form { title: Bilingual::new(title, title), ..form(2) };
        for (id, name) in offices {
            let office = Office { id: OfficeId(Uuid::from_u128(id)), name: name.to_owned(), demo: false };
            tx.put_office(&office).await.unwrap();
            tx.put_forms(office.id, &[written(name)]).await.unwrap();
        }
        // Once read from the database, once from memory.
        for _ in 0..2 {
            for (id, name) in offices {
                let office = OfficeId(Uuid::from_u128(id));
                let found = forms.get(&mut *tx, office, &("fire-access".into(), 2)).await.unwrap().unwrap();
                assert_eq!(found.form(), &written(name));
            }
        }
        assert_eq!(forms.kept().len(), 2);
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let forms = PreparedForms::default();
        let prepared = PreparedForm::new(Arc::new(form(1)));
        for version in 0..1000 {
            forms.keep((OfficeId(Uuid::nil()), ("fire-access".into(), version)), Arc::clone(&prepared));
            assert!(forms.kept().len() <= MOST);
        }
        assert!(forms.kept().contains_key(&(OfficeId(Uuid::nil()), ("fire-access".into(), 999))));
    }
}
