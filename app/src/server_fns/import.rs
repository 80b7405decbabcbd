//! A workbook or CSV sent to the office. The backend takes all of its rows or none.

use crate::{
    backend::{ImportReport, RowError},
    error::Fault,
};
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{
        backend::{ImportFile, ImportKind},
        office::import::IMPORT,
        plain_form,
    },
};

/// What an import came to, with the first of its errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Rows taken; 0 where there is any error.
    pub taken: u32,
    pub rows: u32,
    pub new_places: Vec<String>,
    pub errors: Vec<RowError>,
    /// Those that are not listed among them.
    pub more_errors: usize,
}

impl Imported {
    /// Errors that a person works through before trying again.
    pub const ERRORS_LISTED: usize = 200;

    pub fn of(report: ImportReport, most: usize) -> Self {
        let ImportReport { taken, rows, mut errors, new_places } = report;
        let more_errors = errors.len().saturating_sub(most);
        errors.truncate(most);
        Self { taken, rows, new_places, errors, more_errors }
    }
}

/// The form has `what`, which is `sites` or `people`, and `file`.
#[server(prefix = "/api/pages", endpoint = "import", input = MultipartFormData)]
pub async fn send_table(data: MultipartData) -> Result<Imported, Fault> {
    let imported = take(data).await.map(|report| Imported::of(report, Imported::ERRORS_LISTED));
    plain_form::show_outcome(IMPORT, &imported);
    imported
}

#[cfg(feature = "ssr")]
async fn take(data: MultipartData) -> Result<ImportReport, Fault> {
    let asking = asking()?;
    let broken = |error: String| Fault::Line { detail: error };
    let mut form = data.into_inner().ok_or_else(|| broken("no form".to_owned()))?;
    let (mut what, mut file) = (ImportKind::Sites, None);
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.to_string()))? {
        match field.name() {
            Some("what") => {
                let word = field.text().await.map_err(|error| broken(error.to_string()))?;
                if word == "people" {
                    what = ImportKind::People;
                }
            }
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|error| broken(error.to_string()))?;
                file = Some(ImportFile { name, bytes: bytes.to_vec() });
            }
            _ => {}
        }
    }
    let file = file.filter(|file| !file.bytes.is_empty()).ok_or_else(no_file)?;
    asking.backend.import(&asking.actor, what, file).await
}

#[cfg(feature = "ssr")]
fn no_file() -> Fault {
    let reason = crate::i18n::office::import_needs_file(crate::i18n::use_lang()).to_owned();
    Fault::Invalid { field: "file".to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_beyond_the_most_are_counted() {
        let error = RowError { row: 2, column: "编码".into(), reason: "请填编码".into() };
        let report = ImportReport { taken: 0, rows: 9, errors: vec![error; 5], new_places: vec![] };
        let imported = Imported::of(report.clone(), 3);
        assert_eq!((imported.errors.len(), imported.more_errors), (3, 2));
        assert_eq!(Imported::of(report, 9).more_errors, 0);
    }
}
