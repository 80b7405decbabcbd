//! One's own new password. What is wrong with it is the server's to say, in its words.

use super::{Body, Device, Failure, JSON, answered, problem, read, said};
use domain::sync::{NewPassword, SignedIn};

/// Why the password is the old one still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotChanged {
    /// In the person's language.
    Because(String),
    Failure(Failure),
}

pub async fn change_password(device: &Device, wanted: &NewPassword) -> Result<SignedIn, NotChanged> {
    let body = said(wanted).map_err(NotChanged::Failure)?;
    let sent = answered(device, "POST", "/api/v1/password", &[JSON], Some(Body::Text(&body))).await;
    let response = sent.map_err(NotChanged::Failure)?;
    if response.is_success() {
        return read(&response).map_err(NotChanged::Failure);
    }
    let status = response.status;
    Err(match problem(&response) {
        Some(problem) if (400..500).contains(&status) => NotChanged::Because(problem.detail),
        problem => NotChanged::Failure(Failure::of(status, problem.as_ref(), None)),
    })
}
