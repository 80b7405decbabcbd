//! Photos, as cameras and other programs make them.

use crate::support::*;
use app::device::{DeviceError, photos};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_large_photo_is_scaled_and_hashed() {
    sign_in().await;
    let original = drawn_photo(4000, 3000).await;
    let taken = photos::take(original, &SUBJECT()).await.unwrap();
    assert_eq!((taken.facts.width, taken.facts.height), (2048, 1536));
    assert_eq!(taken.facts.media_type, "image/jpeg");
    assert_ne!(taken.facts.original.as_ref(), Some(&taken.facts.hash));
}

#[wasm_bindgen_test]
async fn what_is_no_photo_is_refused_with_a_word() {
    sign_in().await;
    for bytes in [&b""[..], b"GIF89a but not really", &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]] {
        let refused = photos::take(file(bytes, "broken.jpg", "image/jpeg"), &SUBJECT()).await;
        assert_eq!(refused, Err(DeviceError::PhotoUnreadable));
    }
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_cannot_show_is_kept_as_it_is() {
    sign_in().await;
    let bytes = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 40]].concat();
    let taken = photos::take(file(&bytes, "IMG_1.HEIC", "image/heic"), &SUBJECT()).await.unwrap();
    assert!(taken.as_it_is);
    assert_eq!(taken.facts.original, Some(taken.facts.hash));
    assert_eq!(taken.facts.bytes, bytes.len() as u64);
}
