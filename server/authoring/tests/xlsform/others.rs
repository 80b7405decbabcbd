//! Workbooks of other people, which stand beside the repository and are no part of it.

use crate::support::import;
use authoring::xlsform::{Fault, Place, Problem};
use domain::text::Lang;
use std::{env, fs, path::PathBuf};

/// Names the folder; without it, the usual one.
const FOLDER: &str = "XUNAN_XLSFORMS";

fn folder() -> Option<PathBuf> {
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/xlsforms");
    let folder = env::var_os(FOLDER).map_or(usual, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Whether it says where the fault is, as far as such a fault has a place: of what nobody could open, the file; of what is wrong with
/// a whole sheet or the whole form, the sheet; of all else, the row.
fn is_placed(fault: &Fault) -> bool {
    let (sheet, row) = (!fault.place.sheet.is_empty(), fault.place.row.is_some());
    let of_file = matches!(
        fault.problem,
        Problem::NotAWorkbook
            | Problem::OldWorkbook
            | Problem::Encrypted
            | Problem::Broken(_)
            | Problem::TooBig
            | Problem::TooSlow
            | Problem::Macros
            | Problem::SheetMissing(_)
            | Problem::More(_)
    );
    let of_sheet = matches!(
        fault.problem,
        Problem::ColumnMissing(_)
            | Problem::SheetRefused(_)
            | Problem::SheetTwice(_)
            | Problem::TooManyRows(_)
            | Problem::TooFar(_)
    );
    let of_form = matches!(&fault.problem, Problem::Form(rule, _) if rule.at.is_none());
    of_file || (sheet && (of_sheet || of_form || row))
}

#[test]
fn workbooks_of_others_come_in_or_are_refused_for_a_named_reason() {
    let Some(folder) = folder() else {
        println!("skipped: there is no folder of workbooks; {FOLDER} may name one");
        return;
    };
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm"));
    files.sort();
    assert!(!files.is_empty(), "the folder holds no workbook");
    let (mut table, mut nowhere) = (vec![], vec![]);
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match import(&fs::read(&path).unwrap()) {
            Ok(imported) => {
                let questions = imported.form.questions().count();
                table.push(format!("{name}: {questions} questions, {} remarks", imported.remarks.len()));
                table.extend(
                    imported.remarks.iter().map(|remark| format!("    ({})", remark.words(Lang::En))),
                );
            }
            Err(faults) => {
                assert!(!faults.is_empty(), "{name} is refused for nothing");
                table.push(format!("{name}: refused, {} faults", faults.len()));
                table.extend(faults.iter().map(|fault| format!("    {}", fault.words(Lang::En))));
                nowhere.extend(
                    faults
                        .into_iter()
                        .filter(|fault| !is_placed(fault))
                        .map(|fault| format!("{name}: {fault:?}")),
                );
            }
        }
    }
    keep(&table);
    assert!(nowhere.is_empty(), "refused without saying where:\n{}", nowhere.join("\n"));
}

/// What a passing test prints is seen by nobody.
fn keep(table: &[String]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/tables");
    fs::create_dir_all(&folder).unwrap();
    let text = table.join("\n") + "\n";
    print!("{text}");
    fs::write(folder.join("workbooks-of-others.txt"), text).unwrap();
}

#[test]
fn a_refusal_without_a_place_names_nothing() {
    let at_row = Fault::new(Place::row("survey", 3), Problem::NameMissing);
    assert!(is_placed(&at_row));
    assert!(!is_placed(&Fault::new(Place::file(), Problem::NameMissing)));
    assert!(!is_placed(&Fault::new(Place::sheet("survey"), Problem::NameMissing)));
    assert!(is_placed(&Fault::new(Place::sheet("survey"), Problem::ColumnMissing("type"))));
    assert!(!is_placed(&Fault::new(Place::file(), Problem::ColumnMissing("type"))));
    assert!(is_placed(&Fault::new(Place::file(), Problem::Macros)));
}
