//! How much of what changed a phone asks for at once.
//!
//! A fresh phone has thousands of records to fetch. On a good line few large pages are the fastest; on a poor one a page
//! that does not come through in time is fetched again and again. So the page grows while pages come quickly, and shrinks
//! when one is slow or does not come.

use crate::sync::LARGEST_PAGE;

/// In bytes, on a line of unknown speed.
pub const PAGE: u32 = 512 * 1024;

/// On a line where hardly anything comes through: some hundred records, 20 KB once they are compressed.
const SMALLEST_PAGE: u32 = 128 * 1024;

/// The next page's size, when a full one took so long or did not arrive.
pub fn next_page(bytes: u32, milliseconds: Option<u64>) -> u32 {
    match milliseconds {
        Some(..4_000) => bytes.saturating_mul(2).min(LARGEST_PAGE),
        Some(..15_000) => bytes,
        None | Some(_) => (bytes / 2).max(SMALLEST_PAGE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_grow_on_a_good_line_and_shrink_on_a_poor_one_within_bounds() {
        let run = |milliseconds: Option<u64>| {
            let mut pages = vec![PAGE];
            for _ in 0..4 {
                pages.push(next_page(pages[pages.len() - 1], milliseconds));
            }
            pages.into_iter().map(|bytes| bytes / 1024).collect::<Vec<_>>()
        };
        assert_eq!(run(Some(900)), [512, 1024, 2048, 2048, 2048]);
        assert_eq!(run(Some(9_000)), [512; 5]);
        assert_eq!(run(Some(40_000)), [512, 256, 128, 128, 128]);
        assert_eq!(run(None), [512, 256, 128, 128, 128]);
    }
}
