//! # Forms as workbooks

pub mod appearances;
mod book;
pub mod columns;
pub mod fault;
pub mod limits;
mod sheet;
mod table;
pub mod types;

pub use fault::{Fault, Place, Problem};
