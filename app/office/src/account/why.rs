//! Why a form of one's account was refused. A short word of ours stands in the address, never what the page is to say: a link
//! that somebody sends must not put words into the page's mouth.

use crate::i18n::{Lang, account, password as t};

type Words = fn(Lang) -> &'static str;

/// As it stands in the address, and what the page says.
const WHY: [(&str, Words); 12] = [
    ("code", t::code_wrong),
    ("wrong", t::own_wrong),
    ("differs", t::differs),
    ("same", t::same),
    ("short", t::too_short),
    ("long", t::too_long),
    ("common", t::common),
    ("repeats", t::repeats),
    ("runs-on", t::runs_on),
    ("day-or-phone", t::day_or_phone),
    ("known-words", t::known_words),
    (OTHER, account::fault_busy),
];

/// Where there is no word for it.
const OTHER: &str = "busy";

/// The words of the page, in its language; none where the address says nothing that is ours.
pub fn words(lang: Lang, code: &str) -> Option<&'static str> {
    WHY.iter().find(|(known, _)| *known == code).map(|(_, words)| words(lang))
}

/// What stands in the address for these words.
#[cfg(feature = "ssr")]
pub fn code(lang: Lang, said: &str) -> &'static str {
    WHY.iter().find(|(_, words)| words(lang) == said).map_or(OTHER, |(code, _)| *code)
}

/// Whether it is a path of this site: no other is followed, whatever an address says.
pub fn is_local(path: &str) -> bool {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    path.starts_with('/') && !path.starts_with("//") && plain
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::i18n::password;
    use domain::password::Weakness::{Common, DayOrPhone, KnownWords, Repeats, RunsOn, TooLong, TooShort};

    #[test]
    fn whatever_is_wrong_with_a_password_has_a_word_of_its_own() {
        for lang in [Lang::Zh, Lang::En] {
            for weakness in [TooShort, TooLong, Common, Repeats, RunsOn, DayOrPhone, KnownWords] {
                let said = password::weakness(lang, weakness);
                assert_eq!(words(lang, code(lang, said)), Some(said));
            }
            assert_eq!(code(lang, "请致电 400"), OTHER);
            assert_eq!(words(lang, "请致电 400"), None);
        }
    }
}
