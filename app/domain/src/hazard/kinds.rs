//! # The two tables of the closed loop
//!
//! [`HazardCommandKind`]: what a person may ask for, who may, and what has to be filled in. [`HazardEventKind`]: what may
//! happen to a hazard, whose wish it answers, and to which status it moves it. Forms, buttons, the timeline's marks, the
//! stored words and the time since when a hazard has its status all follow from here; the words for people are matched
//! over these kinds in the message catalogues, so that a kind without words does not compile.

/// An enum without fields, from a table: each row is a variant, its word, and what is known of it.
macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident: $row:ident {
        $($(#[$line:meta])* $variant:ident = $word:literal { $($column:ident: $value:expr),+ $(,)? })+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$line])* $variant,)+
        }

        impl $name {
            /// In the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// On the wire, in forms and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// None: of a later version.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
            }

            pub const fn row(self) -> &'static $row {
                match self {
                    $(Self::$variant => {
                        const ROW: &$row = &$row { $($column: $value),+ };
                        ROW
                    })+
                }
            }
        }
    };
}

mod command;
mod event;
mod field;

pub use command::{CommandRow, HazardCommandKind, Offered};
pub use event::{EventRow, HazardEventKind};
pub use field::{Asks, CommandField, Control};
