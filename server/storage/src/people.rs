//! 人员: people with accounts.

use crate::Result;
use async_trait::async_trait;
use domain::{
    id::{OfficeId, PersonId},
    person::{Person, PersonFilter, PersonPage},
    place::PlaceId,
};
use std::fmt;
use tokio::sync::mpsc;

/// An account as sign-in needs it.
#[derive(Clone)]
pub struct Account {
    pub office: OfficeId,
    pub person: Person,
    /// PHC string of argon2id.
    pub password_hash: String,
    /// A second factor is in force.
    pub has_factor: bool,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("person", &self.person.id).finish_non_exhaustive()
    }
}

/// Who there is, and who signs in.
#[async_trait]
pub trait ReadPeople: Send + Sync {
    async fn account(&self, username: &str) -> Result<Option<Account>>;
    /// Everybody.
    async fn people(&self, office: OfficeId) -> Result<Vec<Person>>;
    async fn people_page(&self, office: OfficeId, filter: &PersonFilter) -> Result<PersonPage>;
    /// All whom the filter finds, at most `most`, as of one moment; how many of them could not be read.
    async fn send_people(
        &self,
        office: OfficeId,
        filter: &PersonFilter,
        most: u32,
        to: mpsc::Sender<Person>,
    ) -> Result<u32>;
}

/// Keeping the accounts.
#[async_trait]
pub trait WritePeople: Send {
    async fn people(&mut self, office: OfficeId) -> Result<Vec<Person>>;
    /// Everybody who walks the grid, answers for the community or belongs to the department.
    async fn people_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Person>>;
    /// [`Taken`](crate::StoreError::Taken) where the username is another's. The password stays where none is given. An
    /// account that is disabled or has a new password loses its sessions.
    async fn put_person(
        &mut self,
        office: OfficeId,
        person: &Person,
        password_hash: Option<&str>,
    ) -> Result<()>;
    /// Sets a known account's password; `due` where an administrator chose it. Ends all sessions but one.
    async fn put_password(
        &mut self,
        person: PersonId,
        password_hash: &str,
        due: bool,
        but: Option<i64>,
    ) -> Result<()>;
}
