//! Whatever the expression and whatever the answers: it ends, in something bounded.

use crate::*;
use domain::expression::{LENGTH, Token, ValueType, check_types};
use proptest::{collection::vec, prelude::*};

fn single() -> impl Strategy<Value = Value> {
    let numbers = prop_oneof![any::<f64>(), (-50i32..50).prop_map(f64::from)];
    let texts = prop_oneof!["\\PC{0,12}", "[0-9:.-]{1,10}", "[ab ]{0,6}"];
    prop_oneof![
        Just(Value::Nothing),
        any::<bool>().prop_map(Value::Truth),
        numbers.prop_map(Value::Number),
        texts.prop_map(Value::Text),
        (-800_000i32..800_000).prop_map(|days| {
            NaiveDate::from_num_days_from_ce_opt(days).map_or(Value::Nothing, Value::Day)
        }),
        (any::<i64>(), -50_000i32..50_000).prop_map(|(at, east)| {
            let zone = FixedOffset::east_opt(east).unwrap();
            DateTime::from_timestamp_millis(at)
                .map_or(Value::Nothing, |at| Value::Moment(at.with_timezone(&zone)))
        }),
        vec("[ab1]{1,2}", 0..3)
            .prop_map(|ids| Value::Choices(ids.iter().map(|id| OptionId::from(id.as_str())).collect())),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![3 => single(), 1 => vec(single(), 0..4).prop_map(Value::Many)]
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        any::<f64>().prop_map(number),
        "[ab0-9:%Y.*(-]{0,8}".prop_map(|it| text(&it)),
        "[ab]".prop_map(|it| answer(&it)),
        Just(Expression::This),
    ];
    leaf.prop_recursive(6, 60, 4, |inner| {
        let functions = prop::sample::select(Function::ALL.to_vec());
        let operators = prop::sample::select(Operator::ALL.to_vec());
        prop_oneof![
            inner.clone().prop_map(|part| Expression::Negative(Box::new(part))),
            (inner.clone(), operators, inner.clone()).prop_map(|(left, it, right)| binary(left, it, right)),
            // With any number of arguments, also with such as it does not take.
            (functions, vec(inner, 0..5)).prop_map(|(function, parts)| Expression::Call(function, parts)),
        ]
    })
}

fn is_bounded(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.chars().count() <= LENGTH,
        Value::Many(values) => values.iter().all(is_bounded),
        Value::Nothing
        | Value::Truth(_)
        | Value::Number(_)
        | Value::Day(_)
        | Value::Moment(_)
        | Value::Choices(_) => true,
    }
}

fn some_type() -> impl Strategy<Value = Option<ValueType>> {
    prop::option::of(prop::sample::select(vec![
        ValueType::Truth,
        ValueType::Number,
        ValueType::Text,
        ValueType::Day,
        ValueType::Moment,
        ValueType::Choices,
        ValueType::Repeat,
        ValueType::Any,
    ]))
}

proptest! {
    #[test]
    fn it_comes_to_something(it in expression(), a in value(), b in value(), this in value(), position in any::<Option<usize>>()) {
        let visit = Visit { this: Some(this), position, ..Visit::of("a", a).with("b", b) };
        prop_assert!(is_bounded(&it.evaluate(&visit)));
        let _ = it.holds(&visit);
    }

    #[test]
    fn every_value_reads_as_every_kind(value in value()) {
        let _ = (value.truth(), value.number(), value.text(), value.is_empty(), value.is_nothing());
    }

    #[test]
    fn equal_and_not_equal_are_contraries_of_single_answers(a in single(), b in single()) {
        let visit = Visit::of("a", a).with("b", b);
        let compared = |operator| binary(answer("a"), operator, answer("b")).holds(&visit);
        prop_assert_ne!(compared(Operator::Equal), compared(Operator::NotEqual));
    }

    #[test]
    fn types_are_told_or_a_part_is_named(it in expression(), a in some_type(), b in some_type(), this in some_type()) {
        let of = |question: &QuestionId| if question.as_str() == "a" { a } else { b };
        if let Err(error) = check_types(&it, &of, this) {
            prop_assert!(it.at(&error.path).is_some());
        }
    }

    #[test]
    fn what_was_written_reads_back_and_any_list_is_read_or_refused(it in expression(), keep in any::<usize>()) {
        let mut tokens = Vec::<Token>::from(it.clone());
        if let Ok(read) = Expression::try_from(tokens.clone()) {
            prop_assert_eq!(&read, &it);
            prop_assert!(check_arity(&read));
        }
        tokens.truncate(keep % (tokens.len() + 1));
        let _ = Expression::try_from(tokens);
    }
}

fn check_arity(it: &Expression) -> bool {
    let own = match it {
        Expression::Call(function, parts) => {
            let (least, most) = function.signature().arity();
            parts.len() >= least && most.is_none_or(|most| parts.len() <= most)
        }
        Expression::Number(_)
        | Expression::Text(_)
        | Expression::Answer(_)
        | Expression::This
        | Expression::Negative(_)
        | Expression::Binary(..) => true,
    };
    own && it.parts().into_iter().all(check_arity)
}
