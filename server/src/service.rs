//! # What is done to the office's own records
//!
//! One way in for the desk's forms, for lists that are taken in and for the command line: the rules stand here, and every
//! change is written together with its entry in 操作记录. What is done to hazards stands in their own logs ([`hazards`]); phones
//! come in by the same way. What is taken out as a file goes through here too ([`export`]).

pub mod changes;
pub mod export;
pub mod factor;
pub mod hazards;
pub mod import;
pub mod jobs;
pub mod own;
pub mod password;
pub mod people;
pub mod places;
pub mod set_up;
pub mod sites;
