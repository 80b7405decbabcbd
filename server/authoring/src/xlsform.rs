//! # Forms as workbooks

mod book;
pub mod fault;
pub mod limits;
mod sheet;

pub use fault::{Fault, Place, Problem};
