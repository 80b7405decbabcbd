//! A photo's bytes, by the tus protocol (1.0): what [`domain::device::upload`] decides, spoken.

use super::{Body, Device, Failure, Response, read, send};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{
    device::upload::UploadReply,
    photo::{PhotoFacts, PhotoHash},
    sync::PhotoReceipt,
};

const UPLOADS: &str = "/api/v1/uploads";
const VERSION: (&str, &str) = ("tus-resumable", "1.0.0");
const CHUNK: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// Opens an upload with its first bytes. A photo that fits into them has its receipt at once.
pub async fn begin_upload(device: &Device, facts: &PhotoFacts, first: &[u8]) -> Result<UploadReply, Failure> {
    let length = facts.bytes.to_string();
    let base64 = |text: &str| BASE64_STANDARD.encode(text);
    let about = format!("hash {},filetype {}", base64(facts.hash.as_str()), base64(&facts.media_type));
    let headers = [VERSION, CHUNK, ("upload-length", &length), ("upload-metadata", &about)];
    let response = send(device, "POST", UPLOADS, &headers, Some(Body::Bytes(first))).await?;
    let offset = offset(&response)?;
    if offset >= facts.bytes {
        return read(&response).map(UploadReply::Receipt);
    }
    let at = response.header("location").filter(|at| at.starts_with(UPLOADS)).ok_or(Failure::NoAnswer)?;
    Ok(UploadReply::Has { at: at.to_owned(), offset })
}

/// How much of it the server has.
pub async fn upload_offset(device: &Device, at: &str) -> Result<UploadReply, Failure> {
    let response = send(device, "HEAD", at, &[VERSION], None).await?;
    Ok(UploadReply::Has { at: at.to_owned(), offset: offset(&response)? })
}

pub async fn upload_chunk(
    device: &Device,
    at: &str,
    from: u64,
    chunk: &[u8],
) -> Result<UploadReply, Failure> {
    let from = from.to_string();
    let headers = [VERSION, CHUNK, ("upload-offset", &from)];
    let response = send(device, "PATCH", at, &headers, Some(Body::Bytes(chunk))).await?;
    Ok(UploadReply::Has { at: at.to_owned(), offset: offset(&response)? })
}

/// The server's word that it has the photo.
pub async fn photo_receipt(device: &Device, hash: &PhotoHash) -> Result<UploadReply, Failure> {
    let response = send(device, "GET", &format!("/api/v1/attachments/{hash}/receipt"), &[], None).await?;
    read::<PhotoReceipt>(&response).map(UploadReply::Receipt)
}

/// What a portal answers has none.
fn offset(response: &Response) -> Result<u64, Failure> {
    response.header("upload-offset").and_then(|text| text.parse().ok()).ok_or(Failure::NoAnswer)
}
