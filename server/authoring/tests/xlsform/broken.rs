use crate::support::{book, import, survey, told};
use authoring::xlsform::{Problem, limits, of_workbook, read};
use domain::{form::Fault as Rule, text::Lang};
use rust_xlsxwriter::{Format, Workbook};
use std::{io::Write, time::Instant};

const HEAD: &[&str] = &["type", "name", "label::zh", "label::en", "relevant"];

/// Why a workbook does not even become a draft.
fn no_draft(bytes: &[u8]) -> Vec<Problem> {
    let faults = of_workbook(bytes, Instant::now()).unwrap_err();
    faults.into_iter().map(|fault| fault.problem).collect()
}

#[test]
fn what_is_no_workbook_is_refused_as_what_it_is() {
    let problem =
        |bytes: &[u8]| told(import(bytes)).into_iter().map(|(_, problem)| problem).collect::<Vec<_>>();
    assert_eq!(problem(b"type,name\ntext,q\n"), [Problem::NotAWorkbook]);
    assert_eq!(problem(b""), [Problem::NotAWorkbook]);
    assert_eq!(problem(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]), [Problem::OldWorkbook]);
    let said: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(problem(&[&[0xd0, 0xcf, 0x11, 0xe0], said.as_slice()].concat()), [Problem::Encrypted]);
    let whole = book(&[("survey", &[HEAD, &["text", "q", "问", "Q"]])]);
    assert_eq!(problem(&whole[..whole.len() / 2]), [Problem::Broken("zip")]);
}

#[test]
fn every_beginning_of_a_workbook_is_refused_and_none_is_a_panic() {
    let whole = book(&[("survey", &[HEAD, &["text", "q", "问", "Q"]])]);
    for end in (0..whole.len()).step_by(97) {
        assert!(import(&whole[..end]).is_err(), "{end} bytes");
    }
}

#[test]
fn bytes_that_were_changed_are_never_a_panic() {
    let whole = book(&[("survey", &[HEAD, &["text", "q", "问", "Q"]])]);
    for at in (0..whole.len()).step_by(13) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        // Some changes are of no weight; what matters is that reading ends.
        let _ = import(&changed).is_ok();
    }
}

#[test]
fn all_faults_are_told_at_once_each_at_its_cell() {
    let faults = told(survey(&[
        HEAD,
        &["begin group", "g", "组", "Group"],
        &["text", "a b", "甲", "A"],
        &["texts", "c", "丙", "C"],
        &["select_one colours", "d", "丁", "D"],
        &["audio", "e", "戊", "E"],
        &["text", "g", "己", "F"],
        &["text", "h", "", ""],
        &["text", "i", "庚", "I", "${ + 1"],
        &["", "j", "辛", "J"],
        &["text", "", "壬", "K"],
        &["end repeat"],
        &["end group"],
    ]));
    let places: Vec<_> = faults.iter().map(|(place, _)| place.as_str()).collect();
    for place in [
        "survey!B3 (name)",
        "survey!A4 (type)",
        "survey!A5 (type)",
        "survey!A6 (type)",
        "survey!B7 (name)",
        "survey!C8 (label::zh)",
        "survey!E9 (relevant)",
        "survey!A10 (type)",
        "survey!B11 (name)",
        "survey!A12 (type)",
        "survey!A13 (type)",
    ] {
        assert!(places.contains(&place), "{place} is missing: {faults:#?}");
    }
}

#[test]
fn missing_sheets_and_columns_are_named() {
    assert_eq!(
        told(import(&book(&[("choices", &[&["list_name", "name", "label"], &["a", "b", "c"]])])))
            .into_iter()
            .map(|(_, problem)| problem)
            .find(|problem| matches!(problem, Problem::SheetMissing(_))),
        Some(Problem::SheetMissing("survey"))
    );
    let faults = told(import(&book(&[("survey", &[&["name", "label"], &["q", "Q"]])])));
    assert!(faults.contains(&("survey".to_owned(), Problem::ColumnMissing("type"))), "{faults:?}");
    let faults = told(survey(&[HEAD, &["select_one nowhere", "q", "问", "Q"]]));
    assert_eq!(faults, [("survey!A2 (type)".to_owned(), Problem::ListUnknown("nowhere".to_owned()))]);
}

#[test]
fn columns_that_stand_twice_are_refused() {
    let head: &[&str] = &["type", "name", "label", "label"];
    let faults = told(survey(&[head, &["text", "q", "Q", "R"]]));
    assert_eq!(faults, [("survey!D1 (label)".to_owned(), Problem::ColumnTwice("label".to_owned()))]);
}

#[test]
fn relevance_in_a_circle_is_refused_where_it_stands() {
    let faults = told(survey(&[
        HEAD,
        &["text", "a", "甲", "A", "${b} = 'x'"],
        &["text", "b", "乙", "B", "${a} = 'x'"],
    ]));
    let circular = faults
        .iter()
        .filter(|(_, problem)| matches!(problem, Problem::Form(fault, _) if fault.fault == Rule::Circular));
    let places: Vec<_> = circular.map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["survey!E2 (relevant)", "survey!E3 (relevant)"]);
}

#[test]
fn an_expression_that_is_wrong_is_told_with_the_part_that_is() {
    let faults = survey(&[HEAD, &["text", "a", "甲", "A", "nonsense(1)"]]).unwrap_err();
    let words = faults[0].words(Lang::En);
    assert!(words.starts_with("survey!E2 (relevant): The expression is wrong"), "{words}");
    assert!(words.contains("nonsense"), "{words}");
}

#[test]
fn merged_cells_are_refused_by_their_range() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("survey").unwrap();
    for (column, heading) in (0u16..).zip(HEAD) {
        sheet.write_string(0, column, *heading).unwrap();
    }
    for (column, text) in (0u16..).zip(["text", "q", "问", "Q"]) {
        sheet.write_string(1, column, text).unwrap();
    }
    sheet.merge_range(2, 1, 3, 2, "both", &Format::new()).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let faults = told(import(&bytes));
    assert!(faults.contains(&("survey!B3".to_owned(), Problem::Merged("B3:C4".to_owned()))), "{faults:?}");
    // A draft could not say it, and three of four cells would be blank without a word.
    assert_eq!(no_draft(&bytes), [Problem::Merged("B3:C4".to_owned())]);
}

#[test]
fn ten_thousand_rows_are_refused_and_not_read() {
    let rows: Vec<Vec<String>> = (0..10_000)
        .map(|row| vec!["text".to_owned(), format!("q{row}"), "问".to_owned(), "Q".to_owned()])
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut all: Vec<&[&str]> = vec![HEAD];
    all.extend(rows.iter().map(Vec::as_slice));
    let faults = told(import(&book(&[("survey", &all)])));
    assert!(
        faults.iter().any(|(_, problem)| *problem == Problem::TooManyRows(limits::ROWS)),
        "{:?}",
        &faults[..2]
    );
    assert!(faults.len() <= limits::FAULTS + 1);
}

#[test]
fn cells_that_lie_far_apart_cost_nothing_and_are_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("survey").unwrap();
    for (column, heading) in (0u16..).zip(HEAD) {
        sheet.write_string(0, column, *heading).unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    let faults = told(import(&workbook.save_to_buffer().unwrap()));
    let far = ("survey!XFD1048576".to_owned(), Problem::TooFar(limits::COLUMNS));
    assert!(faults.contains(&far), "{faults:?}");
}

#[test]
fn a_cell_whose_name_no_spreadsheet_has_is_damage() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="AAAAAAA1" t="inlineStr"><is><t>type</t></is></c></row></sheetData></worksheet>"#;
    assert!(
        told(import(&package(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])))
            .iter()
            .any(|(_, problem)| *problem == Problem::Broken("cell"))
    );
}

#[test]
fn macros_are_refused_and_the_rest_is_looked_at_too() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row></sheetData></worksheet>"#;
    let bytes = package(&[("xl/worksheets/sheet1.xml", sheet.as_bytes()), ("xl/vbaProject.bin", b"macro")]);
    let problems: Vec<_> = told(import(&bytes)).into_iter().map(|(_, problem)| problem).collect();
    assert!(problems.contains(&Problem::Macros), "{problems:?}");
    assert!(problems.contains(&Problem::ColumnMissing("type")), "{problems:?}");
    assert_eq!(no_draft(&bytes), [Problem::Macros]);
}

#[test]
fn what_unpacks_to_more_than_it_may_is_refused() {
    // Sixty megabytes of blanks, in as many rows, packed to some kilobytes.
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    let row = format!("<!--{}-->", " ".repeat(1_000));
    for _ in 0..60_000 {
        sheet.extend_from_slice(row.as_bytes());
    }
    sheet.extend_from_slice(b"</sheetData></worksheet>");
    let bytes = package(&[("xl/worksheets/sheet1.xml", &sheet)]);
    assert!(bytes.len() < 1_000_000, "{} bytes are no bomb", bytes.len());
    let problems: Vec<_> = told(import(&bytes)).into_iter().map(|(_, problem)| problem).collect();
    assert!(problems.contains(&Problem::TooBig), "{problems:?}");
}

#[test]
fn entities_and_document_types_are_damage() {
    let sheet = r#"<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>"#;
    let problems: Vec<_> = told(import(&package(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])))
        .into_iter()
        .map(|(_, p)| p)
        .collect();
    assert!(problems.contains(&Problem::Broken("sheet")), "{problems:?}");
}

#[test]
fn a_list_that_thousands_of_questions_offer_does_not_grow_without_bound() {
    let survey: Vec<Vec<String>> = (0..2_000)
        .map(|row| vec!["select_one all".to_owned(), format!("q{row}"), "问".to_owned(), "Q".to_owned()])
        .collect();
    let choices: Vec<Vec<String>> = (0..2_000)
        .map(|row| vec!["all".to_owned(), format!("c{row}"), "项".to_owned(), "C".to_owned()])
        .collect();
    let slices = |rows: &'static [Vec<String>]| {
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect()
    };
    let survey: Vec<Vec<&str>> = slices(survey.leak());
    let choices: Vec<Vec<&str>> = slices(choices.leak());
    let mut rows: Vec<&[&str]> = vec![HEAD];
    rows.extend(survey.iter().map(Vec::as_slice));
    let mut lists: Vec<&[&str]> = vec![&["list_name", "name", "label::zh", "label::en"]];
    lists.extend(choices.iter().map(Vec::as_slice));
    let faults = told(import(&book(&[("survey", &rows), ("choices", &lists)])));
    assert!(faults.iter().any(|(_, problem)| *problem == Problem::TooManyChoices(limits::CHOICES)));
    assert!(faults.len() <= limits::FAULTS + 1);
}

#[test]
fn groups_in_each_other_without_end_are_refused() {
    let mut rows: Vec<Vec<String>> = vec![];
    for depth in 0..500 {
        rows.push(vec!["begin group".to_owned(), format!("g{depth}"), "组".to_owned(), "G".to_owned()]);
    }
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut all: Vec<&[&str]> = vec![HEAD];
    all.extend(rows.iter().map(Vec::as_slice));
    let faults = told(survey(&all));
    assert!(faults.iter().any(|(_, problem)| *problem == Problem::TooDeep(limits::DEPTH)));
    assert!(faults.iter().any(|(_, problem)| matches!(problem, Problem::NeverEnded(_))));
    assert!(
        matches!(faults.first(), Some((_, Problem::More(_))))
            || faults.iter().any(|(_, p)| matches!(p, Problem::More(_)))
    );
}

#[test]
fn a_sheet_of_the_same_name_with_other_letters_is_read() {
    let imported = import(&book(&[(" Survey ", &[HEAD, &["text", "q", "问", "Q"]])]));
    assert!(imported.is_ok(), "{imported:?}");
}

#[test]
fn reading_ends_when_its_time_is_over() {
    let whole = book(&[("survey", &[HEAD, &["text", "q", "问", "Q"]])]);
    let past = Instant::now().checked_sub(limits::TIME * 2).unwrap();
    let faults = read(&whole, &crate::support::outset(), &crate::support::quote, past).unwrap_err();
    assert!(faults.iter().any(|fault| fault.problem == Problem::TooSlow), "{faults:?}");
}

#[test]
fn an_unknown_law_is_named_where_it_stands() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "law"];
    let faults = told(survey(&[head, &["text", "q", "问", "Q", "no-law-001"]]));
    assert_eq!(faults, [("survey!E2 (law)".to_owned(), Problem::LawUnknown("no-law-001".to_owned()))]);
}

#[test]
fn every_fault_has_words_in_both_languages() {
    let faults = survey(&[HEAD, &["audio", "a b", "", "", "("], &["rank x", "c", "c", "c"]]).unwrap_err();
    for fault in faults {
        let (zh, en) = (fault.words(Lang::Zh), fault.words(Lang::En));
        assert!(zh.contains('：') && en.contains(": "), "{zh} / {en}");
        assert_ne!(zh, en);
    }
}

/// A workbook whose one sheet is `survey`, with these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let fixed: [(&str, &[u8]); 3] = [
        ("_rels/.rels", br#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="survey" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
    ];
    let (mut file, mut directory, mut count) = (vec![], vec![], 0u16);
    for (name, bytes) in fixed.iter().chain(parts) {
        let mut packed = flate2::write::DeflateEncoder::new(vec![], flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        let packed = packed.finish().unwrap();
        let offset = u32::try_from(file.len()).unwrap();
        let sizes = [packed.len(), bytes.len()].map(|size| u32::try_from(size).unwrap().to_le_bytes());
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        file.extend_from_slice(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
        file.extend(sizes.concat());
        file.extend(length);
        file.extend([0, 0]);
        file.extend_from_slice(name.as_bytes());
        file.extend(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
        directory.extend(sizes.concat());
        directory.extend(length);
        directory.extend([0; 12]);
        directory.extend(offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        count += 1;
    }
    let (start, size) = (u32::try_from(file.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    file.extend(directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    file.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    file.extend([0, 0]);
    file
}
