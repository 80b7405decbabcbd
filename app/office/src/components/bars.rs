//! Counts side by side, each a link to the rows that it counts.

use leptos::prelude::*;

/// One bar: its name, its count and the address of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub name: String,
    pub count: u64,
    pub href: String,
}

#[component]
pub fn Bars(bars: Vec<Bar>) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or_default().max(1);
    let rows = bars.into_iter().map(|bar| {
        let label = bar.name.clone();
        view! {
            <span>
                <a href=bar.href title=label.clone()>
                    {bar.name}
                </a>
            </span>
            <progress class="bars__bar" max=most.to_string() value=bar.count.to_string() aria-label=label></progress>
            <span class="bars__count">{bar.count.to_string()}</span>
        }
    });
    view! { <div class="bars">{rows.collect_view()}</div> }
}
