//! Which list one came from, so that "back" finds it as it was.

use std::cell::RefCell;

const SITES: &str = "/field/sites";

thread_local! {
    static LIST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Called by each list that leads to a site, with its address.
pub fn remember(list: String) {
    LIST.set(Some(list));
}

pub fn path() -> String {
    LIST.with_borrow(|list| list.clone().unwrap_or_else(|| SITES.to_owned()))
}
