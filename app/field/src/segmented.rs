//! One of a few, side by side: a radio group. Tab comes to it once, and the arrow keys choose.

use leptos::{ev::KeyboardEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

#[component]
pub fn Segmented(
    /// The words of each.
    options: Vec<String>,
    /// Which of them is chosen; none as long as nobody has.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    /// Another one was chosen.
    choose: Callback<usize>,
    /// The id of what names the group; where nothing on the screen does, `label` names it.
    #[prop(optional)]
    labelled_by: Option<&'static str>,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let count = options.len().max(1);
    // What says which is chosen may be gone before the buttons are: with a screen that is drawn anew.
    let shown = move || chosen.try_get().flatten();
    let take = move |to: usize| {
        if chosen.try_get_untracked().flatten() != Some(to) {
            choose.run(to);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let at = chosen.try_get_untracked().flatten().unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1) % count,
            "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
            _ => return,
        };
        event.prevent_default();
        let button = group.get_untracked().and_then(|group| group.children().item(to as u32));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // The choice is made even where the focus cannot follow.
            let _ = button.focus();
        }
        take(to);
    };
    let option = move |(position, words): (usize, String)| {
        let on = move || shown() == Some(position);
        // Of none that is chosen the first is come to.
        let is_entrance = move || shown().unwrap_or_default() == position;
        view! {
            <button
                type="button"
                class="segmented__option"
                role="radio"
                aria-checked=move || on().to_string()
                tabindex=move || if is_entrance() { "0" } else { "-1" }
                on:click=move |_| take(position)
            >
                {words}
            </button>
        }
    };
    view! {
        <div
            class="segmented"
            role="radiogroup"
            aria-labelledby=labelled_by
            aria-label=label
            node_ref=group
            on:keydown=on_key
        >
            {options.into_iter().enumerate().map(option).collect_view()}
        </div>
    }
}
