//! Parts that screens of the phone and of the desk share, one to a file.

pub mod badge;
pub mod dialog;
pub mod due_sign;
pub mod icon;
pub mod map_background;
pub mod map_board;
pub mod map_list;
pub mod map_sheet;
pub mod photo_findings;
pub mod risk_sign;
