//! The page that a device lives in: whether it is seen, touched and online, and what its browser says of itself.

use crate::DeviceError;
use domain::place::Location;

/// What happens to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageEvent {
    /// The browser believes that there is a network again.
    Online,
    Offline,
    /// The service worker was woken because there is a network again.
    Woken,
    /// It came into view.
    Seen,
    /// It went out of view.
    Hidden,
    /// It came back whole, as it was left.
    Shown,
    /// By a finger or a key.
    Touched,
}

/// Room on the phone, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    pub used: u64,
    pub free: u64,
    /// The browser has promised not to clear it.
    pub persistent: bool,
}

impl Space {
    /// Below this a photo may be lost: say so before it is taken.
    pub const LOW: u64 = 200 * 1024 * 1024;
}

/// What a phone lacks to be relied on without signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Nothing can keep the program: told apart because the cure differs.
    Worker {
        https: bool,
    },
    /// The browser would not take the worker in.
    Refused,
    /// It took it in and has not got everything.
    NotWhole,
    Storage(DeviceError),
}

pub trait Page {
    fn is_online(&self) -> bool;

    /// Hears what happens, for as long as the page lives.
    fn listen(&self, hear: impl Fn(PageEvent) + Clone + 'static);

    /// Asks the browser to tell when signal is back, also while the page sleeps; few browsers can.
    fn ask_to_be_woken(&self) -> impl Future<Output = ()>;

    /// Whether the program is kept whole, so that it opens without signal: true when it is, false while it is on its way.
    fn keeps_program(&self) -> impl Future<Output = Result<bool, Lack>>;

    /// None where the browser does not tell.
    fn space(&self) -> impl Future<Output = Option<Space>>;

    /// Asks the browser to keep the data for good; some ask the person.
    fn ask_to_persist(&self) -> impl Future<Output = bool>;

    /// Where the phone is; none where it is refused, unknown, or takes longer than eight seconds.
    fn locate(&self) -> impl Future<Output = Option<Location>>;

    /// Kind of system and browser.
    fn device_name(&self) -> String;
}
