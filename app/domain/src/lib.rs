//! # The trade, without I/O
//!
//! Everything that phone and server must agree on stands here once: what a form asks, what an answer means,
//! how a hazard lives and dies, who may do what, and what travels between device and office. Nothing here reads
//! a clock, draws a number or touches a disk; time and chance are arguments.
//!
//! A newcomer's path: [`form`] → [`visit`] → [`hazard`] → [`sync`] → [`device`].
//!
//! Clause ids such as `A4-017` point into the sub-district's three-year plan, the source of the rules.

pub mod attachment;
pub mod audience;
pub mod audit;
pub mod campaign;
pub mod code;
pub mod datum;
pub mod device;
pub mod diagnostics;
pub mod draw;
pub mod due;
pub mod expression;
pub mod fen;
pub mod figure;
pub mod file;
pub mod form;
pub mod hazard;
pub mod id;
pub mod import;
pub mod ink;
pub mod inspection;
pub mod integrity;
pub mod job;
pub mod json;
pub mod law;
pub mod ledger;
pub mod limits;
pub mod list;
pub mod map;
pub mod notice;
pub mod order;
pub mod overview;
pub mod party;
pub mod password;
pub mod patrol;
pub mod permission;
pub mod person;
pub mod photo;
pub mod place;
pub mod public_report;
pub mod quarantine;
pub mod quick_report;
pub mod quota;
pub mod receipt;
pub mod risk;
pub mod role;
pub mod schedule;
pub mod search;
pub mod sector;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod severity;
pub mod site;
pub mod spot_check;
pub mod sync;
pub mod task;
pub mod text;
pub mod time;
pub mod totp;
mod tries;
pub mod visit;
pub mod window;
