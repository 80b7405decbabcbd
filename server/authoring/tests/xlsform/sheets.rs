//! Drafts: the rows of a workbook as an author works on them.

use crate::{
    drawn::form,
    support::{book, content, outset, quote},
};
use authoring::xlsform::{Problem, of_workbook, read_sheets, sheets, workbook};
use domain::form::{SheetEdit, SheetName};
use proptest::{prop_assert_eq, proptest, test_runner::Config};
use std::time::Instant;

proptest! {
    #![proptest_config(Config { cases: 48, ..Config::default() })]

    #[test]
    fn a_form_becomes_rows_and_they_the_same_form_by_a_workbook_or_without(form in form()) {
        let quotes = |id: &_| form.quote(id).cloned();
        let rows = sheets(&form).unwrap();
        let read = read_sheets(&rows, &outset(), &quotes);
        prop_assert_eq!(&read.unwrap().form, &content(&form));
        let again = of_workbook(&workbook(&rows).unwrap(), Instant::now()).unwrap();
        let read = read_sheets(&again, &outset(), &quotes);
        prop_assert_eq!(read.unwrap().form, content(&form));
    }
}

const FAULTY: &[&[&str]] = &[
    &["type", "name", "label::中文 (zh)", "label::English (en)", "relevant", "good_practice"],
    &["integer", "lane", "车道数", "Lanes", "", "yes"],
    &["integer", "people", "人数", "People", "${lanes} > 0", "yes"],
];

#[test]
fn a_workbook_with_faults_comes_in_as_a_draft_and_is_mended_row_by_row() {
    let bytes = book(&[("survey", FAULTY), ("settings", &[&["form_id", "form_title"], &["mine", "我们的"]])]);
    let mut rows = of_workbook(&bytes, Instant::now()).unwrap();
    let faults = read_sheets(&rows, &outset(), &quote).unwrap_err();
    let wrong: Vec<_> = faults.iter().map(|fault| (fault.place.row, fault.place.heading.as_str())).collect();
    assert_eq!(wrong, [(Some(3), "relevant")], "{faults:?}");

    let cells = [("relevant".to_owned(), "${lane} > 0".to_owned())].into();
    rows.apply(&SheetEdit::Write { sheet: SheetName::Survey, row: 1, cells }).unwrap();
    let form = read_sheets(&rows, &outset(), &quote).unwrap().form;
    assert_eq!((form.id.as_str(), form.questions().count()), ("mine", 2));
}

#[test]
fn what_is_no_workbook_makes_no_draft() {
    let faults = of_workbook(b"PK and nothing else", Instant::now()).unwrap_err();
    assert!(!faults.is_empty());
    let faults = of_workbook(b"hello", Instant::now()).unwrap_err();
    assert_eq!(faults.iter().map(|fault| &fault.problem).collect::<Vec<_>>(), [&Problem::NotAWorkbook]);
}

#[test]
fn a_cell_that_is_too_long_is_told_and_not_read() {
    let mut rows = of_workbook(&book(&[("survey", FAULTY)]), Instant::now()).unwrap();
    let cells = [("label::中文 (zh)".to_owned(), "长".repeat(5_000))].into();
    rows.apply(&SheetEdit::Write { sheet: SheetName::Survey, row: 0, cells }).unwrap();
    let faults = read_sheets(&rows, &outset(), &quote).unwrap_err();
    assert!(faults.iter().any(|fault| matches!(fault.problem, Problem::TooLong(_))));
}
