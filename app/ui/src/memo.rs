//! Values that follow others, compiled once for each type of value and not for each way of working one out.

use leptos::prelude::Memo;

/// What `of` says, worked out again when what it reads has changed; whoever reads it is told when it comes to something else.
pub fn memo<T: PartialEq + Send + Sync + 'static>(of: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed(Box::new(of))
}

fn boxed<T: PartialEq + Send + Sync + 'static>(of: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| of())
}
