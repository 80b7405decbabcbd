//! Signing in and out on the desk. The cookie is the server's business: it sets and clears it itself.

use crate::error::AppError;
use async_trait::async_trait;
use domain::sync::SignedIn;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The context type of a request's sessions.
pub type SharedSessions = Arc<dyn Sessions>;

/// What a right password leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    In(SignedIn),
    /// To the page that asks for the second factor.
    SecondFactor,
}

#[async_trait]
pub trait Sessions: Send + Sync {
    /// Sets the session's cookie on the response. [`AppError::SignIn`] where name and password do not fit, or the account is
    /// switched off, which nobody is told; [`AppError::Busy`] after too many tries.
    async fn sign_in(&self, username: &str, password: &str) -> Result<Entered, AppError>;

    /// A code of the second factor, or a recovery code, after the password.
    async fn second_factor(&self, code: &str) -> Result<SignedIn, AppError>;

    /// Ends the session of this request and clears its cookie. Without a session it does nothing.
    async fn sign_out(&self) -> Result<(), AppError>;
}

/// How it stands with one's second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    Off,
    /// Begun: the app is to take it in.
    Begun {
        /// `otpauth://…`
        uri: String,
        /// Its secret, to be typed.
        secret: String,
        /// The address as a picture, SVG.
        picture: String,
    },
    On {
        /// The office wants it, so that it stays.
        asked: bool,
    },
}
