//! Drawings on canvases: as the worker that makes pictures is sent them, and here and now.

use crate::platform::{Call, Drawing, Value};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CanvasRenderingContext2d;

fn value(value: &Value) -> JsValue {
    match value {
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
    }
}

fn values(call: &Call) -> Array {
    call.values.iter().map(value).collect()
}

/// Each call is its name and its values.
pub(super) fn calls(drawing: &Drawing) -> Array {
    let calls = drawing.calls().iter().map(|call| {
        let values = values(call);
        values.unshift(&JsValue::from_str(call.name));
        values
    });
    calls.collect()
}

pub fn draw(drawing: &Drawing, context: &CanvasRenderingContext2d) {
    for call in drawing.calls() {
        let (name, values) = (JsValue::from_str(call.name), values(call));
        // A canvas refuses only what it does not know; the rest is drawn all the same.
        let _ = match Reflect::get(context, &name).map(JsCast::dyn_into::<Function>) {
            Ok(Ok(method)) => Reflect::apply(&method, context, &values),
            _ => Reflect::set(context, &name, &values.get(0)).map(JsValue::from),
        };
    }
}
