//! 登录: where people are signed in.

use crate::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::PersonId,
    permission::Permissions,
    person::Person,
    place::{Department, Grid, Office},
};
use std::fmt;

/// SHA-256 of a session's token or another secret that only its holder has; the secret itself is never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

/// What a session was made for; it opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The phone's: the device API.
    Field,
    /// The desk's: rendered pages and what they ask.
    Desk,
    /// The password was right and the desk still waits for the second factor.
    SecondFactor,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Desk => "desk",
            Self::SecondFactor => "second_factor",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Field, Self::Desk, Self::SecondFactor].into_iter().find(|known| known.as_str() == word)
    }
}

#[derive(Debug, Clone)]
pub struct NewSession {
    pub token: TokenHash,
    /// Of what the phone itself holds, and may forget without signal.
    pub half: Option<TokenHash>,
    pub person: PersonId,
    pub purpose: Purpose,
    pub device_name: String,
    pub now: DateTime<Utc>,
    /// Unless it is used before.
    pub expires: DateTime<Utc>,
    /// However much it is used.
    pub ends: DateTime<Utc>,
}

/// A session that has not expired, of an account that is not disabled.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: i64,
    /// The beginning of the token's hash: tells sessions apart wherever their records are copied to, and opens none.
    pub mark: String,
    pub half: Option<TokenHash>,
    pub purpose: Purpose,
    pub office: Office,
    pub person: Person,
    /// An administrator chose the password: it is changed before anything else is done.
    pub password_due: bool,
    /// The office wants a second factor of those who answer for all of it.
    pub asks_factor: bool,
    pub has_factor: bool,
    /// The person's own department.
    pub department: Option<Department>,
    /// The grids of a community officer's communities.
    pub community_grids: Vec<Grid>,
    /// What the office took away from roles.
    pub permissions: Permissions,
    pub device_name: String,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    /// When the password was last typed in it.
    pub confirmed_at: DateTime<Utc>,
}

/// Sessions that have not ended.
#[async_trait]
pub trait ReadSessions: Send + Sync {
    async fn session(&self, token: &TokenHash, now: DateTime<Utc>) -> Result<Option<Session>>;
    async fn sessions_of(&self, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Session>>;
}

/// Beginning sessions, going on with them, and ending them.
#[async_trait]
pub trait WriteSessions: Send {
    async fn put_session(&mut self, session: &NewSession) -> Result<()>;
    /// The password was typed in it again.
    async fn confirm_session(&mut self, session: i64, now: DateTime<Utc>) -> Result<()>;
    /// Whosever it is; of an unknown token nothing.
    async fn end_token(&mut self, token: &TokenHash) -> Result<()>;
    async fn seen(&mut self, session: i64, now: DateTime<Utc>) -> Result<()>;
    /// Ends one of the person's sessions; anybody else's stays.
    async fn end_session(&mut self, person: PersonId, session: i64) -> Result<()>;
    /// All but one.
    async fn end_sessions_of(&mut self, person: PersonId, but: Option<i64>) -> Result<()>;
}
