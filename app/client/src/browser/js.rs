//! Plain objects, as browsers want their options.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

pub(super) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Fails only for objects that are frozen.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
