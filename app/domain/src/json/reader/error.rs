//! What may be wrong with a text.

use serde::de::{self, Expected, Unexpected};

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("no JSON at byte {0}")]
    NoJson(usize),
    #[error("another type than expected at byte {0}")]
    OtherType(usize),
    #[error("missing field `{0}`")]
    Missing(&'static str),
    #[error("{0}")]
    OtherContent(String),
}

impl de::Error for ReadError {
    fn custom<T: std::fmt::Display>(why: T) -> Self {
        Self::OtherContent(why.to_string())
    }

    // What stands there instead is not told: writing down whatever it may be takes more room than reading it.

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::OtherContent("another type than expected".to_owned())
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::OtherContent("another value than expected".to_owned())
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Missing("")
    }

    fn unknown_variant(word: &str, _: &'static [&'static str]) -> Self {
        Self::OtherContent(["unknown word `", word, "`"].concat())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

/// What was read, or why it was not.
pub(super) type Read<T> = Result<T, ReadError>;
