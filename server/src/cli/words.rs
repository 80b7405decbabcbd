//! What the commands say, in the language of the machine: Chinese where its locale is, else English.

pub use app::i18n::cli::*;

use anyhow::anyhow;
use domain::text::Lang;
use service::{Error, places, settings};
use std::env;

/// As other programs find it out.
pub fn lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    of(set.into_iter().find(|locale| !locale.is_empty()).as_deref())
}

fn of(locale: Option<&str>) -> Lang {
    if locale.is_some_and(|locale| locale.to_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// Why a use case did not do it: in words where whoever sits there can mend it, else as the log has it.
pub fn refused(lang: Lang, error: Error) -> anyhow::Error {
    match error {
        Error::Place(rejection) => anyhow!(places::in_words(lang, rejection).1),
        Error::Settings(rejection) => anyhow!(settings::in_words(lang, &rejection).1),
        Error::Account { rule, .. } => anyhow!(rule.words(lang)),
        Error::Import(refusal) => anyhow!(refusal.words(lang)),
        Error::SetUp(refusal) => anyhow!(refusal.words(lang)),
        Error::Invalid { reason, .. } => anyhow!(reason),
        Error::Sheets(faults) => {
            anyhow!(faults.into_iter().map(|fault| fault.words).collect::<Vec<_>>().join("\n"))
        }
        error @ (Error::NotAllowed
        | Error::Confirm
        | Error::NotFound
        | Error::Changed
        | Error::Refused(_)
        | Error::NotCarriedOut(_)
        | Error::NotSignedIn
        | Error::WrongCredentials
        | Error::UnknownAccount
        | Error::WeakPassword(_)
        | Error::NotABundle(_)
        | Error::OtherOffice
        | Error::Malformed(_)
        | Error::TooLarge
        | Error::NotAnnounced
        | Error::HashMismatch
        | Error::NotAPhoto(_)
        | Error::NotAPaper(_)
        | Error::OffsetMismatch
        | Error::UploadGone
        | Error::TooManyTries { .. }
        | Error::TooFast { .. }
        | Error::QuotaSpent { .. }
        | Error::NotYet { .. }
        | Error::Crowded
        | Error::Unavailable(_)
        | Error::Full(_)
        | Error::Bug(_)) => error.into(),
    }
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
