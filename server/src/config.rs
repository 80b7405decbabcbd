//! How this server is set up: by arguments, else by environment variables, else as it works on a desk.

use clap::Args;
use std::{net::SocketAddr, path::PathBuf};

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Folder of the database and the photos
    #[arg(long, env = "XUNAN_DATA", default_value = "data", global = true)]
    pub data: PathBuf,

    /// Log as JSON, one line an event
    #[arg(long, env = "XUNAN_LOG_JSON", global = true)]
    pub log_json: bool,
}

/// What only a server that listens needs.
#[derive(Debug, Clone, Args)]
pub struct Listening {
    /// Address to listen on
    #[arg(long, env = "XUNAN_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,

    /// Folder of the built pages and programs
    #[arg(long, env = "XUNAN_SITE", default_value = "target/site")]
    pub site: PathBuf,

    /// Believe X-Forwarded-For and X-Forwarded-Proto: only where a proxy of ours sets them
    #[arg(long, env = "XUNAN_TRUSTED_PROXY")]
    pub trusted_proxy: bool,
}

impl Config {
    pub fn database(&self) -> PathBuf {
        self.data.join("xunan.sqlite")
    }

    pub fn photos(&self) -> PathBuf {
        self.data.join("photos")
    }
}
