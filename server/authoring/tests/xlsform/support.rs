//! Workbooks as tables of text.

use authoring::xlsform::{Fault, Imported, Outset, Problem, read};
use domain::{
    form::{Form, Layer, Quote, Validity},
    id::{FormId, QuoteId},
    sector::Sector,
};
use rust_xlsxwriter::Workbook;
use std::time::{Duration, Instant};

/// A sheet: its name and rows of cells, of which the first are the headings; blank cells are not written.
pub type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

pub fn book(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0u32..).zip(*rows) {
            for (column, text) in (0u16..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

pub fn outset() -> Outset {
    Outset {
        id: FormId::from("imported"),
        layer: Layer::Inspection,
        sector: Sector::General,
        site_kinds: vec![],
        known_kinds: None,
        pictures: None,
    }
}

/// The only sentence that this library has.
pub fn quote(id: &QuoteId) -> Option<Quote> {
    (id.as_str() == "fire-law-021").then(|| any_quote(id))
}

/// As a library that has everything has it.
pub fn any_quote(id: &QuoteId) -> Quote {
    Quote {
        id: id.clone(),
        law: "《中华人民共和国消防法》".to_owned(),
        number: String::new(),
        article: "第二十八条".to_owned(),
        lead: String::new(),
        text: "任何单位、个人不得占用、堵塞、封闭疏散通道、安全出口、消防车通道。".to_owned(),
        in_force_from: "2021-04-29".parse().unwrap(),
        in_force_until: None,
    }
}

pub fn import(bytes: &[u8]) -> Result<Imported, Vec<Fault>> {
    // However busy the machine is that tries it: how long may be read has a test of its own.
    read(bytes, &outset(), &quote, Instant::now() + Duration::from_mins(10))
}

/// Imports a survey alone, with the choices of `yes_no`.
pub fn survey(rows: &[&[&str]]) -> Result<Imported, Vec<Fault>> {
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label::zh", "label::en", "colour"],
        &["yes_no", "yes", "是", "Yes", "green"],
        &["yes_no", "no", "否", "No", "red"],
    ];
    import(&book(&[("survey", rows), ("choices", choices)]))
}

/// Places and problems, without what the words of a parser are.
pub fn told(result: Result<Imported, Vec<Fault>>) -> Vec<(String, Problem)> {
    let faults = result.unwrap_err();
    let lang = domain::text::Lang::En;
    faults.into_iter().map(|fault| (fault.place.words(lang), fault.problem)).collect()
}

/// The form without the days on which it is in use: whoever publishes a workbook's form says them, and the workbook carries none.
pub fn content(form: &Form) -> Form {
    Form { validity: Validity::default(), ..form.clone() }
}
