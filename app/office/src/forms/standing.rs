//! Where a form stands: published, to come, withdrawn, or never published; and whose it is.

use crate::i18n::form_editing as t;
use chrono::NaiveDate;
use domain::{form::editing::Edition, text::Lang};
use leptos::prelude::*;

/// Of a form by its newest version, or of one version by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    OnlyDraft,
    Published,
    /// Its first day is to come.
    Waiting(NaiveDate),
    /// Its last day is known and still to come.
    Ends(NaiveDate),
    Ended,
    /// A newer version is asked instead.
    Replaced,
}

impl Standing {
    pub fn of(edition: Option<&Edition>, today: NaiveDate) -> Self {
        let Some(edition) = edition else { return Self::OnlyDraft };
        match (edition.validity.from, edition.validity.until) {
            (_, Some(until)) if until < today => Self::Ended,
            (Some(from), _) if from > today => Self::Waiting(from),
            (_, Some(until)) => Self::Ends(until),
            (_, None) => Self::Published,
        }
    }

    /// Of one version, with those that came after it.
    pub fn among(edition: &Edition, newer: &[Edition], today: NaiveDate) -> Self {
        let has_begun = |newer: &Edition| newer.validity.from.is_none_or(|from| from <= today);
        if newer.iter().any(has_begun) { Self::Replaced } else { Self::of(Some(edition), today) }
    }
}

pub fn badge(lang: Lang, edition: Option<&Edition>, standing: Standing) -> AnyView {
    let version = edition.map_or(0, |edition| edition.version);
    let (class, words) = match standing {
        Standing::OnlyDraft => ("badge", t::only_draft(lang).to_owned()),
        Standing::Published => ("badge badge--done", t::published(lang, version)),
        Standing::Waiting(from) => ("badge", t::waiting(lang, from.to_string())),
        Standing::Ends(until) => {
            ("badge", format!("{} · {}", t::published(lang, version), t::ends(lang, until.to_string())))
        }
        Standing::Ended => ("badge", t::ended(lang).to_owned()),
        Standing::Replaced => ("badge", t::replaced(lang).to_owned()),
    };
    let whose = edition.map(|edition| if edition.own { t::own(lang) } else { t::built_in(lang) });
    view! {
        <span class=class>{words}</span>
        " "
        <span class="u-small">{whose}</span>
    }
    .into_any()
}

/// How much of a draft is to be mended.
pub fn faults(lang: Lang, count: usize) -> String {
    if count == 0 { t::no_faults(lang).to_owned() } else { t::faults(lang, count) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::form::Validity;

    fn day(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn edition(version: u32, from: Option<&str>, until: Option<&str>) -> Edition {
        let validity = Validity { from: from.map(day), until: until.map(day) };
        Edition { version, validity, review: None, review_due: None, questions: 1, own: true }
    }

    #[test]
    fn a_version_is_replaced_from_the_day_a_newer_one_begins() {
        let (old, today) = (edition(1, None, None), day("2026-11-20"));
        let newer = |from| [edition(2, from, None)];
        assert_eq!(Standing::among(&old, &newer(None), today), Standing::Replaced);
        assert_eq!(Standing::among(&old, &newer(Some("2026-11-20")), today), Standing::Replaced);
        assert_eq!(Standing::among(&old, &newer(Some("2026-11-21")), today), Standing::Published);
        assert_eq!(Standing::among(&old, &[], today), Standing::Published);
    }

    #[test]
    fn the_newest_version_says_where_a_form_stands() {
        let standing = |from, until| Standing::of(Some(&edition(4, from, until)), day("2026-11-20"));
        assert_eq!(standing(None, None), Standing::Published);
        assert_eq!(standing(Some("2026-11-20"), None), Standing::Published);
        assert_eq!(standing(Some("2026-12-01"), None), Standing::Waiting(day("2026-12-01")));
        assert_eq!(standing(None, Some("2026-11-20")), Standing::Ends(day("2026-11-20")));
        assert_eq!(standing(Some("2026-12-01"), Some("2026-11-19")), Standing::Ended);
        assert_eq!(Standing::of(None, day("2026-11-20")), Standing::OnlyDraft);
    }
}
