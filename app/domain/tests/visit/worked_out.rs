//! What nobody answers, a phone works out and the server works out again: calculations, and what is only shown.

use super::{Value, answer, draft, form, json, key, pass_fail, prepared, question, start, text};
use domain::{
    expression::{Expression, Function, Operator},
    form::{Answer, Form},
    id::QuestionId,
    time::office_day,
    visit::{Draft, DraftForm, InvalidVisit, OpenDraft, Visit},
};

fn open(form: &Form) -> OpenDraft {
    let kept = Draft { forms: vec![DraftForm::of(form)], ..draft() };
    OpenDraft::open(kept, &[prepared(form.clone())]).unwrap()
}

fn sealed(open: OpenDraft) -> Visit {
    open.submit(start()).unwrap().visit
}

fn times(question: &str, factor: f64) -> Expression {
    let question = Expression::Answer(QuestionId::from(question));
    Expression::Binary(Operator::Multiply, question.into(), Expression::Number(factor).into())
}

fn figure(id: &str, more: Value) -> Value {
    question(id, json!({ "count": { "unit": text("个"), "to": 500.0 } }), more)
}

/// Twice as many doors as floors; more than ten want a guard.
fn doors() -> Form {
    let shown = json!({ "read_only": true, "default": times("floors", 2.0) });
    let many = Expression::Binary(
        Operator::Greater,
        Expression::Answer(QuestionId::from("doors")).into(),
        Expression::Number(10.0).into(),
    );
    let entries = json!([
        figure("floors", json!({})),
        figure("doors", shown),
        pass_fail("guard", json!({ "relevant": many })),
    ]);
    form("doors", 1, entries)
}

fn change(visit: &mut Visit, question: &str, answer: Answer) {
    let mut answers = visit.forms[0].answers.iter_mut();
    answers.find(|sealed| sealed.key == key(question)).unwrap().answer = answer;
}

#[test]
fn what_is_worked_out_is_believed_only_as_far_as_its_last_digits() {
    let third =
        Expression::Binary(Operator::Divide, Expression::Number(1.0).into(), Expression::Number(3.0).into());
    let known = form(
        "f",
        1,
        json!([question("third", json!({ "calculation": third }), json!({})), pass_fail("b", json!({})),]),
    );
    let mut open = open(&known);
    answer(&mut open, "b", Answer::Pass);
    let visit = sealed(open);
    let with = |worked_out: Answer| {
        let mut visit = visit.clone();
        visit.forms[0].answers[0].answer = worked_out;
        visit.check(&[prepared(known.clone())])
    };
    assert_eq!(with(Answer::Number(1.0 / 3.0 + 1e-14)), Ok(()));
    let other = Err(InvalidVisit::OtherAnswer(QuestionId::from("third")));
    assert_eq!(with(Answer::Number(100.0)), other);
    assert_eq!(with(Answer::Text("满分".into())), other);
}

#[test]
fn what_is_only_shown_is_worked_out_again() {
    let known = doors();
    let mut open = open(&known);
    answer(&mut open, "floors", Answer::Count(4));
    answer(&mut open, "floors", Answer::Count(6));
    answer(&mut open, "guard", Answer::Pass);
    let visit = sealed(open);
    let check = |visit: &Visit| visit.check(&[prepared(known.clone())]);
    assert_eq!(check(&visit), Ok(()), "it followed its default");
    // Fewer doors, and nobody has to look for the guard.
    let mut forged = visit.clone();
    change(&mut forged, "doors", Answer::Count(4));
    assert_eq!(check(&forged), Err(InvalidVisit::OtherAnswer(QuestionId::from("doors"))));
    forged.forms[0].answers.truncate(2);
    assert_eq!(check(&forged), Err(InvalidVisit::OtherAnswer(QuestionId::from("doors"))));
    forged.forms[0].answers.truncate(1);
    assert_eq!(check(&forged), Err(InvalidVisit::Unanswered(QuestionId::from("guard"))));
    let mut silent = visit;
    silent.forms[0].answers.remove(1);
    assert_eq!(check(&silent), Err(InvalidVisit::LeftOut(QuestionId::from("doors"))));
}

/// Today is the day of the visit; `once()` keeps what stood there first, and a record does not say what that was.
#[test]
fn the_day_is_the_visits_and_so_is_what_is_kept_of_it() {
    let today = Expression::Call(Function::Today, vec![]);
    let once = Expression::Call(Function::Once, vec![today.clone()]);
    let entries = json!([
        question("day", json!({ "calculation": today }), json!({})),
        question("first-day", json!({ "calculation": once }), json!({})),
        pass_fail("b", json!({})),
    ]);
    let known = form("f", 1, entries);
    let mut open = open(&known);
    answer(&mut open, "b", Answer::Pass);
    let visit = sealed(open);
    let day = office_day(start());
    assert_eq!(visit.forms[0].answer(&key("day")).unwrap().answer, Answer::Date(day));
    let check = |visit: &Visit| visit.check(&[prepared(known.clone())]);
    assert_eq!(check(&visit), Ok(()));
    for question in ["day", "first-day"] {
        let mut forged = visit.clone();
        change(&mut forged, question, Answer::Date(day.pred_opt().unwrap()));
        assert_eq!(check(&forged), Err(InvalidVisit::OtherAnswer(QuestionId::from(question))));
    }
}

/// What it kept of an answer that changed later is known to the phone alone.
#[test]
fn what_was_kept_of_an_earlier_answer_is_believed() {
    let once = Expression::Call(Function::Once, vec![Expression::Answer(QuestionId::from("n"))]);
    let entries =
        json!([figure("n", json!({})), question("first", json!({ "calculation": once }), json!({}))]);
    let known = form("f", 1, entries);
    let mut open = open(&known);
    answer(&mut open, "n", Answer::Count(3));
    answer(&mut open, "n", Answer::Count(5));
    let visit = sealed(open);
    assert_eq!(visit.forms[0].answer(&key("first")).unwrap().answer, Answer::Number(3.0));
    assert_eq!(visit.check(&[prepared(known)]), Ok(()));
}

#[test]
fn blanks_around_what_is_worked_out_are_nothing_either() {
    let both = vec![Expression::Text(" 东 ".to_owned()), Expression::Answer(QuestionId::from("other"))];
    let both = Expression::Call(Function::Concat, both);
    let known = form(
        "f",
        1,
        json!([
            figure("other", json!({ "required": Expression::Call(Function::False, vec![]) })),
            question("both", json!({ "calculation": both }), json!({})),
            pass_fail("b", json!({})),
        ]),
    );
    let mut open = open(&known);
    answer(&mut open, "b", Answer::Pass);
    let visit = sealed(open);
    assert_eq!(visit.forms[0].answer(&key("both")).unwrap().answer, Answer::Text("东".into()));
    assert_eq!(visit.check(&[prepared(known)]), Ok(()));
}

/// The record has it without the blanks, and what is worked out from it has to come to the same there.
#[test]
fn a_text_that_is_kept_is_kept_without_the_blanks_around_it() {
    let first = Expression::Call(
        Function::Once,
        vec![Expression::Call(
            Function::Concat,
            vec![Expression::Answer(QuestionId::from("floor")), Expression::Text(" ".to_owned())],
        )],
    );
    let words = vec![Expression::Answer(QuestionId::from("first")), Expression::Text("层".to_owned())];
    let entries = json!([
        figure("floor", json!({})),
        question("first", json!({ "calculation": first }), json!({})),
        question("words", json!({ "calculation": Expression::Call(Function::Concat, words) }), json!({})),
    ]);
    let known = form("f", 1, entries);
    let mut open = open(&known);
    answer(&mut open, "floor", Answer::Count(3));
    let visit = sealed(open);
    assert_eq!(visit.forms[0].answer(&key("words")).unwrap().answer, Answer::Text("3层".into()));
    assert_eq!(visit.check(&[prepared(known)]), Ok(()));
}
