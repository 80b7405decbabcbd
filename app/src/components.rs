//! Parts that several screens share, one to a file.

pub mod icon;
pub mod risk_sign;
