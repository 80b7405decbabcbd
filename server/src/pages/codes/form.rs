//! What came with a form, whichever way its browser sent it. A field that is missing is empty: what it lacks is said where it is
//! asked.

use crate::http::ApiError;
use axum::{
    Form,
    body::{Body, Bytes},
    extract::rejection::FormRejection,
    http::{HeaderMap, header::CONTENT_TYPE},
};
use domain::photo::PhotoFacts;
use http_body_util::LengthLimitError;
use multer::Multipart;
use std::error::Error;

/// As a browser sends small forms.
pub type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The field that holds a file.
const PHOTO: &str = "photo";

/// Bytes of a text in a form with a file.
const LARGEST_TEXT: usize = 16 * 1024;

#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of what is no form, none.
    pub fn of(sent: Sent) -> Self {
        Self(sent.map(|Form(fields)| fields).unwrap_or_default())
    }

    /// As everywhere, the last of several counts.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Of what is read as something else; none where it is not that.
    pub fn read<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).trim().parse().ok()
    }
}

/// A form with a photo, and the photo.
///
/// # Errors
/// [`ApiError::TooLarge`] as soon as it is more than a photo may be, [`ApiError::WrongKind`] of what is no such form.
pub async fn with_photo(headers: &HeaderMap, body: Body) -> Result<(Fields, Option<Bytes>), ApiError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| ApiError::WrongKind)?;
    let mut form = Multipart::new(body.into_data_stream(), boundary);
    let (mut fields, mut photo) = (vec![], None);
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or_default().to_owned();
        let most = if name == PHOTO { PhotoFacts::LARGEST as usize } else { LARGEST_TEXT };
        let mut bytes: Vec<u8> = vec![];
        while let Some(piece) = field.chunk().await.map_err(cut)? {
            if bytes.len() + piece.len() > most {
                return Err(ApiError::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        if name == PHOTO {
            photo = (!bytes.is_empty()).then(|| Bytes::from(bytes));
        } else {
            fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok((Fields(fields), photo))
}

/// The gate cuts off what is longer than the route takes; whatever else it is, the form did not come whole.
fn cut(error: multer::Error) -> ApiError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(one) = cause {
        if one.is::<LengthLimitError>() {
            return ApiError::TooLarge;
        }
        cause = one.source();
    }
    ApiError::Malformed(error.to_string())
}
