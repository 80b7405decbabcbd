//! Lists of sites and people as offices send them: what is seen in the preview is what is written, and nothing else.

mod asking;
mod parties;
mod reading;
mod undoing;
mod writing;

use super::office::TestOffice;
use crate::asker::{at_desk, said};
use app::error::AppError;
use domain::{
    import::{ImportFile, ImportKind, ImportMark, ImportPreview, ImportView, PlannedRow},
    person::Person,
    role::Role,
    site::Site,
};
use server::service::{Asker, imports};
use uuid::Uuid;

struct Desk<'a> {
    office: &'a TestOffice,
    by: Asker,
}

impl<'a> Desk<'a> {
    async fn of(office: &'a TestOffice, role: Role) -> Self {
        let person = person(office, role.as_str()).await;
        Self { by: at_desk(&person.actor(office.office.id, None)), office }
    }

    async fn send(&self, what: ImportKind, bytes: impl Into<Vec<u8>>) -> Result<Uuid, AppError> {
        let file = ImportFile { name: "名单.csv".into(), bytes: bytes.into() };
        said(imports::send(&self.office.state, &self.by, what, file, None).await)
    }

    async fn sent(&self, what: ImportKind, bytes: impl Into<Vec<u8>>) -> (Uuid, ImportPreview) {
        let id = self.send(what, bytes).await.unwrap();
        (id, self.look(id).await)
    }

    async fn sites(&self, bytes: impl Into<Vec<u8>>) -> (Uuid, ImportPreview) {
        self.sent(ImportKind::Sites, bytes).await
    }

    async fn people(&self, bytes: impl Into<Vec<u8>>) -> (Uuid, ImportPreview) {
        self.sent(ImportKind::People, bytes).await
    }

    async fn look(&self, id: Uuid) -> ImportPreview {
        imports::preview(&self.office.state, &self.by, id, ImportView::default()).await.unwrap()
    }

    async fn mark(&self, id: Uuid, mark: ImportMark) -> ImportPreview {
        imports::mark(&self.office.state, &self.by, id, mark).await.unwrap();
        self.look(id).await
    }

    async fn write(&self, id: Uuid) -> Result<(), AppError> {
        said(imports::write(&self.office.state, &self.by, id).await).map(drop)
    }

    async fn site(&self, code: &str) -> Site {
        let sites = self.office.state.store.all_sites(self.office.office.id).await.unwrap();
        sites.into_iter().find(|site| site.code == code).unwrap_or_else(|| panic!("no site {code}"))
    }
}

async fn person(office: &TestOffice, username: &str) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.username == username).unwrap()
}

fn row(preview: &ImportPreview, number: u32) -> &PlannedRow {
    preview
        .shown
        .iter()
        .find(|row| row.row == number)
        .unwrap_or_else(|| panic!("no row {number}: {preview:?}"))
}

fn reason(fault: AppError) -> String {
    match fault {
        AppError::Invalid { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

const HEAD: &str = "编码,名称,类别,风险等级,社区,网格";

fn list(rows: &str) -> String {
    format!("\u{feff}{HEAD}\n{rows}")
}
