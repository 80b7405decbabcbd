//! Photos, as cameras and other programs make them.

use crate::support::*;
use app::device::{DeviceError, photos};
use domain::photo::PhotoFacts;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_large_photo_is_scaled_and_hashed() {
    sign_in().await;
    let original = drawn_photo(4000, 3000).await;
    let taken = photos::take(original, Source::Camera, &SUBJECT()).await.unwrap();
    let PhotoFacts { width, height, band, .. } = taken.facts;
    assert_eq!((width, height - band), (2048, 1536), "the stamp stands below the picture and covers nothing");
    assert!((100..200).contains(&band));
    assert_eq!(taken.facts.source, Some(Source::Camera));
    assert_eq!(taken.facts.media_type, "image/jpeg");
    assert_ne!(taken.facts.original.as_ref(), Some(&taken.facts.hash));
}

#[wasm_bindgen_test]
async fn with_its_stamp_a_tall_photo_is_no_longer_than_any_other() {
    sign_in().await;
    let taken = photos::take(drawn_photo(3000, 4000).await, Source::Gallery, &SUBJECT()).await.unwrap();
    let PhotoFacts { width, height, band, .. } = taken.facts;
    assert!((2040..=2048).contains(&height) && band > 0, "{height}");
    let (whole, kept) = (3000.0 / 4000.0, f64::from(width) / f64::from(height - band));
    assert!((whole - kept).abs() < 0.002, "nothing is squeezed: {kept}");
}

#[wasm_bindgen_test]
async fn what_is_no_photo_is_refused_with_a_word() {
    sign_in().await;
    for bytes in [&b""[..], b"GIF89a but not really", &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]] {
        let refused = photos::take(file(bytes, "broken.jpg", "image/jpeg"), Source::Camera, &SUBJECT()).await;
        assert_eq!(refused, Err(DeviceError::PhotoUnreadable));
    }
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_cannot_show_is_kept_as_it_is() {
    sign_in().await;
    let bytes = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 40]].concat();
    let taken =
        photos::take(file(&bytes, "IMG_1.HEIC", "image/heic"), Source::Camera, &SUBJECT()).await.unwrap();
    assert!(taken.as_it_is);
    assert_eq!(taken.facts.original, Some(taken.facts.hash));
    assert_eq!(taken.facts.bytes, bytes.len() as u64);
}
