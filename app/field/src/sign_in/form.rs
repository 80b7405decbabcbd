//! The form that stands in the document. Its parts are found by their ids: they were there before this program.

use crate::i18n::Lang;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTemplateElement};

const SCREEN: &str = "sign-in";
const FORM: &str = "sign-in-form";
const BUTTON: &str = "sign-in-button";
const FIELDS: [&str; 2] = ["username", "password"];

/// There is one at a time.
#[derive(Clone, Copy)]
pub struct Form;

fn part<P: JsCast>(id: &str) -> Option<P> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn set(part: &Element, name: &str, value: &str) {
    // Refused for names that are none.
    let _ = part.set_attribute(name, value);
}

/// Shows or hides it, with words in its last line where there are any.
fn show(id: &str, shown: bool, words: Option<&str>) {
    let Some(part) = part::<HtmlElement>(id) else { return };
    part.set_hidden(!shown);
    if let (Some(words), Some(line)) = (words, part.last_element_child()) {
        line.set_text_content(Some(words));
    }
}

fn focus(id: &str) {
    if let Some(field) = part::<HtmlElement>(id) {
        // A field that cannot take the focus is still marked.
        let _ = field.focus();
    }
}

impl Form {
    /// The one that a person types into already, or a fresh one; it goes with the screen.
    pub fn shown(lang: Lang) -> Self {
        if part::<HtmlElement>(SCREEN).is_none() {
            let name = match lang {
                Lang::Zh => "sign-in-zh",
                Lang::En => "sign-in-en",
            };
            let fresh = part::<HtmlTemplateElement>(name)
                .and_then(|template| template.content().clone_node_with_deep(true).ok());
            if let (Some(fresh), Some(body)) = (fresh, document().body()) {
                // Refused only for what is no node.
                let _ = body.append_child(&fresh);
            }
        }
        on_cleanup(|| Self.leave());
        Self
    }

    /// `submit` is called when somebody wants in; at once where that was before this program was here.
    pub fn on_submit(self, submit: impl Fn() + 'static) {
        let Some(form) = part::<HtmlElement>(FORM) else { return };
        // From here on `field-boot.js` leaves it alone.
        let waits = form.has_attribute("data-sent");
        set(&form, "data-alive", "");
        if waits {
            self.busy(false);
            submit();
        }
        let heard = window_event_listener(ev::submit, move |event| {
            let here = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if here.is_some_and(|form| form.id() == FORM) {
                event.prevent_default();
                submit();
            }
        });
        on_cleanup(move || heard.remove());
    }

    /// Name and password, as they stand in the fields: a password manager fills them without an event. None while an answer is
    /// waited for, and where one of them is missing, which is said and shown.
    pub fn filled_in(self) -> Option<(String, String)> {
        if part::<Element>(BUTTON)?.get_attribute("aria-busy")? == "true" {
            return None;
        }
        show("why", false, None);
        let typed =
            FIELDS.map(|id| part::<HtmlInputElement>(id).map(|field| field.value()).unwrap_or_default());
        let missing = [typed[0].trim().is_empty(), typed[1].is_empty()];
        for (id, missing) in FIELDS.into_iter().zip(missing) {
            let line = format!("{id}-missing");
            show(&line, missing, None);
            let field = part::<Element>(id)?;
            set(&field, "aria-invalid", if missing { "true" } else { "false" });
            if missing {
                set(&field, "aria-describedby", &line);
            } else {
                // Refused for names that are none.
                let _ = field.remove_attribute("aria-describedby");
            }
        }
        if let Some(first) = missing.into_iter().position(|missing| missing) {
            focus(FIELDS[first]);
            return None;
        }
        let [name, secret] = typed;
        Some((name, secret))
    }

    pub fn busy(self, busy: bool) {
        let Some(button) = part::<Element>(BUTTON) else { return };
        let is = button.get_attribute("aria-busy").is_some_and(|is| is == "true");
        if is != busy {
            set(&button, "aria-busy", if busy { "true" } else { "false" });
            // The other of its two words.
            let other = button.get_attribute("data-other").unwrap_or_default();
            set(&button, "data-other", &button.text_content().unwrap_or_default());
            button.set_text_content(Some(&other));
        }
    }

    pub fn refused(self, why: &str) {
        show("why", true, Some(why));
    }

    /// This browser keeps nothing, or not well enough.
    pub fn cannot(self, why: &str) {
        show("cannot", true, Some(why));
    }

    /// What lies here unsent is safe.
    pub fn say_safe(self) {
        show("safe", true, None);
    }

    pub fn back_to_password(self) {
        focus("password");
    }

    pub fn leave(self) {
        if let Some(screen) = part::<Element>(SCREEN) {
            screen.remove();
        }
    }
}
