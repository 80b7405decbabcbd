//! How a device stands, as screens show it: the line to the server, and the lock.

use chrono::{DateTime, Utc};

/// The connection's status, shown at the top of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConnectionStatus {
    /// The browser believes that there is a network, and the last try did not fail.
    pub online: bool,
    pub busy: bool,
    /// The session has expired; only a person can mend that.
    pub signed_out: bool,
    pub last_contact: Option<DateTime<Utc>>,
}

/// How it stands with the person who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lock {
    /// Not checked yet, or not signed in.
    #[default]
    Unknown,
    /// No PIN was set on this phone.
    New,
    Closed,
    Open,
}
