//! The same questions for each of several things.

use super::*;
use domain::form::session::{Line, Refused};

fn house() -> Value {
    json!([
        count("beds-allowed", json!({})),
        repeat(
            "room",
            json!([
                count("beds", json!({})),
                pass_fail("window", json!({ "relevant": over(q("beds"), 1.0) })),
            ]),
            json!({})
        ),
        calculation("all-beds", call(Function::Sum, [q("beds")])),
        calculation("rooms", call(Function::Count, [q("room")])),
    ])
}

fn beds(room: u16) -> AnswerKey {
    key("beds").at(&[room])
}

fn number(session: &Session, question: &str) -> Option<Answer> {
    answer(session, &key(question))
}

#[test]
fn a_repeat_begins_without_instances() {
    let session = open(house());
    assert_eq!(session.standing().asked, 1);
    assert_eq!(session.question(&beds(1)), None);
}

#[test]
fn each_instance_has_its_own_answers() {
    let mut session = open(house());
    let (first, change) = session.add_instance(&rooms()).unwrap();
    assert_eq!((first, change.instances, change.shown), (1, vec![rooms()], vec![beds(1)]));
    let (second, _) = session.add_instance(&rooms()).unwrap();
    session.set(&beds(first), Answer::Count(1)).unwrap();
    let change = session.set(&beds(second), Answer::Count(2)).unwrap();
    assert_eq!(change.shown, [key("window").at(&[2])], "the nearest instance is looked at");
    assert_eq!(number(&session, "all-beds"), Some(Answer::Number(3.0)));
    assert_eq!(number(&session, "rooms"), Some(Answer::Number(2.0)));
}

#[test]
fn a_number_is_never_used_twice() {
    let mut session = open(house());
    for expected in [1, 2] {
        assert_eq!(session.add_instance(&rooms()).unwrap().0, expected);
    }
    session.remove_instance(&rooms(), 2).unwrap();
    let form = session.form().clone();
    let mut session = reopen(&form, session.answers());
    assert_eq!(session.add_instance(&rooms()).unwrap().0, 3, "nor after a night");
}

#[test]
fn one_that_is_removed_leaves_no_answer() {
    let mut session = open(house());
    for room in [1, 2] {
        session.add_instance(&rooms()).unwrap();
        session.set(&beds(room), Answer::Count(room.into())).unwrap();
    }
    let change = session.remove_instance(&rooms(), 1).unwrap();
    assert_eq!((change.hidden, change.instances), (vec![beds(1)], vec![rooms()]));
    assert_eq!(session.question(&beds(1)), None);
    assert_eq!(number(&session, "all-beds"), Some(Answer::Number(2.0)));
    assert_eq!(number(&session, "rooms"), Some(Answer::Number(1.0)));
    assert_eq!(session.standing().asked, 3);
    assert!(session.answers().responses.iter().all(|response| response.key != beds(1)));
}

#[test]
fn there_are_no_more_than_the_form_allows() {
    let mut session = open(json!([repeat("room", json!([count("beds", json!({}))]), json!({ "most": 2 }))]));
    session.add_instance(&rooms()).unwrap();
    session.add_instance(&rooms()).unwrap();
    assert_eq!(session.add_instance(&rooms()).unwrap_err(), Refused::Full);
    assert!(session.outline().iter().any(|line| matches!(line, Line::Repeat { can_add: false, .. })));
}

#[test]
fn an_answer_may_say_how_many_there_are_and_nothing_is_lost_when_it_says_fewer() {
    let entries = json!([
        count("floors", json!({})),
        repeat("room", json!([count("beds", json!({}))]), json!({ "count": q("floors") })),
        calculation("all-beds", call(Function::Sum, [q("beds")])),
    ]);
    let mut session = open(entries);
    let change = session.set(&key("floors"), Answer::Count(2)).unwrap();
    assert_eq!(change.shown, [beds(1), beds(2)]);
    session.set(&beds(1), Answer::Count(10)).unwrap();
    session.set(&beds(2), Answer::Count(5)).unwrap();
    let change = session.set(&key("floors"), Answer::Count(1)).unwrap();
    assert_eq!(change.hidden, [beds(2)]);
    assert_eq!(number(&session, "all-beds"), Some(Answer::Number(10.0)));
    session.set(&key("floors"), Answer::Count(2)).unwrap();
    assert_eq!(number(&session, "all-beds"), Some(Answer::Number(15.0)));
    assert_eq!(session.add_instance(&rooms()).unwrap_err(), Refused::ReadOnly);
    assert_eq!(session.remove_instance(&rooms(), 1).unwrap_err(), Refused::ReadOnly);
    session.set(&key("floors"), Answer::Count(1000)).unwrap();
    assert_eq!(session.standing().asked, 21, "the form's own limit holds");
}

#[test]
fn a_repeat_that_is_hidden_keeps_its_instances() {
    let mut session = open(json!([
        pass_fail("hotel", json!({})),
        repeat("room", json!([count("beds", json!({}))]), json!({ "relevant": is("hotel", "pass") })),
        calculation("rooms", call(Function::Count, [q("room")])),
    ]));
    assert_eq!(session.add_instance(&rooms()).unwrap_err(), Refused::NotAsked);
    session.set(&key("hotel"), Answer::Pass).unwrap();
    session.add_instance(&rooms()).unwrap();
    session.set(&beds(1), Answer::Count(3)).unwrap();
    session.set(&key("hotel"), Answer::Fail).unwrap();
    assert_eq!(number(&session, "rooms"), Some(Answer::Number(0.0)));
    session.set(&key("hotel"), Answer::Pass).unwrap();
    assert_eq!(answer(&session, &beds(1)), Some(Answer::Count(3)));
}

#[test]
fn positions_move_up_when_one_before_is_removed() {
    let mut session = open(json!([repeat(
        "room",
        json!([
            calculation("place", call(Function::Position, [])),
            pass_fail(
                "first",
                json!({ "relevant": op(call(Function::Position, []), Operator::Equal, n(1.0)) })
            ),
        ]),
        json!({})
    )]));
    for _ in 0..3 {
        session.add_instance(&rooms()).unwrap();
    }
    let change = session.remove_instance(&rooms(), 1).unwrap();
    let places: Vec<_> = [2, 3].iter().map(|room| answer(&session, &key("place").at(&[*room]))).collect();
    assert_eq!(places, [Some(Answer::Number(1.0)), Some(Answer::Number(2.0))]);
    assert_eq!(change.shown, [key("first").at(&[2])]);
}

#[test]
fn what_stands_in_a_repeat_sees_its_own_instance_and_what_is_round_it() {
    let mut session = open(json!([
        count("allowed", json!({})),
        repeat(
            "floor",
            json!([
                count("limit", json!({})),
                repeat(
                    "room",
                    json!([
                        count("beds", json!({})),
                        pass_fail(
                            "crowded",
                            json!({ "relevant": op(q("beds"), Operator::Greater, q("limit")) })
                        ),
                    ]),
                    json!({})
                ),
                calculation("on-floor", call(Function::Sum, [q("beds")])),
            ]),
            json!({})
        ),
        calculation("in-house", call(Function::Sum, [q("beds")])),
    ]));
    let floors = GroupKey::of("floor");
    for floor in [1, 2] {
        session.add_instance(&floors).unwrap();
        session.set(&key("limit").at(&[floor]), Answer::Count(u32::from(floor) * 10)).unwrap();
        session.add_instance(&rooms().at(&[floor])).unwrap();
        session.set(&key("beds").at(&[floor, 1]), Answer::Count(15)).unwrap();
    }
    assert!(session.question(&key("crowded").at(&[1, 1])).unwrap().shown);
    assert!(!session.question(&key("crowded").at(&[2, 1])).unwrap().shown);
    assert_eq!(answer(&session, &key("on-floor").at(&[2])), Some(Answer::Number(15.0)));
    assert_eq!(number(&session, "in-house"), Some(Answer::Number(30.0)));
    session.remove_instance(&floors, 1).unwrap();
    assert_eq!(number(&session, "in-house"), Some(Answer::Number(15.0)));
}

#[test]
fn what_looks_at_all_instances_from_inside_one_hears_of_the_others() {
    let mut session = open(json!([repeat(
        "room",
        json!([count("beds", json!({})), calculation("counted", call(Function::CountNonEmpty, [q("beds")]))]),
        json!({}),
    )]));
    for _ in 0..2 {
        session.add_instance(&rooms()).unwrap();
    }
    let change = session.set(&beds(2), Answer::Count(1)).unwrap();
    let counted = |room| key("counted").at(&[room]);
    assert_eq!(change.answers, [beds(2), counted(1), counted(2)]);
}

#[test]
fn where_the_first_of_many_counts_the_next_moves_up_when_it_is_removed() {
    let mut session = open(json!([
        repeat("room", json!([count("beds", json!({}))]), json!({})),
        calculation("first", op(q("beds"), Operator::Add, n(0.0))),
    ]));
    for _ in 0..2 {
        session.add_instance(&rooms()).unwrap();
    }
    session.set(&beds(2), Answer::Count(5)).unwrap();
    assert_eq!(number(&session, "first"), None, "the first room is not answered");
    session.remove_instance(&rooms(), 1).unwrap();
    assert_eq!(number(&session, "first"), Some(Answer::Number(5.0)));
}
