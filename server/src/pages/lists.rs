//! Lists and forms as files: the desk's own as they are filtered, for whoever may see them, and kept ones, for whoever may import
//! them.

use super::Pages;
use crate::{
    http::{ApiError, Client},
    session::{self, SignedInAs},
    storage::Purpose,
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{
        HeaderMap, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::{
    id::FormId,
    list::{FileFormat, ListName, ListRequest},
};
use futures::stream;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use service::{exports, form_editing, imports};
use std::{fs::File, io, io::Read};
use tokio::task::spawn_blocking;
use uuid::Uuid;

const CSV: &str = "text/csv; charset=utf-8";
const ARCHIVE: &str = "application/zip";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Bytes of a file that are read at a time.
const PIECE: usize = 64 * 1024;

/// Where a list is had as a file.
pub(super) fn path(list: ListName) -> String {
    format!("/office/export/{}/{{format}}", list.as_str())
}

/// All rows of the list that fit the words of the address.
pub(super) async fn export(
    Extension(list): Extension<ListName>,
    State(pages): State<Pages>,
    Path(format): Path<String>,
    Query(words): Query<Vec<(String, String)>>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let format = FileFormat::parse(&format).ok_or(ApiError::NotFound)?;
    let who = signed_in(&pages, &headers).await?;
    // As everywhere, the last of several counts.
    let word = |key: &str| words.iter().rev().find(|(known, _)| known == key).map(|(_, word)| word.clone());
    let request = ListRequest::read(list, word);
    let by = who.asker(&client, session::lang(&headers), pages.state.now());
    let made = exports::list(&pages.state, &by, &request, format).await?;
    let length = made.file.metadata().map_err(|error| ApiError::Unavailable(error.to_string()))?.len();
    let kind = match format {
        FileFormat::Csv => CSV,
        FileFormat::Xlsx => WORKBOOK,
    };
    let named = utf8_percent_encode(&made.name, NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{}\"; filename*=UTF-8''{named}", made.plain_name);
    let disposition =
        HeaderValue::from_str(&disposition).map_err(|error| ApiError::Bug(error.to_string()))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_LENGTH, HeaderValue::from(length)),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, pieces(made.file)).into_response())
}

/// The file as it is read: never more of it in memory than one piece.
fn pieces(file: File) -> Body {
    Body::from_stream(stream::try_unfold(file, |mut file| async move {
        let read = spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, io::Error>((piece, file))
        });
        let (piece, file) = read.await.map_err(io::Error::other)??;
        Ok::<_, io::Error>((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    }))
}

/// At the desk. Whoever has to change the password or set a second factor does that first.
async fn signed_in(pages: &Pages, headers: &HeaderMap) -> Result<SignedInAs, ApiError> {
    let who = session::current(&pages.state, headers, Purpose::Desk).await?;
    who.filter(|who| who.due().is_none()).ok_or(ApiError::SignIn)
}

/// A kept list with what is wrong and what would change beside each row.
pub(super) async fn marked(
    State(pages): State<Pages>,
    Path(id): Path<Uuid>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let who = signed_in(&pages, &headers).await?;
    let by = who.asker(&client, session::lang(&headers), pages.state.now());
    let (_, book) = imports::marked(&pages.state, &by, id).await?;
    workbook("marked.xlsx", book)
}

/// A form as a workbook: `4.xlsx` is a version, `draft.xlsx` what somebody works on; `4.zip` and `draft.zip` with its pictures.
pub(super) async fn form(
    State(pages): State<Pages>,
    Path((id, file)): Path<(String, String)>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (stem, ending) = file.rsplit_once('.').ok_or(ApiError::NotFound)?;
    let version = match stem {
        "draft" => None,
        version => Some(version.parse().map_err(|_| ApiError::NotFound)?),
    };
    let who = signed_in(&pages, &headers).await?;
    let by = who.asker(&client, session::lang(&headers), pages.state.now());
    let id = FormId::from(id.as_str());
    match ending {
        "xlsx" => {
            let (name, book) = form_editing::workbook(&pages.state, &by, &id, version).await?;
            workbook(&name, book)
        }
        "zip" => {
            let (name, archive) = form_editing::bundle(&pages.state, &by, &id, version).await?;
            download(&name, ARCHIVE, archive)
        }
        _ => Err(ApiError::NotFound),
    }
}

/// `name` has no letters but those of ids.
fn workbook(name: &str, book: Vec<u8>) -> Result<Response, ApiError> {
    download(name, WORKBOOK, book)
}

fn download(name: &str, kind: &'static str, file: Vec<u8>) -> Result<Response, ApiError> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| ApiError::Bug(error.to_string()))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, file).into_response())
}
