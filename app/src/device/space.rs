//! Room on the phone.

/// Bytes.
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

/// None where the browser does not tell.
pub async fn measure() -> Option<Space> {
    unimplemented!()
}

/// Asks the browser to keep the data for good; some ask the person.
pub async fn ask_to_persist() -> bool {
    unimplemented!()
}
