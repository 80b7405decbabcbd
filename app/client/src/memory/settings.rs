//! Short texts and cookies.

use crate::platform::Settings;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

#[derive(Clone, Default)]
pub struct MemorySettings(Rc<Inner>);

#[derive(Default)]
struct Inner {
    refuses: Cell<bool>,
    texts: RefCell<BTreeMap<String, String>>,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl MemorySettings {
    /// As a private window does.
    pub fn refuse(&self, refuses: bool) {
        self.0.refuses.set(refuses);
    }

    /// As whoever finds the phone can read them.
    pub fn texts(&self) -> BTreeMap<String, String> {
        self.0.texts.borrow().clone()
    }
}

impl Settings for MemorySettings {
    fn get(&self, key: &str) -> Option<String> {
        self.0.texts.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, value: &str) -> bool {
        if self.0.refuses.get() {
            return false;
        }
        self.0.texts.borrow_mut().insert(key.to_owned(), value.to_owned());
        true
    }

    fn remove(&self, key: &str) {
        self.0.texts.borrow_mut().remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.0.texts.borrow().keys().cloned().collect()
    }

    fn set_cookie(&self, name: &str, value: &str, _path: &str, seconds: u32) {
        let mut cookies = self.0.cookies.borrow_mut();
        if seconds == 0 {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    fn has_cookie(&self, name: &str, value: &str) -> bool {
        self.0.cookies.borrow().get(name).is_some_and(|known| known == value)
    }
}
