//! Attachments as they are given out, photos and papers; how they come in is [`super::uploads`].

use super::{ApiError, gate::declared};
use crate::{
    blobs::Variant,
    photo_access,
    session::{SignedInAs, Viewer},
    state::AppState,
    storage::StoredAttachment,
    uploads,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{
        HeaderMap, StatusCode,
        header::{
            ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
            ETAG, IF_NONE_MATCH, RANGE,
        },
    },
    response::{IntoResponse, Response},
};
use domain::{
    attachment::{AttachmentKind, MediaType},
    photo::PhotoHash,
    role::Actor,
    sync::{PhotoReceipt, Problem},
};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};
use std::{
    io,
    ops::{Range, RangeInclusive},
    sync::Arc,
};

/// Bytes of an attachment that are read, and in memory, at a time.
const PIECE: u64 = 256 * 1024;

/// The attachment's receipt, and whether its picture could be unpacked. Only for the person who announced it.
#[utoipa::path(get, path = "/api/v1/attachments/{hash}/receipt", params(("hash" = String, Path)), responses(
    (status = 200, body = PhotoReceipt),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn receipt(
    State(state): State<AppState>,
    who: SignedInAs,
    Path(hash): Path<String>,
) -> Result<Json<PhotoReceipt>, ApiError> {
    let hash: PhotoHash = hash.parse().map_err(|_| ApiError::NotFound)?;
    let own = state
        .store
        .announcement(who.actor.office, &hash, who.actor.person)
        .await?
        .ok_or(ApiError::NotFound)?;
    let receipt = uploads::receipt_of(&state, who.actor.office, &own).await?;
    receipt.map(Json).ok_or(ApiError::NotFound)
}

/// A photo as received, or a paper as a download. For whoever brought it, and whoever may see a record that shows it. A part of it by `Range`.
#[utoipa::path(get, path = "/api/v1/attachments/{hash}", params(("hash" = String, Path)), responses(
    (status = 200, content_type = "image/jpeg"),
    (status = 206),
    (status = 304),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 416),
))]
pub(super) async fn show(
    State(state): State<AppState>,
    Viewer(who): Viewer,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    picture(&state, &who.actor, &hash, Variant::Original, &headers).await
}

/// A small JPEG of a photo, or the photo itself where none could be made. For the same people.
#[utoipa::path(get, path = "/api/v1/attachments/{hash}/thumbnail", params(("hash" = String, Path)), responses(
    (status = 200, content_type = "image/jpeg"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn thumbnail(
    State(state): State<AppState>,
    Viewer(who): Viewer,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    picture(&state, &who.actor, &hash, Variant::Thumbnail, &headers).await
}

/// The same, larger, for pages.
#[utoipa::path(get, path = "/api/v1/attachments/{hash}/preview", params(("hash" = String, Path)), responses(
    (status = 200, content_type = "image/jpeg"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn preview(
    State(state): State<AppState>,
    Viewer(who): Viewer,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    picture(&state, &who.actor, &hash, Variant::Preview, &headers).await
}

async fn visible(
    state: &AppState,
    actor: &Actor,
    hash: &str,
) -> Result<(PhotoHash, StoredAttachment), ApiError> {
    let hash: PhotoHash = hash.parse().map_err(|_| ApiError::NotFound)?;
    match photo_access::attachment(state, actor, &hash).await? {
        Some(known) => Ok((hash, known)),
        None => Err(ApiError::NotFound),
    }
}

/// Content never changes under its name, and is one person's to see.
async fn picture(
    state: &AppState,
    actor: &Actor,
    hash: &str,
    variant: Variant,
    asked: &HeaderMap,
) -> Result<Response, ApiError> {
    state.write_queue.admit(actor, declared(asked), state.now()).await?;
    let (hash, known) = visible(state, actor, hash).await?;
    let made = match (variant, known.facts.kind()) {
        (Variant::Original, _) => None,
        // Nothing is drawn of it.
        (_, AttachmentKind::Paper) => return Err(ApiError::NotFound),
        (small, AttachmentKind::Photo) => state.blobs.size(&hash, small).await?,
    };
    let is_small = made.is_some();
    let tag = format!("\"{hash}{}\"", if is_small { "-small" } else { "" });
    let has_it = asked.get(IF_NONE_MATCH).is_some_and(|tags| tags.as_bytes() == tag.as_bytes());
    let kept = [(CACHE_CONTROL, keeping(variant)), (ETAG, &tag)];
    if has_it {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let (variant, length) = match made {
        Some(length) => (variant, length),
        None => {
            let length = state.blobs.size(&hash, Variant::Original).await?;
            (Variant::Original, length.ok_or(ApiError::NotFound)?)
        }
    };
    let media_type = if is_small { "image/jpeg" } else { known.facts.media_type() };
    let is_shown = MediaType::parse(media_type).is_some_and(MediaType::is_shown_inline);
    let shown = if is_shown { "inline" } else { "attachment" };
    let about = [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, shown), (ACCEPT_RANGES, "bytes")];
    let range = asked.get(RANGE).and_then(|range| range.to_str().ok());
    Ok(match range.map(|range| part_of(range, length)) {
        None | Some(Ok(None)) => {
            let size = [(CONTENT_LENGTH, length.to_string())];
            let body = sent(state, actor, hash, variant, 0..length).await?;
            (kept, about, size, body).into_response()
        }
        Some(Ok(Some(range))) => {
            let (from, to) = (*range.start(), *range.end());
            let place = [(CONTENT_RANGE, format!("bytes {from}-{to}/{length}"))];
            let size = [(CONTENT_LENGTH, (to + 1 - from).to_string())];
            let body = sent(state, actor, hash, variant, from..to + 1).await?;
            (StatusCode::PARTIAL_CONTENT, kept, about, place, size, body).into_response()
        }
        Some(Err(_)) => {
            let size = [(CONTENT_RANGE, format!("bytes */{length}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, size).into_response()
        }
    })
}

/// These bytes of a photo, read as they are sent: an answer that nobody reads holds one piece of it in memory, which counts
/// against whoever asked until the answer is sent or dropped.
async fn sent(
    state: &AppState,
    actor: &Actor,
    hash: PhotoHash,
    variant: Variant,
    within: Range<u64>,
) -> Result<Body, ApiError> {
    let held = PIECE.min(within.end - within.start);
    let holding = state.edge.answers.in_time(actor.person, held).await.map_err(|_| ApiError::Crowded)?;
    let begin = (Arc::clone(&state.blobs), hash, within, holding);
    let pieces = futures::stream::try_unfold(begin, move |(blobs, hash, left, holding)| async move {
        if left.is_empty() {
            return Ok::<_, io::Error>(None);
        }
        let to = left.end.min(left.start + PIECE);
        let piece = blobs.part(&hash, variant, left.start..to).await.map_err(io::Error::other)?;
        let piece = piece.unwrap_or_default();
        if piece.is_empty() {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        let reached = left.start + piece.len() as u64;
        Ok(Some((Bytes::from(piece), (blobs, hash, reached..left.end, holding))))
    });
    Ok(Body::from_stream(pieces))
}

/// What a phone fetches it keeps itself, sealed: in the browser's cache it would lie open after signing out. What only pages
/// show may be kept, and is asked for each time, so that nobody sees it without a session.
fn keeping(variant: Variant) -> &'static str {
    match variant {
        Variant::Preview => "private, no-cache",
        Variant::Original | Variant::Thumbnail | Variant::Part(_) => "no-store",
    }
}

/// A single byte range. Several ranges, or another unit, give the whole.
fn part_of(range: &str, length: u64) -> Result<Option<RangeInclusive<u64>>, RangeUnsatisfiableError> {
    match parse_range_header(range) {
        Ok(parsed) if parsed.ranges.len() == 1 => parsed.validate(length).map(|mut ranges| ranges.pop()),
        _ => Ok(None),
    }
}
