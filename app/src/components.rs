//! Parts that several screens share, one to a file.

pub mod badge;
pub mod bars;
pub mod chart;
pub mod choices;
pub mod conflict;
pub mod dialog;
pub mod document_title;
pub mod due_sign;
pub mod fault;
pub mod field;
pub mod filter_chips;
pub mod icon;
pub mod pagination;
pub mod photo_findings;
pub mod photo_pair;
pub mod risk_sign;
