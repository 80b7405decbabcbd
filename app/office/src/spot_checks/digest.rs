//! A hash in few digits.

use domain::draw::Digest;

/// The beginning and the end, as people compare them; the whole of it stands where one points at it.
pub fn short_digest(digest: &Digest) -> String {
    let text = digest.to_string();
    let part = |from: usize| text.get(from..from + 4).unwrap_or_default();
    format!("{} {} {} … {} {}", part(0), part(4), part(8), part(56), part(60))
}
