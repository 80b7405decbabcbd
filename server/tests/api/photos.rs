//! Photo bytes: whole, twice, in part, unannounced, and somebody else's.

use super::office::{Phone, TestOffice, command, command_in, found, id, now, operation, outcome_of};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    photo::{PhotoFacts, PhotoHash},
    role::Role,
};
use serde_json::{Value, json};
use server::jobs;

pub fn jpeg(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(640, 480, image::Rgb([shade, 90, 120]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

pub fn announce(phone: &Phone<'_>, bytes: &[u8]) -> (PhotoHash, Value) {
    let hash = PhotoHash::of(bytes);
    let facts = PhotoFacts {
        hash: hash.clone(),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".into(),
        width: 640,
        height: 480,
        at: now(),
        by: phone.person,
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    (hash, operation(json!({ "photo": facts })))
}

#[tokio::test]
async fn a_photo_comes_back_byte_for_byte_with_a_thumbnail() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = jpeg(10);
    let (hash, announced) = announce(&phone, &bytes);
    let path = format!("/api/v1/attachments/{hash}");
    let early = phone.upload_whole(bytes.clone()).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "not announced yet");
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    let first = phone.upload_whole(bytes.clone()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = phone.upload_whole(bytes.clone()).await;
    assert_eq!(again.json(), first.json(), "a repeat is answered as the first time");
    assert_eq!(phone.request("GET", &path, "").await.bytes, bytes);
    let thumbnail = format!("{path}/thumbnail");
    assert_eq!(phone.request("GET", &thumbnail, "").await.bytes, bytes, "itself, until there is a small one");
    assert_eq!(jobs::work_off(&office.state).await.unwrap(), 1);
    assert_eq!(jobs::work_off(&office.state).await.unwrap(), 0);
    for (path, width) in [(&thumbnail, 320), (&format!("{path}/preview"), 640)] {
        let small = phone.request("GET", path, "").await.bytes;
        assert_eq!(image::load_from_memory(&small).unwrap().width(), width, "{path}");
    }
}

#[tokio::test]
async fn a_part_of_a_photo_is_given_and_nothing_to_whoever_has_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = jpeg(10);
    let (hash, announced) = announce(&phone, &bytes);
    phone.sync(&[announced]).await;
    let path = format!("/api/v1/attachments/{hash}");
    phone.upload_whole(bytes.clone()).await;
    let asked = async |name: &str, value: &str| {
        let request = Request::get(&path).header("cookie", &phone.cookie).header(name, value);
        office.send(request.body(Body::empty()).unwrap()).await
    };
    let part = asked("range", "bytes=2-5").await;
    assert_eq!((part.status, &part.bytes[..]), (StatusCode::PARTIAL_CONTENT, &bytes[2..6]));
    let last = asked("range", "bytes=-3").await;
    assert_eq!((last.status, &last.bytes[..]), (StatusCode::PARTIAL_CONTENT, &bytes[bytes.len() - 3..]));
    assert_eq!(asked("range", "bytes=99999999-").await.status, StatusCode::RANGE_NOT_SATISFIABLE);
    for whole in ["bytes=0-1,4-5", "lines=1-2"] {
        assert_eq!(asked("range", whole).await.bytes, bytes, "{whole}");
    }
    let known = asked("if-none-match", &format!("\"{hash}\"")).await;
    assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

/// In a browser's cache photos would lie in the open after signing out.
#[tokio::test]
async fn what_a_phone_fetches_stays_in_no_cache_and_what_pages_show_is_asked_for_each_time() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = jpeg(10);
    let (hash, announced) = announce(&phone, &bytes);
    phone.sync(&[announced]).await;
    let path = format!("/api/v1/attachments/{hash}");
    phone.upload_whole(bytes).await;
    while jobs::work_off(&office.state).await.unwrap() > 0 {}
    for (path, keeping) in [
        (path.clone(), "no-store"),
        (format!("{path}/thumbnail"), "no-store"),
        (format!("{path}/preview"), "private, no-cache"),
    ] {
        let reply = phone.request("GET", &path, "").await;
        assert_eq!(reply.headers["cache-control"], keeping, "{path}");
        let request = Request::get(&path).header("cookie", &phone.cookie);
        let request = request.header("if-none-match", &reply.headers["etag"]);
        let again = office.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        assert_eq!(again.headers["cache-control"], keeping, "{path}");
    }
}

#[tokio::test]
async fn who_sees_the_place_sees_the_photo_and_nobody_else() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = jpeg(20);
    let (hash, announced) = announce(&phone, &bytes);
    let hazard = id();
    let mut operation = found(hazard, office.site.id, "堆放杂物");
    command_in(&mut operation)["photos"] = json!([hash]);
    phone.sync(&[operation, announced, command(hazard, json!({ "accept": {} }))]).await;
    let path = format!("/api/v1/attachments/{hash}");
    phone.upload_whole(bytes.clone()).await;
    for role in [Role::Supervisor, Role::Officer, Role::Enterprise] {
        assert_eq!(office.phone(role).await.request("GET", &path, "").await.bytes, bytes, "{role:?}");
    }
    let mut people = office.state.store.people(office.office.id).await.unwrap();
    let mut school = people.remove(people.iter().position(|one| one.role == Role::School).unwrap());
    school.sites = vec![office.elsewhere.id];
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &school, None).await.unwrap();
    tx.commit().await.unwrap();
    let stranger = office.phone(Role::School).await;
    assert_eq!(stranger.request("GET", &path, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.upload_whole(bytes).await.status, StatusCode::CONFLICT, "told of nothing");
}
