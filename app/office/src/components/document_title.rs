//! The document's title. What `leptos_meta` writes into the head it writes as it is, and titles hold names that people give:
//! every page says its title by this component and by no other.

use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn DocumentTitle(#[prop(into)] text: String) -> impl IntoView {
    view! { <Title text=written(&text) /> }
}

/// As it is written into a document; the browser's program sets it as it is.
fn written(text: &str) -> String {
    if cfg!(feature = "ssr") {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        text.to_owned()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_markup_stays_a_name() {
        assert_eq!(written("A&B</title><meta>"), "A&amp;B&lt;/title&gt;&lt;meta&gt;");
    }
}
