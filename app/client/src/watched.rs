//! A value that others watch: how the line stands, whether the phone is locked.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// What is told of a new value.
type Watcher<T> = Rc<dyn Fn(&T)>;

/// Clones are the same value.
pub struct Watched<T>(Rc<Inner<T>>);

struct Inner<T> {
    value: RefCell<T>,
    /// How many set it, one within the other: a watcher may set it anew.
    revision: Cell<u64>,
    watchers: RefCell<Vec<Watcher<T>>>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Clone + PartialEq> Watched<T> {
    pub fn new(value: T) -> Self {
        let (revision, watchers) = (Cell::new(0), RefCell::default());
        Self(Rc::new(Inner { value: RefCell::new(value), revision, watchers }))
    }

    pub fn get(&self) -> T {
        self.0.value.borrow().clone()
    }

    /// Told of each new value, for as long as the value itself lives.
    pub fn watch(&self, watcher: impl Fn(&T) + 'static) {
        self.0.watchers.borrow_mut().push(Rc::new(watcher));
    }

    /// Nobody is told where it is the same as before.
    pub fn set(&self, value: T) {
        if *self.0.value.borrow() == value {
            return;
        }
        *self.0.value.borrow_mut() = value.clone();
        self.0.revision.set(self.0.revision.get() + 1);
        let mine = self.0.revision.get();
        let watchers = self.0.watchers.borrow().clone();
        for watcher in watchers {
            // One of them has set it anew, and all were told of that.
            if self.0.revision.get() != mine {
                return;
            }
            watcher(&value);
        }
    }

    pub fn update(&self, change: impl FnOnce(&mut T)) {
        let mut value = self.get();
        change(&mut value);
        self.set(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watchers_are_told_of_what_is_new_and_of_the_newest_last() {
        let (watched, told) = (Watched::new(1), Rc::new(RefCell::new(vec![])));
        let again = watched.clone();
        watched.watch(move |value| {
            if *value == 2 {
                again.set(3);
            }
        });
        let telling = told.clone();
        watched.watch(move |value| telling.borrow_mut().push(*value));
        watched.set(1);
        assert!(told.borrow().is_empty(), "nothing is new");
        watched.set(2);
        assert_eq!((watched.get(), told.borrow().as_slice()), (3, [3].as_slice()));
        watched.update(|value| *value += 1);
        assert_eq!(*told.borrow(), [3, 4]);
    }
}
