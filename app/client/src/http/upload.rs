//! A photo's bytes, by the tus protocol (1.0): what [`domain::device::upload`] decides, spoken.

use super::{Failure, header, read, send};
use domain::{
    device::upload::Said,
    photo::{PhotoFacts, PhotoHash},
    sync::PhotoReceipt,
};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::Response;

const UPLOADS: &str = "/api/v1/uploads";
const VERSION: (&str, &str) = ("tus-resumable", "1.0.0");
const CHUNK: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// Opens an upload with its first bytes. A photo that fits into them has its receipt at once.
pub async fn begin_upload(facts: &PhotoFacts, first: &[u8]) -> Result<Said, Failure> {
    let length = facts.bytes.to_string();
    let base64 = |text: &str| leptos::prelude::window().btoa(text).unwrap_or_default();
    let about = format!("hash {},filetype {}", base64(facts.hash.as_str()), base64(&facts.media_type));
    let headers = [VERSION, CHUNK, ("upload-length", &length), ("upload-metadata", &about)];
    let response = send("POST", UPLOADS, &headers, Some(body(first))).await?;
    let offset = offset(&response)?;
    if offset >= facts.bytes {
        return read(response).await.map(Said::Receipt);
    }
    let at = header(&response, "location").filter(|at| at.starts_with(UPLOADS)).ok_or(Failure::NoAnswer)?;
    Ok(Said::Has { at, offset })
}

/// How much of it the server has.
pub async fn upload_offset(at: &str) -> Result<Said, Failure> {
    let response = send("HEAD", at, &[VERSION], None).await?;
    Ok(Said::Has { at: at.to_owned(), offset: offset(&response)? })
}

pub async fn upload_chunk(at: &str, from: u64, chunk: &[u8]) -> Result<Said, Failure> {
    let from = from.to_string();
    let response = send("PATCH", at, &[VERSION, CHUNK, ("upload-offset", &from)], Some(body(chunk))).await?;
    Ok(Said::Has { at: at.to_owned(), offset: offset(&response)? })
}

/// The server's word that it has the photo.
pub async fn photo_receipt(hash: &PhotoHash) -> Result<Said, Failure> {
    let response = send("GET", &format!("/api/v1/photos/{hash}/receipt"), &[], None).await?;
    read::<PhotoReceipt>(response).await.map(Said::Receipt)
}

fn body(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// What a portal answers has none.
fn offset(response: &Response) -> Result<u64, Failure> {
    header(response, "upload-offset").and_then(|text| text.parse().ok()).ok_or(Failure::NoAnswer)
}
