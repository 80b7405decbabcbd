//! # What is done to the office's own records
//!
//! One way in for the desk's forms, for lists that are taken in and for the command line: the rules stand here, and every
//! change is written together with its entry in 操作记录. What is taken out as a file goes through here too.

pub mod export;
pub mod factor;
pub mod import;
pub mod jobs;
pub mod own;
pub mod password;
pub mod people;
pub mod places;
pub mod set_up;
pub mod sites;
