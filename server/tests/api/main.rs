//! The device API as phones meet it: over HTTP, on a real store and a real folder.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod accounts;
mod announcements;
mod asker;
mod audit;
mod base_versions;
mod demonstration;
mod desk;
mod evidence;
mod exports;
mod first_run;
mod growth;
mod imports;
mod integrity;
mod jobs;
mod lock_out;
mod log;
mod machine;
mod migrations;
#[expect(dead_code, reason = "only a bench opens an office again")]
mod office;
mod one_service;
mod pages;
mod papers;
mod parties;
mod photo_access;
mod photos;
mod places;
mod pull;
mod quarantine;
mod quotas;
mod real_photos;
mod rebuild;
mod receipts;
mod roles;
mod search;
mod second_factor;
mod sessions;
mod shapes;
mod sign_in;
mod sync;
mod upkeep;
mod uploads;
mod visits;
mod watched;
mod who_may;
