//! The pages that the server renders: a table of contents.

use crate::account::sign_in::SignInPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=|| view! { <p>"404"</p> }>
                <Route path=path!("/signin") view=SignInPage />
            </Routes>
        </Router>
    }
}
