//! Words that files and workbooks share.

use domain::{
    form::{Frequency, PhotoRule},
    severity::Severity,
};

/// Days for putting something right where nothing is said.
pub(crate) const DAYS: u16 = 7;

pub(crate) const LEVELS: [(&str, Severity); 2] = [("general", Severity::General), ("major", Severity::Major)];

pub(crate) const PHOTOS: [(&str, PhotoRule); 3] =
    [("never", PhotoRule::Never), ("on_fail", PhotoRule::OnFail), ("always", PhotoRule::Always)];

pub(crate) const FREQUENCIES: [(&str, Frequency); 8] = [
    ("day", Frequency::Day),
    ("week", Frequency::Week),
    ("ten_days", Frequency::TenDays),
    ("month", Frequency::Month),
    ("quarter", Frequency::Quarter),
    ("half_year", Frequency::HalfYear),
    ("term", Frequency::Term),
    ("year", Frequency::Year),
];

/// Characters of a name.
const LONGEST: usize = 100;

/// Letters of any script, digits, `-` and `_`; it begins with a letter or `_`.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && is_choice_name(name)
}

/// A choice's may begin with any of these.
pub(crate) fn is_choice_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_in_name) && name.chars().count() <= LONGEST
}

pub(crate) fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}
