//! Answers, given and not given, of one question and of many instances.

use crate::*;
use Function::{
    ChoiceName, Coalesce, Count, CountNonEmpty, CountSelected, If, IndexedRepeat, Last, Max, Min, Not, Once,
    Position, PullData, Selected, SelectedAt, Site, Sum,
};

#[test]
fn a_choice_is_selected_whether_it_is_one_of_several_the_only_one_or_a_word_in_a_text() {
    let bottled = call(Selected, [answer("gas"), text("bottled")]);
    for given in [choices(&["piped", "bottled"]), choices(&["bottled"]), text_value("piped bottled")] {
        assert!(bottled.holds(&Visit::of("gas", given)));
    }
    for given in [choices(&["piped"]), choices(&[]), text_value("bottledgas"), Value::Nothing] {
        assert!(!bottled.holds(&Visit::of("gas", given)));
    }
}

#[test]
fn choices_are_counted_and_taken_from_zero() {
    let visit = Visit::of("gas", choices(&["piped", "bottled"]));
    assert_eq!(call(CountSelected, [answer("gas")]).evaluate(&visit), Value::Number(2.0));
    let at = |place: f64| call(SelectedAt, [answer("gas"), number(place)]).evaluate(&visit);
    assert_eq!([at(0.0), at(1.0), at(2.0)], [text_value("piped"), text_value("bottled"), text_value("")]);
    assert_eq!(call(CountSelected, [answer("none")]).evaluate(&visit), Value::Number(0.0));
}

#[test]
fn choices_read_as_their_names_by_the_question_that_is_named() {
    let name = call(ChoiceName, [answer("gas"), answer("gas")]);
    assert_eq!(name.evaluate(&Visit::of("gas", choices(&["bottled"]))), text_value("瓶装气"));
    assert_eq!(
        name.evaluate(&Visit::of("gas", choices(&["bottled", "piped"]))),
        text_value("瓶装气、管道气")
    );
    assert_eq!(name.evaluate(&Visit::of("gas", choices(&["gone"]))), text_value(""));
}

/// A visit in which nobody may ask for `b`.
struct NoB(Visit);
impl Facts for NoB {
    fn answer(&self, question: &QuestionId) -> Value {
        assert_ne!(question.as_str(), "b");
        self.0.answer(question)
    }
    fn answers(&self, question: &QuestionId) -> Vec<Value> {
        self.0.answers(question)
    }
    fn this(&self) -> Value {
        self.0.this()
    }
    fn position(&self) -> Option<usize> {
        self.0.position()
    }
    fn now(&self) -> DateTime<FixedOffset> {
        self.0.now()
    }
    fn is_site_kind(&self, kind: &SiteKind) -> bool {
        self.0.is_site_kind(kind)
    }
    fn site(&self, attribute: &str) -> Value {
        self.0.site(attribute)
    }
    fn last(&self, question: &QuestionId) -> Value {
        self.0.last(question)
    }
    fn choice_name(&self, question: &QuestionId, option: &str) -> Option<String> {
        self.0.choice_name(question, option)
    }
    fn pull(&self, table: &str, column: &str, key: &str, value: &str) -> Value {
        self.0.pull(table, column, key, value)
    }
}

#[test]
fn only_one_branch_is_looked_at() {
    let branch = |test| call(If, [test, answer("a"), answer("b")]);
    let visit = Visit::of("a", Value::Number(1.0)).with("b", Value::Number(2.0));
    assert_eq!(branch(call(Function::True, [])).evaluate(&visit), Value::Number(1.0));
    assert_eq!(branch(answer("unanswered")).evaluate(&visit), Value::Number(2.0));
    assert_eq!(branch(call(Function::True, [])).evaluate(&NoB(visit)), Value::Number(1.0));
}

#[test]
fn the_first_answer_that_there_is_counts_and_a_number_that_is_none_is_no_answer() {
    let first = call(Coalesce, [answer("a"), number(0.0)]);
    for nothing in [Value::Nothing, text_value(""), choices(&[]), Value::Number(f64::NAN)] {
        assert_eq!(first.evaluate(&Visit::of("a", nothing)), Value::Number(0.0));
    }
    assert_eq!(first.evaluate(&Visit::of("a", Value::Number(3.0))), Value::Number(3.0));
}

#[test]
fn what_stands_already_stays() {
    let once = call(Once, [call(Function::Now, [])]);
    assert_eq!(once.evaluate(&Visit::this(text_value("earlier"))), text_value("earlier"));
    assert_eq!(once.evaluate(&Visit::default()), Value::Moment(BEGAN.parse().unwrap()));
}

#[test]
fn sums_pass_over_instances_without_an_answer_and_of_none_are_zero() {
    let of = |function, values| {
        call(function, [answer("weight")]).evaluate(&Visit::of("weight", Value::Many(values)))
    };
    let some = || vec![Value::Number(4.0), Value::Nothing, Value::Number(2.5)];
    assert_eq!(of(Sum, some()), Value::Number(6.5));
    assert_eq!(of(Min, some()), Value::Number(2.5));
    assert_eq!(of(Max, some()), Value::Number(4.0));
    assert_eq!(of(Sum, vec![]), Value::Number(0.0));
    assert!(is_none(&of(Max, vec![])) && is_none(&of(Min, vec![Value::Nothing])));
    assert!(is_none(&of(Sum, vec![text_value("4 kg")])));
    assert!(is_none(&of(Max, vec![Value::Number(1.0), text_value("4 kg"), Value::Number(9.0)])));
}

#[test]
fn instances_are_counted_and_so_are_the_answers_in_them() {
    let visit = Visit::of("tank", Value::Many(vec![Value::Number(1.0), Value::Nothing, Value::Number(2.0)]));
    assert_eq!(call(Count, [answer("tank")]).evaluate(&visit), Value::Number(3.0));
    assert_eq!(call(CountNonEmpty, [answer("tank")]).evaluate(&visit), Value::Number(2.0));
    assert_eq!(
        call(Count, [answer("tank")]).evaluate(&Visit::of("tank", Value::Many(vec![]))),
        Value::Number(0.0)
    );
}

#[test]
fn an_instance_is_named_by_its_place_from_one() {
    let visit = Visit::of("tank", Value::Many(vec![Value::Number(7.0), Value::Number(8.0)]));
    let at =
        |place: f64| call(IndexedRepeat, [answer("tank"), answer("tanks"), number(place)]).evaluate(&visit);
    assert_eq!([at(1.0), at(2.0)], [Value::Number(7.0), Value::Number(8.0)]);
    assert_eq!([at(0.0), at(3.0), at(f64::NAN)], [Value::Nothing, Value::Nothing, Value::Nothing]);
    let here = Visit { position: Some(2), ..Visit::default() };
    assert_eq!(call(Position, []).evaluate(&here), Value::Number(2.0));
    assert_eq!(alone(&call(Position, [])), Value::Nothing);
}

#[test]
fn the_site_the_visit_before_and_tables_are_asked_by_name() {
    assert_eq!(alone(&call(Site, [text("storeys")])), Value::Number(18.0));
    assert_eq!(alone(&call(Last, [text("width")])), Value::Number(3.5));
    assert!(call(Function::SiteKind, [text("high-rise")]).holds(&Visit::default()));
    assert!(!call(Function::SiteKind, [text("hotel")]).holds(&Visit::default()));
    let pulled = call(PullData, [text("tanks"), text("due"), text("code"), answer("code")]);
    assert_eq!(pulled.evaluate(&Visit::of("code", Value::Number(7.0))), text_value("tanks/due/code/7"));
}

#[test]
fn what_was_not_answered_is_no_condition_and_what_is_not_known_neither() {
    for unknown in [answer("a"), call(Site, [text("beds")]), call(Last, [text("door")])] {
        assert!(!unknown.holds(&Visit::default()));
        assert!(call(Not, [unknown]).holds(&Visit::default()));
    }
}

#[test]
fn a_missing_number_makes_every_sum_none() {
    for operator in
        [Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide, Operator::Remainder]
    {
        assert!(is_none(&alone(&binary(answer("a"), operator, number(1.0)))));
    }
    assert!(is_none(&alone(&Expression::Negative(Box::new(answer("a"))))));
}

#[test]
fn numbers_are_reckoned_with_as_in_xpath() {
    let of = |left, operator, right| alone(&binary(number(left), operator, number(right)));
    assert_eq!(of(7.0, Operator::Divide, 2.0), Value::Number(3.5));
    assert_eq!(of(1.0, Operator::Divide, 0.0), Value::Number(f64::INFINITY));
    assert_eq!(of(7.0, Operator::Remainder, 3.0), Value::Number(1.0));
    assert_eq!(of(-7.0, Operator::Remainder, 3.0), Value::Number(-1.0));
    assert!(is_none(&of(7.0, Operator::Remainder, 0.0)));
}

#[test]
fn half_is_rounded_up_and_a_number_is_rounded_as_it_is_written() {
    let round = |it, places| alone(&call(Function::Round, [number(it), number(places)]));
    assert_eq!(alone(&call(Function::Round, [number(2.5)])), Value::Number(3.0));
    assert_eq!(alone(&call(Function::Round, [number(-2.5)])), Value::Number(-2.0));
    assert_eq!(round(1.005, 2.0), Value::Number(1.01));
    assert_eq!(round(2.449, 1.0), Value::Number(2.4));
    assert_eq!(round(1_250.0, -2.0), Value::Number(1_300.0));
    assert!(is_none(&round(f64::NAN, 2.0)));
    assert_eq!(round(f64::MAX, 300.0), Value::Number(f64::MAX));
}

#[test]
fn int_drops_the_fraction() {
    let int = |it| alone(&call(Function::Int, [number(it)]));
    assert_eq!([int(3.9), int(-3.9), int(0.0)], [3.0, -3.0, 0.0].map(Value::Number));
    assert_eq!(alone(&call(Function::Abs, [number(-3.5)])), Value::Number(3.5));
}
