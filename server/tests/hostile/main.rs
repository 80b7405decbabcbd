//! What somebody sends who means harm, or whose program is broken: bodies, texts, names, paths, files. One file per kind of
//! input; each says what must be answered, and that the server answers others meanwhile.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod bodies;
mod cookies;
mod flood;
mod marks;
mod markup;
#[expect(dead_code, reason = "the office can do more than is attacked here")]
#[path = "../api/office.rs"]
mod office;
mod pages;
mod paths;
mod pictures;
#[expect(dead_code, reason = "nothing is broken here")]
#[path = "../support/process.rs"]
mod process;
mod public_reports;
mod rules;
mod scopes;
mod sealed;
mod served;
mod texts;
mod waits;
mod workbooks;
