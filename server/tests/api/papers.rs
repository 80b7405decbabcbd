//! Papers: PDF files that travel and are kept as photos are, and of which nothing is drawn.

use super::{
    office::{Phone, TestOffice, now, operation, outcome_of, reason_of},
    photos::jpeg,
};
use axum::http::StatusCode;
use domain::{attachment::AttachmentHash, role::Role};
use serde_json::{Value, json};
use server::{
    blobs::Variant,
    jobs::{self, find_unprocessed_photos},
};

fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj ({text}) endobj\ntrailer\n%%EOF\n").into_bytes()
}

/// Told of as this: `photo` or `paper`, and of this type.
fn told(phone: &Phone<'_>, kind: &str, media_type: &str, bytes: &[u8]) -> (AttachmentHash, Value) {
    let hash = AttachmentHash::of(bytes);
    let facts = json!({ "hash": hash, "bytes": bytes.len(), "media_type": media_type, "width": 640, "height": 480,
        "at": now(), "by": phone.person });
    (hash, operation(json!({ kind: facts })))
}

#[tokio::test]
async fn a_paper_comes_back_byte_for_byte_as_a_download_and_no_picture_is_made_of_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = pdf("责令限期整改指令书");
    let (hash, announced) = told(&phone, "paper", "application/pdf", &bytes);
    assert_eq!(phone.upload_whole(bytes.clone()).await.status, StatusCode::CONFLICT, "not announced yet");
    assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received");
    let first = phone.upload_whole(bytes.clone()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    assert_eq!(
        phone.upload_whole(bytes.clone()).await.json(),
        first.json(),
        "a repeat is answered as the first"
    );
    let path = format!("/api/v1/attachments/{hash}");
    let shown = phone.request("GET", &path, "").await;
    assert_eq!((shown.status, &shown.bytes), (StatusCode::OK, &bytes));
    let header = |name: &str| shown.headers[name].to_str().unwrap();
    assert_eq!(
        [header("content-type"), header("content-disposition"), header("x-content-type-options")],
        ["application/pdf", "attachment", "nosniff"]
    );
    let receipt = phone.request("GET", &format!("{path}/receipt"), "").await;
    assert_eq!(receipt.json(), first.json());
    assert_eq!(receipt.json()["unpacking"], "done", "there is nothing to unpack");
    assert_eq!(jobs::work_off(&office.state).await.unwrap(), 0, "nothing is to be done");
    assert_eq!(find_unprocessed_photos::find(&office.state).await.unwrap(), 0, "nor by night");
    for small in ["thumbnail", "preview"] {
        let reply = phone.request("GET", &format!("{path}/{small}"), "").await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{small}");
    }
    let other = office.phone(Role::Supervisor).await;
    assert_eq!(other.request("GET", &path, "").await.status, StatusCode::NOT_FOUND, "no record shows it yet");
}

#[tokio::test]
async fn a_file_that_lies_about_what_it_is_is_not_taken() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let page = b"<!doctype html><script>alert(1)</script>%PDF-1.7\n%%EOF\n".to_vec();
    for (kind, media_type, bytes, code) in [
        ("paper", "application/pdf", jpeg(30), "not_a_paper"),
        ("paper", "application/pdf", page, "not_a_paper"),
        ("paper", "application/pdf", b"%PDF-1.7\n1 0 obj".to_vec(), "not_a_paper"),
        ("photo", "image/jpeg", pdf("一张照片"), "not_a_photo"),
    ] {
        let (hash, announced) = told(&phone, kind, media_type, &bytes);
        assert_eq!(outcome_of(&phone.sync(&[announced]).await[0]), "received", "{code}");
        let reply = phone.upload_whole(bytes).await;
        let said = (reply.status, reply.json()["code"].as_str().map(str::to_owned));
        assert_eq!(said, (StatusCode::UNSUPPORTED_MEDIA_TYPE, Some(code.to_owned())));
        assert!(!office.state.blobs.has(&hash, Variant::Original).await.unwrap(), "{code}");
    }
}

#[tokio::test]
async fn a_type_that_is_not_allowed_is_refused_when_it_is_told_of() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    for (kind, media_type) in [
        ("paper", "text/html"),
        ("paper", "image/svg+xml"),
        ("paper", "image/jpeg"),
        ("photo", "application/pdf"),
        ("photo", "image/gif"),
    ] {
        let (_, announced) = told(&phone, kind, media_type, &pdf(media_type));
        let answers = phone.sync(&[announced]).await;
        assert_eq!((outcome_of(&answers[0]), reason_of(&answers[0])), ("refused", "attachment_refused"));
    }
}
