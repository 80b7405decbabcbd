//! What went wrong below, as pages say it. Logged here, once.

use crate::{http::ApiError, storage::StoreError};
use app::{
    error::AppError,
    i18n::{admin, limits, trade},
    server_fns::meanwhile::Meanwhile,
};
use domain::{hazard::Unfounded, text::Lang};
use service::{Error, hazard_commands::Refused, places};

pub(super) fn store(error: StoreError) -> AppError {
    of(error.into())
}

fn invalid(field: &str, reason: impl Into<String>) -> AppError {
    AppError::Invalid { field: field.to_owned(), reason: reason.into() }
}

pub(crate) fn service(lang: Lang, error: Error) -> AppError {
    match error {
        Error::NotAllowed => AppError::NotAllowed,
        Error::Confirm => AppError::Confirm,
        Error::NotFound => AppError::NotFound,
        // What happened is put into words where the record is read again.
        Error::Changed => AppError::Changed { meanwhile: Meanwhile::default() },
        Error::Invalid { field, reason } => AppError::Invalid { field, reason },
        Error::Refused(refused) => of_command(lang, refused),
        Error::NotCarriedOut(reason) => invalid("operation", trade::reason(lang, &reason)),
        Error::Place(rejection) => match places::in_words(lang, rejection) {
            (Some(field), reason) => invalid(field, reason),
            (None, _) => AppError::Changed { meanwhile: Meanwhile::default() },
        },
        Error::Account { rule, .. } => invalid(rule.field(), rule.words(lang)),
        Error::Import(refusal) => invalid(refusal.field(), refusal.words(lang)),
        Error::SetUp(refusal) => invalid("code", refusal.words(lang)),
        Error::NotABundle(_) => invalid("file", admin::not_a_bundle(lang)),
        Error::OtherOffice => invalid("file", admin::other_office(lang)),
        error @ (Error::NotSignedIn
        | Error::WrongCredentials
        | Error::UnknownAccount
        | Error::WeakPassword(_)
        | Error::Malformed(_)
        | Error::TooLarge
        | Error::NotAnnounced
        | Error::HashMismatch
        | Error::NotAPhoto(_)
        | Error::OffsetMismatch
        | Error::UploadGone
        | Error::TooManyTries { .. }
        | Error::TooFast { .. }
        | Error::QuotaSpent { .. }
        | Error::Crowded
        | Error::Unavailable(_)
        | Error::Full(_)
        | Error::Bug(_)) => of(error.into()),
    }
}

fn of_command(lang: Lang, refused: Refused) -> AppError {
    match refused {
        Refused::Unfounded(claim) => {
            let field = match claim {
                Unfounded::Department => "department",
                Unfounded::NoSuchHazard | Unfounded::TargetMoved => "into",
                Unfounded::DayPast => "deadline",
                Unfounded::Visit => "visit",
            };
            invalid(field, limits::unfounded(lang, claim))
        }
        Refused::Unproven => invalid("note", limits::unproven(lang)),
        Refused::UnknownHazard | Refused::UnknownSite => AppError::NotFound,
        Refused::NotAllowed => AppError::NotAllowed,
        Refused::Invalid(missing) => AppError::Incomplete { missing },
        Refused::Rejected(because) => AppError::Rejected { because },
        refused @ (Refused::IdReused | Refused::Malformed(_)) => of(ApiError::Bug(refused.to_string())),
    }
}

pub(crate) fn of(error: ApiError) -> AppError {
    match error {
        ApiError::SignIn | ApiError::WrongCredentials | ApiError::PasswordDue => AppError::SignIn,
        ApiError::NotAllowed => AppError::NotAllowed,
        ApiError::Confirm => AppError::Confirm,
        ApiError::NotFound => AppError::NotFound,
        ApiError::Unavailable(_)
        | ApiError::TooManyTries { .. }
        | ApiError::TooFast { .. }
        | ApiError::QuotaSpent { .. } => {
            tracing::warn!(%error, "put off");
            AppError::Busy
        }
        other => {
            let number = uuid::Uuid::new_v4().simple().to_string();
            let number = number.get(..8).unwrap_or_default().to_owned();
            tracing::error!(error = %other, number, "failed");
            AppError::Bug { number }
        }
    }
}
