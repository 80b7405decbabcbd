//! What stands between two parts.

use super::{Input, Parsed, instead, is_of_name, shown, wrong};
use domain::expression::Operator;
use i18n::expression as t;
use winnow::{Parser as _, token::take};

/// What other languages write, longer ones first.
const OTHERS: &[(&str, &str)] = &[
    ("===", "="),
    ("==", "="),
    ("!==", "!="),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("=!", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("&", "and"),
    ("%", "mod"),
    ("÷", "div"),
    ("×", "*"),
    ("·", "*"),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("＝", "="),
    ("＜", "<"),
    ("＞", ">"),
    ("＋", "+"),
    ("－", "-"),
    ("−", "-"),
    ("–", "-"),
    ("—", "-"),
    ("＊", "*"),
    ("！＝", "!="),
    ("（", "("),
    ("）", ")"),
    ("，", ","),
    ("、", ","),
    ("；", ","),
    (";", ","),
];

/// The operator that stands here; None where none does.
pub(super) fn read(input: &mut Input<'_>) -> Parsed<Option<Operator>> {
    let rest = *input.as_ref();
    if let Some((other, ours)) = OTHERS.iter().find(|(other, _)| rest.starts_with(other)) {
        return instead(input, other, ours);
    }
    if rest.starts_with('/') {
        return instead(input, "/", "div");
    }
    if rest.starts_with('|') {
        return wrong(input, 1, t::union_of);
    }
    if rest.starts_with('[') {
        return wrong(input, 1, t::predicate);
    }
    let word = shown(input);
    let is_word = word.starts_with(|sign: char| sign.is_ascii_alphabetic());
    let found = Operator::ALL
        .into_iter()
        .filter(|operator| if is_word { operator.word() == word } else { rest.starts_with(operator.word()) });
    // `<=` begins as `<` does.
    let Some(operator) = found.max_by_key(|operator| operator.word().len()) else {
        let lower = word.to_ascii_lowercase();
        let meant = Operator::ALL.into_iter().find(|operator| is_word && operator.word() == lower);
        return meant.map_or(Ok(None), |meant| instead(input, word, meant.word()));
    };
    take(operator.word().len()).void().parse_next(input)?;
    Ok(Some(operator))
}

/// Whether an operator stands where a part had to come.
pub(super) fn stands(input: &Input<'_>) -> bool {
    let rest = *input.as_ref();
    let after = |word: &str| rest.strip_prefix(word).and_then(|rest| rest.chars().next());
    Operator::ALL.into_iter().map(Operator::word).any(|word| {
        let is_word = word.starts_with(|sign: char| sign.is_ascii_alphabetic());
        rest.starts_with(word) && !(is_word && after(word).is_some_and(is_of_name))
    })
}
