//! Use cases by themselves: on a SQLite of the test's own, without HTTP and without a page.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod desk;
mod form_picture_bytes;
mod form_pictures;
mod forms;
mod office;
mod parties;
mod phone;
mod sign_in;
mod visits;
