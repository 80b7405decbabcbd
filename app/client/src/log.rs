//! What the engine did lately: codes, counts and times, nobody's records. Kept over restarts and sent when a person asks, by
//! [`diagnostics`](crate::diagnostics); here it is only written down.

use crate::clock::Clock;
use chrono::{DateTime, Utc};
use domain::diagnostics::{MOST_ENTRIES, Noted};
use std::{cell::RefCell, collections::VecDeque, rc::Rc};

/// A line each for a long day without signal.
pub(crate) const KEPT: usize = MOST_ENTRIES;

pub struct Log {
    clock: Rc<Clock>,
    /// Not in the database yet.
    new: RefCell<VecDeque<Noted>>,
}

impl Log {
    pub(crate) fn new(clock: Rc<Clock>) -> Self {
        Self { clock, new: RefCell::default() }
    }

    /// Writes an entry to the engine's log, for finding out why something does not arrive: codes, never records' content.
    pub(crate) fn note(&self, what: &str, came: &str, operations: u32, begun: DateTime<Utc>) {
        let at = self.clock.now();
        let milliseconds = u32::try_from((at - begun).num_milliseconds()).unwrap_or_default();
        let (what, came) = (what.to_owned(), came.to_owned());
        let mut new = self.new.borrow_mut();
        new.push_back(Noted { at, what, came, operations, milliseconds });
        while new.len() > KEPT {
            new.pop_front();
        }
    }

    /// What is new, to be written down.
    pub(crate) fn take(&self) -> Vec<Noted> {
        self.new.borrow_mut().drain(..).collect()
    }

    /// It could not be written down: it is new the next time, too.
    pub(crate) fn put_back(&self, noted: Vec<Noted>) {
        let mut new = self.new.borrow_mut();
        noted.into_iter().rev().for_each(|noted| new.push_front(noted));
    }
}
