//! One try of something, whatever the server says to it.

use super::{HeadlessPhone, real_now};
use domain::{device::StoreName, photo::PhotoHash};
use serde_json::{Value, json};
use test_support::upload;

impl HeadlessPhone {
    /// What the server says to one try of everything, whatever it is.
    pub async fn sync_once(&self, url: &str) -> reqwest::Response {
        let operations: Vec<Value> = self.kept.all(StoreName::Operations);
        let sent = operations.iter().take(50).collect::<Vec<_>>();
        let body = json!({ "device": self.device, "now": real_now(), "operations": sent, "pull": true });
        let request = self.client.post(format!("{url}/api/v1/sync")).header("cookie", &self.cookie);
        request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
    }

    /// What the server says to whoever only asks what is new.
    pub async fn read_once(&self, url: &str) -> reqwest::Response {
        let body = json!({ "device": self.device, "now": real_now(), "operations": [], "pull": true });
        let request = self.client.post(format!("{url}/api/v1/sync")).header("cookie", &self.cookie);
        request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()
    }

    /// What the server says to one try of the whole photo, whatever it is.
    pub async fn upload_once(&self, url: &str, hash: &PhotoHash) -> reqwest::Response {
        let bytes = self.kept.bytes[hash].clone();
        let request = self.client.post(format!("{url}{}", upload::UPLOADS)).header("cookie", &self.cookie);
        let head = upload::head(hash, bytes.len());
        let request = head.iter().fold(request, |request, (name, value)| request.header(*name, value));
        request.body(bytes).send().await.unwrap()
    }
}
