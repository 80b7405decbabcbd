//! Going on from a row in which something was typed. To another row of the draft, by a link: the row is saved first, and the other
//! opens once that is done; where it is refused, nothing opens and what was typed stays. By the browser's own back and forward the
//! other opens, and what was typed stands above it. Anywhere else: the person is asked, by the page on the ways that the program
//! goes, by the browser on all others.
//!
//! Only the program listens. What is pressed in the forms of the page sends along what was typed (`Typed::fields`).

use super::{Doing, address::editor_address, row_form, typed::Typed};
use crate::i18n::form_editing as t;
use domain::id::FormId;
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{Element, Event, HtmlAnchorElement, MouseEvent},
};

/// Where an address leads from the page of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To what is shown already.
    Nowhere,
    /// To another row of the draft, or to none.
    Row,
    Away,
}

impl Way {
    /// Both are paths with their queries.
    fn of(here: &str, there: &str) -> Self {
        let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
        if here == there {
            Self::Nowhere
        } else if path(here) == path(there) {
            Self::Row
        } else {
            Self::Away
        }
    }
}

impl Doing {
    /// Whether leaving the page loses something.
    fn is_unsaved(&self) -> bool {
        let is_typed = self.typed.try_with_untracked(Option::is_some).unwrap_or_default();
        is_typed || self.gone.try_with_untracked(|gone| !gone.is_empty()).unwrap_or_default()
    }

    /// What would be lost.
    pub fn unsaved_texts(&self) -> Vec<String> {
        let typed = self.typed.with_untracked(|typed| typed.as_ref().map(Typed::texts).unwrap_or_default());
        typed.into_iter().chain(self.gone.get_untracked()).collect()
    }

    fn forget(&self) {
        self.typed.set(None);
        self.gone.set(vec![]);
    }
}

/// To be called where the page begins. `id`: of the form.
pub fn guard(doing: &Doing, id: Memo<String>) {
    let doing = *doing;
    let here = move || {
        let (id, view) = (id.try_get_untracked()?, doing.view.try_get_untracked()?);
        Some(editor_address(&FormId::from(id.as_str()), &view))
    };
    Effect::new(move |_| {
        let clicks = Heard::first("click", move |event| {
            if let Some(here) = here() {
                clicked(&doing, &here, &event);
            }
        });
        let steps = Heard::first("popstate", move |event| {
            if let Some(here) = here() {
                stepped(&doing, &here, &event);
            }
        });
        let unload = window_event_listener(ev::beforeunload, move |event| {
            if doing.is_unsaved() {
                event.prevent_default();
                // Older browsers ask only where a text is given; none shows it.
                event.set_return_value("unsaved");
            }
        });
        on_cleanup(move || {
            clicks.forget();
            steps.forget();
            unload.remove();
        });
    });
}

fn clicked(doing: &Doing, here: &str, event: &Event) {
    let Some(there) = event.dyn_ref::<MouseEvent>().and_then(followed) else { return };
    if !doing.is_unsaved() {
        return;
    }
    match Way::of(here, &there) {
        Way::Nowhere => {}
        Way::Row => {
            if save_then(doing, there) {
                stop(event);
            }
        }
        Way::Away => {
            if !may_leave(doing) {
                stop(event);
            }
        }
    }
}

/// Back or forward: the browser has gone already, the router has not heard of it yet.
fn stepped(doing: &Doing, here: &str, event: &Event) {
    let location = window().location();
    let (Ok(path), Ok(search)) = (location.pathname(), location.search()) else { return };
    if !doing.is_unsaved() {
        return;
    }
    let there = format!("{path}{search}");
    let stays = match Way::of(here, &there) {
        // Another row opens, and what was typed stays in sight above it.
        Way::Nowhere | Way::Row => false,
        Way::Away => !may_leave(doing),
    };
    if stays {
        stop(event);
        if let Ok(history) = window().history() {
            // A browser that cannot keeps the other address in its bar; the page is right all the same.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(here));
        }
    }
}

fn stop(event: &Event) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

/// Answers whether there was a row to be saved first.
fn save_then(doing: &Doing, there: String) -> bool {
    if doing.typed.with_untracked(Option::is_none) {
        return false;
    }
    doing.next.set_value(Some(there));
    // What is being sent already is not sent twice.
    doing.busy.get_untracked() || row_form::submit()
}

fn may_leave(doing: &Doing) -> bool {
    // A browser that does not ask does not keep anybody either.
    let leaves = window().confirm_with_message(t::leave_unsaved(doing.lang)).unwrap_or(true);
    if leaves {
        doing.forget();
    }
    leaves
}

/// Where the click leads the page itself; none where the browser opens something beside it, or asks by itself.
fn followed(event: &MouseEvent) -> Option<String> {
    let beside = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || beside {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let external = link.rel().split_whitespace().any(|word| word == "external");
    if external || !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    let is_ours = window().location().origin().is_ok_and(|origin| origin == link.origin());
    is_ours.then(|| format!("{}{}", link.pathname(), link.search()))
}

/// A listener that hears before all others of the page, the router's among them.
#[derive(Clone, Copy)]
struct Heard {
    event: &'static str,
    listener: StoredValue<JsValue, LocalStorage>,
}

impl Heard {
    fn first(event: &'static str, hear: impl Fn(Event) + 'static) -> Self {
        let listener = Closure::<dyn Fn(Event)>::new(hear).into_js_value();
        let function = listener.unchecked_ref();
        // A window that cannot be listened to leaves the page without this.
        let _ = window().add_event_listener_with_callback_and_bool(event, function, true);
        Self { event, listener: StoredValue::new_local(listener) }
    }

    fn forget(self) {
        self.listener.try_with_value(|listener| {
            let function = listener.unchecked_ref();
            let _ = window().remove_event_listener_with_callback_and_bool(self.event, function, true);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_of_the_same_draft_are_opened_once_the_row_is_saved() {
        let here = "/office/forms/a/edit?row=3";
        assert_eq!(Way::of(here, here), Way::Nowhere);
        for row in [
            "/office/forms/a/edit?row=4",
            "/office/forms/a/edit",
            "/office/forms/a/edit?row=form&kind=market",
        ] {
            assert_eq!(Way::of(here, row), Way::Row, "{row}");
        }
        for away in ["/office/forms/b/edit?row=3", "/office/forms/a", "/office/forms/a/compare", "/office"] {
            assert_eq!(Way::of(here, away), Way::Away, "{away}");
        }
    }
}
