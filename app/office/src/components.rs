//! Parts that several of the desk's screens share, one to a file; what the phone has too is the crate `ui`'s.

pub mod bars;
pub mod chart;
pub mod choices;
pub mod conflict;
pub mod document_title;
pub mod error_signal;
pub mod fault;
pub mod field;
pub mod filter_chips;
pub mod options;
pub mod pagination;
pub mod people_field;
pub mod photo_pair;

pub use ui::components::{badge, dialog, due_sign, icon, map_board, photo_findings, risk_sign};
