//! What a form looks back at, and what comes of it.

use super::*;
use chrono::Utc;
use domain::{
    form::{LastAnswer, LastAnswers},
    id::{FormId, VisitId},
    json::read_value,
    limits::{FORMS, LAST_ANSWERS, LAST_TEXT},
    site::Site,
    sync::LARGEST_OPERATION,
};
use uuid::Uuid;

fn last(name: &str) -> Expression {
    call(Function::Last, [t(name)])
}

/// What the last visit's answer to it was, in the table.
fn pulled(name: Expression) -> Expression {
    call(Function::PullData, [t("last"), t("answer"), t("question"), name])
}

fn given(question: &str, answer: Answer) -> LastAnswer {
    LastAnswer { key: key(question), answer }
}

/// What that form looks back at of these.
fn left(form: &Form, given: impl IntoIterator<Item = LastAnswer>) -> LastAnswers {
    LastAnswers::of(form, VisitId(Uuid::nil()), began().with_timezone(&Utc), given)
}

fn open_after(entries: Value, last: Vec<LastAnswers>) -> Session {
    let context = Context { last, ..(*context()).clone() };
    Session::open(PreparedForm::new(Arc::new(form_of(entries))), Answers::default(), Arc::new(context))
}

/// Asks how wide the lane is, and why where it was too narrow the last time.
fn lane() -> Value {
    json!([
        count("lane", json!({ "default": last("lane") })),
        pass_fail("narrowed", json!({ "relevant": under(last("lane"), 4.0) })),
        calculation("wider", op(q("lane"), Operator::Subtract, last("lane"))),
    ])
}

#[test]
fn what_was_answered_last_decides_what_is_asked_and_what_stands_there_first() {
    let before = left(&form_of(lane()), [given("lane", Answer::Count(3))]);
    let mut session = open_after(lane(), vec![before]);
    assert!(shown(&session, "narrowed"));
    assert_eq!(answer(&session, &key("lane")), Some(Answer::Count(3)));
    session.set(&key("lane"), Answer::Count(5)).unwrap();
    assert_eq!(answer(&session, &key("wider")), Some(Answer::Number(2.0)));
    let wide = left(&form_of(lane()), [given("lane", Answer::Count(4))]);
    assert!(!shown(&open_after(lane(), vec![wide]), "narrowed"));
    let never = open_after(lane(), vec![]);
    assert!(!shown(&never, "narrowed"), "nobody was there before");
    assert_eq!(answer(&never, &key("lane")), None);
}

#[test]
fn each_form_looks_back_at_its_own_answers() {
    let before = left(&form_of(lane()), [given("lane", Answer::Count(3))]);
    let others = LastAnswers { form: FormId::from("other"), ..before };
    assert!(!shown(&open_after(lane(), vec![others]), "narrowed"));
}

#[test]
fn words_of_the_last_time_are_those_of_the_question() {
    let entries = json!([
        pass_fail("clear", json!({})),
        pass_fail("again", json!({ "relevant": op(last("clear"), Operator::Equal, t("fail")) })),
        pass_fail("none", json!({ "relevant": op(last("clear"), Operator::Equal, t("na")) })),
    ]);
    let form = form_of(entries.clone());
    let asked = |answer: Answer| {
        let session = open_after(entries.clone(), vec![left(&form, [given("clear", answer)])]);
        [shown(&session, "again"), shown(&session, "none")]
    };
    assert_eq!(asked(Answer::Fail), [true, false]);
    assert_eq!(asked(Answer::Pass), [false, false]);
    assert_eq!(asked(Answer::NotApplicable), [false, true]);
}

#[test]
fn of_a_question_in_a_repeat_all_instances_are_looked_back_at() {
    let entries = json!([
        repeat("room", json!([count("beds", json!({}))]), json!({})),
        calculation("before", call(Function::Sum, [last("beds")])),
    ]);
    let of_room = |number, beds| LastAnswer { key: key("beds").at(&[number]), answer: Answer::Count(beds) };
    let before = left(&form_of(entries.clone()), [of_room(1, 4), of_room(3, 2)]);
    let session = open_after(entries, vec![before]);
    assert_eq!(answer(&session, &key("before")), Some(Answer::Number(6.0)));
}

#[test]
fn tables_tell_of_the_site_and_of_the_last_time() {
    let storeys = call(Function::PullData, [t("site"), t("value"), t("attribute"), t("storeys")]);
    let entries = json!([
        count("lane", json!({})),
        calculation("lane-before", pulled(t("lane"))),
        calculation("storeys", storeys),
        calculation("beds", call(Function::PullData, [t("site"), t("value"), t("attribute"), t("beds")])),
        calculation("reversed", call(Function::PullData, [t("last"), t("question"), t("answer"), t("3")])),
    ]);
    let before = left(&form_of(entries.clone()), [given("lane", Answer::Count(3))]);
    let attributes = vec![("storeys".to_owned(), domain::expression::Value::Number(18.0))];
    let context = Context { attributes, last: vec![before], ..(*context()).clone() };
    let form = PreparedForm::new(Arc::new(form_of(entries)));
    let session = Session::open(form, Answers::default(), Arc::new(context));
    let text = |words: &str| Some(Answer::Text(words.to_owned()));
    assert_eq!(answer(&session, &key("lane-before")), text("3"));
    assert_eq!(answer(&session, &key("storeys")), text("18"));
    assert_eq!(answer(&session, &key("beds")), None, "nobody knows");
    assert_eq!(answer(&session, &key("reversed")), text("lane"));
}

#[test]
fn only_what_is_looked_back_at_is_kept_and_no_more_than_there_is_room_for() {
    let kept = |entries: Value, all: Vec<LastAnswer>| {
        let kept = left(&form_of(entries), all).answers.into_iter();
        kept.map(|given| given.key.question.to_string()).collect::<Vec<_>>()
    };
    let both = || vec![given("lane", Answer::Count(3)), given("narrowed", Answer::Pass)];
    assert_eq!(kept(lane(), both()), ["lane"]);
    let plain = json!([count("lane", json!({}))]);
    assert!(form_of(plain.clone()).looks_back().is_empty());
    assert_eq!(kept(plain, both()), [""; 0]);
    assert_eq!(kept(json!([calculation("it", pulled(t("narrowed")))]), both()), ["narrowed"]);
    let worked_out = json!([count("lane", json!({})), calculation("it", pulled(q("lane")))]);
    assert_eq!(kept(worked_out, both()), ["lane", "narrowed"], "it may be any");
    let many = (0..500).map(|n| LastAnswer { key: key("lane").at(&[n]), answer: Answer::Count(1) });
    assert_eq!(kept(lane(), many.collect()).len(), LAST_ANSWERS);
    let long = given("lane", Answer::Text("宽".repeat(LAST_TEXT + 1)));
    let kept = left(&form_of(lane()), [long]).answers.remove(0).answer;
    assert_eq!(kept, Answer::Text("宽".repeat(LAST_TEXT)));
}

/// Nobody could shorten them: a visit that went by too much could never be sent.
#[test]
fn last_answers_of_all_forms_of_a_visit_leave_room_for_the_visit() {
    let wide = Answer::Text("宽".repeat(LAST_TEXT));
    let mut all: Vec<_> =
        (0..200).map(|n| LastAnswer { key: key("lane").at(&[n]), answer: wide.clone() }).collect();
    all.push(given("lane", Answer::Count(3)));
    let kept = left(&form_of(lane()), all);
    assert!(FORMS * serde_json::to_string(&kept).unwrap().len() < LARGEST_OPERATION / 2);
    assert!(kept.answers.len() > 10);
    assert_eq!(kept.answers.last(), Some(&given("lane", Answer::Count(3))), "what is short stands behind");
}

#[test]
fn a_later_visit_takes_the_place_of_an_earlier_one_of_the_same_form() {
    let first = left(&form_of(lane()), [given("lane", Answer::Count(3))]);
    let day = chrono::Duration::days(1);
    let second = LastAnswers { at: first.at + day, answers: vec![], ..first.clone() };
    let other = LastAnswers { form: FormId::from("other"), ..first.clone() };
    let mut known = vec![];
    for last in [&first, &other, &second, &first] {
        last.clone().lay_over(&mut known);
    }
    assert_eq!(known, [second, other], "a visit that comes late takes nothing away");
    let plain = form_of(json!([]));
    assert!(LastAnswers::are_kept_of(&plain, &known), "what is known is so no more");
    assert!(!LastAnswers::are_kept_of(&plain, &[]));
    assert!(LastAnswers::are_kept_of(&form_of(lane()), &[]));
}

/// A phone is older than the office's newest form, and comes to the site for another.
#[test]
fn an_answer_of_a_later_version_takes_neither_the_others_nor_the_site_away() {
    let of = |form: &str, answer: Value| {
        json!({ "form": form, "visit": Uuid::nil().to_string(), "at": began(),
            "answers": [{ "key": { "question": "lane" }, "answer": answer }] })
    };
    let last = [of("hall", json!({ "hologram": 3 })), of("shed", json!({ "count": 3 }))];
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let site = json!({ "id": id(1), "community": id(2), "grid": id(3), "name": "锦绣小区充电棚", "code": "XC-0417",
        "kinds": [], "sector": "ebike", "risk": "general", "last_answers": last });
    let on_phone: Site = read_value(&site).unwrap();
    let on_server: Site = serde_json::from_value(site).unwrap();
    for site in [on_phone, on_server] {
        let [known] = site.last_answers.as_slice() else { panic!("{:?}", site.last_answers) };
        assert_eq!(
            (known.form.as_str(), &known.answers[..]),
            ("shed", &[given("lane", Answer::Count(3))][..])
        );
    }
}
