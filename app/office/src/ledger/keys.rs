//! j and k, or the arrows, walk the ledger's rows; Enter opens the row's own page, Escape closes what is beside it.

use super::address::{hazard_address, ledger_address, ledger_with_open};
use crate::head::is_typing;
use domain::{id::HazardId, ledger::LedgerFilter};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// `rows` are the ids as the table shows them.
pub fn walk(filter: Memo<LedgerFilter>, open: Memo<Option<HazardId>>, rows: StoredValue<Vec<HazardId>>) {
    let navigate = use_navigate();
    let stay = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    Effect::new(move |_| {
        let (navigate, stay) = (navigate.clone(), stay.clone());
        let handle = window_event_listener(ev::keydown, move |event| {
            if is_typing(&event) {
                return;
            }
            let (Some(filter), Some(open)) = (filter.try_get_untracked(), open.try_get_untracked()) else {
                return;
            };
            let Some(rows) = rows.try_get_value() else { return };
            match event.key().as_str() {
                key @ ("j" | "ArrowDown" | "k" | "ArrowUp") => {
                    let forward = matches!(key, "j" | "ArrowDown");
                    if let Some(next) = next(&rows, open, forward) {
                        event.prevent_default();
                        navigate(&ledger_with_open(&filter, next), stay.clone());
                    }
                }
                "Enter" => {
                    if let Some(open) = open {
                        event.prevent_default();
                        navigate(&hazard_address(open), NavigateOptions::default());
                    }
                }
                "Escape" if open.is_some() => navigate(&ledger_address(&filter), stay.clone()),
                _ => {}
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// The row after or before the open one; the first where none is open.
fn next(rows: &[HazardId], open: Option<HazardId>, forward: bool) -> Option<HazardId> {
    let at = open.and_then(|open| rows.iter().position(|row| *row == open));
    match at {
        None => rows.first().copied(),
        Some(at) if forward => rows.get(at + 1).copied(),
        Some(at) => rows.get(at.checked_sub(1)?).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn walking_stops_at_both_ends() {
        let rows = [1, 2, 3].map(|n| HazardId(Uuid::from_u128(n)));
        assert_eq!(next(&rows, None, true), Some(rows[0]));
        assert_eq!(next(&rows, Some(rows[1]), true), Some(rows[2]));
        assert_eq!(next(&rows, Some(rows[2]), true), None);
        assert_eq!(next(&rows, Some(rows[0]), false), None);
        assert_eq!(next(&[], None, true), None);
    }
}
