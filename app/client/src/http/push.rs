//! Reminders on this phone: what the office is told of its browser. What is wrong with a browser is the server's to say, in its words.

use super::{Body, Device, Failure, JSON, answered, problem, read, said, send};
use domain::notice::{PushKey, PushSubscription};

const PUSH: &str = "/api/v1/push";

/// Why a browser is not reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSubscribed {
    /// In the person's language.
    Because(String),
    Failure(Failure),
}

/// By what the browser knows the office's messages, and whether the office sends any.
pub async fn push_key(device: &Device) -> Result<PushKey, Failure> {
    read(&send(device, "GET", PUSH, &[], None).await?)
}

/// From now on this browser is reminded, for as long as the session lasts. Twice is once.
pub async fn subscribe(device: &Device, subscription: &PushSubscription) -> Result<(), NotSubscribed> {
    let body = said(subscription).map_err(NotSubscribed::Failure)?;
    let sent = answered(device, "PUT", PUSH, &[JSON], Some(Body::Text(&body))).await;
    let response = sent.map_err(NotSubscribed::Failure)?;
    if response.is_success() {
        return Ok(());
    }
    let status = response.status;
    Err(match problem(&response) {
        Some(problem) if status == 422 => NotSubscribed::Because(problem.detail),
        problem => NotSubscribed::Failure(Failure::of(status, problem.as_ref(), None)),
    })
}

/// Nothing reminds this browser any more.
pub async fn unsubscribe(device: &Device) -> Result<(), Failure> {
    send(device, "DELETE", PUSH, &[], None).await.map(drop)
}
