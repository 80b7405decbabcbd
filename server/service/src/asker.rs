//! Who asks at the desk.

use domain::{audit::Author, role::Actor, text::Lang};

#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    pub actor: &'a Actor,
    /// For 操作记录.
    pub author: &'a Author,
    /// For the words of what is wrong.
    pub lang: Lang,
    /// The session in which they are, which a new password of their own does not end.
    pub session: Option<i64>,
}
