//! Photos in pieces, by tus 1.0.

use super::{
    office::{Phone, Reply, TestOffice, now, operation, outcome_of},
    watched::{Watch, watched},
};
use async_trait::async_trait;
use axum::{body::Body, http::Request};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{photo::PhotoHash, role::Role};
use futures::future::join_all;
use serde_json::json;
use server::{blobs::Variant, http, storage::Part, uploads};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use test_support::picture::picture;
use tokio::join;
use tower::ServiceExt;
use uuid::Uuid;

const PIECE: usize = 16 * 1024;

/// A photo that the phone has announced, and its bytes.
async fn announced(phone: &Phone<'_>, length: usize) -> (PhotoHash, Vec<u8>) {
    let tail: Vec<u8> = (picture([]).len()..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let bytes = picture(tail);
    let hash = PhotoHash::of(&bytes);
    let facts = json!({ "photo": { "hash": hash, "bytes": length, "media_type": "image/jpeg", "width": 1,
        "height": 1, "at": now(), "by": phone.person } });
    assert_eq!(outcome_of(&phone.sync(&[operation(facts)]).await[0]), "received");
    (hash, bytes)
}

async fn ask(phone: &Phone<'_>, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let request = Request::builder().method(method).uri(path).header("cookie", &phone.cookie);
    let request = request.header("tus-resumable", "1.0.0");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    phone.office.send(request.body(Body::from(body.to_vec())).unwrap()).await
}

async fn create(phone: &Phone<'_>, hash: &PhotoHash, length: usize, first: &[u8]) -> Reply {
    let about = format!("hash {},filename YS5qcGc=", STANDARD.encode(hash.as_str()));
    let length = length.to_string();
    let mut headers = vec![("upload-length", length.as_str()), ("upload-metadata", about.as_str())];
    if !first.is_empty() {
        headers.push(("content-type", "application/offset+octet-stream"));
    }
    ask(phone, "POST", "/api/v1/uploads", &headers, first).await
}

async fn append(phone: &Phone<'_>, at: &str, offset: usize, piece: &[u8]) -> Reply {
    let offset = offset.to_string();
    let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str())];
    ask(phone, "PATCH", at, &headers, piece).await
}

fn header<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_photo_in_pieces_is_the_photo() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 3 * PIECE + 7).await;
    let opened = create(&phone, &hash, bytes.len(), &[]).await;
    assert_eq!((opened.status.as_u16(), header(&opened, "upload-offset")), (201, "0"));
    let at = header(&opened, "location").to_owned();
    for (n, piece) in bytes.chunks(PIECE).enumerate() {
        let before = ask(&phone, "HEAD", &at, &[], &[]).await;
        assert_eq!(header(&before, "upload-offset"), (n * PIECE).to_string());
        assert_eq!(header(&before, "upload-length"), bytes.len().to_string());
        assert!(header(&before, "upload-metadata").contains("filename YS5qcGc="));
        let answer = append(&phone, &at, n * PIECE, piece).await;
        assert_eq!(answer.status.as_u16(), 204, "{}", answer.text());
        assert_eq!(header(&answer, "upload-offset"), (n * PIECE + piece.len()).to_string());
        assert_eq!(header(&answer, "tus-resumable"), "1.0.0");
    }
    let receipt = phone.request("GET", &format!("/api/v1/attachments/{hash}/receipt"), "").await.json();
    assert_eq!(
        (receipt["hash"].as_str(), receipt["bytes"].as_u64()),
        (Some(hash.as_str()), Some(3 * PIECE as u64 + 7))
    );
    let stored = office.state.blobs.get(&hash, Variant::Original).await.unwrap();
    assert!(stored.is_some_and(|stored| stored == bytes));
    let left = std::fs::read_dir(office.folder.path().join("photos").join(&hash.as_str()[..2])).unwrap();
    let parts = left.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains(".part."));
    assert_eq!(parts.count(), 0, "pieces are cleared away");
}

#[tokio::test]
async fn a_small_photo_takes_one_request_and_a_repeat_says_the_same() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, PIECE).await;
    let first = create(&phone, &hash, bytes.len(), &bytes).await;
    assert_eq!((first.status.as_u16(), header(&first, "upload-offset")), (201, PIECE.to_string().as_str()));
    let again = create(&phone, &hash, bytes.len(), &bytes).await;
    assert_eq!((again.status.as_u16(), again.json()), (201, first.json()));
    assert_eq!(first.json()["hash"], hash.as_str());
}

#[tokio::test]
async fn an_upload_whose_opening_was_not_heard_of_is_found_again_where_it_stands() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 3 * PIECE).await;
    let lost = create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await;
    let again = create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await;
    assert_eq!(header(&lost, "location"), header(&again, "location"));
    assert_eq!(header(&again, "upload-offset"), PIECE.to_string());
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_harms_nothing() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 2 * PIECE).await;
    let at = header(&create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await, "location").to_owned();
    let here = PIECE.to_string();
    let elsewhere = append(&phone, &at, 5, &bytes[5..]).await;
    assert_eq!(
        (elsewhere.status.as_u16(), elsewhere.json()["code"].as_str()),
        (409, Some("offset_mismatch"))
    );
    let too_much = append(&phone, &at, PIECE, &bytes).await;
    assert_eq!(too_much.status.as_u16(), 413);
    let headers = [("content-type", "text/plain"), ("upload-offset", here.as_str())];
    assert_eq!(ask(&phone, "PATCH", &at, &headers, &bytes[PIECE..]).await.status.as_u16(), 415);
    let headers = [
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", here.as_str()),
        ("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="),
    ];
    assert_eq!(ask(&phone, "PATCH", &at, &headers, &bytes[PIECE..]).await.status.as_u16(), 460);
    let stranger = office.phone(Role::Officer).await;
    assert_eq!(append(&stranger, &at, PIECE, &bytes[PIECE..]).await.status.as_u16(), 404);
    assert_eq!(create(&stranger, &hash, bytes.len(), &[]).await.status.as_u16(), 409);
    let request = Request::head(&at).header("cookie", &phone.cookie).body(Body::empty()).unwrap();
    let other_version = office.send(request).await;
    assert_eq!((other_version.status.as_u16(), header(&other_version, "tus-version")), (412, "1.0.0"));
    // After all of it the upload stands where it stood, and ends well.
    assert_eq!(header(&ask(&phone, "HEAD", &at, &[], &[]).await, "upload-offset"), here);
    let headers = [
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", here.as_str()),
        ("x-http-method-override", "PATCH"),
    ];
    assert_eq!(ask(&phone, "POST", &at, &headers, &bytes[PIECE..]).await.status.as_u16(), 204);
}

#[tokio::test]
async fn what_cannot_be_a_photo_is_not_opened() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, PIECE).await;
    assert_eq!(create(&phone, &PhotoHash::of(b"unknown"), 9, &[]).await.status.as_u16(), 409);
    assert_eq!(create(&phone, &hash, bytes.len() + 1, &[]).await.status.as_u16(), 422);
    assert_eq!(create(&phone, &hash, 30_000_000, &[]).await.status.as_u16(), 413);
    let nameless = ask(&phone, "POST", "/api/v1/uploads", &[("upload-length", "9")], &[]).await;
    assert_eq!(nameless.status.as_u16(), 400);
}

#[tokio::test]
async fn bytes_that_are_not_what_was_announced_are_no_photo_and_the_right_ones_still_can_come() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, PIECE).await;
    let wrong = vec![0; PIECE];
    let refused = create(&phone, &hash, PIECE, &wrong).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].as_str()), (422, Some("hash_mismatch")));
    assert!(!office.state.blobs.has(&hash, Variant::Original).await.unwrap());
    assert_eq!(create(&phone, &hash, PIECE, &bytes).await.status.as_u16(), 201);
}

#[tokio::test]
async fn two_senders_of_one_piece_meet_and_one_counts() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 2 * PIECE).await;
    let at = header(&create(&phone, &hash, bytes.len(), &[]).await, "location").to_owned();
    let send = || append(&phone, &at, 0, &bytes[..PIECE]);
    let (a, b, c) = join!(send(), send(), send());
    let mut statuses = [a, b, c].map(|reply| reply.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409, 409]);
    assert_eq!(append(&phone, &at, PIECE, &bytes[PIECE..]).await.status.as_u16(), 204);
    let receipt = phone.request("GET", &format!("/api/v1/attachments/{hash}/receipt"), "").await;
    assert_eq!(receipt.status.as_u16(), 200);
}

#[tokio::test]
async fn a_photo_whose_last_piece_came_and_whose_server_died_is_made_before_anybody_hears_that_all_is_there()
{
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 2 * PIECE).await;
    let at = header(&create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await, "location").to_owned();
    // As a server leaves it that dies when the last piece is counted.
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    server::uploads::append(&office.state, Role::Inspector, id, PIECE as u64, &bytes[PIECE..]).await.unwrap();
    assert!(!office.state.blobs.has(&hash, Variant::Original).await.unwrap());
    let asked = ask(&phone, "HEAD", &at, &[], &[]).await;
    assert_eq!(
        (asked.status.as_u16(), header(&asked, "upload-offset")),
        (200, (2 * PIECE).to_string().as_str())
    );
    assert!(office.state.blobs.has(&hash, Variant::Original).await.unwrap());
}

#[tokio::test]
async fn a_large_photo_begins_with_its_first_piece_and_what_is_sent_again_is_passed_over() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 5 * 1024 * 1024).await;
    let first = &bytes[..512 * 1024];
    let opened = create(&phone, &hash, bytes.len(), first).await;
    assert_eq!((opened.status.as_u16(), header(&opened, "upload-offset")), (201, "524288"));
    let again = create(&phone, &hash, bytes.len(), first).await;
    assert_eq!((again.status.as_u16(), header(&again, "upload-offset")), (201, "524288"));
    assert_eq!(header(&again, "location"), header(&opened, "location"));
    let rest = append(&phone, header(&opened, "location"), first.len(), &bytes[first.len()..]).await;
    assert_eq!(rest.status.as_u16(), 204);
    assert!(office.state.blobs.has(&hash, Variant::Original).await.unwrap());
}

#[tokio::test]
async fn an_upload_given_up_or_expired_is_gone_with_its_pieces() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 2 * PIECE).await;
    let opened = create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await;
    let at = header(&opened, "location").to_owned();
    assert_eq!(header(&opened, "upload-expires"), "Tue, 01 Dec 2026 02:00:00 GMT");
    assert_eq!(ask(&phone, "DELETE", &at, &[], &[]).await.status.as_u16(), 204);
    assert_eq!(ask(&phone, "HEAD", &at, &[], &[]).await.status.as_u16(), 410);
    let at = header(&create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await, "location").to_owned();
    let id = at.rsplit('/').next().unwrap().parse().unwrap();
    let parts: Vec<Part> = office.state.store.upload(id).await.unwrap().unwrap().parts;
    office.clock.set(now() + chrono::Duration::days(8));
    assert_eq!(ask(&phone, "HEAD", &at, &[], &[]).await.status.as_u16(), 410);
    // The next one that is opened clears the old one away.
    create(&phone, &hash, bytes.len(), &[]).await;
    assert!(!office.state.blobs.has(&hash, Variant::Part(parts[0].name)).await.unwrap());
}

/// It would keep every phone of the installation from opening another.
#[tokio::test]
async fn an_expired_upload_that_cannot_be_read_is_given_up_and_holds_nothing_up() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (spoilt, bytes) = announced(&phone, 2 * PIECE).await;
    create(&phone, &spoilt, bytes.len(), &bytes[..PIECE]).await;
    office.database.execute("UPDATE upload SET parts = '{'").await;
    let (stale, bytes) = announced(&phone, 3 * PIECE).await;
    create(&phone, &stale, bytes.len(), &bytes[..PIECE]).await;
    let (next, bytes) = announced(&phone, 4 * PIECE).await;
    office.clock.set(now() + chrono::Duration::days(6));
    // While it may still be gone on with, only its own pieces stay.
    server::jobs::sweep::sweep(&office.state).await.unwrap();
    office.clock.set(now() + chrono::Duration::days(8));
    assert_eq!(create(&phone, &next, bytes.len(), &[]).await.status.as_u16(), 201);
    let left = office.database.texts("SELECT hash FROM upload").await;
    assert_eq!(left, [next.to_string()]);
}

#[tokio::test]
async fn an_upload_that_cannot_be_read_keeps_its_own_person_waiting_for_nothing() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 3 * PIECE).await;
    let spoil = || office.database.execute("UPDATE upload SET parts = '{'");
    let begin =
        async || header(&create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await, "location").to_owned();
    // Whoever asks how far it came, and whoever sends the next piece, hears that it is gone.
    let at = begin().await;
    spoil().await;
    assert_eq!(ask(&phone, "HEAD", &at, &[], &[]).await.status.as_u16(), 410);
    let at = begin().await;
    spoil().await;
    assert_eq!(append(&phone, &at, PIECE, &bytes[PIECE..]).await.status.as_u16(), 410);
    // Whoever has forgotten the address begins anew at once.
    begin().await;
    spoil().await;
    let anew = create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await;
    assert_eq!((anew.status.as_u16(), header(&anew, "upload-offset")), (201, PIECE.to_string().as_str()));
    let rest = append(&phone, header(&anew, "location"), PIECE, &bytes[PIECE..]).await;
    assert_eq!(rest.status.as_u16(), 204);
    assert!(office.state.blobs.has(&hash, Variant::Original).await.unwrap());
}

/// What a server leaves that dies while it writes, what nobody went on with, and a piece that was written and not counted.
#[tokio::test]
async fn what_nobody_will_ask_for_is_swept_away_and_nothing_else() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (left, bytes) = announced(&phone, 2 * PIECE).await;
    create(&phone, &left, bytes.len(), &bytes[..PIECE]).await;
    let (lively, bytes) = announced(&phone, 3 * PIECE).await;
    let at = header(&create(&phone, &lively, bytes.len(), &bytes[..PIECE]).await, "location").to_owned();
    let (orphan, young) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
    for piece in [orphan, young] {
        office.state.blobs.put(&lively, Variant::Part(piece), b"nobody counted it").await.unwrap();
    }
    let fan = office.folder.path().join("photos").join(&lively.as_str()[..2]);
    for draft in ["old", "new"] {
        std::fs::write(fan.join(format!("{lively}.{draft}.tmp")), "half").unwrap();
    }
    // Written long ago, by the office's clock.
    let long_ago = std::time::SystemTime::from(now() - chrono::Duration::days(1));
    let lately = std::time::SystemTime::from(now() + chrono::Duration::days(5));
    let just_now = std::time::SystemTime::from(now() + chrono::Duration::days(8));
    for file in std::fs::read_dir(&fan).unwrap().flatten() {
        let path = file.path();
        let name = path.to_string_lossy();
        let written = if name.ends_with("new.tmp") {
            just_now
        } else if name.ends_with(&young.simple().to_string()) {
            lately
        } else {
            long_ago
        };
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    }
    office.clock.set(now() + chrono::Duration::days(5));
    append(&phone, &at, PIECE, &bytes[PIECE..2 * PIECE]).await;
    office.clock.set(now() + chrono::Duration::days(8));
    let swept = server::jobs::sweep::sweep(&office.state).await.unwrap();
    assert_eq!((swept.drafts, swept.uploads, swept.pieces), (1, 1, 1));
    assert!(!office.state.blobs.has(&lively, Variant::Part(orphan)).await.unwrap());
    assert!(office.state.blobs.has(&lively, Variant::Part(young)).await.unwrap());
    assert!(fan.join(format!("{lively}.new.tmp")).exists());
    // The one that goes on has all its pieces.
    assert_eq!(append(&phone, &at, 2 * PIECE, &bytes[2 * PIECE..]).await.status.as_u16(), 204);
    assert!(office.state.blobs.has(&lively, Variant::Original).await.unwrap());
}

#[tokio::test]
async fn a_server_that_was_killed_goes_on_with_what_had_arrived() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 2 * PIECE).await;
    let at = header(&create(&phone, &hash, bytes.len(), &bytes[..PIECE]).await, "location").to_owned();
    // Another server on the same store, as after a restart.
    let second = office.second().await;
    let offset = PIECE.to_string();
    let request = Request::patch(&at).header("cookie", &phone.cookie).header("tus-resumable", "1.0.0");
    let request =
        request.header("content-type", "application/offset+octet-stream").header("upload-offset", offset);
    let request = request.body(Body::from(bytes[PIECE..].to_vec())).unwrap();
    assert_eq!(second.oneshot(request).await.unwrap().status().as_u16(), 204);
    assert!(office.state.blobs.has(&hash, Variant::Original).await.unwrap());
}

/// How many photos are put into a storage.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

#[async_trait]
impl Watch for Counting {
    async fn puts(&self, variant: Variant) {
        self.0.fetch_add(usize::from(variant == Variant::Original), Ordering::Relaxed);
    }
}

/// Whoever asks how far it came makes the photo, where the last piece's own request was cut.
#[tokio::test]
async fn however_many_ask_a_photo_is_put_together_once() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (hash, bytes) = announced(&phone, 3 * PIECE).await;
    let opened = create(&phone, &hash, bytes.len(), &[]).await;
    let at = header(&opened, "location").to_owned();
    let id: Uuid = at.rsplit('/').next().unwrap().parse().unwrap();
    let counting = Arc::new(Counting::default());
    let state = watched(&office.state, &counting);
    uploads::append(&state, Role::Inspector, id, 0, &bytes).await.unwrap();
    let app = http::with_middleware(&state, http::api(state.clone()));
    let asks = (0..8).map(|_| {
        let request = Request::builder().method("HEAD").uri(&at).header("cookie", &phone.cookie);
        let request = request.header("tus-resumable", "1.0.0").body(Body::empty()).unwrap();
        app.clone().oneshot(request)
    });
    for reply in join_all(asks).await {
        assert_eq!(reply.unwrap().status().as_u16(), 200);
    }
    assert_eq!(counting.0.load(Ordering::Relaxed), 1);
}
