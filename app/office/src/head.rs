//! The head of a page: its name, what belongs beside it, and the search that the key `/` reaches from anywhere.

use crate::{
    components::document_title::DocumentTitle,
    i18n::{
        account, complaints, forms, office, parties, public_reports, spot_checks, tasks, unsent, use_lang,
    },
};
use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{self, HtmlElement},
};
use leptos_router::components::Form;

/// `finds_in` is the list that the search opens; `found` is what it was asked for.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(default = "/office/hazards")] finds_in: &'static str,
    #[prop(optional, into)] found: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    let document_title = format!("{title} · {}", account::product(lang));
    // A search looks through everything, not through what was filtered before.
    let everything = (finds_in == "/office/hazards").then(|| {
        view! { <input type="hidden" name="status" value="any" /> }
    });
    let placeholder = match finds_in {
        "/office/visits" => office::find_visits(lang),
        "/office/sites" => office::find_sites(lang),
        "/office/parties" => parties::find(lang),
        "/office/people" => office::find_people(lang),
        "/office/grids" => office::find_grids(lang),
        "/office/checks" => spot_checks::find(lang),
        "/office/tasks" => tasks::find(lang),
        "/office/unsent" => unsent::find(lang),
        "/office/reports" => public_reports::find(lang),
        "/office/complaints" => complaints::find(lang),
        "/office/forms" => forms::find(lang),
        _ => office::find_hazards(lang),
    };
    // Set where the address asks for something else, and not when the page comes to life: somebody may be typing by then.
    let field = NodeRef::<html::Input>::new();
    let asked_for = Memo::new(move |_| found.get());
    let show = move |words: &String, _: Option<&String>, _: Option<()>| {
        if let Some(field) = field.get_untracked() {
            field.set_value(words);
        }
    };
    Effect::watch(move || asked_for.get(), show, false);
    view! {
        <DocumentTitle text=document_title />
        <div class="page-head">
            <h1>{title}</h1>
            {children.map(|children| children())}
            <Form method="GET" action=finds_in attr:class="page-head__search" attr:role="search">
                {everything}
                <input
                    class="page-head__input"
                    type="search"
                    name="q"
                    placeholder=placeholder
                    aria-label=placeholder
                    value=found.get_untracked()
                    node_ref=field
                />
                <span class="u-code page-head__key" aria-hidden="true">
                    "/"
                </span>
            </Form>
        </div>
    }
}

/// Whether keys typed here are text rather than commands.
pub fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let in_field = element.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT" | "BUTTON")
    });
    in_field || event.ctrl_key() || event.meta_key() || event.alt_key()
}

/// The key `/` goes to the search.
pub fn focus_search_on_slash() {
    Effect::new(|_| {
        let handle = window_event_listener(ev::keydown, |event| {
            if event.key() != "/" || is_typing(&event) {
                return;
            }
            let input = document().query_selector("[role=search] input[type=search]").ok().flatten();
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                // An element that cannot be focused leaves the focus where it was.
                let _ = input.focus();
            }
        });
        on_cleanup(move || handle.remove());
    });
}
