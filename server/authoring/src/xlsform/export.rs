//! # A form as a workbook
//!
//! A row is a list of cells, each under a heading that [`columns`](super::columns) knows. Every text is written in both
//! languages; what a cell cannot hold so that it reads again as it was is refused and not changed. XPath has no text with both
//! kinds of quotes: in an expression such a text goes out as `concat()`, and comes back as that.

mod question;
mod row;

use domain::form::{Entry, Form, FormSheets, sheets::Cells};
use row::Row;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::collections::BTreeSet;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ExportError {
    #[error("`{0}` cannot be a name in a workbook")]
    Name(String),
    /// Blanks around it, signs that XML has not, `${` in a sentence, one language only, or too long.
    #[error("a cell cannot hold this text of `{0}`")]
    Text(String),
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

const SURVEY: &[&str] = &[
    "type",
    "name",
    "label::中文 (zh)",
    "label::English (en)",
    "hint::中文 (zh)",
    "hint::English (en)",
    "required",
    "relevant",
    "constraint",
    "constraint_message::中文 (zh)",
    "constraint_message::English (en)",
    "calculation",
    "default",
    "read_only",
    "appearance",
    "parameters",
    "repeat_count",
    "media::image",
    "picture_zh",
    "picture_en",
    "unit_zh",
    "unit_en",
    "decimals",
    "from",
    "to",
    "absent",
    "most",
    "fails_if",
    "level",
    "major_by",
    "finding_zh",
    "finding_en",
    "at_once_zh",
    "at_once_en",
    "days",
    "responsible",
    "authority_zh",
    "authority_en",
    "hazard",
    "law",
    "standard",
    "plan",
    "good_practice",
    "photo",
    "allow_existing_photo",
    "every",
    "fact",
];

const CHOICES: &[&str] = &["list_name", "name", "label::中文 (zh)", "label::English (en)", "shown_if"];

const SETTINGS: &[&str] = &[
    "form_title",
    "form_id",
    "version",
    "default_language",
    "title_zh",
    "title_en",
    "layer",
    "sector",
    "site_kinds",
    "offered_if",
    "reviewed_by",
    "reviewed_on",
    "review_due",
];

/// The bytes of an `.xlsx` file.
pub fn write(form: &Form) -> Result<Vec<u8>, ExportError> {
    Ok(write_sheets(&sheets(form)?)?)
}

/// The rows of a form.
pub fn sheets(form: &Form) -> Result<FormSheets, ExportError> {
    let names = form.all_entries().into_iter().map(Entry::name).collect();
    let mut writing = Writing { names, ..Writing::default() };
    writing.entries(&form.entries)?;
    Ok(FormSheets {
        survey: cells(SURVEY, &writing.survey),
        choices: cells(CHOICES, &writing.choices),
        settings: cells(SETTINGS, &[settings(form)?]),
    })
}

fn cells(columns: &[&str], rows: &[Row]) -> Cells {
    let of_row = |row: &Row| {
        let cells = columns.iter().map(|heading| row.cells.get(*heading).cloned().unwrap_or_default());
        cells.collect()
    };
    Cells {
        headings: columns.iter().map(|heading| (*heading).to_owned()).collect(),
        rows: rows.iter().map(of_row).collect(),
    }
}

/// The bytes of an `.xlsx` file with these rows.
pub fn write_sheets(sheets: &FormSheets) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    put_sheet(&mut workbook, "survey", &sheets.survey)?;
    put_sheet(&mut workbook, "choices", &sheets.choices)?;
    put_sheet(&mut workbook, "settings", &sheets.settings)?;
    workbook.save_to_buffer()
}

fn put_sheet(workbook: &mut Workbook, name: &str, cells: &Cells) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    let head = Format::new().set_bold();
    for (column, heading) in (0u16..).zip(&cells.headings) {
        sheet.write_string_with_format(0, column, heading, &head)?;
    }
    for (number, row) in (1u32..).zip(&cells.rows) {
        for (column, text) in (0u16..).zip(row).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(number, column, text)?;
        }
    }
    Ok(())
}

#[derive(Default)]
struct Writing<'a> {
    names: BTreeSet<&'a str>,
    survey: Vec<Row>,
    choices: Vec<Row>,
    has_pass_fail: bool,
}

impl Writing<'_> {
    fn entries(&mut self, entries: &[Entry]) -> Result<(), ExportError> {
        for entry in entries {
            match entry {
                Entry::Group(group) => {
                    let mut row = Row::named("begin_group", group.id.as_str())?;
                    row.texts("label", Some(&group.title))?;
                    row.expression("relevant", group.relevant.as_ref())?;
                    self.inside(row, "end_group", &group.entries)?;
                }
                Entry::Repeat(repeat) => {
                    let mut row = Row::named("begin_repeat", repeat.id.as_str())?;
                    row.texts("label", Some(&repeat.title))?;
                    row.expression("relevant", repeat.relevant.as_ref())?;
                    row.expression("repeat_count", repeat.count.as_ref())?;
                    row.put("most", &repeat.most.to_string())?;
                    self.inside(row, "end_repeat", &repeat.entries)?;
                }
                Entry::Question(question) => self.question(question)?,
            }
        }
        Ok(())
    }

    fn inside(&mut self, begin: Row, end: &str, entries: &[Entry]) -> Result<(), ExportError> {
        let mut end_row = Row::new(&begin.of);
        end_row.put("type", end)?;
        self.survey.push(begin);
        self.entries(entries)?;
        self.survey.push(end_row);
        Ok(())
    }
}

fn settings(form: &Form) -> Result<Row, ExportError> {
    let mut row = Row::new(form.id.as_str());
    row.name("form_id", form.id.as_str(), true)?;
    row.put("form_title", &form.title.zh)?;
    row.own_texts("title", Some(&form.title))?;
    row.put("version", &form.version.to_string())?;
    row.put("default_language", "中文 (zh)")?;
    row.put("layer", form.layer.as_str())?;
    row.put("sector", form.sector.as_str())?;
    row.ids("site_kinds", form.site_kinds.iter().map(|kind| kind.as_str()))?;
    row.expression("offered_if", form.offered_if.as_ref())?;
    if let Some(review) = &form.review {
        row.put("reviewed_by", &review.by)?;
        row.put("reviewed_on", &review.on.to_string())?;
    }
    if let Some(due) = form.review_due {
        row.put("review_due", &due.to_string())?;
    }
    Ok(row)
}
