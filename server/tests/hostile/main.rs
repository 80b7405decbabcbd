//! What somebody sends who means harm, and what it may cost: everything is answered, nothing is kept, others do not notice.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

#[expect(dead_code, reason = "the office can do more than is attacked here")]
#[path = "../api/office.rs"]
mod office;
mod pictures;
#[expect(dead_code, reason = "the program can do more than is attacked here")]
#[path = "../support/process.rs"]
mod process;
#[expect(dead_code, reason = "no bucket is needed here")]
#[path = "../support/s3.rs"]
mod s3;
