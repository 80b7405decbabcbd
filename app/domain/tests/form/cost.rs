//! What a change costs, counted in evaluations.

use super::*;

/// 300 questions: 100 of them asked only after another, 5 repeats of 20 instances with 4 questions each.
fn large() -> Form {
    let mut entries = vec![];
    for at in 0..100 {
        entries.push(with_criterion(&format!("plain-{at}"), json!({})));
        entries.push(with_criterion(
            &format!("after-{at}"),
            json!({ "relevant": is(&format!("plain-{at}"), "fail") }),
        ));
    }
    for at in 0..80 {
        entries.push(with_criterion(&format!("more-{at}"), json!({})));
    }
    for at in 0..5 {
        let inner: Vec<_> = (0..4).map(|inner| count(&format!("count-{at}-{inner}"), json!({}))).collect();
        entries.push(repeat(&format!("repeat-{at}"), Value::Array(inner), json!({})));
        entries.push(calculation(&format!("sum-{at}"), call(Function::Sum, [q(&format!("count-{at}-0"))])));
    }
    form_of(Value::Array(entries))
}

fn filled() -> Session {
    let mut session = reopen(&large(), Answers::default());
    for at in 0..5 {
        for _ in 0..20 {
            session.add_instance(&GroupKey::of(&format!("repeat-{at}"))).unwrap();
        }
    }
    session
}

fn cost(session: &mut Session, act: impl FnOnce(&mut Session)) -> u64 {
    let before = session.evaluations();
    act(session);
    session.evaluations() - before
}

#[test]
fn opening_evaluates_each_expression_of_what_is_shown_once() {
    let form = large();
    assert_eq!(form.questions().count(), 305);
    let filled = filled().answers();
    // A hundred conditions and five sums.
    assert_eq!(reopen(&form, filled).evaluations(), 105);
}

#[test]
fn a_change_costs_what_depends_on_it() {
    let mut session = filled();
    assert_eq!(cost(&mut session, |session| drop(session.set(&key("more-1"), Answer::Fail).unwrap())), 0);
    assert_eq!(cost(&mut session, |session| drop(session.set(&key("plain-1"), Answer::Fail).unwrap())), 1);
    let in_repeat = key("count-2-0").at(&[20]);
    assert_eq!(cost(&mut session, |session| drop(session.set(&in_repeat, Answer::Count(3)).unwrap())), 1);
    let beside = key("count-2-1").at(&[20]);
    assert_eq!(cost(&mut session, |session| drop(session.set(&beside, Answer::Count(3)).unwrap())), 0);
}

#[test]
fn the_hundredth_instance_costs_what_the_first_did() {
    let mut session = open(json!([
        repeat(
            "room",
            json!([
                count("beds", json!({})),
                pass_fail("window", json!({ "relevant": over(q("beds"), 1.0) })),
            ]),
            json!({ "most": 200 })
        ),
        calculation("all", call(Function::Sum, [q("beds")])),
    ]));
    let add = |session: &mut Session| drop(session.add_instance(&rooms()).unwrap());
    // The condition inside, and the sum.
    assert_eq!(cost(&mut session, add), 2);
    for _ in 0..98 {
        add(&mut session);
    }
    assert_eq!(cost(&mut session, add), 2);
}

#[test]
fn a_chain_is_followed_to_its_end_and_each_link_once() {
    let mut entries = vec![count("c-0", json!({})), count("d-0", json!({}))];
    for at in 1..50 {
        let sum = op(q(&format!("c-{}", at - 1)), Operator::Add, q(&format!("c-{}", at / 2)));
        entries.push(calculation(&format!("c-{at}"), sum));
    }
    let mut session = open(Value::Array(entries));
    assert_eq!(cost(&mut session, |session| drop(session.set(&key("c-0"), Answer::Count(1)).unwrap())), 49);
    assert_eq!(cost(&mut session, |session| drop(session.set(&key("d-0"), Answer::Count(1)).unwrap())), 0);
}
