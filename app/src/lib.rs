//! # The pages and screens
//!
//! One crate, built three times. With `ssr` the server renders the office's, the public's and the sign-in pages; with
//! `hydrate` the desk's browser brings them to life; with `field` it is the phone's program, whose screens read and write
//! IndexedDB only: the network is never between a tap and "saved".
//!
//! What is shown stands in the crates `office` and `field`; the phone's program is built without the former. Here is what
//! makes programs of them: the documents, [`pages`] (the router of the server-rendered pages, a table of contents), and the
//! browser's entry.

// Views are deeply nested types; the default limit is too low for a page of them.
#![recursion_limit = "512"]

#[cfg(feature = "desk")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
mod sign_in_form;

// What the server answers pages with; it knows pages by this crate alone.
#[cfg(feature = "ssr")]
pub use office::{account, error, i18n, lists, plain_form, server_fns, sessions};

/// The element of a rendered document that the desk's program looks into, and nowhere else.
pub const ROOT: &str = "app";

/// The browser's entry. The desk's program hydrates the page it was sent with, the phone's mounts its screens; one that
/// was built as both (`make watch`) looks at the document.
#[cfg(feature = "browser")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let body = leptos::prelude::document().body();
    let phone = body.is_some_and(|body| body.dataset().get("app").as_deref() == Some("field"));
    #[cfg(feature = "field")]
    if phone {
        field::mount();
    }
    #[cfg(feature = "hydrate")]
    if !phone && let Some(root) = root() {
        wasm_bindgen_futures::spawn_local(bring_to_life(root));
    }
}

/// Until the page's part is here the browser follows links and sends forms by itself; where it does not come, that remains so.
/// Afterwards the other parts come, so that nobody waits for them; one that does not is fetched where it is needed.
#[cfg(feature = "hydrate")]
async fn bring_to_life(root: leptos::web_sys::HtmlElement) {
    use leptos::{prelude::window, web_sys::Event};
    use pages::parts::Part;
    let path = window().location().pathname().unwrap_or_default();
    if let Some(part) = Part::of(&path)
        && part.fetch().await.is_err()
    {
        // `desk-boot.js` listens.
        if let Ok(stopped) = Event::new("program-stopped") {
            let _ = window().dispatch_event(&stopped);
        }
        return;
    }
    leptos::mount::hydrate_from(root, pages::App).forget();
    for part in Part::ALL.into_iter().filter(|part| part.is_fetched_ahead()) {
        let _ = part.fetch().await;
    }
}

/// Bytes that nothing refers to, and that the linker keeps all the same.
///
/// What other files need of texts and tables travels with them only while all files' parts together are no longer than they
/// were in one; their alignment makes them a little longer. This is the room for it: it is in none of the files.
#[cfg(any(feature = "split", feature = "parts"))]
#[used]
static ROOM_FOR_ALIGNMENT: [u8; ROOM] = [0xA5; ROOM];

#[cfg(feature = "split")]
const ROOM: usize = 4096;
#[cfg(all(feature = "parts", not(feature = "split")))]
const ROOM: usize = 16 * 1024;

#[cfg(feature = "hydrate")]
fn root() -> Option<leptos::web_sys::HtmlElement> {
    use leptos::wasm_bindgen::JsCast;
    leptos::prelude::document().get_element_by_id(ROOT)?.dyn_into().ok()
}
