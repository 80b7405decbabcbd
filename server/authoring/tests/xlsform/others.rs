//! Workbooks of other people, which stand beside the repository and are no part of it.

use crate::support::import;
use authoring::xlsform::Problem;
use domain::text::Lang;
use std::{env, fs, path::PathBuf};

/// Names the folder; without it, the usual one.
const FOLDER: &str = "XUNAN_XLSFORMS";

fn folder() -> Option<PathBuf> {
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/xlsforms");
    let folder = env::var_os(FOLDER).map_or(usual, PathBuf::from);
    folder.is_dir().then_some(folder)
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
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match import(&fs::read(&path).unwrap()) {
            Ok(imported) => {
                let questions = imported.form.questions().count();
                println!("{name}: {questions} questions, {} remarks", imported.remarks.len());
                imported.remarks.iter().for_each(|remark| println!("    ({})", remark.words(Lang::En)));
            }
            Err(faults) => {
                println!("{name}: refused, {} faults", faults.len());
                for fault in faults {
                    println!("    {}", fault.words(Lang::En));
                    let is_of_file = fault.place.sheet.is_empty();
                    let is_whole = matches!(
                        fault.problem,
                        Problem::SheetMissing(_)
                            | Problem::ColumnMissing(_)
                            | Problem::SheetRefused(_)
                            | Problem::Form(..)
                    );
                    assert!(is_of_file || is_whole || fault.place.row.is_some(), "{fault:?} has no place");
                }
            }
        }
    }
}
