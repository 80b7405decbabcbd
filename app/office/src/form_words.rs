//! Forms in words. They are made on the server, in the reader's language: the desk's program shows lines and knows nothing of
//! forms and expressions, so that it does not carry them.

pub mod answer;
pub mod basis;
pub mod condition;
pub mod kind;
pub mod picture;
mod said;
