//! Effects of screens, compiled once for whatever they do: each brings a task of its own, two to four kilobytes of a program.

use leptos::prelude::Effect;

/// Runs soon, and again whenever what it reads has changed; until whatever it was made in goes.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
