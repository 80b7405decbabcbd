//! The form in which the open row is written, as the browser has it.

use super::{slots::SLOTS, typed::Texts};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{FormData, HtmlElement, HtmlFormElement},
};

/// Its id.
pub const FORM: &str = "row-form";

/// The heading of the row.
pub const TITLE: &str = "row-title";

/// Fields that stand for no cell of their own.
pub const BESIDES: [&str; 3] = ["kind", "list", "choices"];

fn element() -> Option<HtmlFormElement> {
    document().get_element_by_id(FORM)?.dyn_into().ok()
}

/// Its fields as they are typed now, by their names. None: no row is open.
pub fn texts() -> Option<Texts> {
    let form = FormData::new_with_form(&element()?).ok()?;
    let names = SLOTS.iter().map(|slot| slot.name).chain(BESIDES);
    let text = |name: &str| Some((name.to_owned(), form.get(&format!("edit[cells][{name}]")).as_string()?));
    Some(names.filter_map(text).collect())
}

/// Sends it, as its button does. Answers whether it could be sent.
pub fn submit() -> bool {
    element().is_some_and(|form| form.request_submit().is_ok())
}

/// The field of the open row that has the keys, by its id.
pub fn focused() -> Option<String> {
    let active = document().active_element()?;
    let inside = element()?.contains(Some(&active));
    Some(active.id()).filter(|id| inside && !id.is_empty())
}

/// The keys go on there; where there is no such field, at the heading.
pub fn focus(field: Option<String>) {
    request_animation_frame(move || {
        let named = |id: &str| document().get_element_by_id(id)?.dyn_into::<HtmlElement>().ok();
        if let Some(there) = field.as_deref().and_then(named).or_else(|| named(TITLE)) {
            // An element that cannot be focused leaves the focus where it was.
            let _ = there.focus();
        }
    });
}
