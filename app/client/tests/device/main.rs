//! A phone without a screen, in memory, and the office that it speaks to.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod bundle;
mod campaigns;
mod drafts;
mod drafts_of_forms;
mod engine;
mod form_pictures;
mod forms;
mod heartbeats;
mod inspections;
mod last_answers;
mod lock;
mod notices;
mod office;
mod orders;
mod patrol;
mod photos;
mod quick_reports;
mod records;
mod sign_in;
mod storage;
mod support;
mod tasks;
mod thumbnails;
mod two_tabs;
mod uploads;
