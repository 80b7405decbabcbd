//! Tabs that speak to each other, one of which leads.

use crate::platform::Tabs;
use futures::lock::{Mutex, OwnedMutexGuard};
use std::{
    cell::RefCell,
    rc::{Rc, Weak},
    sync::Arc,
};

type Listener = Rc<dyn Fn(&str)>;

/// Clones are the same tab.
#[derive(Clone, Default)]
pub struct MemoryTabs(Rc<Tab>);

#[derive(Default)]
struct Tab {
    all: Rc<RefCell<Vec<Weak<Tab>>>>,
    listeners: RefCell<Vec<Listener>>,
    leading: Arc<Mutex<()>>,
    /// Held by the one that leads.
    lead: RefCell<Option<OwnedMutexGuard<()>>>,
}

impl MemoryTabs {
    pub(super) fn another(&self) -> Self {
        let (all, leading) = (self.0.all.clone(), self.0.leading.clone());
        Self(Rc::new(Tab { all, leading, ..Tab::default() }))
    }

    /// Another one may lead.
    pub(super) fn close(&self) {
        self.0.listeners.take();
        self.0.lead.take();
    }
}

impl Tabs for MemoryTabs {
    fn tell(&self, word: &str) {
        let all = self.0.all.borrow().clone();
        let others = all.iter().filter_map(Weak::upgrade).filter(|tab| !Rc::ptr_eq(tab, &self.0));
        for tab in others {
            let listeners = tab.listeners.borrow().clone();
            listeners.iter().for_each(|listener| listener(word));
        }
    }

    fn listen(&self, hear: impl Fn(&str) + 'static) {
        self.0.listeners.borrow_mut().push(Rc::new(hear));
        self.0.all.borrow_mut().push(Rc::downgrade(&self.0));
    }

    async fn lead(&self) {
        let lead = self.0.leading.clone().lock_owned().await;
        self.0.lead.replace(Some(lead));
    }
}
