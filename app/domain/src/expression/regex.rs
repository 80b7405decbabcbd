//! Patterns.

use thiserror::Error;

#[derive(Debug, Clone, PartialEq)]
pub struct Regex {}

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegexError {
    #[error("`{0}` is not understood")]
    Unsupported(String),
}
