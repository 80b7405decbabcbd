//! Who is signed in, and what it takes.

use crate::role::Actor;
use serde::{Deserialize, Serialize};

/// Who is signed in, as the phone keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    pub actor: Actor,
    pub office: String,
    #[serde(default)]
    pub demo: bool,
    /// What has to be done before anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// What somebody who is signed in has to do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// An administrator chose the password.
    Password,
    /// The office wants a second factor and there is none yet.
    SecondFactor,
}

/// The password that one has, and the one that one wants.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    pub old: String,
    pub new: String,
}

/// A sign-in by the device API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    pub username: String,
    pub password: String,
    /// What the person sees in the list of their devices.
    #[serde(default)]
    pub device_name: String,
}
