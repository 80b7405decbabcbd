//! An office with its people signed in, made once and copied for each seed.

use super::{
    network::{Caller, Network},
    office::{Database, TestOffice},
    phone::Phone,
};
use chrono::Duration;
use domain::{
    form::Form,
    place::Office,
    role::Role,
    site::Site,
    sync::{SignedIn, SiteKindInfo},
};
use std::{fs, rc::Rc, sync::Arc};
use tokio::runtime::Builder;

/// Who works; two phones are one person's.
pub const WHO: [Role; 5] =
    [Role::Inspector, Role::Inspector, Role::Officer, Role::Supervisor, Role::Enterprise];

pub struct Template {
    folder: tempfile::TempDir,
    pub office: Office,
    pub site: Site,
    pub elsewhere: Site,
    pub form: Arc<Form>,
    pub kinds: Arc<[SiteKindInfo]>,
    /// Cookie and person of each role.
    sessions: Vec<(String, SignedIn)>,
}

impl Template {
    pub fn make() -> Self {
        Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let database = Database::sqlite(folder.path());
            let made = TestOffice::on(database, folder).await;
            // One form is as good as all, and sooner read.
            made.database.execute("DELETE FROM form WHERE id <> 'ebike-charging'").await;
            made.database
                .execute(
                    "DELETE FROM change WHERE kind = 'form' AND CAST(id AS TEXT) NOT LIKE 'ebike-charging@%'",
                )
                .await;
            let mut sessions = vec![];
            for role in WHO {
                let phone = made.phone(role).await;
                let signed_in = phone.request("GET", "/api/v1/session", "").await.json();
                sessions.push((phone.cookie, serde_json::from_value(signed_in).unwrap()));
            }
            let form = made.form("ebike-charging");
            let kinds = made.state.services.kinds.clone();
            made.state.store.close().await;
            let TestOffice { folder, office, site, elsewhere, .. } = made;
            Self { folder, office, site, elsewhere, form, kinds, sessions }
        })
    }

    /// A copy of its own for one seed.
    pub fn copied(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(self.folder.path()).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() {
                fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
            }
        }
        folder
    }

    /// A fresh phone of whoever has this role.
    pub async fn phone(
        &self,
        network: &Rc<Network>,
        which: usize,
        role: Role,
        skew: Duration,
        seed: u64,
    ) -> Phone {
        let known = self.sessions.iter().find(|(_, signed_in)| signed_in.actor.role == role);
        let (cookie, signed_in) = known.unwrap().clone();
        Phone::open(network, Caller { which, cookie, signed_in }, skew, seed).await
    }
}
