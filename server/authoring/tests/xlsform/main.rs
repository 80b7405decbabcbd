//! Forms as workbooks: what comes in, what is refused and in which words, and what goes out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod broken;
mod drawn;
mod import;
mod others;
mod pictures;
mod round_trip;
mod sheets;
mod support;
mod supported;
