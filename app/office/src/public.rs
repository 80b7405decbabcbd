//! Pages for people without an account.

pub mod draw;
pub mod home;
pub mod not_found;
