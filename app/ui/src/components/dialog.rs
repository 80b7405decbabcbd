//! Dialogs that are open for as long as something says so.

use leptos::{html, prelude::*, web_sys::HtmlDialogElement};

/// Opens and closes it as `open` says; tracked.
pub fn open_while(dialog: NodeRef<html::Dialog>, open: impl Fn() -> bool + 'static) {
    crate::effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open(), dialog.open()) {
            (true, false) => show(&dialog),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
}

/// Puts it before the page.
pub fn show(dialog: &HtmlDialogElement) {
    // Fails only where it is open already.
    let _ = dialog.show_modal();
}

/// True from the first opening on. A form has dozens of places for photos; their dialogs are made where they are used,
/// and stay, so that closing one gives the focus back to what opened it.
pub fn once_opened(open: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
    Memo::new(move |opened: Option<&bool>| opened.is_some_and(|opened| *opened) || open())
}
