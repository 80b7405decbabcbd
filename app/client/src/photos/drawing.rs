//! What is drawn on a picture, as the calls of a canvas: said here, carried out wherever the picture is.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CanvasRenderingContext2d;

/// The letters of phones, Chinese ones among them.
const LETTERS: &str = "system-ui, \"PingFang SC\", \"Noto Sans CJK SC\", sans-serif";

/// Each call is its name and its values; of a property, the name and the new value.
#[derive(Debug, Default)]
pub struct Drawing(Array);

impl From<Drawing> for JsValue {
    fn from(drawing: Drawing) -> Self {
        drawing.0.into()
    }
}

impl Drawing {
    pub fn set(&self, property: &str, value: impl Into<JsValue>) {
        self.0.push(&Array::of2(&property.into(), &value.into()));
    }

    pub fn call(&self, method: &str, values: &[f64]) {
        let values = values.iter().map(|value| JsValue::from_f64(*value));
        self.0.push(&[JsValue::from_str(method)].into_iter().chain(values).collect::<Array>());
    }

    /// Letters of this weight and height in pixels.
    pub fn letters(&self, weight: u16, height: f64) {
        self.set("font", format!("{weight} {height}px {LETTERS}"));
        self.set("textBaseline", "middle");
    }

    /// `fillText` or `strokeText`, pressed together where it would be wider.
    pub fn text(&self, method: &str, text: &str, (x, y): (f64, f64), widest: f64) {
        let values = [x, y, widest].map(JsValue::from_f64);
        self.0.push(&[method.into(), text.into()].into_iter().chain(values).collect::<Array>());
    }

    /// Carries it out here and now.
    pub fn on(&self, context: &CanvasRenderingContext2d) {
        for call in self.0.iter().map(JsCast::unchecked_into::<Array>) {
            let name = call.shift();
            // A canvas refuses only what it does not know; the rest is drawn all the same.
            let _ = match Reflect::get(context, &name).map(JsCast::dyn_into::<Function>) {
                Ok(Ok(method)) => Reflect::apply(&method, context, &call),
                _ => Reflect::set(context, &name, &call.get(0)).map(JsValue::from),
            };
        }
    }
}
