//! Parts that screens of the phone and of the desk share, one to a file.

pub mod badge;
pub mod dialog;
pub mod due_sign;
pub mod icon;
pub mod photo_findings;
pub mod risk_sign;
