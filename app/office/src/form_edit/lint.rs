//! What would be wrong if the row were saved as it is typed now: asked a moment after the last key. Only the program asks.

use super::{address::Chosen, row_form, seen};
use crate::server_fns::form_editing::{draft::DraftPage, edit::DraftEdit};
use domain::form::editing::DraftLint;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(400);

#[derive(Clone, Copy)]
pub struct Lint {
    /// None: nothing was typed yet.
    pub found: RwSignal<Option<DraftLint>>,
    row: StoredValue<DraftEdit>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Counts what was asked: only the last answer counts.
    round: StoredValue<u32>,
}

impl Lint {
    pub fn new(draft: &DraftPage, chosen: Chosen) -> Self {
        let row = DraftEdit {
            form: draft.id.to_string(),
            seen: seen(draft),
            does: "save".to_owned(),
            row: chosen.word(),
            ..DraftEdit::default()
        };
        Self {
            found: RwSignal::new(None),
            row: StoredValue::new(row),
            timer: StoredValue::new(None),
            round: StoredValue::new(0),
        }
    }

    /// A key was pressed.
    pub fn later(self) {
        // A key may still reach a row that is being drawn anew.
        let Some(timer) = self.timer.try_get_value() else { return };
        if let Some(timer) = timer {
            timer.clear();
        }
        self.timer.set_value(set_timeout_with_handle(move || self.ask(), PAUSE).ok());
    }

    fn ask(self) {
        // The row may have been closed meanwhile.
        let (Some(mut edit), Some(cells)) = (self.row.try_get_value(), row_form::texts()) else { return };
        edit.cells = cells;
        self.round.update_value(|round| *round += 1);
        self.asked(edit);
    }

    #[cfg(not(feature = "ssr"))]
    fn asked(self, edit: DraftEdit) {
        use crate::server_fns::form_editing::LintDraft;
        use leptos::server_fn::ServerFn;
        let round = self.round.get_value();
        leptos::task::spawn_local(async move {
            let Ok(arguments) = serde_json::to_string(&LintDraft { edit }) else { return };
            // Without an answer what is known stays: saving will tell.
            let Ok(answer) = crate::wire::ask(LintDraft::PATH, arguments).await else { return };
            if self.round.try_get_value() == Some(round)
                && let Ok(found) = serde_json::from_str(&answer)
            {
                self.found.try_set(Some(found));
            }
        });
    }

    /// Only a browser has keys.
    #[cfg(feature = "ssr")]
    fn asked(self, _: DraftEdit) {}
}
