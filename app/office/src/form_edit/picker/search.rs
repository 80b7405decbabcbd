//! What is looked for, what was found, and which of it the keys are on.

use domain::form::reference::{Reference, ReferenceKind, References};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// After the last key.
const PAUSE: Duration = Duration::from_millis(250);

#[derive(Clone, Copy)]
pub struct Search {
    pub kind: ReferenceKind,
    pub typed: RwSignal<String>,
    pub found: RwSignal<References>,
    /// The server was not reached.
    pub failed: RwSignal<bool>,
    /// Whether what was found is shown.
    pub open: RwSignal<bool>,
    /// What Enter takes, counted from 0.
    pub active: RwSignal<Option<usize>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Counts what was asked: only the last answer counts.
    round: StoredValue<u32>,
}

impl Search {
    pub fn new(kind: ReferenceKind) -> Self {
        Self {
            kind,
            typed: RwSignal::new(String::new()),
            found: RwSignal::new(References::default()),
            failed: RwSignal::new(false),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            timer: StoredValue::new(None),
            round: StoredValue::new(0),
        }
    }

    /// A key was pressed.
    pub fn later(self, typed: String) {
        self.typed.set(typed);
        self.forget();
        self.timer.set_value(set_timeout_with_handle(move || self.ask(), PAUSE).ok());
    }

    /// What is still to be asked, and what comes now, is for nobody; and what was found by other words Enter does not take.
    fn forget(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.round.try_update_value(|round| *round += 1);
        self.active.try_set(None);
    }

    /// To the next, or to the one before; what is closed opens.
    pub fn step(self, down: bool) {
        if self.open.get_untracked() {
            let count = self.found.with_untracked(|found| found.found.len());
            self.active.update(|active| *active = next(*active, count, down));
        } else {
            self.ask();
        }
    }

    /// What Enter takes.
    pub fn active(self) -> Option<Reference> {
        let at = self.active.get_untracked().filter(|_| self.open.get_untracked())?;
        self.found.with_untracked(|found| found.found.get(at).cloned())
    }

    pub fn close(self) {
        self.forget();
        self.open.try_set(false);
    }

    pub fn ask(self) {
        // The row may have been closed meanwhile.
        if self.round.try_update_value(|round| *round += 1).is_some() {
            self.asked();
        }
    }

    #[cfg(not(feature = "ssr"))]
    fn asked(self) {
        use crate::server_fns::form_editing::FindReferences;
        use leptos::server_fn::ServerFn;
        let (round, kind, typed) = (self.round.get_value(), self.kind, self.typed.get_untracked());
        leptos::task::spawn_local(async move {
            let Ok(arguments) = serde_json::to_string(&FindReferences { kind, typed }) else { return };
            let answer = crate::wire::ask(FindReferences::PATH, arguments).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            let found = answer.ok().and_then(|text| serde_json::from_str::<References>(&text).ok());
            self.failed.try_set(found.is_none());
            let found = found.unwrap_or_default();
            self.active.try_set((!found.found.is_empty()).then_some(0));
            self.found.try_set(found);
            self.open.try_set(true);
        });
    }

    /// Only a browser has keys.
    #[cfg(feature = "ssr")]
    fn asked(self) {}
}

/// Round and round.
fn next(active: Option<usize>, count: usize, down: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (active, down) {
        (None, true) => 0,
        (None, false) => last,
        (Some(at), true) => {
            if at >= last {
                0
            } else {
                at + 1
            }
        }
        (Some(at), false) => at.checked_sub(1).unwrap_or(last).min(last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(next(None, 0, true), None);
        assert_eq!((next(None, 3, true), next(None, 3, false)), (Some(0), Some(2)));
        assert_eq!((next(Some(1), 3, true), next(Some(2), 3, true)), (Some(2), Some(0)));
        assert_eq!((next(Some(1), 3, false), next(Some(0), 3, false)), (Some(0), Some(2)));
        assert_eq!(next(Some(7), 3, false), Some(2), "fewer were found since");
    }
}
