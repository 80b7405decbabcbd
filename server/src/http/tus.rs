//! The protocol's headers, read and written. <https://tus.io/protocols/resumable-upload>

use super::ApiError;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::photo::PhotoHash;

pub const VERSION: &str = "1.0.0";
pub const EXTENSIONS: &str = "creation,creation-with-upload,termination,checksum,expiration";
/// SHA-1 because the protocol asks for it: it finds broken lines, not forgers.
pub const CHECKSUMS: &str = "sha1,sha256";
/// What a piece's bytes are sent as.
pub const CHUNK: &str = "application/offset+octet-stream";

pub const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A client of another version understands neither the headers nor the answer.
pub fn check_version(headers: &HeaderMap) -> Result<(), ApiError> {
    match text(headers, TUS_RESUMABLE.as_str()) {
        Some(VERSION) => Ok(()),
        _ => Err(ApiError::TusVersion),
    }
}

/// A size or an offset.
pub fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, ApiError> {
    let number = text(headers, name.as_str()).and_then(|text| text.parse().ok());
    number.ok_or_else(|| ApiError::Malformed(format!("{name}: a number of bytes is needed")))
}

/// Whether the body is a piece of the upload.
pub fn has_chunk(headers: &HeaderMap) -> bool {
    text(headers, "content-type") == Some(CHUNK)
}

/// The photo that `Upload-Metadata` names: `hash <base64 of the SHA-256 in hexadecimal>`.
pub fn hash(headers: &HeaderMap) -> Result<PhotoHash, ApiError> {
    let missing = || ApiError::Malformed("upload-metadata: `hash` is needed".to_owned());
    let value =
        about(headers).split(',').find_map(|pair| pair.trim().strip_prefix("hash ")).ok_or_else(missing)?;
    let hash = STANDARD.decode(value.trim()).ok().and_then(|hash| String::from_utf8(hash).ok());
    hash.and_then(|hash| hash.parse().ok()).ok_or_else(missing)
}

/// As given, to be told back.
pub fn about(headers: &HeaderMap) -> &str {
    text(headers, UPLOAD_METADATA.as_str()).unwrap_or_default()
}

/// What the sender says the piece's digest is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    algorithm: Algorithm,
    digest: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Sha1,
    Sha256,
}

impl Checksum {
    pub fn of(headers: &HeaderMap) -> Result<Option<Self>, ApiError> {
        let Some(value) = text(headers, "upload-checksum") else { return Ok(None) };
        let unknown =
            || ApiError::Malformed(format!("upload-checksum: one of {CHECKSUMS}, and a digest in base64"));
        let (algorithm, digest) = value.split_once(' ').ok_or_else(unknown)?;
        let algorithm = match algorithm {
            "sha1" => Algorithm::Sha1,
            "sha256" => Algorithm::Sha256,
            _ => return Err(unknown()),
        };
        let digest = STANDARD.decode(digest.trim()).map_err(|_| unknown())?;
        Ok(Some(Self { algorithm, digest }))
    }

    pub fn fits(&self, piece: &[u8]) -> bool {
        let algorithm = match self.algorithm {
            Algorithm::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Algorithm::Sha256 => &SHA256,
        };
        digest(algorithm, piece).as_ref() == self.digest
    }
}

/// A number as a header.
pub fn value(number: u64) -> HeaderValue {
    HeaderValue::from(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_hash_is_found_among_other_words() {
        let hash_of_it = PhotoHash::of(b"photo");
        let encoded = STANDARD.encode(hash_of_it.as_str());
        for about in [format!("hash {encoded}"), format!("filename YS5qcGc=,hash {encoded},private")] {
            assert_eq!(hash(&headers(&[("upload-metadata", &about)])).unwrap(), hash_of_it);
        }
        for about in ["", "hash", "hash !!!", "filename YS5qcGc="] {
            assert!(
                matches!(hash(&headers(&[("upload-metadata", about)])), Err(ApiError::Malformed(_))),
                "{about}"
            );
        }
    }

    #[test]
    fn a_checksum_fits_its_piece_only() {
        let sha1 = headers(&[("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")]);
        let sum = Checksum::of(&sha1).unwrap().unwrap();
        assert!(sum.fits(b"hello world") && !sum.fits(b"hello worlt"));
        assert_eq!(Checksum::of(&headers(&[])).unwrap(), None);
        for odd in ["md5 Kq5s", "sha1", "sha256 ???"] {
            assert!(Checksum::of(&headers(&[("upload-checksum", odd)])).is_err(), "{odd}");
        }
    }

    #[test]
    fn lengths_are_whole_numbers() {
        for odd in ["", "-1", "1.5", "many", "99999999999999999999999"] {
            assert!(number(&headers(&[("upload-length", odd)]), &UPLOAD_LENGTH).is_err(), "{odd}");
        }
        assert_eq!(number(&headers(&[("upload-length", "0")]), &UPLOAD_LENGTH).unwrap(), 0);
    }
}
