//! That forms look for hazards: numbers are not only noted, and failing is possible.

use super::{assert_none, built_in};

/// Filled in while something happens: most of what they ask is a record of it.
const RECORDS: [&str; 1] = ["school-drill"];

#[test]
fn most_questions_of_a_form_can_fail() {
    let mut wrong = vec![];
    for form in built_in().iter().filter(|form| !RECORDS.contains(&form.id.as_str())) {
        let asked = form.questions().filter(|question| question.asks()).count();
        let failing = form.questions().filter(|question| question.criterion.is_some()).count();
        println!("{}: {asked} questions, {failing} of them with a criterion", form.id);
        if failing * 10 < asked * 7 {
            wrong.push(format!("{}: {failing} of {asked} can fail", form.id));
        }
    }
    assert_none(&wrong);
}
