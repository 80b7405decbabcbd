//! The query part of a page's address: plain words in a fixed order, empty parts left out. Server and browser must write
//! the very same address. A blank is `%20`: the router takes the `+` of forms for a plus.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Display;

/// All but what RFC 3986 leaves as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query(String);

impl Query {
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Display) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(key);
            self.0.push('=');
            self.0.extend(utf8_percent_encode(&value, ESCAPED));
        }
        self
    }

    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The page at `path` asked so.
    pub fn at(&self, path: &str) -> String {
        format!("{path}{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_parts_are_left_out_and_the_rest_is_escaped() {
        let query = Query::default().with("status", "due_this_week").with("q", "").with("site", "惠民 1&2");
        assert_eq!(query.at("/office"), "/office?status=due_this_week&site=%E6%83%A0%E6%B0%91%201%262");
        assert_eq!(Query::default().with_some("page", None::<u32>).at("/office"), "/office");
    }
}
