//! What is sent or stored keeps its shape: phones come back after a month, and databases stay for years.
//!
//! Each shape has a snapshot, and reads back as it was written. Examples stand in [`every!`], so that a variant without one
//! does not compile. Where a snapshot changes, what earlier versions wrote is still out there: it lies in `v1` and its
//! successors, which only ever grow, and [`old`] reads all of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use serde::{Serialize, de::DeserializeOwned};

/// Examples of every variant. One that is forgotten does not compile; one that stands at another variant is found out.
macro_rules! every {
    ($kind:ty { $($variant:pat => [$($example:expr),+ $(,)?],)+ }) => {{
        fn is_known(example: &$kind) {
            match example {
                $($variant => {})+
            }
        }
        let examples: Vec<$kind> =
            vec![$($($crate::placed($example, |example: &$kind| matches!(example, $variant)),)+)+];
        examples.iter().for_each(is_known);
        examples
    }};
}

/// The same, of variants that hold nothing.
macro_rules! words {
    ($kind:ident { $($word:ident),+ $(,)? }) => {
        every!($kind { $($kind::$word => [$kind::$word],)+ })
    };
}

mod drafts;
mod draws;
mod expressions;
mod forms;
mod kept;
mod law;
mod old;
mod public_reports;
mod replies;
mod sent;
mod spot_checks;
mod stored;
mod values;
mod visits;
mod words;
mod work;

#[track_caller]
fn placed<T>(example: T, is_of: impl Fn(&T) -> bool) -> T {
    assert!(is_of(&example), "an example stands at another variant than its own");
    example
}

/// The shape is as it was reviewed, and what is written is read as it was.
#[track_caller]
fn stays<T: Serialize + DeserializeOwned + PartialEq>(name: &str, examples: &[T]) {
    for example in examples {
        let text = serde_json::to_string(example).unwrap();
        let read: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert!(read == *example, "read as something else: {text}");
    }
    insta::assert_json_snapshot!(name, examples);
}
