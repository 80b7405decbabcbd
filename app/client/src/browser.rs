//! # What a device stands on in a browser
//!
//! IndexedDB, `fetch`, local storage and cookies, Web Crypto, Web Locks and a broadcast channel, the page and its service
//! worker, a worker that makes pictures. All that touches the browser stands here; and what only makes sense in one, as
//! addresses for `<img>` and files to be saved.

pub mod band;
pub mod bundle;
pub mod camera;
pub mod canvas;
pub mod images;
pub mod panics;
pub mod pictures;
pub mod push;
pub mod scanner;
pub mod updates;

mod blobs;
mod crypto;
mod js;
mod location;
mod network;
mod page;
mod runtime;
mod settings;
mod storage;
mod tabs;
mod worker;

pub use crypto::WebCrypto;
pub use network::Fetch;
pub use page::BrowserPage;
pub use runtime::BrowserRuntime;
pub use settings::LocalSettings;
pub use storage::{IndexedDb, OpenDatabase, OpenTransaction};
pub use tabs::BrowserTabs;

use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Document, Window};

/// Everything that a device needs of a browser.
pub struct Host {
    pub crypto: WebCrypto,
    pub network: Fetch,
    pub page: BrowserPage,
    pub runtime: BrowserRuntime,
    pub settings: LocalSettings,
    pub storage: IndexedDb,
    pub tabs: BrowserTabs,
}

impl Host {
    /// What is kept under one name is another device than what is kept under the next.
    pub fn new(name: &str) -> Self {
        Self {
            crypto: WebCrypto,
            network: Fetch,
            page: BrowserPage::default(),
            runtime: BrowserRuntime,
            settings: LocalSettings::new(name),
            storage: IndexedDb::new(name),
            tabs: BrowserTabs::new(name),
        }
    }
}

/// Programs of a page have one, and so does whatever is mounted on it.
fn window() -> Window {
    web_sys::window().unwrap_throw()
}

fn document() -> Document {
    window().document().unwrap_throw()
}
