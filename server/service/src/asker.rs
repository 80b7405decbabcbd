//! Who asks at the desk.
//!
//! One value, made once for a request and given to every use case of it: the use case asks it for the right, and takes from it
//! whose name stands in 操作记录. Where in the office they may, each use case asks of the record.

use crate::error::Error;
use domain::{
    audit::{Author, Origin},
    role::{Action, Actor},
    text::Lang,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    pub actor: Actor,
    /// From where, for 操作记录.
    pub origin: Origin,
    /// For the words of what is wrong.
    pub lang: Lang,
    /// The session in which they are, which a new password of their own does not end.
    pub session: Option<i64>,
    /// The password was typed lately: what weighs may be done.
    pub confirmed: bool,
}

impl Asker {
    /// [`Error::NotAllowed`] unless the role may do it at all.
    pub fn allow(&self, action: Action) -> Result<(), Error> {
        if self.actor.may_do(action) { Ok(()) } else { Err(Error::NotAllowed) }
    }

    /// [`Error::Confirm`] unless the password was typed lately; before what touches the safety of accounts.
    pub fn confirmed(&self) -> Result<(), Error> {
        if self.confirmed { Ok(()) } else { Err(Error::Confirm) }
    }

    /// For whatever writes an entry.
    pub fn author(&self) -> Author {
        Author { by: (&self.actor).into(), origin: self.origin.clone() }
    }
}
