//! What panics and is not ours.

use client::browser::panics::guarded;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn work_that_panics_gives_nothing_and_ends_nothing_else() {
    assert_eq!(guarded(|| 7), Some(7));
    for _ in 0..3 {
        assert_eq!(guarded(|| -> u8 { panic!("as a decoder at an odd picture") }), None);
    }
    let words = String::from("读到了");
    assert_eq!(guarded(move || words.chars().count()), Some(3));
}
