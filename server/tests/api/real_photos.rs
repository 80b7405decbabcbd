//! Files of real phones, where they lie beside the repository: what the server takes, refuses and makes of each.

use super::{
    office::{Phone, TestOffice, outcome_of},
    photos::{announce, jpeg},
};
use axum::http::StatusCode;
use domain::{photo::PhotoFile, role::Role};
use image::{DynamicImage, imageops::FilterType, metadata::Orientation};
use serde_json::json;
use server::jobs;
use std::{fs, path::PathBuf};

fn files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/photos");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let read = files.map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path())));
    read.map(|(name, bytes)| (name, bytes.unwrap())).collect()
}

/// Announces the bytes as this kind of picture and sends them; gives where they lie, and status and code.
async fn sent(phone: &Phone<'_>, bytes: &[u8], media_type: &str) -> (String, StatusCode, String) {
    let (hash, mut announced) = announce(phone, bytes);
    announced["payload"]["photo"]["media_type"] = json!(media_type);
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    let path = format!("/api/v1/attachments/{hash}");
    let reply = phone.upload_whole(bytes.to_vec()).await;
    let code = if reply.status.is_success() { String::new() } else { reply.json()["code"].to_string() };
    (path, reply.status, code)
}

/// Colours in a grid of 8 by 8.
fn grid(picture: &DynamicImage) -> Vec<u8> {
    picture.resize_exact(8, 8, FilterType::Triangle).to_rgb8().into_raw()
}

fn difference(a: &[u8], b: &[u8]) -> f64 {
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.len() as f64
}

#[tokio::test]
async fn every_file_is_taken_as_it_is_and_shown_upright() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let mut upright: Option<Vec<u8>> = None;
    let mut files = files();
    files.sort();
    for (name, bytes) in files {
        let media_type = PhotoFile::read(&bytes, bytes.len() as u64).unwrap().format.media_type();
        let (path, status, code) = sent(&phone, &bytes, media_type).await;
        assert_eq!(status, StatusCode::CREATED, "{name}: {code}");
        let half = [&bytes[..bytes.len() / 2], &[0xff, 0xd9]].concat();
        assert_eq!(
            sent(&phone, &half, media_type).await.1,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "half of {name}"
        );
        while jobs::work_off(&office.state).await.unwrap() > 0 {}
        assert_eq!(phone.request("GET", &path, "").await.bytes, bytes, "{name}: as received");
        let [thumbnail, preview] =
            ["thumbnail", "preview"].map(|small| phone.request("GET", format!("{path}/{small}").leak(), ""));
        let (thumbnail, preview) = (thumbnail.await.bytes, preview.await.bytes);
        if media_type == "image/heic" {
            assert_eq!(preview, bytes, "{name}: nobody here reads it");
            continue;
        }
        for (small, edge) in [(&thumbnail, 320), (&preview, 1024)] {
            assert!(!small.windows(4).any(|part| part == b"Exif"), "{name} says where it was taken");
            let small = image::load_from_memory(small).unwrap();
            assert!(small.width().max(small.height()) <= edge, "{name}");
        }
        if name.starts_with("portrait_") {
            let preview = image::load_from_memory(&preview).unwrap();
            let first = upright.get_or_insert_with(|| grid(&preview));
            let turned: Vec<_> = (1..=8)
                .map(|exif| {
                    let mut turned = preview.clone();
                    turned.apply_orientation(Orientation::from_exif(exif).unwrap());
                    difference(first, &grid(&turned))
                })
                .collect();
            let best = turned.iter().position(|one| turned.iter().all(|other| one <= other));
            assert_eq!(best, Some(0), "{name} lies wrongly: {turned:?}");
        }
    }
}

#[tokio::test]
async fn what_is_cut_damaged_or_something_else_is_refused_whatever_it_was_announced_as() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let whole = jpeg(30);
    let mut damaged = whole.clone();
    damaged[20..60].fill(0);
    let png = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(200, 200).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let enormous =
        [b"\xff\xd8\xff\xc2\0\x11\x08\xff\xff\xff\xff\x03".as_slice(), &[0; 40], b"\xff\xda\xff\xd9"]
            .concat();
    // Its size stands behind more than what a phone would look through.
    let far = [
        b"\xff\xd8".as_slice(),
        &[b"\xff\xe2\xff\xff".as_slice(), &vec![0; 65533]].concat().repeat(20),
        &enormous[2..],
    ]
    .concat();
    let cases: [(&str, &[u8], &str); 8] = [
        ("enormous", &enormous, "image/jpeg"),
        ("enormous, said late", &far, "image/jpeg"),
        ("cut", &whole[..whole.len() / 2], "image/jpeg"),
        ("damaged", &damaged, "image/jpeg"),
        ("announced as another kind", &png, "image/jpeg"),
        ("words", "不是照片".as_bytes(), "image/jpeg"),
        ("a page", b"<html><script>alert(1)</script></html>", "image/png"),
        ("a cut HEIC", b"\0\0\0\x18ftypheic\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0mdat", "image/heic"),
    ];
    for (what, bytes, media_type) in cases {
        let (path, status, code) = sent(&phone, bytes, media_type).await;
        assert_eq!(
            (status, code.as_str()),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, "\"not_a_photo\""),
            "{what}"
        );
        assert_eq!(phone.request("GET", &path, "").await.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert_eq!(sent(&phone, &whole, "image/jpeg").await.1, StatusCode::CREATED);
}
