//! An office with its people signed in, made once and copied for each seed.

use super::{
    network::{Caller, Network},
    office::{Database, TestOffice},
    phone::Phone,
};
use chrono::Duration;
use domain::{checklist::Checklist, place::Office, role::Role, site::Site, sync::SignedIn};
use server::catalogue::Catalogue;
use std::{fs, rc::Rc};
use tokio::runtime::Builder;

/// Who works; two phones are one person's.
pub const WHO: [Role; 5] =
    [Role::Inspector, Role::Inspector, Role::Officer, Role::Supervisor, Role::Enterprise];

pub struct Template {
    folder: tempfile::TempDir,
    pub office: Office,
    pub site: Site,
    pub elsewhere: Site,
    pub checklist: Checklist,
    pub catalogue: Catalogue,
    /// Cookie and person of each role.
    sessions: Vec<(String, SignedIn)>,
}

impl Template {
    pub fn make() -> Self {
        Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let database = Database::sqlite(folder.path());
            let made = TestOffice::on(database, folder).await;
            // One checklist is as good as all, and sooner read.
            made.database.execute("DELETE FROM checklist WHERE id <> 'ebike-charging'").await;
            made.database
                .execute("DELETE FROM change_audience WHERE kind = 'checklist' AND id <> 'ebike-charging'")
                .await;
            let mut sessions = vec![];
            for role in WHO {
                let phone = made.phone(role).await;
                let signed_in = phone.request("GET", "/api/v1/session", "").await.json();
                sessions.push((phone.cookie, serde_json::from_value(signed_in).unwrap()));
            }
            let checklist = made.checklist("ebike-charging");
            made.state.store.close().await;
            let TestOffice { folder, office, site, elsewhere, .. } = made;
            let catalogue = Catalogue::built_in().unwrap();
            Self { folder, office, site, elsewhere, checklist, catalogue, sessions }
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
