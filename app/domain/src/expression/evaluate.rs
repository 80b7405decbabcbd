//! Working an expression out.

use super::{Expression, Facts, Value};

impl Expression {
    /// What it comes to.
    pub fn evaluate(&self, facts: &dyn Facts) -> Value {
        let _ = facts;
        Value::Nothing
    }

    /// Whether it is true.
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        self.evaluate(facts) == Value::Truth(true)
    }
}
