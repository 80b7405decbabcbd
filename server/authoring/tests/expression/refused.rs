//! What is refused, where, and what is to be written instead.

use crate::*;
use domain::expression::LENGTH;

fn error(written: &str) -> ParseError {
    match parse(written) {
        Err(error) => error,
        Ok(it) => panic!("{written} was read as {it:?}"),
    }
}

/// The place in the text, and that both languages say what to write.
#[track_caller]
fn refused(written: &str, at: &str, instead: &str) {
    let error = error(written);
    assert_eq!(written.get(error.span.clone()), Some(at), "{written}: {}", error.message.zh);
    for said in [&error.message.zh, &error.message.en] {
        assert!(said.contains(instead), "{written}: {said}");
    }
    assert!(
        !error.message.en.contains(|sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign))
            || at.contains(|sign: char| !sign.is_ascii())
    );
}

#[test]
fn functions_that_are_not_here_are_named_with_what_to_write() {
    refused("1 + pow(${a}, 2)", "pow", "* ${");
    refused("random()", "random", "random()");
    refused("round(15 div (sqrt(cos(atan(${slope} div 100)))),2)", "sqrt", "sqrt()");
    refused("average(${a})", "average", "sum(");
    refused("uuid()", "uuid", "uuid()");
    refused("Today()", "Today", "today()");
    refused("count_selected(${a})", "count_selected", "count-selected()");
    refused("choice-name(${a}, '${a}')", "choice-name", "jr:choice-name()");
    refused("selectd(${a}, 'x')", "selectd", "selected()");
    refused("instance('x')", "instance", "pulldata()");
    refused("frobnicate(1)", "frobnicate", "frobnicate()");
}

#[test]
fn paths_and_axes_are_named_with_the_question_that_is_meant() {
    refused("../age > 3", "../age", "${age}");
    refused("/data/house/age > 3", "/data/house/age", "${age}");
    refused("//age", "//age", "${age}");
    refused("./age", "./age", "${age}");
    refused("current()/../age", "current", "${");
    refused("parent::node()", "parent::node", "parent::node");
    refused("@id = 1", "@", "${");
    refused(".. = 1", "..", "position(..)");
    refused("position()", "(", "position(..)");
    refused("position(${a})", "(", "position(..)");
    refused("${tank}[1]", "[", "indexed-repeat(");
    refused("${a} | ${b}", "|", "or");
    refused("$age > 3", "$age", "${age}");
    refused("${last-saved#age}", "${last-saved#age}", "last('age')");
}

#[test]
fn signs_of_other_languages_are_named_with_ours() {
    for (written, at, ours) in [
        ("${a} == 1", "==", "="),
        ("${a} <> 1", "<>", "!="),
        ("${a} >= 1 && ${b} = 2", "&&", "and"),
        ("${a} = 1 || ${b} = 2", "||", "or"),
        ("${a} AND ${b}", "AND", "and"),
        ("${a} / 2", "/", "div"),
        ("${a} % 2", "%", "mod"),
        ("${a} ≥ 2", "≥", ">="),
        ("${a}＝2", "＝", "="),
        ("!${a}", "!", "not(…)"),
        ("（${a}）", "（", "("),
        ("concat(${a}，'b')", "，", ","),
        ("not ${a}", "not", "not(…)"),
        ("TRUE", "TRUE", "true()"),
    ] {
        refused(written, at, ours);
    }
}

#[test]
fn a_bare_name_is_a_question_or_a_text() {
    refused("age > 3", "age", "${age}");
    refused("${state} = cf", "cf", "'cf'");
}

#[test]
fn what_is_open_or_missing_is_told_at_its_place() {
    refused("(${a} = 1", "(", ")");
    refused("if(${a}, 1, 2", "(", ")");
    refused("${a} = 1)", ")", ")");
    refused("${a}, 1", ",", "");
    refused("(1, 2)", ",", "");
    refused("${a} = 'x", "'", "'");
    refused("${a = 1", "${", "}");
    refused("${}", "${}", "${");
    refused("${a b}", "${a b}", "a b");
    refused("${a} =", "", "${");
    refused("${a} and and ${b}", "and", "and");
    refused("= 1", "=", "=");
    refused("concat(,1)", ",", ",");
    refused("${a} ${b}", "$", "and");
    refused("1 2", "2", "and");
    refused("3m", "3m", "3m");
    refused("#", "#", "#");
}

#[test]
fn texts_hold_no_answers() {
    refused("'I am ${name}'", "'I am ${name}'", "concat(");
}

#[test]
fn functions_have_as_many_arguments_as_they_take() {
    refused("if(${a}, 1)", "(${a}, 1)", "if()");
    refused("today(1)", "(1)", "0");
    refused("concat()", "()", "1+");
    refused("substr(${a})", "(${a})", "2–3");
    refused("jr:choice-name(${a}, 'a')", "'", "'${");
}

#[test]
fn what_is_empty_too_long_or_too_deep_is_refused_whole() {
    assert!(error(" \n").message.zh.contains("为空"));
    assert!(error(&"1".repeat(LENGTH + 1)).message.en.contains("4000"));
    for deep in
        ["(".repeat(3_000) + "1", "-".repeat(3_000) + "1", "not(".repeat(900), "1+".repeat(1_500) + "1"]
    {
        assert!(error(&deep).message.en.contains("64"), "{}", error(&deep).message.en);
    }
    // Sixty-three pluses are as deep as is allowed.
    assert!(parse(&("1+".repeat(63) + "1")).is_ok());
}
