//! What is typed into the phone's searches, compared as the desk compares it: see [`domain::search`]. The browser undoes
//! Unicode's compatibility forms, so that the program need not carry their table.

use domain::search::{Query, fold};

pub fn sought(words: &str) -> Query {
    Query::new(&normal(words))
}

/// A text of this phone's own to be looked through.
pub fn folded(text: &str) -> String {
    fold(&normal(text))
}

fn normal(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}
