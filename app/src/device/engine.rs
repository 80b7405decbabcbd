//! Drains the outbox and pulls changes.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// How the line stands, for the sentence at the top of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// The browser believes that there is a network, and the last try did not fail.
    pub online: bool,
    pub busy: bool,
    /// The session has expired; only a person can mend that.
    pub signed_out: bool,
    pub last_contact: Option<DateTime<Utc>>,
}

/// Starts the engine once; further calls do nothing.
pub fn start() {
    unimplemented!()
}

/// Wakes it: something was put into the outbox, or somebody asked ("now").
pub fn kick() {
    unimplemented!()
}

pub fn line() -> ArcReadSignal<Line> {
    unimplemented!()
}
