//! Dialogs that are open for as long as something says so.

use leptos::{html, prelude::*};

/// Opens and closes it as `open` says; tracked.
pub fn open_while(dialog: NodeRef<html::Dialog>, open: impl Fn() -> bool + 'static) {
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match open() {
            // Fails only where it is open already.
            true if !dialog.open() => drop(dialog.show_modal()),
            false if dialog.open() => dialog.close(),
            _ => {}
        }
    });
}

/// True from the first opening on. A checklist has dozens of places for photos; their dialogs are made where they are used,
/// and stay, so that closing one gives the focus back to what opened it.
pub fn once_opened(open: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
    Memo::new(move |opened: Option<&bool>| opened.is_some_and(|opened| *opened) || open())
}
