//! (the demonstration)
use crate::state::AppState;
use std::net::SocketAddr;
pub struct Accounts;
impl Accounts {
    pub fn banner(&self, _: SocketAddr) -> String {
        String::new()
    }
}
pub async fn prepare(_: &AppState) -> anyhow::Result<Accounts> {
    Ok(Accounts)
}
