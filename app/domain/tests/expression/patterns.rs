//! `regex()`.

use domain::expression::{Regex, RegexError};
use proptest::prelude::*;

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().matches(text)
}

#[test]
fn a_pattern_has_to_match_the_whole_text() {
    assert!(matches("[0-9]{4}", "2026"));
    assert!(!matches("[0-9]{4}", "20261"));
    assert!(!matches("[0-9]{4}", "x2026"));
    assert!(matches("^[0-9]{4}$", "2026"));
    assert!(matches("", "") && !matches("", "x"));
}

#[test]
fn what_forms_check_is_understood() {
    assert!(matches(r"1[3-9]\d{9}", "13800000000"));
    assert!(!matches(r"1[3-9]\d{9}", "12800000000"));
    assert!(matches("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", "91410100MA00000000"));
    assert!(matches(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}", "a.b@example.com"));
    assert!(matches("[\\u4e00-\\u9fa5]{2,10}", "郑州市"));
    assert!(!matches("[\\u4e00-\\u9fa5]{2,10}", "Zhengzhou"));
    assert!(matches(r"豫A·?[A-Z0-9]{5,6}", "豫A·12345"));
    assert!(matches(r"^(([0-9]{1})*[- .(]*([0-9]{3})[- .)]*[0-9]{3}[- .]*[0-9]{4})+$", "(371) 555-1234"));
}

#[test]
fn each_piece_says_what_it_says_everywhere() {
    assert!(matches("a|bc", "a") && matches("a|bc", "bc") && !matches("a|bc", "ac"));
    assert!(matches("(?:ab)+", "abab") && !matches("(ab)+", "aba"));
    assert!(matches("a?b*c+", "c") && matches("a?b*c+", "abbcc") && !matches("a?b*c+", "ab"));
    assert!(matches("a{2}", "aa") && matches("a{2,}", "aaaa") && matches("a{2,3}", "aaa"));
    assert!(!matches("a{2}", "aaa") && !matches("a{2,}", "a") && !matches("a{2,3}", "aaaa"));
    assert!(matches("[^0-9]", "x") && !matches("[^0-9]", "5"));
    assert!(matches(".", "汉") && !matches(".", "\n"));
    assert!(matches(r"\w\W\s\S\d\D", "_! x5x"));
    assert!(matches(r"[\d-]+", "1-2") && matches("[a-]", "-") && matches(r"[\]\\]", "]"));
    assert!(matches(r"\x41\.\(\t", "A.(\t"));
    assert!(matches("a+?b", "aab"));
    assert!(matches("a|", "") && matches("()", ""));
}

#[test]
fn what_is_not_understood_is_named() {
    let refused = |pattern: &str| Regex::new(pattern).unwrap_err();
    for (pattern, named) in [
        ("a(?=b)", "(?="),
        ("(?!b)", "(?!"),
        ("(?i)b", "(?i"),
        (r"(a)\1", r"\1"),
        (r"\bx", r"\b"),
        (r"\p{Han}", r"\p"),
        ("[a[b]]", "["),
        ("[a&&b]", "&&"),
        ("a++", "++"),
        (r"\u4e0", r"\u4e0"),
    ] {
        assert_eq!(refused(pattern), RegexError::Unsupported(named.to_owned()), "{pattern}");
    }
    for (pattern, sign) in
        [("(a", '('), ("a)", ')'), ("[a", '['), ("a]", ']'), ("a{2", '{'), ("a}", '}'), ("a\\", '\\')]
    {
        assert_eq!(refused(pattern), RegexError::Unclosed(sign), "{pattern}");
    }
    assert_eq!(refused("[]"), RegexError::Unclosed('['));
    assert_eq!(
        [refused("*a"), refused("a|+"), refused("({2})")],
        ['*', '+', '{'].map(RegexError::NothingToRepeat)
    );
    assert_eq!(refused("a{3,2}"), RegexError::Range("{3,2}".to_owned()));
    assert_eq!(refused("a{,2}"), RegexError::Range("{,2}".to_owned()));
    assert_eq!(refused("[z-a]"), RegexError::Range("z-a".to_owned()));
}

#[test]
fn no_pattern_is_too_much_for_a_phone() {
    for pattern in ["(a{1000}){1000}", "((((){2000}){2000}){2000}){2000}", "a{99999999999999999999}"] {
        assert_eq!(Regex::new(pattern), Err(RegexError::TooLarge), "{pattern}");
    }
    assert_eq!(Regex::new(&"(".repeat(10_000)), Err(RegexError::TooLarge));
    assert_eq!(Regex::new(&"a".repeat(10_000)), Err(RegexError::TooLarge));
    // Those that others try one way after the other, without end.
    for pattern in ["(a*)*b", "(a|aa)+b", "(a|a)*b", "(.*)*(.*)*(.*)*b"] {
        assert!(!matches(pattern, &"a".repeat(2_000)), "{pattern}");
    }
}

/// A pattern of a few signs, and the same by counting on fingers.
#[derive(Debug, Clone)]
enum Simple {
    Sign(char),
    Both(Box<Simple>, Box<Simple>),
    Either(Box<Simple>, Box<Simple>),
    Any(Box<Simple>),
}

impl Simple {
    fn written(&self) -> String {
        match self {
            Self::Sign(sign) => sign.to_string(),
            Self::Both(a, b) => format!("{}{}", a.written(), b.written()),
            Self::Either(a, b) => format!("({}|{})", a.written(), b.written()),
            Self::Any(a) => format!("({})*", a.written()),
        }
    }

    /// What may be left over of a text.
    fn rests<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut rests = match self {
            Self::Sign(sign) => text.strip_prefix(*sign).into_iter().collect(),
            Self::Both(a, b) => a.rests(text).into_iter().flat_map(|rest| b.rests(rest)).collect(),
            Self::Either(a, b) => [a.rests(text), b.rests(text)].concat(),
            Self::Any(a) => {
                let mut rests = vec![text];
                let mut at = 0;
                while at < rests.len() {
                    for rest in a.rests(rests[at]) {
                        if !rests.contains(&rest) {
                            rests.push(rest);
                        }
                    }
                    at += 1;
                }
                rests
            }
        };
        rests.sort_unstable();
        rests.dedup();
        rests
    }
}

fn simple() -> impl Strategy<Value = Simple> {
    let sign = prop_oneof![Just('a'), Just('b'), Just('汉')].prop_map(Simple::Sign);
    sign.prop_recursive(4, 12, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            two.clone().prop_map(|(a, b)| Simple::Both(Box::new(a), Box::new(b))),
            two.prop_map(|(a, b)| Simple::Either(Box::new(a), Box::new(b))),
            inner.prop_map(|a| Simple::Any(Box::new(a))),
        ]
    })
}

proptest! {
    #[test]
    fn it_matches_what_is_found_by_trying_every_way(pattern in simple(), text in "[ab汉]{0,6}") {
        prop_assert_eq!(matches(&pattern.written(), &text), pattern.rests(&text).contains(&""));
    }

    #[test]
    fn any_text_is_a_pattern_or_is_refused_and_nothing_else(pattern in "\\PC{0,40}", text in "\\PC{0,20}") {
        if let Ok(regex) = Regex::new(&pattern) {
            let _ = regex.matches(&text);
        }
    }

    #[test]
    fn signs_of_patterns_in_any_order_end(pattern in r"[ab()|*+?{}\[\],^$.\\d2-]{0,30}", text in "[ab2]{0,20}") {
        if let Ok(regex) = Regex::new(&pattern) {
            let _ = regex.matches(&text);
        }
    }
}
