//! A page that is what it is told to be.

use crate::platform::{Lack, Page, PageEvent, Space};
use domain::place::Location;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

#[derive(Clone, Default)]
pub struct MemoryPage(Rc<Inner>);

/// What is told of the page.
type Listener = Rc<dyn Fn(PageEvent)>;

struct Inner {
    online: Cell<bool>,
    space: Cell<Option<Space>>,
    location: Cell<Option<Location>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Default for Inner {
    fn default() -> Self {
        let space = Space { used: 0, free: 1 << 30, persistent: true };
        Self {
            online: Cell::new(true),
            space: Cell::new(Some(space)),
            location: Cell::default(),
            listeners: RefCell::default(),
        }
    }
}

impl MemoryPage {
    /// Something happens to it.
    pub fn happen(&self, event: PageEvent) {
        match event {
            PageEvent::Online => self.0.online.set(true),
            PageEvent::Offline => self.0.online.set(false),
            PageEvent::Woken
            | PageEvent::Seen
            | PageEvent::Hidden
            | PageEvent::Shown
            | PageEvent::Touched => {}
        }
        let listeners = self.0.listeners.borrow().clone();
        listeners.iter().for_each(|listener| listener(event));
    }

    pub fn set_space(&self, space: Option<Space>) {
        self.0.space.set(space);
    }

    pub fn set_location(&self, location: Option<Location>) {
        self.0.location.set(location);
    }
}

impl Page for MemoryPage {
    fn is_online(&self) -> bool {
        self.0.online.get()
    }

    fn listen(&self, hear: impl Fn(PageEvent) + Clone + 'static) {
        self.0.listeners.borrow_mut().push(Rc::new(hear));
    }

    async fn ask_to_be_woken(&self) {}

    async fn keeps_program(&self) -> Result<bool, Lack> {
        Ok(true)
    }

    async fn space(&self) -> Option<Space> {
        self.0.space.get()
    }

    async fn ask_to_persist(&self) -> bool {
        self.0.space.get().is_some_and(|space| space.persistent)
    }

    async fn locate(&self) -> Option<Location> {
        self.0.location.get()
    }

    fn device_name(&self) -> String {
        "memory".to_owned()
    }
}
