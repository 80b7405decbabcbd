//! Pictures of the office. A portal answers 200 with its own page, and a line may break off in the middle: neither is taken
//! for a picture, since whatever is taken is kept and shown offline.

use super::send;
use crate::{Device, platform::Response};
use domain::{
    device::failure::Failure,
    photo::{Format, PhotoHash},
};

/// The small picture of a photo, for lists that open offline.
pub async fn thumbnail(device: &Device, hash: &PhotoHash) -> Result<Vec<u8>, Failure> {
    let response = send(device, "GET", &format!("/api/v1/attachments/{hash}/thumbnail"), &[], None).await?;
    if is_picture(&response) && response.is_whole() { Ok(response.body) } else { Err(Failure::NoAnswer) }
}

/// The photo itself; its name says which bytes it has.
pub async fn photo(device: &Device, hash: &PhotoHash) -> Result<Vec<u8>, Failure> {
    let response = send(device, "GET", &format!("/api/v1/attachments/{hash}"), &[], None).await?;
    if PhotoHash::of(&response.body) == *hash { Ok(response.body) } else { Err(Failure::NoAnswer) }
}

/// Whether it begins as a picture of the type that it is sent as: nothing else is known of a small one.
fn is_picture(response: &Response) -> bool {
    let said = response.header("content-type").and_then(|said| said.split(';').next()).unwrap_or_default();
    Format::of(&response.body).is_some_and(|format| said.trim().eq_ignore_ascii_case(format.media_type()))
}
