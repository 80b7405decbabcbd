//! The device API as phones meet it: over HTTP, on a real store and a real folder.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod accounts;
mod announcements;
mod aside;
mod audit;
mod demonstration;
mod desk;
mod evidence;
mod integrity;
mod jobs;
mod lock_out;
mod machine;
mod migrations;
#[expect(dead_code, reason = "no server is killed here")]
mod office;
mod photos;
#[path = "../support/picture.rs"]
mod picture;
mod quotas;
mod real_photos;
mod receipts;
mod roles;
#[path = "../support/s3.rs"]
mod s3;
mod sessions;
mod shapes;
mod sight;
mod sign_in;
mod sync;
mod upkeep;
mod uploads;
mod who_may;
