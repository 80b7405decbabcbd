//! Pages for people without an account.
