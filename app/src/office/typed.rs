//! What was typed into a form that was refused before the program had arrived: it comes back in the page's address.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::de::DeserializeOwned;

/// The part of the address that holds it, as JSON.
pub const TYPED: &str = "typed";

/// None on a fresh form. To be asked for where the page begins.
pub fn typed<T: DeserializeOwned>() -> Option<T> {
    use_query_map().with_untracked(|query| serde_json::from_str(query.get_str(TYPED)?).ok())
}
