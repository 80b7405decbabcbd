//! One line that is typed, with what it is called above it.

use leptos::prelude::*;

pub struct TypedLine {
    pub id: &'static str,
    pub label: &'static str,
    /// An example of it, shown while nothing stands there.
    pub hint: Option<&'static str>,
    /// Characters at the most.
    pub most: usize,
}

impl TypedLine {
    /// `value`: what stands there. `typed` is told of every change.
    pub fn view(self, value: Signal<String>, typed: impl Fn(String) + 'static) -> AnyView {
        let Self { id, label, hint, most } = self;
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input
                    class="input"
                    id=id
                    autocomplete="off"
                    placeholder=hint
                    maxlength=most.to_string()
                    prop:value=move || value.get()
                    on:input=move |event| typed(event_target_value(&event))
                />
            </div>
        }
        .into_any()
    }
}
