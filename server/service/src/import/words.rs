//! # Words as they are kept, and words as they are compared
//!
//! Spreadsheets and chat programs bring characters that nobody sees or typed: zero-width marks, directions, full-width
//! letters. What is kept is free of them; what is compared ([`key`]) also ignores spaces, widths and case of width, so that
//! `金河 社区` and `金河社区` are one community.

use domain::{limits::is_invisible, text::Bilingual};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a cell, and what it may have been meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub reason: String,
    pub offers: Vec<String>,
}

/// Punctuation that Chinese text is written with; NFKC would make it narrow.
const CHINESE: &str = "（），：；！？～“”‘’…—。、《》〈〉【】";

/// Prose as it is kept: one line, no invisible characters, letters and digits narrow, one space where there were several.
pub fn line(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if CHINESE.contains(c) { narrow.push(c) } else { narrow.extend(std::iter::once(c).nfkc()) }
    }
    // Only now: there are letters that are a space and a mark when they are narrow.
    let mut line = String::with_capacity(narrow.len());
    for c in narrow.chars() {
        if !c.is_control() && !c.is_whitespace() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    // A letter and its accent may have come apart.
    line.trim_end().nfc().collect()
}

/// A code, an account, a number: all of it narrow, nothing invisible.
pub fn exact(text: &str) -> String {
    let narrow: String = text.chars().filter(|c| !is_invisible(*c)).nfkc().collect();
    line(&narrow)
}

/// By which names are the same: without spaces, widths, invisible characters.
pub fn key(text: &str) -> String {
    exact(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the words call it by its name in either language, or by its id.
pub fn is_called(name: &Bilingual, id: &str, words: &str) -> bool {
    key(&name.zh) == key(words) || key(&name.en).eq_ignore_ascii_case(&key(words)) || id == words
}

/// By which a heading is known: [`key`] in lower case, without the stars and remarks that forms put beside it.
pub fn plain_heading(text: &str) -> String {
    let plain = key(text).to_lowercase();
    let plain = plain.trim_matches(|c: char| "*★※:：.。".contains(c));
    let remark =
        ["(必填)", "(选填)", "(可不填)", "(required)", "(optional)", "（必填）", "（选填）", "（可不填）"];
    let plain = remark.iter().find_map(|remark| plain.strip_suffix(remark)).unwrap_or(plain);
    plain.trim_matches(|c: char| "*★※:：".contains(c)).to_owned()
}

/// What stands between several in one cell.
pub const BETWEEN: [char; 5] = ['、', ',', '，', ';', '；'];

/// Several names in one cell.
pub fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).map(str::trim).filter(|word| !word.is_empty())
}

/// Several that stand on lines of their own, with 、 between: a line break is as good, and cleaning would make it a blank.
/// A line between that is empty stays one of them, as what stands beside it may be told of it.
pub fn in_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let ends = |c: char| c.is_whitespace() || BETWEEN.contains(&c);
    let lines: Vec<&str> = text.trim().lines().map(|line| line.trim().trim_end_matches(ends)).collect();
    Cow::Owned(lines.join("、"))
}

/// As much of a text as is shown of it.
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The names of one cell, as many as it may hold; None where there are more, so that none is passed over unsaid.
pub fn several_of(text: &str, most: usize) -> Option<Vec<&str>> {
    let names: Vec<&str> = several(text).take(most + 1).collect();
    (names.len() <= most).then_some(names)
}

/// Whether the cell says that what stood there is to go.
pub fn says_empty(text: &str) -> bool {
    let plain = key(text).to_lowercase();
    matches!(
        plain.trim_matches(|c| "()（）[]【】<>".contains(c)),
        "清空" | "删除" | "置空" | "clear" | "delete"
    )
}

/// Characters by which a spreadsheet takes words for a formula.
fn begins_formula(words: &str) -> bool {
    let bare = words.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        || bare.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Words for a table: those that a spreadsheet would take for a formula get an apostrophe in front.
pub fn guarded(words: &str) -> String {
    if begins_formula(words) { format!("'{words}") } else { words.to_owned() }
}

/// What [`guarded`] wrote, as it was.
pub fn unguarded(words: &str) -> &str {
    match words.strip_prefix('\'') {
        Some(rest) if begins_formula(rest) => rest,
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_nobody_sees_is_not_kept() {
        assert_eq!(line(" 石桥社区\u{200b}  二楼\n东\u{202e} "), "石桥社区 二楼 东");
        assert_eq!(line("顺达（金河中路店）１号　Ａ座"), "顺达（金河中路店）1号 A座");
        assert_eq!(exact("Ｔ－０７０１\u{200b}"), "T-0701");
        assert_eq!(exact("\u{202d}13900000061\u{202c}"), "13900000061");
    }

    #[test]
    fn names_that_look_alike_are_the_same() {
        for twin in ["金河 社区", "金河社区\u{200b}", "金河　社区", " 金河社区"] {
            assert_eq!(key(twin), "金河社区");
        }
        assert_eq!(key("第１网格"), key("第 1 网格"));
        assert_eq!(plain_heading("风险\n等级*（必填）："), "风险等级");
        assert_eq!(plain_heading("\u{feff} CODE "), "code");
    }

    #[test]
    fn what_is_long_is_shown_cut_and_counted_whole() {
        assert_eq!(short("金河社区", 4), "金河社区");
        assert_eq!(short("金河社区第一网格", 4), "金河社区…");
        assert_eq!(several_of("甲、乙；丙", 3), Some(vec!["甲", "乙", "丙"]));
        assert_eq!(several_of("甲、乙；丙", 2), None, "none is passed over");
    }

    #[test]
    fn lines_of_one_cell_are_several() {
        assert_eq!(in_one_line("丁一\r\n丁二\r丁三"), "丁一、丁二、丁三");
        assert_eq!(in_one_line("丁一、\n 丁二 "), "丁一、丁二");
        assert_eq!(in_one_line("139\n\n138"), "139、、138", "the second of three has none");
        assert_eq!(in_one_line("丁一、丁二"), "丁一、丁二");
    }

    #[test]
    fn a_mark_that_stands_on_a_space_is_one_with_the_space_before_it() {
        assert_eq!(line("a \u{fe78}"), "a \u{64f}");
        assert_eq!(line("  a \u{3000}b\u{a0}"), "a b");
    }

    #[test]
    fn only_a_word_on_purpose_empties() {
        assert!(["清空", "（清空）", "Clear"].into_iter().all(says_empty));
        assert!(!["", "无", "清空库房"].into_iter().any(says_empty));
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back_and_is_no_formula(words in "['=+@＝－\\-a一 \\t]{0,6}") {
            let guarded = guarded(&words);
            prop_assert_eq!(unguarded(&guarded), words.as_str());
            let shown = guarded.trim_start();
            prop_assert!(!shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{guarded}");
        }

        #[test]
        fn cleaning_twice_changes_nothing(words in "\\PC{0,40}") {
            prop_assert_eq!(line(&line(&words)), line(&words));
            prop_assert_eq!(exact(&exact(&words)), exact(&words));
        }
    }
}
