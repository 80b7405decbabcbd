//! Which implementation of the [platform](crate::platform) this build has: the browser's in WASM, the one in memory everywhere
//! else.

#[cfg(target_arch = "wasm32")]
pub use crate::browser::{
    BrowserPage as Page, BrowserRuntime as Runtime, BrowserTabs as Tabs, Fetch as Network, Host,
    IndexedDb as Storage, LocalSettings as Settings, OpenDatabase as Database,
    OpenTransaction as Transaction, WebCrypto as Crypto,
};
#[cfg(not(target_arch = "wasm32"))]
pub use crate::memory::{
    Host, MemoryCrypto as Crypto, MemoryDatabase as Database, MemoryNetwork as Network, MemoryPage as Page,
    MemoryRuntime as Runtime, MemorySettings as Settings, MemoryStorage as Storage, MemoryTabs as Tabs,
    MemoryTransaction as Transaction,
};
