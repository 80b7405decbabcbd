//! What the commands say, in the language of the machine: Chinese where its locale is, else English.

pub use app::i18n::cli::*;

use domain::text::Lang;
use std::env;

/// As other programs find it out.
pub fn lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    of(set.into_iter().find(|locale| !locale.is_empty()).as_deref())
}

fn of(locale: Option<&str>) -> Lang {
    if locale.is_some_and(|locale| locale.to_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_machine_is_answered_in_chinese() {
        assert_eq!(of(Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!([of(Some("en_GB.UTF-8")), of(Some("C")), of(None)], [Lang::En; 3]);
    }
}
