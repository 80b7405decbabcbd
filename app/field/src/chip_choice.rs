//! One of many, chosen in a chip.

use leptos::prelude::*;

/// A native choice; its first option, the label itself, is no choice. `options` are value and words.
#[component]
pub fn ChipChoice(
    label: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    choose: Callback<String>,
) -> impl IntoView {
    let option = move |(value, words): (String, String)| {
        let is_chosen = {
            let value = value.clone();
            move || chosen.with(|chosen| *chosen == value)
        };
        view! {
            <option value=value prop:selected=is_chosen>
                {words}
            </option>
        }
    };
    view! {
        <label class="chip chip--select" class:chip--on=move || chosen.with(|chosen| !chosen.is_empty())>
            <span class="u-visually-hidden">{label}</span>
            <select class="chip__control" on:change:target=move |event| choose.run(event.target().value())>
                {option((String::new(), label.to_owned()))}
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
