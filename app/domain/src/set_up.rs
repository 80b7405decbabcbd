//! 首次设置: what an empty installation begins with.

use std::fmt;

/// The first account of an empty installation, and the office that it keeps.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct FirstAccount {
    /// As the server's console showed it.
    pub code: String,
    pub office: String,
    pub name: String,
    pub username: String,
    pub password: String,
}

/// Without what opens anything.
impl fmt::Debug for FirstAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FirstAccount").field("office", &self.office).finish_non_exhaustive()
    }
}
