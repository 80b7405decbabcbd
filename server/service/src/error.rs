//! Why a use case did not do what was asked. One type for all of them; whoever called puts it into the words of HTTP, of a
//! page, of the command line or of a job. The variants are parted by who can act.

use crate::{
    blobs::BlobError, budget::NoRoom, export::sheet::SheetError, hazard_commands::Refused,
    import::reading::ReadError, imports::ImportRefusal, password::PasswordError, people::Rule,
    set_up::SetUpRefusal, storage::StoreError,
};
use chrono::{DateTime, Utc};
use domain::{
    attachment::NotAPaper, device::bundle::NotABundle, form::editing::SheetFault, password::Weakness,
    photo::NotAPhoto, place::command::PlaceRejection, settings::SettingsRejection, sync::Reason,
};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Error)]
pub enum Error {
    // Whoever asks: it is not theirs, not there, or to be chosen anew.
    #[error("the role or the place does not allow it")]
    NotAllowed,
    /// It weighs so much that the password is asked for once more.
    #[error("the password has to be typed again first")]
    Confirm,
    #[error("no such record, or out of sight")]
    NotFound,
    /// Something happened that the person did not know of when they chose.
    #[error("changed meanwhile")]
    Changed,
    /// A field is wrong; `reason` is in the person's language.
    #[error("{field}: {reason}")]
    Invalid { field: String, reason: String },
    /// Of a command to a hazard.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Of work that was set aside: what it is about is still not there.
    #[error("it cannot be carried out: {0:?}")]
    NotCarriedOut(Box<Reason>),
    #[error(transparent)]
    Place(#[from] PlaceRejection),
    #[error(transparent)]
    Settings(#[from] SettingsRejection),
    /// Of the account that stands there among those given.
    #[error("account {position}: {rule:?}")]
    Account { position: usize, rule: Rule },
    /// Of a list that is imported.
    #[error(transparent)]
    Import(#[from] ImportRefusal),
    /// Of a form that is written: everything that is wrong with it, in the person's language.
    #[error("{} faults in the form", .0.len())]
    Sheets(Vec<SheetFault>),
    /// Of the first account.
    #[error(transparent)]
    SetUp(#[from] SetUpRefusal),
    #[error("nobody is signed in")]
    NotSignedIn,
    /// Also a code.
    #[error("wrong account or password")]
    WrongCredentials,
    /// Said like [`WrongCredentials`](Self::WrongCredentials), so that nobody learns which accounts there are; another
    /// variant, so that it can be counted.
    #[error("wrong account or password")]
    UnknownAccount,
    /// The new password is not taken; none: it is the old one.
    #[error("weak password: {0:?}")]
    WeakPassword(Option<Weakness>),
    #[error(transparent)]
    NotABundle(#[from] NotABundle),
    #[error("the file is of another office, or of nobody here")]
    OtherOffice,

    // The program that sends: it sends something else, or from elsewhere on.
    #[error("malformed: {0}")]
    Malformed(String),
    #[error("too large")]
    TooLarge,
    /// The photo's facts have not come yet: again later.
    #[error("photo not announced")]
    NotAnnounced,
    #[error("the bytes are not what was announced")]
    HashMismatch,
    #[error(transparent)]
    NotAPhoto(#[from] NotAPhoto),
    #[error(transparent)]
    NotAPaper(#[from] NotAPaper),
    /// Of a piece: the sender asks where to go on.
    #[error("the upload stands elsewhere")]
    OffsetMismatch,
    #[error("no such upload any more")]
    UploadGone,

    // Nobody: again later.
    #[error("too many tries")]
    TooManyTries { after_seconds: u64 },
    /// This person sends faster than anybody walks.
    #[error("too fast")]
    TooFast { after_seconds: u64 },
    /// This person has sent as much today as a day holds.
    #[error("the day's quota is spent")]
    QuotaSpent { after_seconds: u64 },
    /// What is sealed opens at its hour.
    #[error("sealed until {opens_at}")]
    NotYet { opens_at: DateTime<Utc>, after_seconds: u64 },
    /// More bytes at once than may be held: again in a moment.
    #[error("bodies fill their budget")]
    Crowded,
    /// Store or photo folder do not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),

    // Whoever runs the installation: no room for photos, a person must make some.
    #[error("full: {0}")]
    Full(String),

    // Us.
    #[error("bug: {0}")]
    Bug(String),
}

impl Error {
    pub fn invalid(field: &str, reason: impl Into<String>) -> Self {
        Self::Invalid { field: field.to_owned(), reason: reason.into() }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(why) => Self::Unavailable(why),
            StoreError::Corrupt(what) | StoreError::Unreadable(what) => Self::Bug(what),
            StoreError::Taken(what) => Self::Bug(format!("{what} taken")),
        }
    }
}

impl From<BlobError> for Error {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Full(why) => Self::Full(why),
            BlobError::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

impl From<PasswordError> for Error {
    fn from(error: PasswordError) -> Self {
        Self::Bug(error.to_string())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        ImportRefusal::File(error).into()
    }
}

impl From<SheetError> for Error {
    fn from(error: SheetError) -> Self {
        if error.passes() { Self::Unavailable(error.to_string()) } else { Self::Bug(error.to_string()) }
    }
}

impl From<NoRoom> for Error {
    fn from(_: NoRoom) -> Self {
        Self::Crowded
    }
}
