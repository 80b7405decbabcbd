//! What can go wrong on the phone. What the person is told of it is the screens' to say.

use domain::{device::Unwritable, limits::OverLimit, photo::NotAPhoto};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeviceError {
    /// No room: nothing was saved, what was there before still is.
    #[error("storage is full")]
    StorageFull,
    /// The browser took the database away and would not give it back.
    #[error("storage is closed: {0}")]
    StorageClosed(String),
    /// The browser has a database that does not answer.
    #[error("storage does not answer")]
    StorageSilent,
    /// The browser refuses local storage, so that a sign-in cannot be remembered.
    #[error("no local storage")]
    NoLocalStorage,
    /// This browser keeps nothing (a private window).
    #[error("storage is not available")]
    CannotKeep,
    /// What is private cannot be read before the person unlocks the phone.
    #[error("locked")]
    Locked,
    #[error("the PIN is wrong")]
    WrongPin,
    /// The browser offers no cryptography: a page without https.
    #[error("no cryptography")]
    NoCrypto,
    #[error("not a file of unsent work")]
    NotABundle,
    #[error("another person's unsent work")]
    SomebodyElses,
    /// A newer app wrote the data.
    #[error("data of a newer version")]
    NewerData,
    /// It is here, and only a newer app can show it.
    #[error("a record of a newer version")]
    NewerRecord,
    /// Another tab submitted or discarded the draft, or has stored in it what this one has not shown.
    #[error("changed in another tab")]
    ChangedElsewhere,
    #[error("a deadline passed long ago")]
    DeadlinesGone,
    #[error("not a readable photo")]
    PhotoUnreadable,
    #[error(transparent)]
    NotAPhoto(#[from] NotAPhoto),
    /// A phone short of memory, as a rule.
    #[error("the photo could not be made")]
    PhotoNotMade,
    /// The person or the browser does not let this page use the camera.
    #[error("the camera is refused")]
    CameraRefused,
    /// None there, or another app has it.
    #[error("no camera")]
    NoCamera,
    #[error("photo of {0} bytes is too large")]
    PhotoTooLarge(u64),
    /// No answer from the server.
    #[error("no answer")]
    Offline,
    #[error("account or password is wrong")]
    WrongPassword,
    #[error("too many tries")]
    TooManyTries,
    #[error("the server answered {0}")]
    Server(u16),
    /// Something that was written is longer than anybody takes.
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    /// A record that cannot be read back: a bug.
    #[error("unreadable record: {0}")]
    Unreadable(String),
    /// Something that cannot be said in JSON: a bug. Nothing was saved, what was there before still is.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

impl DeviceError {
    /// For the log, which holds nothing of what records say.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::StorageFull => "storage_full",
            Self::StorageClosed(_) => "storage_closed",
            Self::StorageSilent => "storage_silent",
            Self::NoLocalStorage => "no_local_storage",
            Self::CannotKeep => "cannot_keep",
            Self::Locked => "locked",
            Self::WrongPin => "wrong_pin",
            Self::NoCrypto => "no_crypto",
            Self::NotABundle => "not_a_bundle",
            Self::SomebodyElses => "somebody_elses",
            Self::NewerData => "newer_data",
            Self::NewerRecord => "newer_record",
            Self::ChangedElsewhere => "changed_elsewhere",
            Self::DeadlinesGone => "deadlines_gone",
            Self::PhotoUnreadable => "photo_unreadable",
            Self::NotAPhoto(_) => "not_a_photo",
            Self::PhotoNotMade => "photo_not_made",
            Self::PhotoTooLarge(_) => "photo_too_large",
            Self::CameraRefused => "camera_refused",
            Self::NoCamera => "no_camera",
            Self::Offline => "offline",
            Self::WrongPassword => "wrong_password",
            Self::TooManyTries => "too_many_tries",
            Self::Server(_) => "server",
            Self::OverLimit(_) => "over_limit",
            Self::Unreadable(_) => "unreadable",
            Self::Unwritable(_) => "unwritable",
        }
    }
}
