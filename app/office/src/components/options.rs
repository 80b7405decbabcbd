//! What can be chosen from a native list.

use leptos::prelude::*;

/// The options of a `<select>`: value and words of each, in their order.
#[component]
pub fn Options(
    options: Vec<(String, String)>,
    /// The value of the one that is chosen; any other leaves the choice to the browser, which takes the first.
    #[prop(into)]
    chosen: String,
) -> impl IntoView {
    let option = |(value, words): (String, String)| {
        let selected = value == chosen;
        view! {
            <option value=value selected=selected>
                {words}
            </option>
        }
    };
    options.into_iter().map(option).collect_view()
}
