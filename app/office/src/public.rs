//! Pages for people without an account.

pub mod home;
pub mod not_found;
