//! Signing in and out on the desk. The cookie is the server's business: it sets and clears it itself.

use crate::error::Fault;
use async_trait::async_trait;
use domain::sync::SignedIn;
use std::sync::Arc;

/// The context type of a request's sessions.
pub type SharedSessions = Arc<dyn Sessions>;

#[async_trait]
pub trait Sessions: Send + Sync {
    /// Sets the session's cookie on the response. [`Fault::SignIn`] where name and password do not fit,
    /// [`Fault::Busy`] after too many tries, [`Fault::NotAllowed`] where the account is switched off.
    async fn sign_in(&self, username: &str, password: &str) -> Result<SignedIn, Fault>;

    /// Ends the session of this request and clears its cookie. Without a session it does nothing.
    async fn sign_out(&self) -> Result<(), Fault>;
}
