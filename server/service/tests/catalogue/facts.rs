//! What several lists ask about one thing is asked once in a visit, in whichever of them comes first.

use crate::{assert_none, place, questions};
use domain::form::{Form, Question};
use std::collections::BTreeMap;

/// Hints, laws and clauses may differ: they belong to the place in which one stands.
#[test]
fn a_fact_has_the_same_text_kind_and_criterion_wherever_it_is_asked() {
    let mut first = BTreeMap::<&str, (&Form, &Question)>::new();
    let mut wrong = vec![];
    for (form, question) in questions() {
        let Some(fact) = question.fact.as_deref() else { continue };
        let (known_form, known) = *first.entry(fact).or_insert((form, question));
        let differences = [
            ("text", known.text != question.text),
            ("kind", known.kind != question.kind),
            ("criterion", known.criterion != question.criterion),
        ];
        for (what, _) in differences.into_iter().filter(|(_, differs)| *differs) {
            let (here, there) = (place(form, question), place(known_form, known));
            wrong.push(format!("{fact}: {here} has another {what} than {there}"));
        }
    }
    println!("{} facts", first.len());
    assert_none(&wrong);
}
