//! The built-in forms taken together: that they carry the plan, that none asks too much, that what is said of a hazard rests on
//! something. What is wrong with one file by itself is told when it is read (`authoring::catalogue`).
//!
//! Each test names everything that is wrong, not only the first.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod basis;
mod criteria;
mod facts;
mod layers;
mod patrol;
mod plan;
mod quotations;
mod relevance;
mod tables;

use domain::{
    form::{Form, Question},
    law::{LawLibrary, StandardRegister},
};
use service::catalogue::{forms, standards};
use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

static LIBRARY: LazyLock<LawLibrary> = LazyLock::new(|| forms::library().unwrap());

static STANDARDS: LazyLock<StandardRegister> = LazyLock::new(|| standards::register(&LIBRARY).unwrap());

/// As the product reads them.
static FORMS: LazyLock<Vec<Form>> =
    LazyLock::new(|| forms::ids().map(|id| forms::built_in(id, &LIBRARY).unwrap().unwrap()).collect());

fn built_in() -> &'static [Form] {
    &FORMS
}

/// Every question of every form, in the order of the forms.
fn questions() -> impl Iterator<Item = (&'static Form, &'static Question)> {
    built_in().iter().flat_map(|form| form.questions().map(move |question| (form, question)))
}

/// Where a question stands, for those who read a failure.
fn place(form: &Form, question: &Question) -> String {
    format!("{}/{}", form.id, question.id)
}

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue/forms");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let named: BTreeSet<String> =
        files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let built_in: BTreeSet<String> = forms::ids().map(str::to_owned).collect();
    assert_eq!(named, built_in);
}
