//! What is written is read as the same again.

use crate::*;
use proptest::{collection::vec, prelude::*};

/// As the parser makes them: a number has no minus, a text not both kinds of quotes and no `${name}`, a function as many
/// arguments as it takes.
fn expression() -> impl Strategy<Value = Expression> {
    let numbers = prop_oneof![
        (0u32..10_000).prop_map(|it| f64::from(it) / 100.0),
        any::<f64>().prop_filter("finite", |it| it.is_finite() && !it.is_sign_negative()),
    ];
    let leaf = prop_oneof![
        numbers.prop_map(number),
        "[^'{]{0,10}".prop_map(|it| text(&it)),
        "[a-z' 汉，]{0,10}".prop_map(|it| text(&it)),
        "[a-z汉_][a-z0-9_-]{0,6}".prop_map(|it| answer(&it)),
        Just(Expression::This),
    ];
    leaf.prop_recursive(8, 80, 4, |inner| {
        let operators = prop::sample::select(Operator::ALL.to_vec());
        let functions = prop::sample::select(Function::ALL.to_vec());
        prop_oneof![
            inner.clone().prop_map(|part| Expression::Negative(Box::new(part))),
            (inner.clone(), operators, inner.clone()).prop_map(|(left, it, right)| binary(left, it, right)),
            (functions, vec(inner, 4), 0..4usize).prop_map(|(function, mut parts, count)| {
                let (least, most) = function.signature().arity();
                parts.truncate(count.clamp(least, most.unwrap_or(4)));
                if function == Function::ChoiceName {
                    parts[1] = answer("chosen");
                }
                Expression::Call(function, parts)
            }),
        ]
    })
}

/// A number whose digits alone are longer than an expression may be is not written by anybody.
fn is_short(it: &Expression) -> bool {
    print(it).chars().count() <= domain::expression::LENGTH
}

proptest! {
    #[test]
    fn an_expression_reads_back_as_it_was(it in expression()) {
        prop_assume!(is_short(&it));
        let written = print(&it);
        prop_assert_eq!(parse(&written), Ok(it), "{}", written);
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(written in "\\PC{0,60}") {
        if let Err(error) = parse(&written) {
            prop_assert!(written.get(error.span.clone()).is_some(), "{:?} of {}", error.span, written);
        }
    }

    #[test]
    fn pieces_in_any_order_are_read_or_refused_and_what_is_read_is_written_again(
        pieces in vec(
            prop::sample::select(vec![
                "${a}", "'x'", "‘y’", "\"", "'", "(", ")", ",", ".", "..", "/", "-", "+", "*", "=", "!=", "<", " and ", " or ", "div",
                "not(", "if(", "position(", "jr:choice-name(", "'${a}'", "today()", "1", "2.5", "$", "${", "}", "汉", " ", "|", "[",
            ]),
            0..12,
        ),
    ) {
        let written = pieces.concat();
        match parse(&written) {
            Ok(it) => prop_assert_eq!(parse(&print(&it)), Ok(it)),
            Err(error) => prop_assert!(written.get(error.span.clone()).is_some(), "{:?} of {}", error.span, written),
        }
    }
}
