//! What is read, and as what.

use crate::*;
use Operator::{Add, And, Divide, Equal, Less, Multiply, NotEqual, Or, Subtract};
use authoring::expression::{explain, parse_filter};
use domain::expression::{ValueType, check_types};

#[track_caller]
fn reads(written: &str, it: Expression) {
    assert_eq!(parse(written), Ok(it), "{written}");
}

#[test]
fn numbers_texts_answers_and_the_answer_itself() {
    reads("42", number(42.0));
    reads("3.90", number(3.9));
    reads(".5", number(0.5));
    reads("-3", Expression::Negative(Box::new(number(3.0))));
    reads("'消防车道'", text("消防车道"));
    reads("\"it's\"", text("it's"));
    reads("''", text(""));
    reads("${lane-clear_2}", answer("lane-clear_2"));
    reads("${净宽}", answer("净宽"));
    reads("${ width }", answer("width"));
    reads(".", Expression::This);
    reads(". < 4", binary(Expression::This, Less, number(4.0)));
}

#[test]
fn quotes_that_a_text_program_has_turned_are_quotes() {
    reads("${leader_name} = ‘other’", binary(answer("leader_name"), Equal, text("other")));
    reads("“新建”", text("新建"));
    reads("‘other'", text("other"));
    reads("'他说“好”'", text("他说“好”"));
}

#[test]
fn operators_bind_as_in_xpath() {
    let (a, b, c) = (|| answer("a"), || answer("b"), || answer("c"));
    reads("${a} + ${b} * ${c}", binary(a(), Add, binary(b(), Multiply, c())));
    reads("(${a} + ${b}) * ${c}", binary(binary(a(), Add, b()), Multiply, c()));
    reads("${a} - ${b} - ${c}", binary(binary(a(), Subtract, b()), Subtract, c()));
    reads("${a} or ${b} and ${c}", binary(a(), Or, binary(b(), And, c())));
    reads("${a} < ${b} = ${c}", binary(binary(a(), Less, b()), Equal, c()));
    reads("-${a} div ${b}", binary(Expression::Negative(Box::new(a())), Divide, b()));
    reads("${a}!=${b}", binary(a(), NotEqual, b()));
    reads("2-1", binary(number(2.0), Subtract, number(1.0)));
    reads("${a}-1", binary(a(), Subtract, number(1.0)));
    reads("${a} - -1", binary(a(), Subtract, Expression::Negative(Box::new(number(1.0)))));
    reads("\n${a}\u{3000}=\t1 ", binary(a(), Equal, number(1.0)));
}

#[test]
fn functions_take_what_stands_in_brackets() {
    reads("today()", call(Function::Today, []));
    reads("selected (., 'yes')", call(Function::Selected, [Expression::This, text("yes")]));
    reads("coalesce( ${a} , 0 )", call(Function::Coalesce, [answer("a"), number(0.0)]));
    reads("string-length()", call(Function::StringLength, [Expression::This]));
    reads("position(..)", call(Function::Position, []));
    reads("position( .. )", call(Function::Position, []));
    reads("count(${tanks})", call(Function::Count, [answer("tanks")]));
    reads("concat('a', 1, ${b})", call(Function::Concat, [text("a"), number(1.0), answer("b")]));
    reads("site-kind('high-rise')", call(Function::SiteKind, [text("high-rise")]));
    reads("last('width')", call(Function::Last, [text("width")]));
    let name = || call(Function::ChoiceName, [answer("gas"), answer("gas")]);
    reads("jr:choice-name(${gas}, '${gas}')", name());
    reads("jr:choice-name(${gas},\"${gas}\")", name());
    reads("jr:choice-name(${gas}, ${gas})", name());
}

#[test]
fn what_real_workbooks_hold_is_read() {
    for written in [
        "not(selected(${skip_to_end}, 'yes'))",
        "not(selected(., 'yes') and selected (., 'no'))",
        ". <= ${a_integer}",
        "regex(${address}, '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,4}')",
        "regex(.,'^(([0-9]{1})*[- .(]*([0-9]{3})[- .)]*[0-9]{3}[- .]*[0-9]{4})+$')",
        "if(${tree_distance} > ${slope_radius_inner}, 15, 6)",
        ". >=  ${size_constraint}",
        "${any_trees} = ‘yes’",
        "true()",
        "indexed-repeat(${name}, ${person}, position(..) - 1)",
        "round(${bill_amount} * ${tip_percent} * 0.01, 2)",
        "format-date(today(), '%Y-%m-%d') != '' and decimal-date-time(${end}) > decimal-date-time(${start})",
        "pulldata('tanks', 'due', 'code', ${code})",
        "once(concat(${a}, '-', ${b}))",
        "sum(${weight}) div count(${tank}) mod 2",
    ] {
        assert!(parse(written).is_ok(), "{written}: {:?}", parse(written));
    }
}

#[test]
fn in_a_filter_a_bare_name_is_what_the_choice_has_in_that_column() {
    let column = |name: &str| (name == "region_id").then(|| "north".to_owned());
    let read = parse_filter("region_id=${region_id} and ${a} = '1'", &column).unwrap();
    assert_eq!(print(&read), "'north' = ${region_id} and ${a} = '1'");
    assert!(parse_filter("village = 'x'", &column).is_err());
}

#[test]
fn no_bracket_is_written_that_is_not_needed() {
    for (written, plain) in [
        ("((${a}) + (${b} * (${c})))", "${a} + ${b} * ${c}"),
        ("(${a} + ${b}) * ${c}", "(${a} + ${b}) * ${c}"),
        ("${a} - (${b} - ${c})", "${a} - (${b} - ${c})"),
        ("-(${a} + 1)", "-(${a} + 1)"),
        ("--1", "--1"),
        ("position( .. )", "position(..)"),
        ("jr:choice-name(.,\"${a}\")", "jr:choice-name(., '${a}')"),
        ("1.50", "1.5"),
        ("“it's”", "\"it's\""),
    ] {
        assert_eq!(print(&parse(written).unwrap()), plain);
    }
}

#[test]
fn what_is_wrong_with_types_is_said_of_the_part_in_both_languages() {
    let it = parse("${width} < 4 and not(${gas})").unwrap();
    let of = |question: &QuestionId| match question.as_str() {
        "width" => Some(ValueType::Number),
        "gas" => Some(ValueType::Choices),
        _ => None,
    };
    let said = explain(&it, &check_types(&it, &of, None).unwrap_err());
    assert_eq!(
        said.zh,
        "在“${gas}”中：这里需要条件，写的却是选项。请写明和什么比较，例如 ${…} = 'yes' 或 ${…} != ''"
    );
    assert!(said.en.starts_with("In \"${gas}\": A condition is needed here, not a choice."), "{}", said.en);
}
