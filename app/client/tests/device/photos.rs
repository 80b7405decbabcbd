//! Photos as they are taken in: what is refused, what is drawn below them, and what is kept.

use crate::support::*;
use client::{
    DeviceError, db, location, photos,
    photos::marks::{Mark, Shape, Spot},
    platform::{RenderOrder, Response, Value},
};
use domain::{
    device::StoreName,
    photo::{NotAPhoto, PhotoFacts, PhotoHash, Source},
    place::Location,
};

/// The lines that were written on a picture.
fn written(render: &RenderOrder) -> Vec<&str> {
    let lines = render.drawing.calls().iter().filter(|call| call.name == "fillText");
    let texts = lines.filter_map(|call| call.values.first()).map(|value| match value {
        Value::Text(text) => text.as_str(),
        Value::Number(number) => panic!("{number} is no text"),
    });
    texts.collect()
}

async fn ordered(phone: &Phone, shot: &File) -> RenderOrder {
    let album = Album::default();
    let stamp = photos::Stamp {
        place: "锦绣家园".into(),
        subject: "灭火器在有效期内".into(),
        number: "第 3 项".into(),
    };
    photos::take(phone, &album, shot, &stamp, chosen).await.unwrap();
    album.ordered.take().remove(0)
}

#[test]
fn a_stamp_stands_below_the_picture_and_says_when_where_and_what() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let here = Location { latitude: 30.25, longitude: 120.125, accuracy: None };
        phone.host.page.set_location(Some(here));
        location::locate(&phone).await;
        let render = ordered(&phone, &File::jpeg(1_000)).await;
        assert_eq!((render.width, render.height), (2048, 1536));
        assert_eq!((render.shown, render.small), (1536, (320, 240)));
        assert!((100..200).contains(&render.band));
        let lines = written(&render);
        let when = domain::time::long(phone.clock.now());
        assert_eq!(lines[0], format!("{when} · 锦绣家园 · 30.2500, 120.1250"));
        assert_eq!(lines[1], "第 3 项 · 李敏 · 灭火器在有效期内");
    });
}

#[test]
fn a_photo_from_the_gallery_says_that_it_was_chosen_and_nothing_of_where() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let here = Location { latitude: 30.25, longitude: 120.125, accuracy: None };
        phone.host.page.set_location(Some(here));
        location::locate(&phone).await;
        let shot = File { source: Source::Gallery, ..File::jpeg(1_000) };
        let render = ordered(&phone, &shot).await;
        assert_eq!(written(&render)[0], "选自相册  · 锦绣家园");
    });
}

#[test]
fn a_place_is_told_for_three_minutes() {
    day(async |phone| {
        let here = Location { latitude: 30.25, longitude: 120.125, accuracy: Some(12.0) };
        assert_eq!(location::locate(&phone).await, None);
        phone.host.page.set_location(Some(here));
        assert_eq!(location::locate(&phone).await, Some(here));
        pass(2).await;
        assert_eq!(location::recent(&phone), Some(here));
        pass(1).await;
        assert_eq!(location::recent(&phone), None);

        assert_eq!(location::locate(&phone).await, Some(here));
        phone.host.runtime.set_clock(phone.clock.now() - chrono::Duration::hours(8));
        assert_eq!(location::recent(&phone), None, "nobody knows when it was found");
    });
}

#[test]
fn what_is_no_photo_is_refused_before_anything_unpacks_it() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let file = |bytes: Vec<u8>| File { bytes, source: Source::Camera };
        let large = usize::try_from(PhotoFacts::LARGEST).unwrap() + 1;
        let cases = [
            (file(vec![]), NotAPhoto::Empty.into()),
            (file(b"GIF89a but not really".to_vec()), NotAPhoto::OtherKind.into()),
            (File::jpeg(large), DeviceError::PhotoTooLarge(large as u64)),
        ];
        for (shot, why) in cases {
            assert_eq!(phone.take(&shot).await, Err(why));
        }
        let kept =
            db::read(&phone.db, &[StoreName::Photos], async |tx| tx.keys(StoreName::Photos).await).await;
        assert_eq!(kept.unwrap(), [] as [String; 0]);
    });
}

#[test]
fn a_heic_that_cannot_be_shown_is_kept_as_it_is() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let bytes = [b"\0\0\0\x18ftypheic".as_slice(), &[0; 12], b"\0\0\0\x28mdat", &[7; 32]].concat();
        let taken = phone.take(&File { bytes: bytes.clone(), source: Source::Camera }).await.unwrap();
        assert!(taken.as_it_is);
        assert_eq!(taken.facts.hash, PhotoHash::of(&bytes));
        let found = photos::find(&phone, &taken.facts.hash, true).await.unwrap().unwrap();
        assert_eq!((found.bytes, found.exact), (bytes, true));
    });
}

#[test]
fn the_same_file_chosen_twice_is_one_photo() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let (first, second) = (phone.photo(1_000).await, phone.photo(1_000).await);
        assert_eq!(first, second);
        let kept =
            db::read(&phone.db, &[StoreName::Photos], async |tx| tx.keys(StoreName::Photos).await).await;
        assert_eq!(kept.unwrap(), [first.as_str()]);
    });
}

#[test]
fn a_marked_photo_is_a_photo_of_its_own_and_its_stamp_stays_free() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let taken = phone.take(&File::jpeg(1_000)).await.unwrap().facts;
        let album = Album::default();
        let (from, to) = (Spot { x: 0.25, y: 0.25 }, Spot { x: 0.75, y: 0.75 });
        let mark = Mark { shape: Shape::BlackOut, from, to, words: String::new() };
        let marked = photos::mark(&phone, &album, &taken.hash, &[mark]).await.unwrap();
        assert_ne!(marked, taken.hash);
        let render = album.ordered.take().remove(0);
        let (wide, high) = (f64::from(SIZE.0), f64::from(SIZE.1));
        let call =
            |name: &str| render.drawing.calls().iter().find(|call| call.name == name).unwrap().values.clone();
        let numbers = |values: [f64; 4]| values.map(Value::Number).to_vec();
        assert_eq!(
            call("rect"),
            numbers([0.0, 0.0, wide, high - f64::from(taken.caption_height)]),
            "what is drawn on"
        );
        assert_eq!(call("fillRect"), numbers([1000.0, 750.0, 2000.0, 1500.0]), "what is covered");
        assert!(
            photos::find(&phone, &taken.hash, true).await.unwrap().is_some(),
            "the first one is still there"
        );
    });
}

/// What comes of a photo where these bytes are answered.
async fn fetched(phone: &Phone, hash: &PhotoHash, bytes: &[u8]) -> Option<Vec<u8>> {
    let body = bytes.to_vec();
    phone.host.network.answer(move |_| {
        let body = body.clone();
        async move { Ok(Response { status: 200, headers: vec![], body }) }
    });
    photos::fetch(phone, hash, true).await
}

#[test]
fn a_photo_is_shown_only_with_the_bytes_that_its_name_says() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let whole = File::jpeg(1_000).bytes;
        let hash = PhotoHash::of(&whole);
        assert_eq!(fetched(&phone, &hash, &whole[..500]).await, None, "it was cut");
        assert_eq!(fetched(&phone, &hash, b"<html>Welcome</html>").await, None, "a portal's page");
        assert_eq!(fetched(&phone, &hash, &whole).await, Some(whole));
    });
}

#[test]
fn a_picture_fetched_for_one_person_is_not_shown_to_the_next() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let picture = b"a picture";
        let hash = PhotoHash::of(picture);
        assert_eq!(fetched(&phone, &hash, picture).await, Some(picture.to_vec()));
        let device = phone.device.clone();
        phone.host.network.answer(move |_| {
            let device = device.clone();
            async move {
                client::lock::lock(&device).await.unwrap();
                Ok(Response { status: 200, headers: vec![], body: picture.to_vec() })
            }
        });
        assert_eq!(photos::fetch(&phone, &hash, true).await, None, "locked while it was on its way");
    });
}
