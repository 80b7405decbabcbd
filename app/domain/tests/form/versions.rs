//! From version to version: what is different, and what becomes of a draft.

use super::*;
use domain::{
    form::{
        AsideBecause,
        Difference::{self, Added, Changed, Moved, Removed},
        Response,
        compare::{EntryPart, FormPart},
    },
    photo::PhotoHash,
};

fn differences(old: Value, new: Value) -> Vec<Difference> {
    form_of(old).differences(&form_of(new))
}

fn simple(ids: &[&str]) -> Value {
    Value::Array(ids.iter().map(|id| pass_fail(id, json!({}))).collect())
}

#[test]
fn the_same_twice_has_no_differences() {
    assert_eq!(differences(simple(&["a", "b"]), simple(&["a", "b"])), []);
}

#[test]
fn what_came_and_what_went_is_named() {
    assert_eq!(
        differences(simple(&["a", "b"]), simple(&["b", "c"])),
        [Added("c".into()), Removed("a".into())]
    );
}

#[test]
fn a_question_says_which_of_its_parts_are_others() {
    let new = json!([pass_fail("a", json!({ "text": text("另"), "relevant": no() })), count("b", json!({}))]);
    let expected = [
        Changed("a".into(), vec![EntryPart::Text, EntryPart::Relevant]),
        Changed("b".into(), vec![EntryPart::Kind]),
    ];
    assert_eq!(differences(simple(&["a", "b"]), new), expected);
}

#[test]
fn of_a_new_order_only_what_moved_is_named() {
    assert_eq!(
        differences(simple(&["a", "b", "c", "d"]), simple(&["d", "a", "b", "c"])),
        [Moved("d".into())]
    );
    assert_eq!(
        differences(simple(&["a", "b", "c", "d"]), simple(&["b", "c", "a", "d"])),
        [Moved("a".into())]
    );
}

#[test]
fn what_comes_into_another_group_moves_and_what_stands_in_it_moves_with_it() {
    let inner = |id: &str| group(id, simple(&["a", "b"]), json!({}));
    let old = json!([group("one", json!([inner("in")]), json!({})), group("two", simple(&["c"]), json!({}))]);
    let new = json!([
        group("one", json!([]), json!({})),
        group("two", json!([inner("in"), pass_fail("c", json!({}))]), json!({}))
    ]);
    assert_eq!(differences(old, new), [Moved("in".into())]);
}

#[test]
fn the_form_itself_may_be_another() {
    let old = form_of(simple(&["a"]));
    let mut new = old.clone();
    new.title.en = "Another".into();
    new.offered_if = Some(no());
    assert_eq!(old.differences(&new), [Difference::Form(vec![FormPart::Title, FormPart::OfferedIf])]);
}

// Drafts.

fn given(entries: Value, given: &[(&str, Answer)]) -> (Form, Answers) {
    let form = form_of(entries);
    let mut session = reopen(&form, Answers::default());
    for (question, answer) in given {
        session.set(&key(question), answer.clone()).unwrap();
    }
    (form, session.answers())
}

fn aside(answers: &Answers) -> Vec<(String, AsideBecause)> {
    answers.aside.iter().map(|aside| (aside.response.key.question.to_string(), aside.because)).collect()
}

#[test]
fn an_answer_goes_over_to_its_question_wherever_that_stands_now() {
    let (old, answers) = given(simple(&["a", "b"]), &[("a", Answer::Pass), ("b", Answer::Fail)]);
    let new = form_of(json!([group("g", simple(&["b"]), json!({})), pass_fail("a", json!({}))]));
    let taken = answers.taken_over(&old, &new);
    assert_eq!(taken.aside, []);
    let session = reopen(&new, taken);
    assert_eq!(
        [answer(&session, &key("a")), answer(&session, &key("b"))],
        [Some(Answer::Pass), Some(Answer::Fail)]
    );
}

#[test]
fn what_has_no_place_any_more_is_kept_aside_and_listed() {
    let (old, answers) = given(
        json!([
            pass_fail("gone", json!({})),
            pass_fail("other", json!({})),
            select_one("one", &["x", "y"], json!({}))
        ]),
        &[("gone", Answer::Pass), ("other", Answer::Fail), ("one", Answer::SelectOne("x".into()))],
    );
    let new = form_of(json!([count("other", json!({})), select_one("one", &["y", "z"], json!({}))]));
    let taken = answers.taken_over(&old, &new);
    let expected =
        [("gone", AsideBecause::Gone), ("other", AsideBecause::OtherKind), ("one", AsideBecause::OptionGone)];
    assert_eq!(aside(&taken), expected.map(|(question, because)| (question.to_owned(), because)));
    assert_eq!(reopen(&new, taken.clone()).aside(), taken.aside);
    assert_eq!(reopen(&new, taken.clone()).answers().aside, taken.aside, "and stays there");
}

#[test]
fn what_lies_aside_comes_back_with_a_version_that_has_a_place_for_it() {
    let (old, answers) = given(simple(&["a", "b"]), &[("a", Answer::Pass), ("b", Answer::Fail)]);
    let without = form_of(simple(&["b"]));
    let between = reopen(&without, answers.clone().taken_over(&old, &without)).answers();
    assert_eq!(between.taken_over(&without, &old), answers_in_order(&answers));
}

/// What comes back comes last.
fn answers_in_order(answers: &Answers) -> Answers {
    let mut responses = answers.responses.clone();
    responses.rotate_left(1);
    Answers { responses, ..answers.clone() }
}

#[test]
fn an_answer_of_a_narrower_kind_goes_over_to_the_wider() {
    let (old, answers) = given(
        json!([count("a", json!({})), select_one("b", &["x", "y"], json!({}))]),
        &[("a", Answer::Count(3)), ("b", Answer::SelectOne("x".into()))],
    );
    let kind =
        json!({ "select_multiple": [{ "id": "x", "text": text("x") }, { "id": "y", "text": text("y") }] });
    let new = form_of(json!([
        question("a", json!({ "number": { "unit": text("米") } }), json!({})),
        question("b", kind, json!({}))
    ]));
    let taken = answers.taken_over(&old, &new);
    assert_eq!(taken.aside, []);
    assert_eq!(taken.responses[0].answer, Some(Answer::Number(3.0)));
    assert_eq!(taken.responses[1].answer, Some(Answer::SelectMultiple(["x".into()].into())));
}

#[test]
fn of_several_chosen_those_that_are_still_offered_stay() {
    let select = |ids: &[&str]| {
        let choices: Vec<_> = ids.iter().map(|id| json!({ "id": id, "text": text(id) })).collect();
        json!([question("a", json!({ "select_multiple": choices }), json!({}))])
    };
    let both = Answer::SelectMultiple(["x".into(), "y".into()].into());
    let (old, answers) = given(select(&["x", "y"]), &[("a", both)]);
    let taken = answers.taken_over(&old, &form_of(select(&["y", "z"])));
    assert_eq!(taken.responses[0].answer, Some(Answer::SelectMultiple(["y".into()].into())));
    assert_eq!(
        taken.aside[0].response,
        Response::answered(key("a"), Answer::SelectMultiple(["x".into()].into()))
    );
}

#[test]
fn note_and_photos_stay_with_their_question_when_its_answer_goes() {
    let form = form_of(simple(&["a"]));
    let mut session = reopen(&form, Answers::default());
    session.set(&key("a"), Answer::Fail).unwrap();
    session.write_note(&key("a"), "门锁着".into()).unwrap();
    let new = form_of(json!([count("a", json!({}))]));
    let taken = session.answers().taken_over(&form, &new);
    assert_eq!(taken.responses[0].note, "门锁着");
    assert_eq!(taken.aside[0].response, Response::answered(key("a"), Answer::Fail));
}

#[test]
fn a_repeat_that_is_gone_for_a_while_loses_no_instance() {
    let house =
        json!([pass_fail("a", json!({})), repeat("room", json!([count("beds", json!({}))]), json!({}))]);
    let form = form_of(house);
    let mut session = reopen(&form, Answers::default());
    session.add_instance(&rooms()).unwrap();
    session.add_instance(&rooms()).unwrap();
    session.remove_instance(&rooms(), 1).unwrap();
    session.set(&key("beds").at(&[2]), Answer::Count(3)).unwrap();
    let without = form_of(simple(&["a"]));
    let between = reopen(&without, session.answers().taken_over(&form, &without)).answers();
    assert_eq!(aside(&between), [("beds".to_owned(), AsideBecause::Gone)]);
    let mut back = reopen(&form, between.taken_over(&without, &form));
    assert_eq!(answer(&back, &key("beds").at(&[2])), Some(Answer::Count(3)));
    assert_eq!(back.add_instance(&rooms()).unwrap().0, 3);
}

#[test]
fn a_question_that_comes_into_a_repeat_takes_no_answer_with_it() {
    let (old, answers) = given(json!([count("beds", json!({}))]), &[("beds", Answer::Count(3))]);
    let new = form_of(json!([repeat("room", json!([count("beds", json!({}))]), json!({}))]));
    assert_eq!(aside(&answers.taken_over(&old, &new)), [("beds".to_owned(), AsideBecause::Gone)]);
}

#[test]
fn what_was_worked_out_goes_over_to_the_same_calculation_alone() {
    let once = |number: f64| json!([calculation("a", call(Function::Once, [n(number)]))]);
    let (old, answers) = given(once(5.0), &[]);
    let after = |new: Value| {
        let new = form_of(new);
        let taken = answers.clone().taken_over(&old, &new);
        assert_eq!(taken.aside, [], "nobody gave it");
        answer(&reopen(&new, taken), &key("a"))
    };
    assert_eq!(after(once(5.0)), Some(Answer::Number(5.0)));
    assert_eq!(after(once(6.0)), Some(Answer::Number(6.0)), "another calculation begins anew");
    assert_eq!(after(json!([count("a", json!({}))])), None, "it is no answer to what is asked");
}

#[test]
fn an_answer_to_what_is_worked_out_now_is_kept_aside() {
    let (old, answers) = given(json!([count("a", json!({}))]), &[("a", Answer::Count(3))]);
    let shown = json!({ "read_only": true, "default": n(6.0) });
    for new in [json!([calculation("a", call(Function::Once, [n(6.0)]))]), json!([count("a", shown)])] {
        let new = form_of(new);
        let taken = answers.clone().taken_over(&old, &new);
        assert_eq!(aside(&taken), [("a".to_owned(), AsideBecause::OtherKind)]);
        assert_ne!(answer(&reopen(&new, taken.clone()), &key("a")), Some(Answer::Count(3)));
        let back = taken.taken_over(&new, &old);
        assert_eq!(answer(&reopen(&old, back), &key("a")), Some(Answer::Count(3)), "and comes back");
    }
}

#[test]
fn note_and_photos_stay_with_their_question_while_it_is_only_shown() {
    let asked = form_of(json!([count("a", json!({}))]));
    let mut session = reopen(&asked, Answers::default());
    session.set(&key("a"), Answer::Count(3)).unwrap();
    session.write_note(&key("a"), "门锁着".into()).unwrap();
    let photo = PhotoHash::of(b"door");
    session.set_photos(&key("a"), vec![photo.clone()]).unwrap();
    let shown = form_of(json!([count("a", json!({ "read_only": true, "default": n(6.0) }))]));
    let between = reopen(&shown, session.answers().taken_over(&asked, &shown)).answers();
    let back = between.taken_over(&shown, &asked);
    let [given] = back.responses.as_slice() else { panic!("{:?}", back.responses) };
    assert_eq!(given.answer, Some(Answer::Count(3)));
    assert_eq!((given.note.as_str(), &given.photos), ("门锁着", &vec![photo]));
}
