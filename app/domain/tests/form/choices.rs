//! Choices that are offered or not.

use super::*;
use domain::form::session::Issue;
use domain::form::session::Lack;

fn districts(kind: &str) -> Value {
    let choice =
        |id: &str, region: &str| json!({ "id": id, "text": text(id), "shown_if": is("region", region) });
    json!([
        select_one("region", &["north", "south"], json!({})),
        question(
            "district",
            json!({ kind: [choice("a", "north"), choice("b", "north"), choice("c", "south"),
            { "id": "d", "text": text("d") }] }),
            json!({})
        ),
    ])
}

fn one(id: &str) -> Answer {
    Answer::SelectOne(id.into())
}

fn many(ids: &[&str]) -> Answer {
    Answer::SelectMultiple(ids.iter().map(|id| (*id).into()).collect())
}

fn offered(session: &Session) -> Vec<String> {
    session.question(&key("district")).unwrap().choices().map(|choice| choice.id.to_string()).collect()
}

#[test]
fn only_what_fits_the_earlier_answer_is_offered() {
    let mut session = open(districts("select_one"));
    assert_eq!(offered(&session), ["d"]);
    let change = session.set(&key("region"), one("north")).unwrap();
    assert_eq!(change.choices, keys(&["district"]));
    assert_eq!(offered(&session), ["a", "b", "d"]);
}

#[test]
fn a_chosen_option_that_is_not_offered_any_more_is_dropped_and_comes_back() {
    let mut session = open(districts("select_one"));
    session.set(&key("region"), one("north")).unwrap();
    session.set(&key("district"), one("a")).unwrap();
    let change = session.set(&key("region"), one("south")).unwrap();
    assert_eq!(change.answers, keys(&["region", "district"]));
    assert_eq!(answer(&session, &key("district")), None);
    assert_eq!(session.issues(), [Issue { question: key("district"), lack: Lack::Unanswered }]);
    session.set(&key("region"), one("north")).unwrap();
    assert_eq!(answer(&session, &key("district")), Some(one("a")));
}

#[test]
fn of_several_chosen_only_those_are_dropped_that_are_not_offered() {
    let mut session = open(districts("select_multiple"));
    session.set(&key("region"), one("north")).unwrap();
    session.set(&key("district"), many(&["a", "d"])).unwrap();
    session.set(&key("region"), one("south")).unwrap();
    assert_eq!(answer(&session, &key("district")), Some(many(&["d"])));
    // Whoever chooses among the others does not see it, and does not take it away.
    session.set(&key("district"), many(&["c"])).unwrap();
    session.set(&key("region"), one("north")).unwrap();
    assert_eq!(answer(&session, &key("district")), Some(many(&["a"])));
}

#[test]
fn what_is_dropped_counts_for_nothing_elsewhere() {
    let Value::Array(mut entries) = districts("select_one") else { panic!("a list") };
    entries.push(pass_fail("gate", json!({ "relevant": is("district", "a") })));
    let mut session = open(Value::Array(entries));
    session.set(&key("region"), one("north")).unwrap();
    session.set(&key("district"), one("a")).unwrap();
    let change = session.set(&key("region"), one("south")).unwrap();
    assert_eq!(change.hidden, keys(&["gate"]));
}
