//! Taking photos in: orient, scale, stamp, hash, keep. Watch [`Topic::Photos`](super::changes::Topic::Photos).

use super::DeviceError;
use domain::photo::{PhotoFacts, PhotoHash};

/// What is drawn into the picture's lower edge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Site.
    pub place: String,
    /// Item, or hazard.
    pub subject: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub facts: PhotoFacts,
    /// The phone cannot show it (HEIC on Android): kept and sent as it is; tell the person.
    pub as_it_is: bool,
}

/// Takes a file from camera or gallery in; the bytes are durable when it returns.
pub async fn take(file: web_sys::File, stamp: &Stamp) -> Result<Taken, DeviceError> {
    let _ = (file, stamp);
    unimplemented!()
}

/// A URL for `<img src>` of a photo that this phone holds or has seen: full bytes when `full`, else the thumbnail.
/// None where it is not at hand offline.
pub async fn url(hash: &PhotoHash, full: bool) -> Result<Option<String>, DeviceError> {
    let _ = (hash, full);
    unimplemented!()
}
