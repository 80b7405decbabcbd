//! Attachments in pieces, spoken as tus 1.0. Whoever announced one may send it; nobody else sees the upload.

use super::{ApiError, gate::declared, tus};
use crate::{
    session::SignedInAs,
    state::AppState,
    storage::{StoredAttachment, StoredUpload},
    uploads,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use domain::{
    attachment::AttachmentFacts,
    quota::SMALLEST_PIECE,
    role::{Actor, Role},
    sync::{PhotoReceipt, Problem},
};
use futures::StreamExt;
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

const UPLOADS: &str = "/api/v1/uploads";

/// Bytes that are written down at once: what a cut can cost, where the sender's pieces are larger.
const PIECE: usize = 1024 * 1024;

/// A photo up to this size is kept in memory while it comes, and stored at once if all of it does.
const AT_ONCE: u64 = 4 * 1024 * 1024;

/// How long the line may stand still in the middle of a piece.
const STILL: Duration = Duration::from_mins(1);

/// What this server can do. For anybody.
#[utoipa::path(options, path = "/api/v1/uploads", responses((status = 204, description = "Versions and extensions of tus")))]
pub(super) async fn options() -> impl IntoResponse {
    let headers = [
        (tus::TUS_VERSION, HeaderValue::from_static(tus::VERSION)),
        (tus::TUS_EXTENSION, HeaderValue::from_static(tus::EXTENSIONS)),
        (tus::TUS_MAX_SIZE, tus::value(AttachmentFacts::LARGEST)),
        (tus::TUS_CHECKSUM_ALGORITHM, HeaderValue::from_static(tus::CHECKSUMS)),
    ];
    (StatusCode::NO_CONTENT, headers)
}

/// Opens an upload, with its first piece if the body is one. `Upload-Metadata` names the photo's `hash`. For whoever
/// announced the photo; one that is under way is found again.
#[utoipa::path(post, path = "/api/v1/uploads", request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
    (status = 201, body = PhotoReceipt, description = "`Location` and `Upload-Offset`; the body, when the photo is whole"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "Not announced yet: sync first"),
    (status = 412, body = Problem, content_type = "application/problem+json", description = "Another version of tus"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json", description = "No picture, whatever it was announced as"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too fast, or the day is full; again after `Retry-After`"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "The bytes are not what was announced"),
))]
pub(super) async fn create(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    tus::check_version(&headers)?;
    let hash = tus::hash(&headers)?;
    let length = tus::number(&headers, &tus::UPLOAD_LENGTH)?;
    if length > AttachmentFacts::LARGEST {
        return Err(ApiError::TooLarge);
    }
    let (office, role) = (who.actor.office, who.actor.role);
    state.write_queue.admit(&who.actor, declared(&headers), state.now()).await?;
    let announced = state.store.announcement(office, &hash, who.actor.person).await?;
    let announced = announced.ok_or(ApiError::NotAnnounced)?;
    if length != announced.facts.bytes() {
        return Err(ApiError::HashMismatch);
    }
    if tus::has_chunk(&headers) && length > AT_ONCE {
        return begin_large(&state, &who.actor, &announced, &headers, body).await;
    }
    let first = if tus::has_chunk(&headers) { first_bytes(body, length).await? } else { Bytes::new() };
    if tus::Checksum::of(&headers)?.is_some_and(|sum| !sum.fits(&first)) {
        return Err(ApiError::ChecksumMismatch);
    }
    if first.len() as u64 == length && length > 0 {
        let receipt = uploads::whole(&state, office, &announced, first).await?;
        // Nothing is left to be asked of it: the address is gone already.
        let at = format!("{UPLOADS}/{}", state.new_id::<Uuid>());
        let headers = [(LOCATION, at), (tus::UPLOAD_OFFSET, length.to_string())];
        return Ok((StatusCode::CREATED, headers, Json(receipt)).into_response());
    }
    let mut upload = uploads::open(&state, office, &announced, tus::about(&headers)).await?;
    // The first piece is of use only where nothing is there yet.
    if uploads::is_worth_keeping(&upload, 0, &first) && upload.reached == 0 {
        upload = uploads::append(&state, role, upload.id, 0, &first).await?;
    }
    opened(&state, &upload).await
}

/// A photo that is too large to be kept in memory while it comes: every piece counts as it arrives. What is sent of one
/// that is under way already is read and dropped, or the sender would take the line for broken.
async fn begin_large(
    state: &AppState,
    actor: &Actor,
    announced: &StoredAttachment,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let mut upload = uploads::open(state, actor.office, announced, tus::about(headers)).await?;
    if upload.reached == 0 {
        upload = receive(state, actor.role, upload, 0, headers, body).await?;
    } else {
        let mut unread = body.into_data_stream();
        while let Ok(Some(Ok(_))) = timeout(STILL, unread.next()).await {}
    }
    opened(state, &upload).await
}

/// Where the upload is to be found and how far it came; with the receipt, when that is all.
async fn opened(state: &AppState, upload: &StoredUpload) -> Result<Response, ApiError> {
    let location = HeaderValue::from_str(&format!("{UPLOADS}/{}", upload.id));
    let location = location.map_err(|error| ApiError::Bug(error.to_string()))?;
    let headers = [(LOCATION, location), (tus::UPLOAD_OFFSET, tus::value(upload.reached)), expires(upload)];
    Ok(if upload.reached == upload.bytes {
        (StatusCode::CREATED, headers, Json(uploads::finish(state, upload).await?)).into_response()
    } else {
        (StatusCode::CREATED, headers).into_response()
    })
}

/// The upload's offset. Only for the person who opened it.
#[utoipa::path(head, path = "/api/v1/uploads/{id}", params(("id" = String, Path)), responses(
    (status = 200, description = "`Upload-Offset`, `Upload-Length`, `Upload-Metadata`"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 410, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json", description = "Another version of tus"),
))]
pub(super) async fn reached(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    tus::check_version(&headers)?;
    state.write_queue.admit(&who.actor, declared(&headers), state.now()).await?;
    let upload = own(&state, &who, &id).await?;
    // Whoever hears that all is there sends nothing more: then the photo must be there too.
    if upload.reached == upload.bytes {
        uploads::finish(&state, &upload).await?;
    }
    let headers = [
        (tus::UPLOAD_OFFSET, tus::value(upload.reached)),
        (tus::UPLOAD_LENGTH, tus::value(upload.bytes)),
        (tus::UPLOAD_METADATA, HeaderValue::from_str(&upload.about).unwrap_or(HeaderValue::from_static(""))),
        expires(&upload),
    ];
    Ok((StatusCode::OK, headers).into_response())
}

/// The next piece, from `Upload-Offset` on. What arrived before a cut counts. For whoever opened the upload.
#[utoipa::path(patch, path = "/api/v1/uploads/{id}", params(("id" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"), responses(
    (status = 204, description = "The new `Upload-Offset`"),
    (status = 400, body = Problem, content_type = "application/problem+json", description = "A piece of less than 16 KiB that is not the last"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, content_type = "application/problem+json", description = "Another offset: ask by HEAD"),
    (status = 429, body = Problem, content_type = "application/problem+json", description = "Too fast, or the day is full; again after `Retry-After`"),
    (status = 410, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json", description = "The whole is not what was announced"),
    (status = 460, body = Problem, content_type = "application/problem+json", description = "The piece does not fit its checksum"),
))]
pub(super) async fn append(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Body,
) -> Result<Response, ApiError> {
    tus::check_version(&headers)?;
    if !tus::has_chunk(&headers) {
        return Err(ApiError::NotAChunk);
    }
    let from = tus::number(&headers, &tus::UPLOAD_OFFSET)?;
    state.write_queue.admit(&who.actor, declared(&headers), state.now()).await?;
    let upload = own(&state, &who, &id).await?;
    if from != upload.reached {
        return Err(ApiError::OffsetMismatch);
    }
    let upload = receive(&state, who.actor.role, upload, from, &headers, body).await?;
    if upload.reached == upload.bytes {
        uploads::finish(&state, &upload).await?;
    }
    let headers = [(tus::UPLOAD_OFFSET, tus::value(upload.reached)), expires(&upload)];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

/// Deletes an upload. Only for the person who opened it; a photo that was received stays.
#[utoipa::path(delete, path = "/api/v1/uploads/{id}", params(("id" = String, Path)), responses(
    (status = 204),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 410, body = Problem, content_type = "application/problem+json"),
    (status = 412, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn terminate(
    State(state): State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    tus::check_version(&headers)?;
    state.write_queue.admit(&who.actor, declared(&headers), state.now()).await?;
    uploads::end(&state, &own(&state, &who, &id).await?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// PATCH or DELETE in disguise (`X-HTTP-Method-Override`): some networks let only GET and POST through.
#[utoipa::path(post, path = "/api/v1/uploads/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "As the method in `X-HTTP-Method-Override`, and with its other answers"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn method_override(
    state: State<AppState>,
    who: SignedInAs,
    headers: HeaderMap,
    id: Path<String>,
    body: Body,
) -> Result<Response, ApiError> {
    match headers.get("x-http-method-override").map(HeaderValue::as_bytes) {
        Some(b"PATCH") => append(state, who, headers, id, body).await,
        Some(b"DELETE") => Ok(terminate(state, who, headers, id).await?.into_response()),
        _ => Err(ApiError::Malformed("x-http-method-override: PATCH or DELETE is needed".to_owned())),
    }
}

async fn own(state: &AppState, who: &SignedInAs, id: &str) -> Result<StoredUpload, ApiError> {
    let id: Uuid = id.parse().map_err(|_| ApiError::NotFound)?;
    let upload = uploads::under_way(state, id).await?.filter(|upload| upload.expires > state.now());
    let upload = upload.ok_or(ApiError::UploadGone)?;
    if upload.person == who.actor.person { Ok(upload) } else { Err(ApiError::NotFound) }
}

/// As much of a photo as comes with its opening.
async fn first_bytes(body: Body, length: u64) -> Result<Bytes, ApiError> {
    let mut held = vec![];
    let mut stream = body.into_data_stream();
    while let Ok(Some(Ok(bytes))) = timeout(STILL, stream.next()).await {
        if (held.len() + bytes.len()) as u64 > length {
            return Err(ApiError::TooLarge);
        }
        held.extend_from_slice(&bytes);
    }
    Ok(held.into())
}

/// Takes the body in. Without a checksum every [`PIECE`] counts as it comes, and so does what a cut has left; with one the
/// whole counts or nothing.
async fn receive(
    state: &AppState,
    role: Role,
    mut upload: StoredUpload,
    mut from: u64,
    headers: &HeaderMap,
    body: Body,
) -> Result<StoredUpload, ApiError> {
    let checksum = tus::Checksum::of(headers)?;
    let room = upload.bytes - from;
    let mut came: u64 = 0;
    let mut held: Vec<u8> = vec![];
    let mut stream = body.into_data_stream();
    let cut = loop {
        match timeout(STILL, stream.next()).await {
            Ok(None) => break false,
            Ok(Some(Ok(bytes))) => {
                came += bytes.len() as u64;
                if came > room {
                    return Err(ApiError::TooLarge);
                }
                held.extend_from_slice(&bytes);
            }
            Ok(Some(Err(_))) | Err(_) => break true,
        }
        if checksum.is_none() && held.len() >= PIECE {
            upload = uploads::append(state, role, upload.id, from, &held).await?;
            from = upload.reached;
            held.clear();
        }
    };
    match checksum {
        Some(_) if cut => return Err(ApiError::Unavailable("the line was cut".to_owned())),
        Some(sum) if !sum.fits(&held) => return Err(ApiError::ChecksumMismatch),
        _ => {}
    }
    if uploads::is_worth_keeping(&upload, from, &held) {
        return Ok(uploads::append(state, role, upload.id, from, &held).await?);
    }
    // The end of a larger piece, or what a cut has left: it is sent again with the next.
    let comes_again = held.is_empty() || cut || came >= SMALLEST_PIECE;
    if comes_again { Ok(upload) } else { Err(ApiError::PieceTooSmall) }
}

fn expires(upload: &StoredUpload) -> (axum::http::HeaderName, HeaderValue) {
    let when = httpdate::fmt_http_date(upload.expires.into());
    (tus::UPLOAD_EXPIRES, HeaderValue::from_str(&when).unwrap_or(HeaderValue::from_static("")))
}
