//! Parts of a condition in words, and how they are joined: what is said of the same thing twice is said once.

use crate::i18n::{forms as t, office};
use domain::text::Lang;

/// A part of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// What is looked at, what is said of it, and of which values. Nothing is looked at where it is the question itself.
    Of { subject: String, sign: Sign, values: Vec<String> },
    /// Several parts that are one.
    Whole(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Is,
    IsNot,
    Includes,
    Excludes,
    BelongsTo,
    BelongsNotTo,
    Below,
    NotAbove,
    Above,
    NotBelow,
    Before,
    NotAfter,
    After,
    NotBefore,
}

impl Sign {
    /// The other way round.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Is => Self::IsNot,
            Self::IsNot => Self::Is,
            Self::Includes => Self::Excludes,
            Self::Excludes => Self::Includes,
            Self::BelongsTo => Self::BelongsNotTo,
            Self::BelongsNotTo => Self::BelongsTo,
            Self::Below => Self::NotBelow,
            Self::NotAbove => Self::Above,
            Self::Above => Self::NotAbove,
            Self::NotBelow => Self::Below,
            Self::Before => Self::NotBefore,
            Self::NotAfter => Self::After,
            Self::After => Self::NotAfter,
            Self::NotBefore => Self::Before,
        }
    }

    /// The same of days.
    #[must_use]
    pub fn of_days(self) -> Self {
        match self {
            Self::Below => Self::Before,
            Self::NotAbove => Self::NotAfter,
            Self::Above => Self::After,
            Self::NotBelow => Self::NotBefore,
            Self::Is
            | Self::IsNot
            | Self::Includes
            | Self::Excludes
            | Self::BelongsTo
            | Self::BelongsNotTo
            | Self::Before
            | Self::NotAfter
            | Self::After
            | Self::NotBefore => self,
        }
    }

    /// Whether several values after one sign say the same as several parts joined by or (`any`), or else by and.
    fn takes_several(self, any: bool) -> bool {
        match self {
            Self::Is | Self::Includes | Self::BelongsTo => any,
            Self::IsNot | Self::Excludes | Self::BelongsNotTo => !any,
            Self::Below
            | Self::NotAbove
            | Self::Above
            | Self::NotBelow
            | Self::Before
            | Self::NotAfter
            | Self::After
            | Self::NotBefore => false,
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Is => t::is(lang),
            Self::IsNot => t::is_not(lang),
            Self::Includes => t::includes(lang),
            Self::Excludes => t::excludes(lang),
            Self::BelongsTo => t::belongs_to(lang),
            Self::BelongsNotTo => t::belongs_not_to(lang),
            Self::Below => t::below(lang),
            Self::NotAbove => t::not_above(lang),
            Self::Above => t::above(lang),
            Self::NotBelow => t::not_below(lang),
            Self::Before => t::before(lang),
            Self::NotAfter => t::not_after(lang),
            Self::After => t::after(lang),
            Self::NotBefore => t::not_before(lang),
        }
    }
}

impl Said {
    pub fn words(&self, lang: Lang) -> String {
        let (subject, sign, values) = match self {
            Self::Whole(words) => return words.clone(),
            Self::Of { subject, sign, values } => (subject, sign.words(lang), one_of(lang, values)),
        };
        match lang {
            Lang::Zh if values.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '-') => {
                format!("{subject}{sign} {values}")
            }
            Lang::Zh => format!("{subject}{sign}{values}"),
            Lang::En if subject.is_empty() => format!("it {sign} {values}"),
            Lang::En => format!("{subject} {sign} {values}"),
        }
    }
}

/// `甲、乙或丙`
fn one_of(lang: Lang, values: &[String]) -> String {
    let Some((last, others)) = values.split_last() else { return String::new() };
    if others.is_empty() {
        return last.clone();
    }
    [others.join(office::between_choices(lang)).as_str(), last].join(t::either(lang))
}

/// All of them, joined by or (`any`), or else by and.
pub fn joined(lang: Lang, parts: Vec<Said>, any: bool) -> Said {
    let mut kept: Vec<Said> = vec![];
    for part in parts {
        match (kept.last_mut(), part) {
            (
                Some(Said::Of { subject, sign, values }),
                Said::Of { subject: same, sign: again, values: more },
            ) if *subject == same && *sign == again && again.takes_several(any) => {
                values.extend(more);
            }
            (_, part) => kept.push(part),
        }
    }
    if kept.len() == 1 {
        return kept.remove(0);
    }
    let joint = if any { t::or(lang) } else { t::and(lang) };
    let words = kept.iter().map(|part| match part {
        Said::Whole(words) => t::bracketed(lang, words.clone()),
        Said::Of { .. } => part.words(lang),
    });
    Said::Whole(words.collect::<Vec<_>>().join(joint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(subject: &str, sign: Sign, value: &str) -> Said {
        Said::Of { subject: subject.to_owned(), sign, values: vec![value.to_owned()] }
    }

    #[test]
    fn what_is_said_of_the_same_thing_is_said_once() {
        let parts = || vec![of("“供餐”", Sign::Is, "“自办”"), of("“供餐”", Sign::Is, "“委托”")];
        assert_eq!(joined(Lang::Zh, parts(), true).words(Lang::Zh), "“供餐”为“自办”或“委托”");
        // Nothing is both.
        assert_eq!(joined(Lang::Zh, parts(), false).words(Lang::Zh), "“供餐”为“自办”，并且“供餐”为“委托”");
        let none = parts().into_iter().map(|part| match part {
            Said::Of { subject, sign, values } => Said::Of { subject, sign: sign.negated(), values },
            whole @ Said::Whole(_) => whole,
        });
        assert_eq!(joined(Lang::Zh, none.collect(), false).words(Lang::Zh), "“供餐”不为“自办”或“委托”");
    }

    #[test]
    fn figures_stand_apart_and_a_question_does_not_name_itself() {
        assert_eq!(of("", Sign::Above, "9 人").words(Lang::Zh), "大于 9 人");
        assert_eq!(of("", Sign::Above, "9 people").words(Lang::En), "it is above 9 people");
        let both = vec![of("", Sign::Below, "4 米"), Said::Whole("甲，或者乙".to_owned())];
        assert_eq!(joined(Lang::Zh, both, false).words(Lang::Zh), "小于 4 米，并且（甲，或者乙）");
    }
}
