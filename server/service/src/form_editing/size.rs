//! How large a draft may become. A workbook is bounded when it is read; a draft also grows row by row, and all of it is read and
//! written at each change.

use crate::error::Error;
use authoring::xlsform::limits::ROWS;
use domain::{
    form::{FormSheets, SheetName},
    text::Lang,
};
use i18n::form_editing as t;

/// Bytes of a draft as it is stored.
const BYTES: usize = 2 * 1024 * 1024;

/// # Errors
/// [`Error::Invalid`] with what is too much of it.
pub(super) fn check(lang: Lang, sheets: &FormSheets) -> Result<(), Error> {
    let all = [SheetName::Survey, SheetName::Choices, SheetName::Settings];
    // The headings are a row of the workbook as well.
    if all.into_iter().any(|sheet| sheets.sheet(sheet).rows.len() >= ROWS) {
        return Err(Error::invalid("file", t::too_many_rows(lang, ROWS - 1)));
    }
    let stored = serde_json::to_vec(sheets).map_err(|error| Error::Bug(error.to_string()))?;
    if stored.len() > BYTES {
        return Err(Error::invalid("file", t::too_large(lang, BYTES / 1024 / 1024)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: usize, cell: usize) -> FormSheets {
        let mut sheets = FormSheets::default();
        sheets.survey.headings.push("name".to_owned());
        sheets.survey.rows = vec![vec!["x".repeat(cell)]; rows];
        sheets
    }

    #[test]
    fn a_draft_has_no_more_rows_than_a_workbook() {
        assert_eq!(check(Lang::Zh, &of(ROWS - 1, 1)), Ok(()));
        let refused = check(Lang::Zh, &of(ROWS, 1)).unwrap_err();
        assert_eq!(refused, Error::invalid("file", t::too_many_rows(Lang::Zh, ROWS - 1)));
    }

    #[test]
    fn a_draft_that_grew_too_large_is_refused() {
        assert_eq!(check(Lang::En, &of(500, 4_000)), Ok(()));
        let refused = check(Lang::En, &of(525, 4_000)).unwrap_err();
        assert_eq!(refused, Error::invalid("file", t::too_large(Lang::En, 2)));
    }
}
