//! What the phone keeps, in a real browser.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod db;
mod drafts;
mod lock;
mod outbox;
mod panics;
mod photos;
mod support;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
