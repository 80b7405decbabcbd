//! What is drawn on a picture, as the calls of a canvas: said here, carried out wherever the picture is.

/// The letters of phones, Chinese ones among them.
const LETTERS: &str = "system-ui, \"PingFang SC\", \"Noto Sans CJK SC\", sans-serif";

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(f64),
    Text(String),
}

/// A canvas's method with its values; of a property, its name and the new value.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub name: &'static str,
    pub values: Vec<Value>,
}

/// Calls in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing(Vec<Call>);

impl Drawing {
    pub fn calls(&self) -> &[Call] {
        &self.0
    }

    pub fn set(&mut self, property: &'static str, value: impl Into<String>) {
        self.0.push(Call { name: property, values: vec![Value::Text(value.into())] });
    }

    pub fn set_number(&mut self, property: &'static str, value: f64) {
        self.0.push(Call { name: property, values: vec![Value::Number(value)] });
    }

    pub fn call(&mut self, method: &'static str, values: &[f64]) {
        let values = values.iter().map(|value| Value::Number(*value)).collect();
        self.0.push(Call { name: method, values });
    }

    /// Letters of this weight and height in pixels.
    pub fn letters(&mut self, weight: u16, height: f64) {
        self.set("font", format!("{weight} {height}px {LETTERS}"));
        self.set("textBaseline", "middle");
    }

    /// `fillText` or `strokeText`, pressed together where it would be wider.
    pub fn text(&mut self, method: &'static str, text: &str, (x, y): (f64, f64), widest: f64) {
        let numbers = [x, y, widest].map(Value::Number);
        let values = [Value::Text(text.to_owned())].into_iter().chain(numbers).collect();
        self.0.push(Call { name: method, values });
    }
}
