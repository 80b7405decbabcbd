use crate::{
    drawn::form,
    support::{any_quote, content},
};
use authoring::{
    catalogue,
    xlsform::{Outset, read, write},
};
use domain::{
    expression::{Expression, Function},
    form::{Entry, Form, Layer},
    id::FormId,
    sector::Sector,
};
use proptest::{
    prop_assert, prop_assert_eq, proptest,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, TestRunner},
};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Names a folder that the workbooks of these tests are written into, for another program to try.
const FOLDER: &str = "XUNAN_XLSFORM_WRITTEN";

fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os(FOLDER) {
        fs::write(PathBuf::from(folder).join(format!("{name}.xlsx")), bytes).unwrap();
    }
}

fn back(form: &Form, bytes: &[u8]) -> Form {
    // Other values than any form has: all of it must come from the workbook.
    let outset = Outset {
        id: FormId::from("nothing"),
        layer: Layer::Campaign,
        sector: Sector::Hazwaste,
        site_kinds: vec!["nowhere".into()],
        known_kinds: None,
        pictures: None,
    };
    let quotes = |id: &_| form.quote(id).cloned();
    match read(bytes, &outset, &quotes, Instant::now()) {
        Ok(imported) => {
            assert_eq!(imported.remarks, [], "nothing of our own is remarked upon");
            imported.form
        }
        Err(faults) => panic!("{faults:#?}"),
    }
}

fn functions(expression: &Expression, found: &mut BTreeSet<Function>) {
    if let Expression::Call(function, _) = expression {
        found.insert(*function);
    }
    expression.parts().into_iter().for_each(|part| functions(part, found));
}

/// What the property below goes through is what it says: forms of every layer, some in use for a time, and every function.
#[test]
fn whatever_a_form_can_hold_is_drawn() {
    let mut runner = TestRunner::deterministic();
    let (mut layers, mut drawn, mut limited) = (BTreeSet::new(), BTreeSet::new(), 0);
    for _ in 0..3_000 {
        let form = form().new_tree(&mut runner).unwrap().current();
        layers.insert(form.layer.as_str());
        limited += usize::from(!form.validity.is_open());
        let expressions = form.all_entries().into_iter().flat_map(Entry::expressions);
        expressions.for_each(|(_, expression)| functions(expression, &mut drawn));
        form.offered_if.iter().for_each(|expression| functions(expression, &mut drawn));
    }
    assert_eq!(layers.len(), Layer::ALL.len(), "{layers:?}");
    assert!(limited > 0);
    let missing: Vec<_> = Function::ALL.into_iter().filter(|function| !drawn.contains(function)).collect();
    assert_eq!(missing, []);
}

proptest! {
    #![proptest_config(Config { cases: 96, ..Config::default() })]

    #[test]
    fn a_form_that_was_written_reads_as_the_same_form(form in form()) {
        let faults = form.check();
        prop_assert!(faults.is_empty(), "the drawing makes forms that hold: {:?}", faults);
        let bytes = write(&form).unwrap();
        prop_assert_eq!(&back(&form, &bytes), &content(&form));
        keep(&format!("drawn-{}-{}", form.entries.len(), bytes.len()), &bytes);
    }
}

#[test]
fn every_form_of_the_catalogue_goes_out_and_comes_back_as_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue/forms");
    let mut tried = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let form = catalogue::read(&fs::read_to_string(&path).unwrap(), &|id| Some(any_quote(id))).unwrap();
        let bytes = write(&form).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(back(&form, &bytes), form, "{}", path.display());
        keep(form.id.as_str(), &bytes);
        tried += 1;
    }
    assert!(tried > 70, "{tried} forms of the catalogue were tried");
}
