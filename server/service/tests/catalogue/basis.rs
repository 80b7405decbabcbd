//! What a finding rests on.

use crate::{LIBRARY, STANDARDS, assert_none, built_in, place, questions, tables};
use chrono::NaiveDate;
use domain::{
    form::{Entry, Form, Standard, basis::EndedBasis},
    severity::Severity,
};
use std::collections::BTreeMap;

/// The day on which the forms were made.
const MADE: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();

/// What the form rests on that is not in force on a day: quoted laws, and standards that are named.
fn ended(form: &Form, on: NaiveDate) -> Vec<String> {
    let told = |basis: EndedBasis| match basis {
        EndedBasis::Quote(question, quote) => format!("{}/{question}: {quote}", form.id),
        EndedBasis::Standard(question, standard) => format!("{}/{question}: {}", form.id, standard.number),
    };
    form.ended(on, &STANDARDS).into_iter().map(told).collect()
}

#[test]
fn no_hazard_is_major_without_a_quoted_criterion_that_binds_a_kind_of_site_of_its_form() {
    let mut major = 0;
    let mut wrong = vec![];
    for (form, question) in questions() {
        let Some(criterion) = &question.criterion else { continue };
        let finding = &criterion.finding;
        let quotation = finding.major_by.as_ref().and_then(|id| LIBRARY.quotation(id));
        match finding.level {
            Severity::General => {}
            Severity::Major if quotation.is_some_and(|quotation| quotation.grades(&form.site_kinds)) => {
                major += 1;
            }
            Severity::Major => {
                let by = finding.major_by.as_ref().map_or("nothing", |id| id.as_str());
                wrong.push(format!("{}: major by {by}", place(form, question)));
            }
        }
    }
    println!("{major} questions whose failing is a major hazard");
    assert_none(&wrong);
}

/// Questions of information propose nothing and may rest on nothing; how many of them a form has is written down.
#[test]
fn every_question_that_proposes_a_hazard_rests_on_a_law_a_standard_or_good_practice() {
    let (proposing, others): (Vec<_>, Vec<_>) =
        questions().partition(|(_, question)| question.criterion.is_some());
    let without: Vec<_> = others.into_iter().filter(|(_, question)| question.asks()).collect();
    let mut of_information = BTreeMap::<&str, usize>::new();
    for (form, _) in &without {
        *of_information.entry(form.id.as_str()).or_default() += 1;
    }
    let mut table = vec![
        format!("{} questions propose a hazard", proposing.len()),
        format!("{} questions are information only", without.len()),
    ];
    table.extend(of_information.iter().map(|(form, count)| format!("{form}: {count}")));
    tables::write("information-only", &table);
    let baseless = proposing.iter().filter(|(_, question)| !question.basis.can_be_said());
    assert_none(&baseless.map(|(form, question)| place(form, question)).collect::<Vec<_>>());
}

#[test]
fn all_that_is_quoted_or_named_was_in_force_when_the_forms_were_made() {
    assert_none(&built_in().iter().flat_map(|form| ended(form, MADE)).collect::<Vec<_>>());
}

#[test]
fn every_standard_that_a_question_names_is_registered() {
    let named = questions().flat_map(|(form, question)| {
        question.basis.standard.iter().map(move |standard| (place(form, question), &standard.number))
    });
    let unknown = named.filter(|(_, number)| STANDARDS.get(number).is_none());
    assert_none(&unknown.map(|(place, number)| format!("{place}: {number}")).collect::<Vec<_>>());
}

/// Names a standard in the first question that stands in no group.
fn resting_on(number: &str) -> Form {
    let mut form = built_in().iter().find(|form| first(form).is_some()).unwrap().clone();
    let at = first(&form).unwrap();
    if let Entry::Question(question) = &mut form.entries[at] {
        let (number, clause) = (number.to_owned(), String::new());
        question.basis.standard = vec![Standard { number, clause, valid_until: None }];
    }
    form
}

fn first(form: &Form) -> Option<usize> {
    form.entries.iter().position(|entry| matches!(entry, Entry::Question(_)))
}

#[test]
fn a_question_that_rested_on_a_standard_that_has_ended_would_be_told_of() {
    let old = resting_on("GB 35181-2017");
    let told = |form: &Form, on| {
        ended(form, on).into_iter().filter(|told| told.contains("GB 35181")).collect::<Vec<_>>()
    };
    let last = NaiveDate::from_ymd_opt(2025, 10, 31).unwrap();
    assert_none(&told(&old, last));
    let from = told(&old, last.succ_opt().unwrap());
    assert!(matches!(&from[..], [one] if one.ends_with(": GB 35181-2017")), "{from:?}");
    assert_eq!(ended(&old, MADE), from);
    assert_none(&ended(&resting_on("GB 35181-2025"), MADE));
}
