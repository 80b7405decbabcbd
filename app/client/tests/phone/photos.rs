//! Photos, as cameras and other programs make them.

use crate::support::*;
use chrono::Duration;
use client::{
    DeviceError,
    action_drafts::{self, ActionDraft},
    browser::images::{CanvasWorker, Shot},
    db, drafts,
    photos::{self, Stamp, Taken},
    session,
};
use domain::{
    device::StoreName,
    id::VisitId,
    photo::{NotAPhoto, PhotoFacts, PhotoHash},
};
use futures::future;
use wasm_bindgen::Clamped;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::ImageData;

#[wasm_bindgen_test]
async fn a_large_photo_is_scaled_and_hashed() {
    let phone = sign_in().await;
    let original = drawn_photo(4000, 3000).await;
    let taken = phone.take(original, Source::Camera).await.unwrap();
    let PhotoFacts { width, height, caption_height: band, .. } = taken.facts;
    assert_eq!((width, height - band), (2048, 1536), "the stamp stands below the picture and covers nothing");
    assert!((100..200).contains(&band));
    assert_eq!(taken.facts.source, Some(Source::Camera));
    assert_eq!(taken.facts.media_type, "image/jpeg");
    assert_ne!(taken.facts.original.as_ref(), Some(&taken.facts.hash));
}

#[wasm_bindgen_test]
async fn gravel_weighs_no_more_than_anything_else() {
    let phone = sign_in().await;
    let (canvas, context) = canvas(2400, 1800);
    let mut state = 7u32;
    let pixels: Vec<u8> = (0..2400 * 1800 * 4)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    let pixels = ImageData::new_with_u8_clamped_array(Clamped(&pixels), 2400).unwrap();
    context.put_image_data(&pixels, 0.0, 0.0).unwrap();
    let taken = phone.take(saved(&canvas, "image/jpeg").await, Source::Camera).await.unwrap();
    assert!((200_000..=600 * 1024).contains(&taken.facts.bytes), "{}", taken.facts.bytes);
}

#[wasm_bindgen_test]
async fn with_its_stamp_a_tall_photo_is_no_longer_than_any_other() {
    let phone = sign_in().await;
    let taken = phone.take(drawn_photo(3000, 4000).await, Source::Gallery).await.unwrap();
    let PhotoFacts { width, height, caption_height: band, .. } = taken.facts;
    assert!((2000..=2048).contains(&height) && band > 0, "{height}");
    let (whole, kept) = (3000.0 / 4000.0, f64::from(width) / f64::from(height - band));
    assert!((whole - kept).abs() < 0.002, "nothing is squeezed: {kept}");
}

#[wasm_bindgen_test]
async fn what_is_no_photo_is_refused_with_a_word() {
    let phone = sign_in().await;
    let whole = bytes_of(&drawn_photo(800, 600).await.into()).await;
    let png = |width: u32, height: u32| {
        let [w, h] = [width, height].map(u32::to_be_bytes);
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &w, &h, &[8, 2, 0, 0, 0]].concat()
    };
    let enormous = NotAPhoto::TooManyPixels { width: 12_000, height: 9_000 };
    let cases = [
        (vec![], NotAPhoto::Empty.into()),
        (b"GIF89a but not really".to_vec(), NotAPhoto::OtherKind.into()),
        ("不是照片".into(), NotAPhoto::OtherKind.into()),
        (png(12_000, 9_000), enormous.into()),
        (png(60, 40), NotAPhoto::TooSmall { width: 60, height: 40 }.into()),
        (vec![0xff, 0xd8, 0xff, 0xe0, 1, 2, 3], DeviceError::PhotoUnreadable),
        (png(800, 600), DeviceError::PhotoUnreadable),
        (whole[..whole.len() * 9 / 10].to_vec(), DeviceError::PhotoUnreadable),
    ];
    for (bytes, why) in cases {
        assert_eq!(phone.take(file(&bytes, "broken.jpg", "image/jpeg"), Source::Camera).await, Err(why));
    }
    let misnamed = phone.take(file(&whole, "照片.png", "image/png"), Source::Camera).await.unwrap();
    assert_eq!(misnamed.facts.media_type, "image/jpeg", "what it is called does not matter");
}

#[wasm_bindgen_test]
async fn a_heic_that_the_browser_cannot_show_is_kept_as_it_is() {
    let phone = sign_in().await;
    let bytes = [b"\0\0\0\x18ftypheic".as_slice(), &[0; 12], b"\0\0\0\x28mdat", &[7; 32]].concat();
    let taken = phone.take(file(&bytes, "IMG_1.HEIC", "image/heic"), Source::Camera).await.unwrap();
    assert!(taken.as_it_is);
    assert_eq!(taken.facts.original, Some(taken.facts.hash));
    assert_eq!(taken.facts.bytes, bytes.len() as u64);
}

#[wasm_bindgen_test]
async fn whatever_kind_a_phone_makes_becomes_a_jpeg() {
    let phone = sign_in().await;
    for kind in ["image/jpeg", "image/png", "image/webp"] {
        let taken = phone.take(drawn_as(kind, 800, 600).await, Source::Camera).await.unwrap();
        let PhotoFacts { media_type, width, height, caption_height: band, .. } = &taken.facts;
        assert_eq!((media_type.as_str(), *width, height - band), ("image/jpeg", 800, 600), "{kind}");
        assert_eq!(phone.kept(&taken.facts.hash).await[..3], [0xff, 0xd8, 0xff], "{kind}");
    }
}

/// The first letter of the colour of each quarter of the picture.
async fn quarters(phone: &Phone, facts: &PhotoFacts) -> String {
    let bytes = phone.kept(&facts.hash).await;
    let blob = file(&bytes, "kept", "image/jpeg");
    let bitmap = window().create_image_bitmap_with_blob(&blob).unwrap();
    let bitmap = JsFuture::from(bitmap).await.unwrap().into();
    let (width, height) = (f64::from(facts.width), f64::from(facts.height - facts.caption_height));
    let (_, context) = canvas(facts.width, facts.height);
    context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0).unwrap();
    let letter = |(x, y): (f64, f64)| {
        let pixel = context.get_image_data(width * x, height * y, 1.0, 1.0).unwrap().data().0;
        match pixel.iter().take(3).map(|shade| *shade > 128).collect::<Vec<_>>()[..] {
            [true, false, false] => 'r',
            [false, true, false] => 'g',
            [false, false, true] => 'b',
            [true, true, true] => 'w',
            _ => '?',
        }
    };
    [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)].map(letter).into_iter().collect()
}

#[wasm_bindgen_test]
async fn however_the_camera_was_held_the_picture_stands_upright() {
    let phone = sign_in().await;
    let plain = bytes_of(&drawn_photo(240, 160).await.into()).await;
    // As Exif 2.3 counts them: row by row, what is to be seen.
    let upright = ["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"];
    for (orientation, expected) in (1u8..).zip(upright) {
        let exif =
            [b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation], &[0; 6]]
                .concat();
        let head = [0xff, 0xe1, 0, u8::try_from(exif.len() + 2).unwrap()];
        let held = [&plain[..2], &head, &exif, &plain[2..]].concat();
        let taken = phone.take(file(&held, "held.jpg", "image/jpeg"), Source::Camera).await.unwrap().facts;
        assert_eq!(taken.camera.as_ref().and_then(|camera| camera.orientation), Some(orientation));
        let lies = (taken.width, taken.height - taken.caption_height);
        assert_eq!(lies, if orientation < 5 { (240, 160) } else { (160, 240) }, "{orientation}");
        assert_eq!(quarters(&phone, &taken).await, expected, "{orientation}");
    }
}

#[wasm_bindgen_test]
async fn hashes_are_of_the_bytes_before_and_after() {
    let phone = sign_in().await;
    let person = session::owner(&phone).unwrap();
    let original = drawn_photo(800, 600).await;
    let Taken { facts, .. } = phone.take(original.clone(), Source::Camera).await.unwrap();
    assert_eq!(facts.by, person);
    assert_eq!(facts.original, Some(PhotoHash::of(&bytes_of(&original).await)));
    let stored = phone.kept(&facts.hash).await;
    assert_eq!((facts.hash, facts.bytes), (PhotoHash::of(&stored), stored.len() as u64));
}

#[wasm_bindgen_test]
async fn a_browser_whose_workers_cannot_draw_makes_the_same_picture_on_the_page() {
    let phone = sign_in().await;
    let original = drawn_photo(1200, 900).await;
    let beside = phone.take(original.clone(), Source::Camera).await.unwrap();
    phone
        .image_script
        .replace(image_script("if (typeof document === 'undefined') delete self.OffscreenCanvas;"));
    let on_the_page = phone.take(original, Source::Camera).await.unwrap();
    // Whoever comes meanwhile waits for their turn.
    let files = [drawn_photo(240, 160).await, drawn_photo(160, 240).await];
    let both = future::join_all(files.iter().cloned().map(|file| phone.take(file, Source::Camera))).await;
    for (taken, (file, size)) in both.into_iter().zip(files.iter().zip([(240, 160), (160, 240)])) {
        let PhotoFacts { width, height, caption_height: band, original, .. } = taken.unwrap().facts;
        assert_eq!((width, height - band), size);
        assert_eq!(original, Some(PhotoHash::of(&bytes_of(file).await)));
    }
    let what = |taken: &Taken| {
        let PhotoFacts { width, height, caption_height: band, original, .. } = &taken.facts;
        (*width, *height, *band, original.clone())
    };
    assert_eq!(what(&beside), what(&on_the_page));
    let whole = bytes_of(&drawn_photo(800, 600).await.into()).await;
    let cut = phone.take(file(&whole[..whole.len() * 9 / 10], "cut.jpg", "image/jpeg"), Source::Camera).await;
    assert_eq!(cut, Err(DeviceError::PhotoUnreadable));
}

#[wasm_bindgen_test]
async fn a_worker_that_dies_takes_only_its_own_photo_with_it() {
    let phone = sign_in().await;
    let original = drawn_photo(800, 600).await;
    let dies = "self.addEventListener('message', () => { throw new Error('out of memory'); });";
    let worker = CanvasWorker::at(image_script(dies));
    let shot = Shot::File(original, Source::Camera);
    let lost = photos::take(&phone, &worker, &shot, &Stamp::default(), chosen).await;
    assert_eq!(lost, Err(DeviceError::PhotoNotMade));
    worker.follow(image_script(""));
    assert!(photos::take(&phone, &worker, &shot, &Stamp::default(), chosen).await.is_ok());
}

#[wasm_bindgen_test]
async fn what_was_taken_out_of_a_draft_is_freed_after_a_day_and_nothing_else() {
    let phone = sign_in().await;
    let (_, mut draft) = phone.begun().await;
    let [kept, dropped, of_action] = [(801, 600), (802, 600), (803, 600)];
    let mut hashes = vec![];
    for (width, height) in [kept, dropped, of_action] {
        hashes.push(phone.take(drawn_photo(width, height).await, Source::Camera).await.unwrap().facts.hash);
    }
    let [kept, dropped, of_action] = <[PhotoHash; 3]>::try_from(hashes).unwrap();
    beside(&mut draft, std::slice::from_ref(&kept));
    drafts::save(&phone, &draft).await.unwrap();
    let begun = ActionDraft { photos: vec![of_action.clone()], ..ActionDraft::default() };
    action_drafts::save(&phone, phone.clock.new_id(), "rectify", &begun);
    let here = async || {
        let keys =
            db::read(&phone.db, &[StoreName::PhotoBytes], async |tx| tx.keys(StoreName::PhotoBytes).await)
                .await
                .unwrap();
        [&kept, &dropped, &of_action].map(|hash| keys.iter().any(|key| key == hash.as_str()))
    };
    photos::remove_orphans(&phone, phone.clock.now()).await.unwrap();
    assert_eq!(here().await, [true, true, true], "it may be on its way into the draft");
    let tomorrow = phone.clock.now() + Duration::hours(25);
    // A draft that cannot be read may name anything.
    let key = phone.clock.new_id::<VisitId>().to_string();
    db::write(&phone.db, &[StoreName::Drafts], async |tx| tx.put_text(StoreName::Drafts, &key, "{").await)
        .await
        .unwrap();
    photos::remove_orphans(&phone, tomorrow).await.unwrap();
    assert_eq!(here().await, [true, true, true]);
    db::write(&phone.db, &[StoreName::Drafts], async |tx| tx.delete(StoreName::Drafts, &key).await)
        .await
        .unwrap();
    photos::remove_orphans(&phone, tomorrow).await.unwrap();
    assert_eq!(here().await, [true, false, true]);
}
