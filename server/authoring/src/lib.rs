//! # How forms are written
//!
//! A phone carries forms as data. What authors write, in the catalogue, in a workbook and at the desk, is read here, and
//! written again.

pub mod catalogue;
pub mod expression;
pub mod faults;
mod words;
pub mod xlsform;
